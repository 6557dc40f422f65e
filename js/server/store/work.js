// What every server's store does in a transaction, between reading and writing: calls `work`, and says what is to be stored.

import { mergeRecords } from "../../ledger/record.js";
import { changeWishes } from "../../ledger/wishes.js";

/**
 * @typedef {import("../store.d.ts").Grant} Grant
 * @typedef {import("../../types.d.ts").LedgerRecord} LedgerRecord
 *
 * @typedef {object} Part
 * @property {Map<string, LedgerRecord>} records by id
 * @property {any} wishes
 * @property {any} facts
 * @property {Map<string, Grant>} grants by key
 *
 * @typedef {object} State
 * @property {number} now
 * @property {Map<string, Part>} parts that of the transaction and the guests'; all, where it names none
 * @property {Record<string, number>} live
 *
 * @typedef {object} Changes
 * @property {string} part
 * @property {boolean} isNew nothing was kept of the part
 * @property {[part: string, record: LedgerRecord][]} put whole records
 * @property {[part: string, id: string][]} drop
 * @property {any} [wishes] all of them; absent: they stay
 * @property {any} [facts] absent: they stay
 * @property {Grant[]} grants
 * @property {string[]} ungrant
 * @property {boolean} [erase] all of the part goes, whatever else is stored of it
 * @property {Counter[]} counters sorted by name, so that no two transactions wait for each other
 *
 * @typedef {{ name: string, add: number, most?: number }} Counter
 */

/** @returns {Part} */
export const empty = () => ({ records: new Map(), wishes: {}, facts: undefined, grants: new Map() });

/** A counter that may not become greater. @param {string} counter */
export const over = (counter) => Object.assign(new Error(`the counter \`${counter}\` is full`), { code: "over", counter });

/** Another grant has the code: a coupon for one customer would be one for two. */
export const taken = () => Object.assign(new Error("another grant has this code"), { code: "taken" });

/**
 * Calls `work` with what the state has of the part.
 * @param {(...given: any[]) => any} work
 * @param {string | undefined} part
 * @param {State} state
 * @returns {{ result: any, changes: Changes | undefined }} without `changes`: nothing is to be stored
 */
export function change(work, part, { now, parts, live }) {
  const name = part ?? "";
  const own = parts.get(name) ?? empty();
  const guests = (name && parts.get("")) || empty();
  const seen = [...(part === undefined ? parts.values() : [guests, own])].flatMap(({ records }) => [...records.values()]);
  for (const record of seen) Object.freeze(record);
  const kept = Object.freeze({ now, facts: freeze(own.facts), grants: freeze([...own.grants.values()]), live: Object.freeze(live) });
  const done = work(seen, structuredClone(own.wishes), structuredClone(guests.wishes), undefined, kept);
  if (typeof done?.then === "function") throw new TypeError("`work` returned a promise: it must be synchronous, because nothing else of the part runs meanwhile");
  const { put, wish, drop = [], ungrant = [], count = {}, most = {}, result } = done;
  // As JSON: what is kept is not what was given, and all stores keep the same of it.
  const { copies, facts, grants } = JSON.parse(JSON.stringify({ copies: put, facts: done.facts, grants: done.grants ?? [] }));

  /** @type {Map<string, Map<string, LedgerRecord | undefined>>} by part and id; undefined: deleted */
  const records = new Map();
  /** @param {string} part @param {string} id @param {(known?: LedgerRecord) => LedgerRecord | undefined} next */
  const set = (part, id, next) => {
    const its = records.get(part) ?? new Map();
    const known = its.has(id) ? its.get(id) : parts.get(part)?.records.get(id);
    records.set(part, its.set(id, next(known)));
  };
  // Of another customer's record a copy is a record of this one's: nobody changes what is said to somebody else.
  const homes = part === undefined ? [...parts.keys()] : [name, ""];
  const homesOf = (/** @type {string} */ id) => homes.filter((one) => parts.get(one)?.records.has(id) || records.get(one)?.has(id));
  for (const copy of copies) {
    const [home = name, ...others] = homesOf(copy.id);
    for (const one of part === undefined ? [home, ...others] : [home]) set(one, copy.id, (known) => mergeRecords(known, copy));
  }
  for (const id of drop) for (const home of homesOf(id)) set(home, id, () => undefined);

  const entries = [...records].flatMap(([part, its]) => [...its].map(([id, record]) => ({ part, id, record })));
  const keys = new Set(grants.map((/** @type {Grant} */ { key }) => key));
  /** @type {Changes} */
  const changes = {
    part: name,
    isNew: !parts.has(name),
    put: entries.flatMap(({ part, record }) => (record ? [/** @type {[string, LedgerRecord]} */ ([part, record])] : [])),
    drop: entries.flatMap(({ part, id, record }) => (record ? [] : [/** @type {[string, string]} */ ([part, id])])),
    // Of two grants with one key the last counts.
    grants: [...new Map(grants.map((/** @type {Grant} */ grant) => [grant.key, grant])).values()],
    ungrant: ungrant.filter((/** @type {string} */ key) => !keys.has(key) && own.grants.has(key)),
    counters: countersOf(count, most),
  };
  if (wish) changes.wishes = JSON.parse(JSON.stringify(changeWishes(own.wishes, structuredClone(wish))));
  if (facts !== undefined) changes.facts = facts;
  if (done.erase) changes.erase = true;
  const isNothing = entries.length + grants.length + changes.ungrant.length + changes.counters.length === 0 && !wish && facts === undefined && !done.erase;
  return { result, changes: isNothing ? undefined : changes };
}

/**
 * @param {Record<string, number>} add
 * @param {Record<string, number>} [most]
 * @returns {Counter[]}
 */
export function countersOf(add, most = {}) {
  const names = [...new Set([...Object.keys(add), ...Object.keys(most)])].sort();
  return names.map((name) => {
    const by = Object.hasOwn(add, name) ? add[name] : 0;
    if (!Number.isFinite(by)) throw new TypeError(`the counter \`${name}\` cannot grow by ${by}: give a number`);
    return Object.hasOwn(most, name) ? { name, add: by, most: most[name] } : { name, add: by };
  });
}

/** @template T @param {T} value @returns {T} */
function freeze(value) {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
