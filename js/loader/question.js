// What the engine was asked on an earlier page, and until when its answer stays the same. Asked again before `nextAt`, with nothing changed,
// the engine has nothing new to say: then it is not downloaded. "Nothing changed" is the key of the question, and the number of writes to
// the browser's ledger. Nothing that is stored names anybody: the key is a hash.

/** The number of writes to the ledger of this browser; js/ledger/indexeddb.js raises it. */
const WRITES = "querencia-writes";
/** The questions: `[writes, { key: [until, visit] }]`. Those asked before the latest write are of no use. */
const ASKED = "querencia-asked";
/** More questions than a shopper's pages have. */
const MOST = 99;
/** Zone tables end, and what a shop prints grows old: after so long the engine is asked again. */
const LONGEST = 30 * 86_400_000;

/**
 * A text of few letters that stands for a long one: FNV-1a over 32 bits, and the length.
 * @param {string} text
 */
export function hash(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${hash}.${text.length}`;
}

/** What the adapter of ga4 hears; js/platforms/ga4/index.js. */
const HEARD = /^(purchase|refund|(view|add_to|remove_from)_cart|view_item|page_not_found|no_results|lost)$/;
/** Whether something is known of the customer from an event: an order, or a cart. @param {string} name */
export const brings = (name) => /_cart$|^pur|^ref/.test(name);

/**
 * The key of what the engine would be asked; without one it must be asked.
 * @param {{ policy: string, reads?: string[] }} index
 * @param {(string | null)[]} placements
 * @param {[name: any, facts: any][]} told what the data layer tells
 * @param {unknown[]} rest all else that an answer depends on, the customer's island first
 */
export function keyOf({ policy, reads }, placements, told, rest) {
  const heard = told.filter(([name]) => HEARD.test(name));
  // An order is placed when the page is loaded, and help is offered each time that somebody is lost: each time another question.
  if (heard.some(([name]) => !/_item$|_cart$/.test(name))) return;
  // A cart that nobody has shown stays unknown, whatever is put into it.
  const hasCart = rest[0] || heard.some(([name]) => name === "view_cart");
  // what else an event brings only some policies read
  const facts = heard.map(([name, facts]) => [name, !reads || reads[0] || (hasCart && name !== "view_item") ? facts : 0]);
  return hash(JSON.stringify([policy, placements.sort(), facts, rest]));
}

/** How often the ledger was written to. @param {Storage} storage */
export const writes = (storage) => +storage[WRITES] || 0;

/** What cannot be read has nothing in it. @param {any} text @returns {any} */
export const parse = (text) => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};

/** @param {Storage} storage @returns {Record<string, [until: number, visit?: string]>} */
function questions(storage) {
  const known = parse(storage[ASKED]);
  return (known[0] === writes(storage) && known[1]) || {};
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
  const left = known[0] - now;
  // of more than the longest a clock was wrong
  return left > 0 && left <= LONGEST && (!known[1] || known[1] === visit);
}

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
  storage[ASKED] = JSON.stringify([writes(storage), { ...known, [key]: [until, visit] }]);
}
