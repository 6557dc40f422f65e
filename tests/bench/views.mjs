// How many page views download nothing but the loader and the table of the policy, and what a view costs on average. Simulated visitors walk
// through a shop; js/loader decides on each page, and the engine answers where it is asked. `node tests/bench/views.mjs` prints it.

import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { load } from "querencia";
import { recordOf } from "../../js/ledger/record.js";
import { mayMatter } from "../../js/loader/may-matter.js";
import { brings } from "../../js/loader/heard.js";
import { isSpared, keep, keyOf } from "../../js/loader/question.js";
import { eventOf, remember } from "../../js/shop/remember.js";
import { dice } from "../js/dice.js";
import { publishedFiles } from "../published.js";

const DAY = 86_400_000;
const MINUTE = 60_000;
const START = Date.parse("2026-11-24T08:00:00+01:00");

/** Of 100 page views. */
export const MIX = { product: 45, list: 20, home: 10, search: 7, cart: 6, checkout: 4, text: 6, thanks: 2 };

/** What is assumed of the visitors. */
export const ASSUMED = {
  days: 45,
  /** of 100 visitors: they come again and again; the others come once */
  returning: 40,
  /** between their visits, on average */
  daysBetween: 6,
  /** pages of a visit, on average */
  pages: 6,
  /** of 100 visitors: they are signed in, so the theme prints their island, with their orders and their cart */
  signedIn: 25,
  /** of 100 searches without a result, of 100 pages of the account and of texts that are not there, of 100 product pages on which something is put into the cart */
  noResults: 10,
  notFound: 5,
  added: 8,
};

/** What an SDK downloads on every page, in kB of brotli: measured for the issue that asked for the loader. */
export const OTHERS = { "PostHog": 107, "Braze (in-app)": 48, "Segment": 37, "GrowthBook": 14.6 };

/** The articles of the shop. */
const SHELF = Array.from({ length: 200 }, (_, index) => ({
  sku: ["jug", "linen", "oil", "oranges", "honey"][index] ?? `article-${index}`,
  family: ["ceramics", "linen", "pantry", "fruit"][index % 4],
  price: 950 + 37 * index,
  quantity: 1,
}));

/** What the theme prints of the whole shop, on each page. */
const SHOP_WIDE = {
  shipping: { ES: { amount: 495, freeFrom: 6000 } },
  raffles: [{ id: "three-kings", terms: "https://casalola.example/bases", prize: "Una jarra", drawAt: Date.parse("2027-01-05T12:00:00+01:00") }],
};

/**
 * @param {any} preset a policy, or its file
 * @param {{ visitors?: number, seed?: number, proved?: boolean, catalogue?: boolean, reads?: any }} [options] proved: the engine is asked all the same
 *   where it is spared, and `lost` counts what it would have said; catalogue: each page prints an island of the articles on it (of one beside each), and of the
 *   customer's cart, with their stock, which is another each day; reads: instead of what the table says
 */
