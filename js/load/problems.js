import { SENTENCES } from "./sentences.js";

/** @typedef {import("../types.d.ts").Problem} Problem */

class ProblemsError extends Error {
  /** @param {Problem[]} problems at least one */
  constructor(problems) {
    const complete = problems.map((problem) => ({ ...problem, message: problem.message || SENTENCES[problem.code] }));
    const [{ code, path, message }] = complete;
    super(message);
    this.code = code;
    this.path = path;
    this.problems = complete;
  }
}

/** A policy with mistakes: `problems` has all of them; `code`, `path` and `message` are those of the first. */
export class PolicyError extends ProblemsError {
  name = "PolicyError";
}

/** A request with mistakes. */
export class RequestError extends ProblemsError {
  name = "RequestError";
}

/**
 * The console warning for an error: all its problems in one line.
 * @param {unknown} error
 */
export function warning(error) {
  const { problems = [], message } = /** @type {ProblemsError} */ (error);
  const sentences = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return `querencia: ${sentences.join("; ") || message}`;
}
