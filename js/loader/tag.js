// What the attributes of the script tag say. The page part and the whole build read them here.

import { define, setWords } from "../element/define.js";
import { warning } from "../load/warning.js";
import { follow } from "./follow.js";
import { PLATFORMS } from "./platforms.js";

/**
 * What the loader hands over.
 * @typedef {object} Job
 * @property {DOMStringMap} settings the tag's
 * @property {string} url of the policy, or of its table
 * @property {Promise<Response>} [policy] the compiled policy
 * @property {Promise<Response>} [wasm] the engine
 * @property {any} index the table
 * @property {string} [projection] the address of the policy as JSON
 * @property {string} [text] the policy as JSON, if it was not published
 * @property {string} [why] why the whole build was loaded
 * @property {ReturnType<typeof import("./kept.js").keptFor>} [kept] the ledger, and what the shopper allows
 * @property {(placements?: string[], told?: [name: any, facts: any][]) => Parameters<typeof import("./question.js").keyOf>} question what the
 *   engine is asked here, or on another page; its key is that of `keyOf`
 */

/**
 * Opens the visit as the tag says. Whatever is wrong with the tag or with the page becomes one warning.
 * @param {Job} job
 * @param {(options: any) => Promise<import("../shop/index.d.ts").Shop>} open
 */
export async function run({ settings: { policy: _, platform, layer, value, locale, channels, words, event, now, server, token, ...rest }, why, url, kept }, open) {
  /** What a path of a problem is called on the page. @type {Record<string, string>} */
  const names = { "": url, channels: "data-channels" };
  const report = (/** @type {unknown} */ error) => console.warn(warning(error, names) + (why ? `; ${why}` : ""));
  try {
    if (locale) names["customer.locale"] = "data-locale";
    const { currency, base, decide, consent, debug, preview, store, customer, shop: shopNow, ledger, catalog, ...others } = rest;
    // Other tools have attributes here too, in two words, such as `data-turbo-track`. Ours are in one.
    const doubts = Object.keys(others).flatMap((name) => (/[A-Z]/.test(name) ? [] : `\`data-${name}\` is not known`));
    for (const [name, selector] of Object.entries({ customer, catalog, shop: shopNow, ledger, words })) {
      if (!selector) continue;
      names[name] = `data-${name}`;
      // For a guest a theme prints neither the customer nor the records. A bare word is meant as an id.
      const mayBeAbsent = (name === "customer" || name === "ledger") && !/^\w+$/.test(selector);
      if (!mayBeAbsent && !document.querySelector(selector)) doubts.push(`data-${name}: there is no \`${selector}\``);
    }
    if (document.querySelector("querencia-message:not([placement])")) doubts.push("a <querencia-message> has no `placement`");
    if (doubts.length) console.warn(`querencia: ${doubts.join("; ")}`);

    if (!platform && isListed(layer || "dataLayer")) doubted("noPlatform", { layer });
    const adapter = await adapterOf(platform, { value: value || undefined, layer: layer || undefined });
    const linkOf = server ? linkTo(server, store) : undefined;
    setWords(islandAt(words) ?? {});
    define();
    const always = { locale, channels: channels?.match(/\S+/g) ?? undefined, names, clock: clockFrom(now) };
    /** Gives the visit of now what the platform tells. @type {any} */
    let emit;
    let emitted = false;
    const found = await kept;
    // What was told before somebody else signed in is not about them: the adapter is started once.
    const shared = adapter && {
      apply: adapter.apply && ((/** @type {any} */ request) => adapter.apply?.(request)),
      start(/** @type {any} */ toVisit, /** @type {any} */ shop) {
        const isFirst = !emit;
        emit = toVisit;
        emitted = false;
        const tell = (/** @type {any} */ name, /** @type {any} */ data) => ((emitted = true), emit(name, data));
        if (isFirst) adapter.start(tell, shop, (code, what) => doubted("doubt", code, what, shop?.currency));
        return () => (emit = () => {});
      },
    };
    await follow({
      selectors: [customer, catalog, shopNow, ledger],
      read: () => ({ customer: islandAt(customer), catalog: islandAt(catalog), shop: islandAt(shopNow), ledgerRecords: islandAt(ledger) }),
      event,
      async visit(printed, event) {
        // Whoever signs in later has a link of their own.
        const link = linkOf && (await linkOf)(found?.ledger);
        const shop = await open({ ...printed, ...always, store, server: link, ledger: link?.ledger ?? found?.ledger, facts: found?.facts, platform: shared });
        if (why) console.warn(`querencia: ${why}`);
        why = undefined;
        // `data-event` is decided about after the events that the platform already had. Without any event the visit itself is.
        return { shop, done: event ? shop.track(event) : emitted ? Promise.resolve() : shop.decide() };
      },
      report,
    });
  } catch (error) {
    report(error);
  }
}

/**
 * What talks with the shop's server. A page that cannot have it is one whose server is away.
 * @param {string} url
 * @param {string} [store]
 * @returns {Promise<(ledger: any) => Partial<import("../remote/link.js").Link>>}
 */
const linkTo = (url, store) =>
  import("../remote/link.js").then(
    // A page may print a new token, or a script of it renew the old one.
    ({ linked }) => (ledger) => linked({ url, token: () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("script[data-token]")]).at(-1)?.dataset.token }, ledger, store || undefined),
    () => (ledger) => ({ isAway: true, ledger }),
  );

/** Whether a data layer has entries. @param {string} name */
function isListed(name) {
  try {
    return /** @type {any} */ (self)[name]?.length > 0;
  } catch {
    return false;
  }
}

/** The sentences are downloaded where there is something to say. @param {"doubt" | "noPlatform"} what @param {...any} facts */
const doubted = (what, ...facts) => void import("../debug/doubts.js").then((/** @type {any} */ say) => say[what](...facts)).catch(() => {});

/** @param {string | undefined} name @param {{ value?: string, layer?: string }} settings */
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
  const ahead = +new Date(now) - Date.now();
  if (Number.isNaN(ahead)) throw new Error(`data-now \`${now}\` is not an instant such as 2026-11-22T10:00:00Z`);
  return () => Date.now() + ahead;
}