export async function views(preset, { visitors = 300, seed = 1, proved = false, catalogue = true, reads } = {}) {
  const { index, files } = await publishedFiles(preset);
  index.reads = reads ?? index.reads;
  /** @type {Set<string>} different catalogues */
  const catalogues = new Set();
  const engine = await load(String(files[index.files["es-ES"].policy]));
  const placements = new Set(JSON.parse(String(files[index.files["es-ES"].policy])).campaigns.map((/** @type {any} */ { placement }) => placement));
  const chance = dice(seed);
  const is = (/** @type {number} */ percent) => chance.below(100_000) < percent * 1000;
  /** How long until something happens that happens every `mean`. @param {number} mean */
  const wait = (mean) => -Math.log((chance.below(1e6) + 1) / (1e6 + 1)) * mean;
  const counts = { views: 0, loaded: 0, asked: 0, spoke: 0, contacts: 0, visits: 0, spared: 0, lost: 0, visitors };
  /** By kind of page: views, and those that downloaded the engine. @type {Record<string, [number, number]>} */
  const byPage = {};
  /** Visitors who have downloaded the engine: their browser keeps it. */
  let first = 0;

  for (let visitor = 0; visitor < visitors; visitor++) {
    const signedIn = is(ASSUMED.signedIn);
    /** @type {any} */
    const storage = {};
    /** @type {any[]} */
    const ledger = [];
    const day = chance.below(365);
    /** @type {any} */
    const customer = {
      id: `v${visitor}`,
      givenName: "Ana",
      locale: "es-ES",
      since: START - (40 + chance.below(700)) * DAY,
      birthday: new Date(Date.UTC(1990, 0, 1 + day)).toISOString().slice(0, 10),
      destination: { country: "ES", postcode: "46007" },
      orders: Array.from({ length: chance.below(4) }, (_, order) => {
        const at = START - (20 + chance.below(300)) * DAY;
        return { id: `${visitor}-${order}`, at, shippedAt: at + DAY, deliveredAt: at + 3 * DAY, total: 4200, items: [chance.pick(SHELF)] };
      }),
      cart: { items: [] },
    };
    /** @type {any[]} */
    let basket = [];
    /** When something was last put into it. @type {number | undefined} */
    let left;
    let downloaded = false;
    /** The catalogue of the page. @type {any} */
    let catalog;
    /** The texts of the page's islands: customer, shop, catalogue, ledger. @type {any[]} */
    let islands;
    /** The kinds of page that were seen. @type {string[]} */
    let pages = [];
    const returns = is(ASSUMED.returning);
    for (let at = START + wait(ASSUMED.days * DAY / 3); at < START + ASSUMED.days * DAY; at += wait(ASSUMED.daysBetween * DAY) + 60 * MINUTE) {
      // people shop between nine and eleven at night
      let now = Math.floor(at / DAY) * DAY + 8 * 3_600_000 + chance.below(14 * 3_600_000);
      if (now < at) now = Math.floor(at);
      const visit = String(now);
      counts.visits++;
      for (let more = true; more; more = !is(100 / ASSUMED.pages)) {
        now += MINUTE + chance.below(2 * MINUTE);
        view(now, visit);
      }
      if (!returns) break;
    }

    /** @param {number} now @param {string} visit */
    function view(now, visit) {
      counts.views++;
      const kind = page();
      /** @type {[string, any][]} what the data layer tells, in Google's shape */
      const told = [];
      /** @type {string[]} */
      let places = [];
      const article = chance.pick(SHELF);
      if (kind === "home") places = ["home", "workshop"];
      if (kind === "product") (places = ["product"]), told.push(["view_item", { items: [article] }]);
      if (kind === "search") (places = ["search"]), is(ASSUMED.noResults) && told.push(["no_results", undefined]);
      if (kind === "cart") (places = ["basket"]), told.push(["view_cart", { items: basket }]);
      if (kind === "text" && is(ASSUMED.notFound)) (places = ["not-found"]), told.push(["page_not_found", undefined]);
      if (kind === "thanks") {
        places = ["thank-you"];
        const order = { id: `${visitor}-${now}`, at: now, total: 4200, items: basket.length ? basket : [article] };
        told.push(["purchase", { order }]);
        basket = [];
        if (signedIn) customer.orders.push({ ...order, shippedAt: now + DAY, deliveredAt: now + 3 * DAY });
      }
      // a theme has an element where its policy has a placement
      places = places.filter((place) => placements.has(place));
      // what has not happened yet is not printed
      const printed = signedIn
        ? { ...customer, orders: customer.orders.map((/** @type {any} */ order) => Object.fromEntries(Object.entries(order).filter(([, value]) => !(Number(value) > now)))), cart: { items: basket, at: left } }
        : undefined;
      const island = printed && JSON.stringify(printed);
      catalog = catalogue ? catalogOf(kind, article, basket, now) : undefined;
      catalogues.add(JSON.stringify(catalog));
      islands = [island, undefined, catalog && JSON.stringify(catalog), undefined];
      let loaded = asks(now, visit, places, told, island);
      if (!loaded && proved) prove(now, visit, places, told, printed);
      if (loaded) answer(now, visit, places, told, printed, island);
      // the page goes on after it was loaded
      if (kind === "product" && is(ASSUMED.added)) {
        basket = [...basket, article].slice(0, 3);
        left = now;
        told.push(["add_to_cart", { items: [article] }]);
        const later = loaded || asks(now, visit, places, told, island);
        if (!later && proved) prove(now, visit, places, told, printed);
        if (later) answer(now, visit, places, told, printed, island);
        loaded = later;
      }
      const [all, some] = byPage[kind] ?? [0, 0];
      byPage[kind] = [all + 1, some + Number(loaded)];
      if (!loaded) return;
      counts.loaded++;
      if (!downloaded) first++;
      downloaded = true;
    }

    /** Whether the loader loads the rest. */
    function asks(/** @type {number} */ now, /** @type {string} */ visit, /** @type {string[]} */ places, /** @type {[string, any][]} */ told, /** @type {string | undefined} */ island) {
      const events = told.map(([name]) => name);
      const here = { placements: places, events, now, customer: !!island || events.some(brings) };
      return mayMatter(index.rows, here) && !isSpared(storage, keyOf(index, [...places], told, islands), now, visit);
    }

    /** What the engine would have said on a page for which it was not asked. */
    function prove(/** @type {number} */ now, /** @type {string} */ visit, /** @type {string[]} */ places, /** @type {[string, any][]} */ told, /** @type {any} */ printed) {
      let known = { locale: "es-ES", ...printed };
      const handle = engine.customer(known, ledger);
      counts.spared++;
      for (const [name, data] of told.length ? told : [[undefined, undefined]]) {
        const event = name && eventOf(known, name, data, now);
        if (event) known = { ...known, ...remember(known, event, now) };
        handle.update(known);
        const moment = { now, event, zone: "Europe/Madrid", visit: { since: Number(visit) }, catalog, channels: ["onsite"], placements: places, explain: false };
        const { contacts, ghosts } = handle.decide(/** @type {any} */ (moment));
        counts.lost += contacts.length + ghosts.length;
        if (contacts.length + ghosts.length > 0 && process.env.SHOW) console.log(new Date(now), places, told.map(([name]) => name), [...contacts, ...ghosts].map(({ campaign }) => campaign));
      }
      handle.free();
    }

    /** What js/loader/page.js does: each event is decided about, what is said is stored, and until when answers hold is kept. */
    function answer(/** @type {number} */ now, /** @type {string} */ visit, /** @type {string[]} */ places, /** @type {[string, any][]} */ told, /** @type {any} */ printed, /** @type {string | undefined} */ island) {
      counts.asked++;
      const before = counts.contacts;
      /** @param {string[]} places @param {[string, any][]} told @param {boolean} isHere */
      const ask = (places, told, isHere) => {
        let known = { locale: "es-ES", ...printed };
        const handle = engine.customer(known, ledger);
        let nextAt = Infinity;
        let isSilent = true;
        for (const [name, data] of told.length ? told : [[undefined, undefined]]) {
          const event = name && eventOf(known, name, data, now);
          if (event) {
            const patch = remember(known, event, now);
            known = { ...known, ...patch };
            if (Object.keys(patch).length) handle.update(patch);
          }
          const moment = { now, event, zone: "Europe/Madrid", visit: { since: Number(visit) }, catalog, channels: ["onsite"], placements: places, explain: false };
          const decision = handle.decide(/** @type {any} */ (moment));
          const said = [...decision.contacts.map((contact) => recordOf(contact, "delivered", engine.policyHash)), ...decision.ghosts.map((ghost) => recordOf(ghost, "ghost", engine.policyHash))];
          if (said.length && !isHere) return handle.free();
          counts.contacts += decision.contacts.length;
          isSilent &&= said.length === 0;
          if (said.length) {
            ledger.push(...said);
            storage["querencia-writes"] = Math.random();
            handle.ledger(ledger);
          }
          nextAt = Math.min(nextAt, decision.nextAt ?? Infinity);
        }
        handle.free();
        const key = keyOf(index, [...places], told, islands);
        if (key && isSilent) keep(storage, key, now, nextAt, ledger.some(({ campaign, at }) => index.questions.includes(campaign) && at >= Number(visit)) ? visit : undefined);
      };
      const said = ledger.length;
      ask(places, told, true);
      if (counts.contacts > before) counts.spoke++;
      // the other pages that were seen are asked about, as long as the engine is there
      const here = JSON.stringify([places, told.map(([name]) => name)]);
      const others = pages.filter((one) => one !== here).slice(0, 8);
      const isPlain = told.every(([name]) => /^(view_item|(add_to|remove_from)_cart)$/.test(name));
      if (isPlain) pages = [here, ...others];
      for (const other of isPlain && ledger.length > said ? [here, ...others] : others) {
        const [places, names] = JSON.parse(other);
        ask(places, names.map((/** @type {string} */ name) => [name, {}]), false);
      }
    }
  }
  engine.free();
  const saved = (counts.views - counts.loaded) / counts.views;
  return { ...counts, saved, catalogues: catalogues.size, byPage, bytes: await bytesOf(index, files, counts, first) };

  /** @param {string} kind @param {any} article @param {any[]} basket @param {number} now */
  function catalogOf(kind, article, basket, now) {
    const at = SHELF.indexOf(article);
    const shown = { product: [article, SHELF[0]], list: SHELF.slice(at, at + 12), search: SHELF.slice(at, at + 6), home: SHELF.slice(0, 4) }[kind] ?? [];
    const day = Math.floor(now / DAY);
    const products = [...new Set([...shown, ...basket])].map(({ sku, family, price }) => ({ sku, family, price, name: sku, stock: (day + SHELF.findIndex((one) => one.sku === sku)) % 9 }));
    return { products, ...SHOP_WIDE };
  }

  function page() {
    let left = chance.below(100);
    for (const [kind, share] of Object.entries(MIX)) if ((left -= share) < 0) return kind;
    return "product";
  }
}

