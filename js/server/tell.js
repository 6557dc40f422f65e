// Functions of the shop that only hear of something, as `log`, `onError` and `onProgress`. What such a function throws, at once or later, is the
// shop's, and neither changes an answer nor ends the process.

/**
 * @template {readonly unknown[]} T
 * @param {((...told: T) => unknown) | undefined} callback
 * @param {T} told
 */
export function tell(callback, ...told) {
  try {
    Promise.resolve(callback?.(...told)).catch(() => {});
  } catch {}
}

/**
 * A field of what a function of the shop threw. An object whose fields cannot be read says nothing.
 * @param {unknown} thrown
 * @param {string} name
 * @returns {any}
 */
export function fieldOf(thrown, name) {
  try {
    return /** @type {any} */ (thrown)?.[name];
  } catch {
    return undefined;
  }
}

/**
 * Whether a function that must answer at once gave a promise. What that rejects with is nobody's any more.
 * @param {unknown} given
 */
export function isPromise(given) {
  if (typeof fieldOf(given, "then") !== "function") return false;
  Promise.resolve(given).catch(() => {});
  return true;
}
