import { SENTENCES } from "./sentences.js";

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

/** @param {string} path @param {string} message */
function sentence(path, message) {
  return path ? `${path}: ${message}` : message;
}

/** A policy with mistakes: `problems` has all of them; `code` and `path` are those of the first, and `message` is its sentence. */
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
 * @param {Record<string, string>} [names] what a path, or its first word, is called where it is written
 */
export function warning(error, names = {}) {
  const { problems = [], message } = /** @type {ProblemsError} */ (error);
  const named = (/** @type {string} */ path) => names[path] ?? path.replace(/^\w+/, (word) => names[word] ?? word);
  const sentences = problems.map(({ path, message }) => sentence(named(path), message));
  return `querencia: ${sentences.join("; ") || message}`;
}
