// The script tag: <script type="module" src="…/querencia.js" data-policy="/loyalty.json" data-platform="ga4">.
// It also exports all that a page without a bundler may want.

import "../element/define.js";
import { warning } from "../load/problems.js";
import { ga4, open } from "../shop/index.js";

export { PolicyError, RequestError, load, render } from "../index.js";
export { ga4, indexedDB, memory, open } from "../shop/index.js";

/** @type {Record<string, () => import("../shop/index.d.ts").Platform>} */
const PLATFORMS = { ga4 };

const tag = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-policy]"));
if (tag) start(tag.dataset).catch((error) => console.warn(warning(error)));

/** @param {DOMStringMap} settings */
async function start({ policy = "", platform, locale, customer, catalog, event, now }) {
  // An async script may come before the rest of the page.
  if (document.readyState === "loading") {
    await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed, { once: true }));
  }
  const answer = await fetch(policy);
  if (!answer.ok) throw new Error(`there is no policy at ${answer.url}: the server answers ${answer.status}`);

  let told = false;
  const source = platform === undefined ? undefined : platformOf(platform);
  const shop = await open({
    policy: await answer.text(),
    customer: islandAt(customer),
    catalog: islandAt(catalog),
    locale,
    clock: clockFrom(now),
    platform: source && {
      start: (emit, shop) =>
        source.start((name, data) => {
          told = true;
          emit(name, data);
        }, shop),
    },
  });
  // What the theme says of this page is the last word. Else what already happened on it was looked at, and without that the
  // visit itself is the occasion.
  if (event) await shop.track(event);
  else if (!told) await shop.decide();
}

/** @param {string} name */
function platformOf(name) {
  if (!Object.hasOwn(PLATFORMS, name)) {
    throw new Error(`data-platform \`${name}\` is not known; known are: ${Object.keys(PLATFORMS).join(", ")}`);
  }
  return PLATFORMS[name]();
}

/**
 * What the theme printed: of a customer it knows, of its articles. A guest has no island.
 * @param {string} [selector]
 */
function islandAt(selector) {
  const island = selector ? document.querySelector(selector) : null;
  try {
    return island ? JSON.parse(island.textContent ?? "") : undefined;
  } catch (cause) {
    throw new Error(`${selector} is not JSON: ${/** @type {Error} */ (cause).message}`, { cause });
  }
}

/**
 * The device's clock; to preview another instant, one that runs on from there.
 * @param {string} [now]
 */
function clockFrom(now) {
  if (now === undefined) return Date.now;
  const ahead = Date.parse(now) - Date.now();
  if (Number.isNaN(ahead)) throw new Error(`data-now \`${now}\` is not an instant such as 2026-11-22T10:00:00Z`);
  return () => Date.now() + ahead;
}
