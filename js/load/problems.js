import { SENTENCES } from "./sentences.js";
import { sentence } from "./warning.js";

/** @typedef {import("../types.d.ts").Problem} Problem */

class ProblemsError extends Error {
  /** @param {Problem[]} problems at least one */
  constructor(problems) {
    const complete = problems.map((problem) => ({ ...problem, message: problem.message || SENTENCES[problem.code] }));
    const [{ code, path, message }] = complete;
    const more = complete.length > 1 ? ` (and ${complete.length - 1} more)` : "";
    super(sentence(path, message) + more);
    this.code = code;
    this.path = path;
    this.problems = complete;
  }
}

/** A policy with mistakes: `problems` has all of them; `code` and `path` are those of the first, and `message` is its sentence. */
export class PolicyError extends ProblemsError {
  name = "PolicyError";
}

/** A request with mistakes. */
export class RequestError extends ProblemsError {
  name = "RequestError";
}
