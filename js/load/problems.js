import { SENTENCES } from "./sentences.js";

/** @typedef {import("../types.d.ts").Problem} Problem */

class Refused extends Error {
  /** @param {Problem[]} problems at least one */
  constructor(problems) {
    const told = problems.map((problem) => ({ ...problem, message: problem.message || SENTENCES[problem.code] }));
    const [{ code, path, message }] = told;
    super(message);
    this.code = code;
    this.path = path;
    this.problems = told;
  }
}

/** A policy that cannot be kept: every problem at once, the first one in `code`, `path` and `message`. */
export class PolicyError extends Refused {
  name = "PolicyError";
}

/** A request that cannot be decided. */
export class RequestError extends Refused {
  name = "RequestError";
}

/**
 * What a console is told of an error: all its problems in one warning.
 * @param {unknown} error
 */
export function warning(error) {
  const { problems = [], message } = /** @type {Refused} */ (error);
  const sentences = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return `querencia: ${sentences.join("; ") || message}`;
}
