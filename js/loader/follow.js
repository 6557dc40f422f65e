// Opens a visit, and another when the page says that somebody else is there now: people sign in and out, and go from page to page,
// where nothing is loaded anew.

/**
 * @typedef {import("../shop/index.d.ts").Shop} Shop
 *
 * @typedef {object} Page
 * @property {(string | undefined)[]} selectors of the islands
 * @property {() => any} read what is printed in them; it may throw
 * @property {string | undefined} event what the first page is about
 * @property {(printed: any, event: string | undefined) => Promise<{ shop: Shop, done: Promise<unknown> }>} visit
 * @property {(error: unknown) => void} report
 */

/** @param {Page} page */
export async function follow({ selectors, read, event, visit, report }) {
  // To join them would take milliseconds at each change of the page: a catalogue is long.
  const printedNow = () => selectors.map((selector) => selector && document.querySelector(selector)?.textContent);
  /** A page that was fetched brings its tag along; it is not run a second time. @returns {HTMLScriptElement | undefined} */
  const tagNow = () => /** @type {any} */ ([...document.querySelectorAll("script[data-policy]")].at(-1));
  const address = () => location.pathname + location.search;
  let tag = tagNow();
  let named = tag?.dataset.event;
  let at = address();
  /** @type {ReturnType<typeof printedNow>} */
  let printed = [];
  let who = "";
  /** @type {Shop | undefined} */
  let shop;
  let turns = 0;
  /** @param {Shop | undefined} one @param {Promise<unknown>} work */
  const watch = (one, work) => work.catch((error) => one === shop && report(error));
  /** What is printed now. Who is not read right is not spoken to. */
  const readNow = () => {
    try {
      return read();
    } catch (error) {
      report(error);
    }
  };

  /** @param {any} page */
  const open = async (page) => {
    const turn = ++turns;
    if (!page) return;
    who = nameOf(page);
    const { shop: opened, done } = await visit(page, at === address() ? event : undefined);
    if (turn !== turns) opened.close();
    else shop = opened;
    watch(opened, done);
  };

  const close = () => {
    turns++;
    shop?.close();
    shop = undefined;
  };

  const look = () => {
    // Turbo shows the page as it was the last time, until it has fetched it.
    if (document.documentElement.hasAttribute("data-turbo-preview")) return;
    const tagged = tagNow();
    const isNews = tagged && (tagged !== tag || tagged.dataset.event !== named);
    if (isNews) [tag, event, named, at] = [tagged, tagged.dataset.event, tagged.dataset.event, address()];
    const before = printed;
    printed = printedNow();
    if (printed.some((text, index) => text !== before[index])) {
      const page = readNow();
      const same = page && nameOf(page) === who && shop;
      if (!same) {
        close();
        return void open(page).catch(report);
      }
      same.renew(page).catch((/** @type {unknown} */ error) => {
        if (same !== shop) return;
        close();
        report(error);
      });
    }
    if (isNews && event && shop) watch(shop, shop.track(event));
  };

  printed = printedNow();
  await open(readNow());
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributeFilter: ["data-event"] });
  look();
}

/** Whom the page names. @param {any} page */
function nameOf({ customer }) {
  const { id, givenName } = Object(customer);
  return JSON.stringify([id, givenName]);
}
