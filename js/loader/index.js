// The script tag: <script type="module" src="…/querencia.js" data-policy="/loyalty/index.json" data-platform="ga4">.
// A page on which nothing can be said downloads this file and the table of its policy, and no more. Its budget is 2,000 bytes of brotli.

import { mayMatter } from "./may-matter.js";
import { hash, isSpared } from "./question.js";

/** The files of this release, each with its hash in its name; bundle.js fills them in. */
const [page, whole, engines, format] = RELEASE;

/** What the adapter of ga4 hears; js/platforms/ga4/index.js. */
const HEARD = /^(purchase|refund|view_item|view_cart|add_to_cart|remove_from_cart|page_not_found|no_results|lost)$/;

const tags = /** @type {NodeListOf<HTMLScriptElement>} */ (document.querySelectorAll("script[data-policy]"));
const tag = tags[0] ?? [...document.scripts].find(({ src }) => src === import.meta.url);
/** One for all releases that a page may have. @type {any} */
const window = globalThis;
const ONE = Symbol.for("querencia");

/** @param {any} what an error, or its text */
const say = (what) => console.warn("querencia: " + (what.message ?? what));

if (tags.length > 1 || window[ONE]) say("the page has two script tags; only the first acts: leave the other out");
if (tag && !window[ONE]) start(tag.dataset).catch(say);
window[ONE] = 1;

/** @param {DOMStringMap} settings */
async function start(settings) {
  const { policy, platform, locale, event, now, decide, currency, base = import.meta.url, customer, shop, catalog, ledger } = settings;
  if (!policy?.trim()) throw "the script tag has no `data-policy`";

  /** The text of an island. @param {string} [selector] */
  const island = (selector) => selector && document.querySelector(selector)?.textContent?.trim();
  const root = document.baseURI;
  /** The address of a file of this release. @param {string} name */
  const file = (name) => new URL(name, new URL(base, root)).href;
  /** Starts a part of this release. @param {string} name @param {import("./tag.js").Job} job @returns {Promise<any>} */
  const part = async (name, job) => {
    const { start } = await import(file(name)).catch(() => {
      throw `${file(name)} cannot be loaded: copy dist/ whole, with its names`;
    });
    return start(job);
  };
  // An async script may run before the rest of the page is there.
  const parsed = document.readyState === "loading" && new Promise((done) => document.addEventListener("DOMContentLoaded", done));

  /** @type {any[]} */
  const layer = platform ? (window.dataLayer ??= []) : [];
  /** What the data layer tells: gtag() pushes its arguments, Tag Manager pushes an object. @returns {[name: any, facts: any][]} */
  const told = () => Array.from(layer, (entry) => (entry?.[0] === "event" ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce]));
  /** The reader's language: the theme's, the customer's, the page's, the browser's. @returns {string} */
  const language = () => {
    let own;
    try {
      own = JSON.parse(island(customer) || "{}").locale;
    } catch {
      // the page part tells it
    }
    return locale || own || document.documentElement.lang.replaceAll("_", "-") || navigator.language;
  };
  /** What a table has for the reader's language. @param {Record<string, any>} table */
  const fitting = (table) => {
    const found = [/$/, /-.*/].map((rest) => {
      const of = (/** @type {string} */ tag) => tag.replace(rest, "").toLowerCase();
      return table[Object.keys(table).find((key) => of(key) === of(language())) ?? ""];
    });
    return found[0] ?? found[1];
  };

  let address = policy;
  if (policy.trim()[0] === "{") {
    await parsed;
    /** @type {Record<string, string>} */
    let table = {};
    try {
      table = JSON.parse(policy);
    } catch {
      // it has nothing for anybody
    }
    const money = currency || told().find(([, facts]) => facts?.currency)?.[1].currency;
    address = table[money] ?? fitting(table);
    if (!address) throw `\`data-policy\` is no JSON that has a file for ${money} or ${language()}`;
  }
  const { href: url } = new URL(address, root);
  const answer = await fetch(url).catch(() => {});
  if (!answer?.ok) throw `there is no policy at ${url}: ${answer ? `the server answers ${answer.status}` : "is it in connect-src of the Content-Security-Policy?"}`;
  const text = await answer.text();
  await parsed;
  /** @type {any} */
  let index = {};
  try {
    index = JSON.parse(text);
  } catch {
    // the whole build tells it
  }
  const { rows, files, seal } = index;

  const placements = () => [...document.querySelectorAll("querencia-message")].map((element) => element.getAttribute("placement") ?? "").sort();
  /** The key of what the engine would be asked here; without one it must be asked. */
  const question = () => {
    const heard = told().filter(([name]) => HEARD.test(name));
    // an order is placed when the page is loaded: each time another question
    if (decide || now || heard.some(([name]) => /^(p|ref)u/.test(name))) return;
    // of the article that is looked at only some policies know
    const facts = heard.map(([name, facts]) => [name, name === "view_item" && index.reads?.length === 0 ? 0 : facts]);
    const zone = new Date().getTimezoneOffset();
    return hash(JSON.stringify([index.policy, placements(), facts, [customer, shop, catalog, ledger].map(island), settings, language(), zone]));
  };

  let loaded = !rows;
  const load = async () => {
    loaded = true;
    watch.disconnect();
    if (layer.push === heardPush) layer.push = push;
    const published = files && (fitting(files) ?? Object.values(files)[0]);
    /** @type {import("./tag.js").Job} */
    const job = { settings, url, index, question };
    if (published) {
      const at = (/** @type {string} */ name) => new URL(name, answer.url || url).href;
      job.projection = at(published.policy);
      let why = `${url} was published by another release: publish it again, by that of this script`;
      if (seal?.format === format) {
        const [engine, integrity] = engines[index.engine] ?? engines.page;
        job.policy = fetch(at(published.compiled));
        job.wasm = fetch(file(engine), { integrity });
        // the page part tells what failed
        Promise.allSettled([job.policy, job.wasm]);
        why = await part(page, job);
        if (!why) return;
      }
      job.why = why;
    } else job.text = text;
    await part(whole, job);
  };

  const look = () => {
    let spared;
    try {
      const now = Date.now();
      if (loaded || !mayMatter(rows, { placements: placements(), events: [event, ...told().map(([name]) => name)], now, customer: !!island(customer) })) return;
      const key = question();
      spared = key && isSpared(localStorage, key, now, sessionStorage.querencia);
    } catch {
      // no storage: the engine is asked
    }
    if (!spared) load().catch(say);
  };
  const push = layer.push;
  /** @this {any[]} @param {...any} entries */
  const heardPush = function (...entries) {
    const length = push.apply(this, entries);
    look();
    return length;
  };
  const watch = new MutationObserver(look);
  // What is no published policy, what is asked to decide, and what only the page part can explain is loaded at once.
  if (!rows || decide || now || (platform && platform !== "ga4") || !Array.isArray(layer)) return load();
  layer.push = heardPush;
  watch.observe(document, { childList: true, subtree: true, attributeFilter: ["placement"] });
  // A link to the preferences, or a script of the page, wants the visit.
  document.addEventListener("querencia:load", () => loaded || load().catch(say));
  look();
}
