// When the visit began. A visit lasts as long as its tab.

/**
 * @param {Document | undefined} document without one there is no visit
 * @param {number} now the beginning, if no earlier one is known
 * @param {boolean} [writes] whether the page may keep it
 */
export function visitOf(document, now, writes = true) {
  try {
    if (!writes) throw 0;
    const { sessionStorage } = /** @type {Window} */ (document?.defaultView);
    return { since: +(sessionStorage.querencia ??= now) || now };
  } catch {
    return document && { since: now };
  }
}
