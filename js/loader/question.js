// What the engine was asked on an earlier page, and until when its answer stays the same. Asked again before `nextAt`, with nothing changed,
// the engine has nothing new to say: then it is not downloaded. "Nothing changed" is the key of the question, and the stamp of the latest
// write to the browser's ledger. Nothing that is stored names anybody: the key is a hash.

import { parse } from "./heard.js";

/**
 * What stands there, though Prototype.js 1.6 gives lists a `toJSON` that makes them a text: for JSON.stringify.
 * @this {any}
 * @param {string} key
 */
export function asIs(key) {
  return this[key];
}

/** The stamp of the latest write to the ledger of this browser; js/ledger/indexeddb.js sets it. */
const WRITES = "querencia-writes";
/** The questions: `[stamp, { key: [until, at, visit] }]`. Those asked before the latest write are of no use. */
const ASKED = "querencia-asked";
/** More questions than a shopper's pages have. */
const MOST = 99;
/** Zone tables end, and what a shop prints grows old: after so long the engine is asked again. */
const LONGEST = 30 * 86_400_000;

/**
 * A text of few letters that stands for a long one: a hash of 32 bits by the prime of FNV, and the length.
 * @param {string} text
 */
export function hash(text) {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${hash}.${text.length}`;
}

/**
 * What of a page the engine reads; js/cli/publish.js writes it. `event`: what an event brings beyond its name; `shop`: that island;
 * `catalog`: that island, of the articles all or those named here and the customer's own.
 * @typedef {{ event?: true, shop?: true, catalog?: true | string[] }} Reads
 */

/**
 * The key of what the engine would be asked; without one it must be asked.
 * @param {{ policy: string, reads: Reads }} index
 * @param {(string | null)[]} placements
 * @param {[name: any, facts: any][]} told what the adapter hears
 * @param {any[]} rest all else that an answer depends on: the four islands, the settings of the tag, …
 */
export function keyOf({ policy, reads }, placements, told, [customer, shop, catalog, ...rest]) {
  // `data-event` is told on each page anew
  if (rest[1]?.event) return;
  // An order is placed when the page is loaded, and help is offered each time that somebody is lost: each time another question.
  if (told.some(([name]) => !/_item$|_cart$/.test(name))) return;
  // A cart that nobody has shown stays unknown, whatever is put into it.
  const hasCart = customer || told.some(([name]) => name === "view_cart");
  // What else an event brings only some policies read. Without anything it is no event: the adapter does not hear it.
  const facts = told.map(([name, facts]) => [name, reads.event || (hasCart && name !== "view_item") ? facts : facts === Object(facts)]);
  // Of the articles those that something names: in a JSON text, where a platform may have printed a name as a number.
  const { products, ...others } = parse(catalog);
  const names = JSON.stringify([reads, facts, parse(customer)], function (key) {
    const value = asIs.call(this, key);
    return typeof value === "number" ? `${value}` : value;
  });
  const isRead = (/** @type {any} */ { sku }) => reads.catalog === true || names.includes(JSON.stringify(`${sku}`));
  const articles = reads.catalog && [others, products?.filter(isRead)];
  return hash(JSON.stringify([policy, placements.sort(), facts, customer, reads.shop && shop, articles, rest], asIs));
}

/** The stamp of the latest write to the ledger. @param {Storage} storage */
export const stamp = (storage) => storage[WRITES] || 0;

/** @param {Storage} storage @returns {Record<string, [until: number, at: number, visit?: string]>} */
function questions(storage) {
  const known = parse(storage[ASKED]);
  return (known[0] === stamp(storage) && known[1]) || {};
}

/**
 * Whether the same was asked, and the answer still holds.
 * @param {Storage} storage
 * @param {string | undefined} key
 * @param {number} now
 * @param {string | undefined} visit
 */
export function isSpared(storage, key, now, visit) {
  const known = questions(storage)[/** @type {string} */ (key)] || [];
  // a clock that was set back has not been asked
  return known[0] > now && known[1] <= now && (known[2] || visit) === visit;
}

/** The same of this page. What it saw itself (js/facts) no question tells. @param {Parameters<typeof keyOf>} question */
export const isSparedHere = (question) =>
  !localStorage["querencia-facts"] && isSpared(localStorage, keyOf(...question), Date.now(), sessionStorage.querencia);

/**
 * Keeps until when an answer holds.
 * @param {Storage} storage
 * @param {string} key
 * @param {number} now
 * @param {number} nextAt infinite: nothing is known that would change it
 * @param {string} [visit] the answer holds in this visit alone
 */
export function keep(storage, key, now, nextAt, visit) {
  const asked = questions(storage);
  const until = Math.min(nextAt, now + LONGEST);
  const known = Object.keys(asked).length < MOST ? asked : {};
  storage[ASKED] = JSON.stringify([stamp(storage), { ...known, [key]: [until, now, visit] }], asIs);
}
