// Which page the reader is on, where a shop goes from one to the next without loading it.

/** What makes another page, however the address was changed: not a jump within it, but `#/cart` of older shops. @param {Location} location */
const pathOf = ({ pathname, hash }) => pathname + (/^#!?\//.test(hash) ? hash : "");

/**
 * Calls `turned` when the address becomes that of another page. Where a script replaces only the query, the page is the same: it takes
 * `utm_source` away, or names the colour that was chosen.
 * @param {Document | undefined} document
 * @param {() => void} turned
 * @param {AbortSignal} signal
 * @returns {() => void} looks at once
 */
export function followAddress(document, turned, signal) {
  const window = document?.defaultView;
  if (!document || !window?.location) return () => {};
  const { location, history } = window;
  let [path, search, length] = [pathOf(location), location.search, history.length];
  const look = (/** @type {any} */ event = {}) => {
    // Without the Navigation API, who replaces is known by the entries that do not grow.
    const isReplaced = event.navigationType ? event.navigationType === "replace" : event.type !== "popstate" && history.length === length;
    const isSame = path === pathOf(location) && (search === location.search || isReplaced);
    [path, search, length] = [pathOf(location), location.search, history.length];
    if (!isSame) turned();
  };
  const { navigation } = /** @type {any} */ (window);
  // An older browser may find an element with this id.
  if (navigation?.currentEntry) navigation.addEventListener("currententrychange", look, { signal });
  else {
    window.addEventListener("popstate", look, { signal });
    const changes = new MutationObserver(() => look());
    changes.observe(document, { childList: true, subtree: true });
    signal.addEventListener("abort", () => changes.disconnect());
  }
  return () => look();
}
