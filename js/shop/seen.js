// What a reader sees: the page, and an element of it. What is decided for nobody to see is spent.

/** What a page that is not there yet says on its root: Turbo's cached preview, and a page that is being replaced. */
const UNREADY = ["data-turbo-preview", "aria-busy"];

/** Whether somebody looks at the page. Without a page nothing has to be seen. @param {any} document */
export function isPageSeen(document) {
  const root = document?.documentElement;
  const isReady = !root || (!root.hasAttribute(UNREADY[0]) && root.getAttribute(UNREADY[1]) !== "true");
  return isReady && !document?.prerendering && document?.visibilityState !== "hidden";
}

/**
 * Resolves when somebody looks at the page, or when it is given up.
 * @param {any} document
 * @param {AbortSignal} signal
 */
export function whenPageSeen(document, signal) {
  return new Promise((/** @type {(value?: undefined) => void} */ done) => {
    const stop = new AbortController();
    const look = () => {
      if (!signal.aborted && !isPageSeen(document)) return;
      stop.abort();
      root.disconnect();
      done();
    };
    const root = new MutationObserver(look);
    root.observe(document.documentElement, { attributeFilter: UNREADY });
    for (const name of ["visibilitychange", "prerenderingchange"]) document.addEventListener(name, look, stop);
    signal.addEventListener("abort", look, stop);
  });
}

/**
 * Whether an element is rendered and visible, wherever the reader has scrolled to. What is no element of a page is taken at its word.
 * @param {any} element
 */
export function isSeen(element) {
  if (!element.isConnected || !element.getClientRects) return element.isConnected;
  try {
    return isDrawn(element);
  } catch {
    // A script of the page has replaced what is asked here.
    return true;
  }
}

/** @param {any} element */
function isDrawn(element) {
  const drawn = element.checkVisibility
    ? element.checkVisibility({ visibilityProperty: true, opacityProperty: true, checkVisibilityCSS: true })
    : element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
  if (!drawn) return false;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  // A drawer that waits beside the page, where nobody can scroll to.
  if ((left < 0 && right + scrollX <= 0 && document.dir !== "rtl") || (top < 0 && bottom + scrollY <= 0)) return false;
  for (let one = around(element); one && one !== document.body; one = around(one)) if (isFolded(one, element)) return false;
  return true;
}

/** What contains a node on the screen. @param {any} node */
const around = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;

/**
 * Whether nothing of what it contains can be seen: it has no size, or one pixel as what is meant for screen readers alone, and shows
 * nothing outside of it.
 * @param {HTMLElement} box
 * @param {HTMLElement} element what it contains
 */
function isFolded(box, element) {
  const isFlat = () => {
    const { width, height } = box.getBoundingClientRect();
    return width < 2 || height < 2;
  };
  if (!isFlat()) return false;
  if (box.offsetWidth > 1 && box.offsetHeight > 1) return true; // scale(0)
  const { display, overflow } = getComputedStyle(box);
  if (display === "contents" || overflow === "visible") return false;
  // Around an element without content it may be flat only because there is nothing in it yet.
  const content = /** @type {HTMLElement | null | undefined} */ (element.shadowRoot?.firstElementChild);
  if (element.offsetHeight > 1 || !content) return true;
  content.style.cssText = "min-width:9px;min-height:9px";
  const stays = isFlat();
  content.removeAttribute("style");
  return stays;
}
