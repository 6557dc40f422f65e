// A server's store that lasts as long as the process: for trying and for tests. One process alone may use it.

import { instant, mergeRecords } from "../../ledger/record.js";
import { changeWishes } from "../../ledger/wishes.js";

/**
 * @typedef {import("../store.d.ts").ServerStore} ServerStore
 * @typedef {import("../store.d.ts").Grant} Grant
 * @typedef {import("../../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {{ records: Map<string, LedgerRecord>, wishes: any, facts: any, grants: Map<string, Grant> }} Part
 */

/** A counter that may not become greater. @param {string} counter */
export const over = (counter) => Object.assign(new Error(`the counter \`${counter}\` is full`), { code: "over", counter });

/** Another grant has the code. */
export const taken = () => Object.assign(new Error("another grant has this code"), { code: "taken" });

/** The counters that begin so. @param {Iterable<[string, number]>} counters @param {string} prefix */
const beginning = (counters, prefix) => Object.fromEntries([...counters].filter(([name]) => name.startsWith(prefix)));

/**
 * @param {{ clock?: () => number }} [options]
 * @returns {ServerStore}
 */
export function memory({ clock = Date.now } = {}) {
  /** @type {Map<string, Part>} */
  const parts = new Map();
  /** @type {Map<string, number>} */
  const counters = new Map();
  /** @type {Map<string, string>} JSON by name */
  const notes = new Map();
  /** @type {Map<string, { part: string, key: string }>} whose grant has a code */
  const codes = new Map();
  /** @type {Map<string, { order: string, at: number }>} */
  const redeemed = new Map();

  const partOf = (/** @type {string} */ name) => parts.get(name) ?? { records: new Map(), wishes: {}, facts: undefined, grants: new Map() };
  const count = (/** @type {Record<string, number>} */ add) => {
    for (const [name, by] of Object.entries(add)) counters.set(name, (counters.get(name) ?? 0) + by);
  };
  /** Whether another grant has this code. @param {string} code @param {string} name @param {string} key */
  const isTaken = (code, name, key) => {
    const its = codes.get(code);
    return its !== undefined && (its.part !== name || its.key !== key) && parts.get(its.part)?.grants.get(its.key)?.code === code;
  };
  const all = () => [...parts].flatMap(([part, { records }]) => [...records.values()].map((record) => ({ part, record })));

  return {
    kind: "memory",
    hard: true,
    async transact(work, part) {
      const name = part ?? "";
      const kept = partOf(name);
      const guests = name ? partOf("").wishes : {};
      const seen = part === undefined ? all().map(({ record }) => record) : [...(name ? partOf("").records.values() : []), ...kept.records.values()];
      const given = { now: clock(), facts: structuredClone(kept.facts), grants: structuredClone([...kept.grants.values()]), live: beginning(counters, "live.") };
      const { put, wish, drop, facts, grants, ungrant, count: add, most, result } = work(seen, structuredClone(kept.wishes), structuredClone(guests), undefined, given);
      // First what can throw, so that a failure stores nothing.
      const copies = structuredClone({ put, wish: wish ?? {}, facts, grants: grants ?? [] });
      const wishes = changeWishes(kept.wishes, copies.wish);
      for (const [counter, most_] of Object.entries(most ?? {})) {
        if ((counters.get(counter) ?? 0) + (add?.[counter] ?? 0) > most_) throw over(counter);
      }
      for (const { code, key } of copies.grants) if (code !== undefined && isTaken(code, name, key)) throw taken();
      parts.set(name, kept);
      kept.wishes = wishes;
      for (const copy of copies.put) {
        const its = [...parts.values()].find(({ records }) => records.has(copy.id)) ?? kept;
        its.records.set(copy.id, Object.freeze(mergeRecords(its.records.get(copy.id), copy)));
      }
      for (const id of drop ?? []) for (const { records } of parts.values()) records.delete(id);
      if (facts !== undefined) kept.facts = copies.facts;
      for (const key of ungrant ?? []) kept.grants.delete(key);
      for (const grant of copies.grants) {
        kept.grants.set(grant.key, grant);
        if (grant.code !== undefined) codes.set(grant.code, { part: name, key: grant.key });
      }
      count(add ?? {});
      return result;
    },
    all: async () => structuredClone(all().map(({ record }) => record)),
    facts: async (part) => structuredClone(partOf(part).facts),
    async putFacts(part, facts) {
      parts.set(part, { ...partOf(part), facts: structuredClone(facts) });
    },
    async forget() {
      for (const part of parts.values()) Object.assign(part, { records: new Map(), facts: undefined });
    },
    async queue({ state, channel, until = Infinity, after, limit }) {
      const isAfter = (/** @type {any} */ a, /** @type {any} */ b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
      return all()
        .filter(({ record }) => record.state === state && (channel === undefined || record.channel === channel) && instant(record.at) <= until)
        .map(({ part, record: { id, at } }) => ({ part, id, at: instant(at) }))
        .sort(isAfter)
        .filter((one) => !after || isAfter(one, after) > 0)
        .slice(0, limit);
    },
    parts: async ({ after = "", limit }) => [...parts.keys()].filter((part) => part > after).sort().slice(0, limit),
    counters: async (prefix) => beginning(counters, prefix),
    count: async (add) => count(add),
    note: async (name) => JSON.parse(notes.get(name) ?? "null"),
    async putNote(name, value) {
      if (value == null) notes.delete(name);
      else notes.set(name, JSON.stringify(value));
    },
    async granted(code) {
      const { part = "", key = "" } = codes.get(code) ?? {};
      const grant = parts.get(part)?.grants.get(key);
      return grant?.code === code ? structuredClone({ part, grant }) : undefined;
    },
    redeemed: async (code) => redeemed.get(code),
    async pending({ after, limit }) {
      const isAfter = (/** @type {any} */ one, /** @type {any} */ other) => one.part > other.part || (one.part === other.part && one.key > other.key);
      return [...parts]
        .flatMap(([part, { grants }]) => [...grants.values()].filter(({ state }) => state === "reserved").map(({ key }) => ({ part, key })))
        .filter((one) => !after || isAfter(one, after))
        .sort((a, b) => (isAfter(a, b) ? 1 : -1))
        .slice(0, limit);
    },
    async redeem(code, order) {
      const known = redeemed.get(code);
      if (known) return known;
      const use = { order, at: clock() };
      redeemed.set(code, use);
      return use;
    },
    async erase(part) {
      parts.delete(part);
    },
    now: async () => clock(),
    close() {},
  };
}
