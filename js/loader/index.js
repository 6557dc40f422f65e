// The script tag: <script type="module" src="…/querencia.js" data-policy="/loyalty/index.json" data-platform="ga4">.
// A page on which nothing can be said downloads this file and the table of its policy, and no more. Its budget is 2,000 bytes of brotli.

import { mayMatter } from "./may-matter.js";
import { HEARD, brings, isSpared, keyOf, parse } from "./question.js";

/** The parts of this release, and the format of the policies that its engines read; bundle.js fills them in. */
const [page, whole, format, adapter] = RELEASE;

// Other tools have a `data-policy` too. Where a script of the page imports this file, any tag may name the policy.
const scripts = [...document.scripts];
const own = scripts.filter(({ src }) => src === import.meta.url);
const tags = own[0] ? own : scripts.filter(({ dataset }) => dataset.policy);
/** @type {any} */
const window = self;
/** One for all releases that a page may have. */
const ONE = "querencia-tag";

/** @param {any} what an error, or its text */
const say = (what) => console.warn("querencia: " + (what.message || what));

// An element with this id would be a property of the window, too.
if (tags[1] || window[ONE] === 1) say("of two tags only the first acts");
if (window[ONE] !== 1) start({ ...tags[0]?.dataset }).catch(say);
window[ONE] = 1;

/** @param {DOMStringMap} settings */
async function start(settings) {
  const { policy = "", platform, locale, event, now, decide, currency, base = import.meta.url, customer, shop, catalog, ledger } = settings;

  /** The text of an island. @param {string} [selector] */
  const island = (selector) => selector && document.querySelector(selector)?.textContent?.trim();
  /** The address of a file of this release. @param {string} name */
  const file = (name) => new URL(name, new URL(base, document.baseURI)).href;
  /** Starts a part of this release. @param {string} name @param {import("./tag.js").Job} job @returns {Promise<any>} */
  const part = async (name, job) => {
    const { start } = await import(file(name)).catch(() => {
      throw `${file(name)} cannot be loaded: copy dist/ whole`;
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
  const language = () =>
    locale || parse(island(customer)).locale || document.documentElement.lang.replaceAll("_", "-") || navigator.language;
  /** What a table has for the reader's language, else its first; src/publish/readers.rs has the same. @param {Record<string, any>} table */
  const fitting = (table) => {
    const tag = `${language()}-`.toLowerCase();
    const fit = (/** @type {string} */ key) => {
      const own = `${key}-`.toLowerCase();
      return tag.startsWith(own) ? own.length : +(own.slice(0, 3) === tag.slice(0, 3));
    };
    return table[Object.keys(table).sort((one, other) => fit(other) - fit(one))[0]];
  };

  let address = policy;
  if (/^\s*{/.test(policy)) {
    await parsed;
    const table = parse(policy);
    const money = currency || told().map(([, facts]) => facts?.currency).find(Boolean);
    // as the adapter reads it
    address = table[`${money}`.trim().toUpperCase()] ?? fitting(table);
  }
  if (!address?.trim()) throw "no file in `data-policy`";
  const answer = await fetch(address).catch(() => {});
  const url = answer?.url ?? address;
  if (!answer?.ok) throw `there is no policy at ${url}: the server answers ${answer?.status ?? "nothing; see connect-src"}`;
  const text = await answer.text();
  await parsed;
  const index = parse(text);
  const { rows, files, seal } = index;

  const placements = () =>
    /** @type {string[]} */ ([...document.querySelectorAll("querencia-message")].map((element) => element.getAttribute("placement")));
  const islands = () => [customer, shop, catalog, ledger].map(island);
  const heard = () => told().filter(([name]) => HEARD.test(name));
  const question = (at = placements(), events = heard()) =>
    event ? undefined : keyOf(index, at, events, [...islands(), settings, language(), new Date().getTimezoneOffset()]);

  /** @type {Promise<void> | undefined} */
  let loaded;
  const load = () => (loaded ??= fetchAll().catch(say));
  const fetchAll = async () => {
    watch.disconnect();
    if (layer.push === heardPush) layer.push = push;
    // whoever needs the adapter says what is wrong with it
    if (platform) import(file(adapter)).catch(() => {});
    const published = files && fitting(files);
    /** @type {import("./tag.js").Job} */
    const job = { settings, url, index, question };
    if (published) {
      const at = (/** @type {string} */ name) => new URL(name, url).href;
      job.projection = at(published.policy);
      let why = `${url} is of another release: publish it again`;
      if (seal?.format === format) {
        // the table pins the engine that its policies were compiled for
        const [engine, integrity] = /** @type {string[]} */ ([]).concat(index.engine ?? "page");
        job.policy = fetch(at(published.compiled));
        job.wasm = fetch(file(`querencia-${engine}-${format}.wasm`), { integrity });
        // the page part tells what failed
        Promise.allSettled([job.policy, job.wasm]);
        why = await part(page, job);
        if (!why) return;
      }
      job.why = why;
    } else job.text = text;
    await part(whole, job);
  };

  /** What it was when somebody looked. Pages change all the time, and most of it says nothing new. */
  let seen = "";
  const look = () => {
    try {
      // a page may empty its data layer, so the number of events would not do
      if (seen === (seen = "" + [placements(), islands(), heard()])) return;
      const now = Date.now();
      const events = [event, ...heard().map(([name]) => name)];
      if (!mayMatter(rows, { placements: placements(), events, now, customer: !!island(customer) || events.some(brings) })) return;
      if (isSpared(localStorage, question(), now, sessionStorage.querencia)) return;
    } catch {
      // no storage, or a fact that is no text: the engine is asked
    }
    load();
  };
  const push = layer.push;
  /** @param {...any} entries */
  const heardPush = (...entries) => {
    const length = push.apply(layer, entries);
    look();
    return length;
  };
  const watch = new MutationObserver(look);
  // What is no published policy, what is asked to decide, and what only the page part can explain is loaded at once.
  if (!rows || decide || now || (platform && platform !== "ga4") || !layer.push || !Reflect.set(layer, "push", heardPush)) return load();
  watch.observe(document, { childList: true, subtree: true, attributeFilter: ["placement"] });
  // A link to the preferences, or a script of the page, wants the visit.
  document.addEventListener("querencia:load", load);
  look();
}
