/** @param {string} path @param {string} message */
export function sentence(path, message) {
  return path ? `${path}: ${message}` : message;
}

/** So many problems are told. */
const MOST = 20;

/**
 * The console warning for an error: its problems in one line.
 * @param {unknown} error
 * @param {Record<string, string>} [names] what a path, or its first word, is called where it is written
 */
export function warning(error, names = {}) {
  const { problems = [], message } = /** @type {import("./problems.js").RequestError} */ (error);
  const named = (/** @type {string} */ path) => names[path] ?? path.replace(/^\w+/, (word) => names[word] ?? word);
  // A catalogue may have the same mistake ten thousand times.
  const sentences = problems.slice(0, MOST).map(({ path, code, message }) => sentence(named(path), message || code));
  if (problems.length > MOST) sentences.push(`and ${problems.length - MOST} more`);
  return `querencia: ${sentences.join("; ") || message}`;
}
