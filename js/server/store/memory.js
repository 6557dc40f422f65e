// A server's store that lasts as long as the process: for trying and for tests. One process alone may use it.

import { instant } from "../../ledger/record.js";
import { change, countersOf, empty, over, taken } from "./work.js";

/**
 * @typedef {import("../store.d.ts").ServerStore} ServerStore
 * @typedef {import("../store.d.ts").Queued} Queued
 * @typedef {import("./work.js").Part} Part
 */

/** The counters that begin so. @param {Iterable<[string, number]>} counters @param {string} prefix */
const beginning = (counters, prefix) => Object.fromEntries([...counters].filter(([name]) => name.startsWith(prefix)));

/** @param {Queued} a @param {Queued} b */
const order = (a, b) => a.at - b.at || compare(a.id, b.id) || compare(a.part, b.part);
const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0);

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
  /** @type {Map<string, { order: string, at: number }>} */
  const redeemed = new Map();
  /** @type {Map<string, [part: string, key: string]>} whose grant a code is */
  const codes = new Map();

  const partOf = (/** @type {string} */ name) => {
    const part = parts.get(name) ?? empty();
    parts.set(name, part);
    return part;
  };
  const count = (/** @type {import("./work.js").Counter[]} */ adds) => {
    for (const { name, add } of adds) counters.set(name, (counters.get(name) ?? 0) + add);
  };
  const all = () => [...parts].flatMap(([part, { records }]) => [...records.values()].map((record) => ({ part, record })));

  const erase = (/** @type {string} */ part) => {
    for (const { code = "" } of parts.get(part)?.grants.values() ?? []) codes.delete(code);
    parts.delete(part);
  };

  return {
    kind: "memory",
    hard: true,
    async transact(work, part) {
      /** @type {Map<string, Part>} */
      const given = new Map();
      for (const name of part === undefined ? parts.keys() : ["", part]) {
        const kept = parts.get(name);
        if (kept) given.set(name, { ...kept, facts: structuredClone(kept.facts), grants: structuredClone(kept.grants) });
      }
      const { result, changes } = change(work, part, { now: clock(), parts: given, live: beginning(counters, "live.") });
      if (!changes) return result;
      // First what can throw, so that a failure stores nothing.
      for (const { name, add, most = Infinity } of changes.counters) if ((counters.get(name) ?? 0) + add > most) throw over(name);
      for (const { code, key } of changes.grants) {
        const [of, its] = (code !== undefined && codes.get(code)) || [changes.part, key];
        if (of !== changes.part || its !== key) throw taken();
      }
      const own = partOf(changes.part);
      if (changes.wishes) own.wishes = changes.wishes;
      if ("facts" in changes) own.facts = changes.facts;
      for (const [name, record] of changes.put) partOf(name).records.set(record.id, record);
      for (const [name, id] of changes.drop) parts.get(name)?.records.delete(id);
      const forgetCode = (/** @type {string} */ key) => codes.delete(own.grants.get(key)?.code ?? "");
      for (const key of changes.ungrant) forgetCode(key), own.grants.delete(key);
      for (const grant of changes.grants) {
        forgetCode(grant.key);
        own.grants.set(grant.key, grant);
        if (grant.code !== undefined) codes.set(grant.code, [changes.part, grant.key]);
      }
      count(changes.counters);
      if (changes.erase) erase(changes.part);
      return result;
    },
    all: async () => structuredClone(all().map(({ record }) => record)),
    facts: async (part) => structuredClone(parts.get(part)?.facts),
    async putFacts(part, facts) {
      partOf(part).facts = structuredClone(facts);
    },
    async forget() {
      for (const part of parts.values()) Object.assign(part, { records: new Map(), facts: undefined });
    },
    async queue({ state, channel, until = Infinity, after, limit }) {
      return all()
        .filter(({ record }) => record.state === state && (channel === undefined || record.channel === channel) && instant(record.at) <= until)
        .map(({ part, record: { id, at } }) => ({ part, id, at: instant(at) }))
        .sort(order)
        .filter((one) => !after || order(one, after) > 0)
        .slice(0, limit);
    },
    async due({ until = Infinity, after, limit }) {
      const following = (/** @type {any} */ a, /** @type {any} */ b) => a.due - b.due || compare(a.part, b.part);
      return [...parts]
        .flatMap(([part, { facts }]) => (typeof facts?.due === "number" && facts.due <= until ? [{ part, due: facts.due }] : []))
        .sort(following)
        .filter((one) => !after || following(one, after) > 0)
        .slice(0, limit);
    },
    parts: async ({ after = "", limit }) => [...parts.keys()].filter((part) => part > after).sort().slice(0, limit),
    counters: async (prefix) => beginning(counters, prefix),
    async uncount(names) {
      for (const name of names) counters.delete(name);
    },
    count: async (add) => count(countersOf(add)),
    note: async (name) => JSON.parse(notes.get(name) ?? "null"),
    async putNote(name, value) {
      if (value == null) notes.delete(name);
      else notes.set(name, JSON.stringify(value));
    },
    async granted(code) {
      const [part = "", key = ""] = codes.get(code) ?? [];
      const grant = parts.get(part)?.grants.get(key);
      return grant && structuredClone({ part, grant });
    },
    async pending({ after, limit }) {
      const following = (/** @type {any} */ a, /** @type {any} */ b) => compare(a.part, b.part) || compare(a.key, b.key);
      return [...parts]
        .flatMap(([part, { grants }]) => [...grants.values()].filter(({ state }) => state === "reserved").map(({ key }) => ({ part, key })))
        .sort(following)
        .filter((one) => !after || following(one, after) > 0)
        .slice(0, limit);
    },
    redeemed: async (code) => redeemed.get(code),
    async redeem(code, order) {
      const known = redeemed.get(code) ?? { order, at: clock() };
      redeemed.set(code, known);
      return { ...known };
    },
    erase: async (part) => erase(part),
    now: async () => clock(),
    close() {},
  };
}