/**
 * What a view downloads on average: where nothing is kept by a browser, and where what has a hash in its name is kept for good and the
 * loader and the table for a visit.
 * @param {any} index
 * @param {Record<string, Buffer>} files
 * @param {{ views: number, loaded: number, spoke: number, visits: number }} counts
 * @param {number} first
 */
async function bytesOf(index, files, { views, loaded, spoke, visits }, first) {
  const { readdir } = await import("node:fs/promises");
  const names = /** @type {string[]} */ (await readdir("dist", { recursive: true }));
  /** @param {string} begin */
  const size = async (begin) => {
    const name = names.find((name) => new RegExp(`^${begin}(-[0-9a-f]{8,16})?\\.(js|wasm)$`).test(name.replaceAll("\\", "/")));
    return brotliCompressSync(await readFile(`dist/${name}`)).length;
  };
  const always = brotliCompressSync(await readFile("dist/querencia.js")).length + brotliCompressSync(files["index.json"]).length;
  const parts = await Promise.all(["page", "platforms/ga4", `querencia-${index.engine?.[0] ?? "page"}`].map(size));
  const engine = parts.reduce((sum, bytes) => sum + bytes, brotliCompressSync(files[index.files["es-ES"].compiled]).length);
  const words = await size("words/es");
  return {
    always,
    engine,
    cold: Math.round(always + (loaded * engine + spoke * words) / views),
    kept: Math.round((visits * always + first * (engine + words)) / views),
  };
}

