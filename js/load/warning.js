/** @param {string} path @param {string} message */
export function sentence(path, message) {
  return path ? `${path}: ${message}` : message;
}

/**
 * The console warning for an error: all its problems in one line.
 * @param {unknown} error
 * @param {Record<string, string>} [names] what a path, or its first word, is called where it is written
 */
export function warning(error, names = {}) {
  const { problems = [], message } = /** @type {import("./problems.js").RequestError} */ (error);
  const named = (/** @type {string} */ path) => names[path] ?? path.replace(/^\w+/, (word) => names[word] ?? word);
  const sentences = problems.map(({ path, code, message }) => sentence(named(path), message || code));
  return `querencia: ${sentences.join("; ") || message}`;
}
