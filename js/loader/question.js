// What the engine was asked on an earlier page, and until when its answer stays the same. Asked again before `nextAt`, with nothing changed,
// the engine has nothing new to say: then it is not downloaded. "Nothing changed" is the key of the question, and the number of writes to
// the browser's ledger. Nothing that is stored names anybody: the key is a hash.

/** The number of writes to the ledger of this browser; js/ledger/indexeddb.js raises it. */
const WRITES = "querencia-writes";
/** The questions: `[writes, { key: [asked, until, visit] }]`. Those asked before the latest write are of no use. */
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
  return (hash >>> 0).toString(36) + text.length;
}

/** How often the ledger was written to. @param {Storage} storage */
export const writes = (storage) => +storage[WRITES] || 0;

/** @param {Storage} storage @returns {Record<string, [asked: number, until: number, visit?: string]>} */
function questions(storage) {
  try {
    const [then, asked] = JSON.parse(storage[ASKED]);
    return (then === writes(storage) && asked) || {};
  } catch {
    return {};
  }
}

/**
 * Whether the same was asked, and the answer still holds.
 * @param {Storage} storage
 * @param {string} key
 * @param {number} now
 * @param {string | undefined} visit
 */
export function isSpared(storage, key, now, visit) {
  const { 0: asked, 1: until, 2: during } = Object(questions(storage)[key]);
  // a clock that was set back knows nothing
  return asked <= now && now < until && (during === undefined || during === visit);
}

/**
 * Keeps until when an answer holds.
 * @param {Storage} storage
 * @param {string} key
 * @param {number} now
 * @param {number | null} nextAt null: nothing is known that would change it
 * @param {string} [visit] the answer holds in this visit alone
 */
export function keep(storage, key, now, nextAt, visit) {
  const asked = questions(storage);
  const until = Math.min(nextAt ?? Infinity, now + LONGEST);
  const known = Object.keys(asked).length < MOST ? asked : {};
  storage[ASKED] = JSON.stringify([writes(storage), { ...known, [key]: visit === undefined ? [now, until] : [now, until, visit] }]);
}
