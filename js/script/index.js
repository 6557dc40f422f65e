// The script tag: <script type="module" src="…/querencia.js" data-policy="/loyalty.json" data-platform="ga4">.
// A page without a bundler can import the package from the same file.

import { setWords } from "../element/define.js";
import { warning } from "../load/problems.js";
import { open } from "../shop/open.js";
import { PLATFORMS } from "./platforms.js";

export { setWords } from "../element/define.js";
export { PolicyError, RequestError, load, render } from "../index.js";
export { indexedDB } from "../ledger/indexeddb.js";
export { memory } from "../ledger/memory.js";
export { open } from "../shop/open.js";

// The tag that has this file, if none names a policy.
const own = [...document.scripts].find(({ src }) => src === import.meta.url);
const tag = /** @type {HTMLScriptElement | null | undefined} */ (document.querySelector("script[data-policy]")) ?? own;

/** What a path of a problem is called on the page. @type {Record<string, string>} */
const names = { channels: "data-channels" };
if (tag) start(tag.dataset).catch((error) => console.warn(warning(error, names)));

/** @param {DOMStringMap} settings */
async function start({ policy, platform, value, locale, channels, customer, shop: shopNow, ledger, catalog, words, event, now, ...others }) {
  if (!policy?.trim()) throw new Error("the script tag has no `data-policy`");
  if (locale) names["customer.locale"] = "data-locale";
  // An async script may run before the rest of the page is there.
  if (document.readyState === "loading") {
    await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed, { once: true }));
  }
  const islands = { customer, catalog, shop: shopNow, ledger, words };
  // Other tools have attributes here too, in two words, such as `data-turbo-track`. Ours are in one.
  const doubts = Object.keys(others).flatMap((name) => (/[A-Z]/.test(name) ? [] : `\`data-${name}\` is not known`));
  for (const [name, selector] of Object.entries(islands)) {
    if (!selector) continue;
    names[name] = `data-${name}`;
    // For a guest a theme prints neither the customer nor the records. A bare word is meant as an id.
    const mayBeAbsent = (name === "customer" || name === "ledger") && !/^\w+$/.test(selector);
    if (!mayBeAbsent && !document.querySelector(selector)) doubts.push(`data-${name}: there is no \`${selector}\``);
  }
  if (document.querySelector("querencia-message:not([placement])")) doubts.push("a <querencia-message> has no `placement`");
  if (doubts.length) console.warn(`querencia: ${doubts.join("; ")}`);

  const [text, adapter] = await Promise.all([textAt(policy), adapterOf(platform, { value: value || undefined })]);
  setWords(islandAt(words) ?? {});

  let emitted = false;
  const shop = await open({
    policy: text,
    customer: islandAt(customer),
    catalog: islandAt(catalog),
    shop: islandAt(shopNow),
    ledgerRecords: islandAt(ledger),
    locale,
    channels: /** @type {any} */ (channels?.match(/\S+/g) ?? undefined),
    names,
    clock: clockFrom(now),
    platform: adapter && {
      start: (emit, shop) =>
        adapter.start((name, data) => {
          emitted = true;
          emit(name, data);
        }, shop),
    },
  });
  // `data-event` is decided after the events that the platform already had. Without any event the visit itself is decided.
  if (event) await shop.track(event);
  else if (!emitted) await shop.decide();
}

/** @param {string} address of the policy */
async function textAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`there is no policy at ${answer.url}: the server answers ${answer.status}`);
  return answer.text();
}

/** @param {string | undefined} name @param {{ value?: string }} settings */
async function adapterOf(name, settings) {
  if (!name) return undefined;
  if (!Object.hasOwn(PLATFORMS, name)) {
    throw new Error(`data-platform \`${name}\` is not known; known are: ${Object.keys(PLATFORMS).join(", ")}`);
  }
  try {
    return await PLATFORMS[name](settings);
  } catch (cause) {
    throw new Error(/** @type {Error} */ (cause).message.replace(/^`value`/, "`data-value`"), { cause });
  }
}

/**
 * The JSON that the theme printed in a `<script type="application/json">`. Undefined if there is none, or it is blank: themes print
 * nothing for a guest.
 * @param {string} [selector]
 */
function islandAt(selector) {
  const text = selector && document.querySelector(selector)?.textContent?.trim();
  try {
    return text ? withNames(JSON.parse(text)) : undefined;
  } catch (cause) {
    throw new Error(`${selector} is not JSON: ${/** @type {Error} */ (cause).message}`, { cause });
  }
}

/** The fields that are names, which many platforms print as numbers. Below the others every field is the shop's own. */
const NAMES = /^(id|number|orderId|skus?|with|family|families|postcode|code|occurrence|winner)$/;
const FREE = /^(affinity|attributes|event|fatigueBy|forms|issued)$/;

/**
 * The same JSON with its names as text: an order 1001 is `"1001"`.
 * @param {any} json
 * @param {string} [field]
 * @returns {any}
 */
function withNames(json, field = "") {
  if (Array.isArray(json)) return json.map((element) => withNames(element, field));
  if (Object(json) !== json || FREE.test(field)) return typeof json === "number" && NAMES.test(field) ? String(json) : json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withNames(value, field === "codes" ? "code" : key)]));
}

/**
 * The device's clock. To preview another instant, a clock that starts there and runs on.
 * @param {string} [now]
 */
function clockFrom(now) {
  if (!now) return Date.now;
  const ahead = Date.parse(now) - Date.now();
  if (Number.isNaN(ahead)) throw new Error(`data-now \`${now}\` is not an instant such as 2026-11-22T10:00:00Z`);
  return () => Date.now() + ahead;
}
