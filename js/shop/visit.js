// When the visit began. A visit lasts as long as its tab.

/**
 * @param {Document | undefined} document without one there is no visit
 * @param {number} now
 */
export function visitOf(document, now) {
  try {
    const { sessionStorage } = /** @type {Window} */ (document?.defaultView);
    return { since: +(sessionStorage.querencia ??= now) || now };
  } catch {
    return document && { since: now };
  }
}
