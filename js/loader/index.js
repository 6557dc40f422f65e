// The script tag: <script type="module" src="…/querencia.js" data-policy="/loyalty/index.json" data-platform="ga4">.
// A page on which nothing can be said downloads this file and the table of its policy, and no more. Its budget is 2,000 bytes of brotli.

import { mayMatter } from "./may-matter.js";
import { brings, eventIn, parse } from "./heard.js";

/** The parts of this release, and the format of the policies that its engines read; bundle.js fills them in. */
const [page, whole, spared, market, format, adapter] = RELEASE;

// Other tools have a `data-policy` too. Where a script of the page imports this file, any tag may name the policy.
const scripts = [...document.scripts];
const own = scripts.filter(({ src }) => src === import.meta.url);
const tags = own[0] ? own : scripts.filter(({ dataset }) => dataset.policy);
/** @type {any} */
const window = self;
/** One for all releases that a page may have. */
const ONE = "querencia-tag";

/** @param {any} what an error, or its text @returns {any} */
const say = (what) => console.warn("querencia: " + (what.message || what));

// An element with this id would be a property of the window, too.
const isThere = window[ONE] === 1;
if (tags[1] || isThere) say("two tags: the first acts");
if (!isThere) start({ ...tags[0]?.dataset }).catch(say);
window[ONE] = 1;