/** The average over several shops of visitors, in percent, and the least and the most of them. @param {string} preset @param {{ visitors: number, catalogue: boolean }} options */
export async function averaged(preset, options) {
  const all = [];
  for (const seed of [1, 2, 3, 4, 5]) all.push(await views(`www/policies/${preset}.json`, { ...options, seed }));
  const shares = all.map(({ saved }) => Number((saved * 100).toFixed(1))).sort((a, b) => a - b);
  const saved = Number((shares.reduce((sum, share) => sum + share) / shares.length).toFixed(1));
  return { ...all[0], saved, band: [shares[0], shares[shares.length - 1]] };
}

if (process.argv[1]?.endsWith("views.mjs")) {
  console.log("Of 100 page views:", Object.entries(MIX).map(([kind, share]) => `${kind} ${share}`).join(", "));
  for (const [preset, catalogue] of /** @type {[string, boolean][]} */ ([["starter", true], ["casa-lola", true], ["casa-lola", false]])) {
    const { saved, band, bytes, byPage, ...counts } = await averaged(preset, { visitors: 2000, catalogue });
    console.log(`${preset}, ${catalogue ? "with" : "without"} a catalogue: ${saved} % of views (${band.join(" to ")} over five seeds) download nothing but the loader and the table (${bytes.always} bytes)`);
    console.log(`  on average ${bytes.cold} bytes a view with an empty cache, ${bytes.kept} with a browser's; ${counts.asked} times the engine is asked, ${counts.spoke} views speak`);
    console.log(`  ${Object.entries(byPage).map(([kind, [all, some]]) => `${kind} ${((100 * some) / all).toFixed(0)} %`).join(", ")} load it`);
  }
  console.log("Beside it, on every page:", Object.entries(OTHERS).map(([name, kB]) => `${name} ${kB} kB`).join(", "));
}