/** @param {DOMStringMap} settings */
async function start(settings) {
  // A developer's own address. What a shopper may read of a policy, `querencia publish` says.
  if (/querencia-debug/.test(location.search) && /^(127\.|192\.168\.|\[::1)|\b(local(host)?|test)$/.test(location.hostname)) settings.debug = "";
  const { policy = "", platform, locale, event, now, decide, currency, base = import.meta.url, customer, shop, catalog, ledger, layer } = settings;
  /** The text of an island. @param {string} [selector] */
  const island = (selector) => selector && document.querySelector(selector)?.textContent?.trim();
  /** The address of a file of this release. @param {string} name */
  const file = (name) => new URL(name, new URL(base, document.baseURI)).href;
  /** A part of this release. @param {string} name @returns {Promise<any>} */
  const part = (name) =>
    import((name = file(name))).catch(() => {
      throw `${name} is missing: copy dist/`;
    });
  // An async script may run before the rest of the page is there.
  const parsed = document.readyState === "loading" && new Promise((done) => addEventListener("DOMContentLoaded", done));
  /** @type {any} */
  let list = [];
  /** @type {any} */
  let push;
  try {
    if (platform) list = window[layer || "dataLayer"] ??= list;
    // a proxy may throw whatever it is asked
    list.length, (push = list.push);
  } catch {
    // the adapter says what is wrong with it
    list = 0;
  }
  /** @type {[name: any, facts: any][]} */
  const events = [];
  let read = 0;
  /** The events of the data layer: gtag() pushes its arguments, Tag Manager pushes an object. A long one is read once. */
  const heard = () => {
    // Libraries of old pages replace Array.from and its like.
    for (; read < list.length; read++) {
      try {
        const entry = list[read];
        const [name, facts] = entry[0] === "event" ? [entry[1], entry[2]] : [entry.event, entry.ecommerce];
        const event = eventIn(entry, name, facts);
        if (event) events.push([event, facts]);
      } catch {
        // the adapter cannot read it either
      }
    }
    return events;
  };
  /** The reader's language: the theme's, the customer's, the page's, the browser's. @returns {string} */
  const language = () =>
    `${locale || parse(island(customer)).locale || document.documentElement.lang || navigator.language}`.replaceAll("_", "-");
  /** What a table has for the reader's language, else its first; src/publish/readers.rs has the same. @param {Record<string, any>} table */
  const fitting = (table) => {
    const tag = `${language()}-`.toLowerCase();
    const fit = (/** @type {string} */ key) => {
      const own = `${key}-`.toLowerCase();
      return tag.startsWith(own) ? own.length : /** @type {any} */ (own.slice(0, 3) === tag.slice(0, 3));
    };
    return table[Object.keys(table).sort((one, other) => fit(other) - fit(one))[0]];
  };
  let address = policy;
  if (/^\s*{/.test(policy)) {
    await parsed;
    address = (await part(market)).inMarket(policy, currency, list, fitting);
  }
  if (!address?.trim()) throw "there is no `data-policy`";
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
  const offers = () => document.querySelector("querencia-offers");
  /** What the engine would be asked here, or on another page. @type {import("./tag.js").Job["question"]} */
  const question = (at = placements(), events = heard()) => [index, at, events, [...islands(), settings, language(), new Date().getTimezoneOffset()]];
  /** Whoever looks at the page as its developer is told the reasons, which the whole build has alone. */
  const isInspected = settings.debug != null || settings.preview || now;

  /** @type {Promise<void> | undefined} */
  let loaded;
  const load = () => (loaded ??= fetchAll().catch(say));
  const fetchAll = async () => {
    watch.disconnect();
    // whoever needs the adapter says what is wrong with it
    if (platform) import(file(adapter)).catch(() => {});
    const published = files && fitting(files);
    /** @type {import("./tag.js").Job} */
    const job = { settings, url, index, question };
    if (published) {
      const at = (/** @type {string} */ name) => new URL(name, url).href;
      job.projection = at(published.policy);
      let why = isInspected ? undefined : `${url} is of another release: publish it again`;
      if (!isInspected && seal?.format === format) {
        // the table pins the engine that its policies were compiled for
        const [engine, integrity] = index.engine;
        job.policy = fetch(at(published.compiled));
        job.wasm = fetch(file(`querencia-${engine}-${format}.wasm`), { integrity });
        // the page part tells what failed
        Promise.allSettled([job.policy, job.wasm]);
        why = await (await part(page)).start(job);
        if (!why) return;
      }
      job.why = why;
    } else job.text = text;
    await (await part(whole)).start(job);
  };

  /** The placements that were looked at. @type {Record<string, unknown>} */
  const known = {};
  /** What it was when somebody looked. Pages change all the time, and most of it says nothing new. */
  let seen = "";
  const look = async () => {
    if (loaded) return;
    try {
      // a page may empty its data layer, so the number of events would not do
      if (seen === (seen = "" + [placements(), islands(), heard(), offers()])) return;
      for (const one of placements()) known[one] ||= rows.some((/** @type {any} */ { placement }) => placement === one) || !say(`no campaign has the placement \`${one}\``);
      const names = [event, ...heard().map(([name]) => name)];
      if (!offers()) {
        if (!mayMatter(rows, { placements: placements(), events: names, now: Date.now(), customer: island(customer) || localStorage["querencia-facts"] || names.some(brings) })) return;
        // Who has asked before may be spared. Who has not downloads nothing for that.
        if (localStorage["querencia-asked"] && (await part(spared)).isSparedHere(question())) return;
      }
    } catch {
      // no storage, or a fact that is no text: the engine is asked
    }
    load();
  };
  const watch = new MutationObserver(look);
  /** @param {...any} entries */
  const heardPush = (...entries) => {
    // a page may have emptied it
    if (list.length < read) read = events.length = 0;
    return [push.apply(list, entries), look()][0];
  };
  // What is no published policy, what is asked to decide, and what only the page part can explain is loaded at once.
  if (!rows || decide || isInspected || (platform && platform !== "ga4") || !push?.apply || !Reflect.set(list, "push", heardPush)) return load();
  if (!placements()[0] && !offers()) say("there is no `querencia-message[placement]`");
  watch.observe(document, { childList: true, subtree: true, attributeFilter: ["placement"] });
  // A link to the preferences, or a script of the page, wants the visit.
  document.addEventListener("querencia:load", load);
  look();
}
