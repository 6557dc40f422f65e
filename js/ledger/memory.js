// A ledger that lasts as long as the page: for tests, previews, and browsers without storage.

import { mergeRecords } from "./record.js";
import { changeWishes } from "./wishes.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

/** So many changes are remembered: who has not looked for longer is given all. */
const MOST = 1000;

/**
 * @param {LedgerRecord[]} [records]
 * @returns {import("../shop/index.d.ts").Store}
 */
export function memory(records = []) {
  /** @type {Map<string, { record: LedgerRecord, part: string }>} */
  const byId = new Map();
  /** @type {Map<string, import("../shop/index.d.ts").Wishes>} */
  const wishes = new Map();
  /** @type {Map<string, any>} */
  const facts = new Map();
  /** @type {{ record: LedgerRecord, part: string }[]} what changed, the latest last */
  let news = [];
  /** @param {LedgerRecord[]} copies @param {string} [part] */
  const keep = (copies, part = "") => {
    if (news.length > MOST) news = [];
    for (const copy of structuredClone(copies)) {
      const known = byId.get(copy.id);
      const kept = { record: Object.freeze(mergeRecords(known?.record, copy)), part: known?.part ?? part };
      byId.set(copy.id, kept);
      news.push(kept);
    }
  };
  /** @param {Iterable<{ record: LedgerRecord, part: string }>} kept @param {string} [part] */
  const seen = (kept, part) => {
    const own = [];
    for (const one of kept) if (part === undefined || one.part === "" || one.part === part) own.push(one.record);
    return own;
  };
  keep(records);
  return {
    kind: "memory",
    hard: false,
    async transact(work, part) {
      const own = wishes.get(part ?? "") ?? {};
      const guests = (part && wishes.get("")) || {};
      const of = news;
      const since = (/** @type {any} */ token) => (token?.of === of ? seen(of.slice(token.at), part) : undefined);
      const { put, wish, drop, result } = work(seen(byId.values(), part), structuredClone(own), structuredClone(guests), { token: { of, at: of.length }, since });
      // First what can throw, so that a failure stores nothing.
      const changed = changeWishes(own, structuredClone(wish ?? {}));
      keep(put, part);
      for (const id of drop ?? []) byId.delete(id);
      wishes.set(part ?? "", changed);
      return result;
    },
    all: async () => structuredClone(seen(byId.values())),
    facts: async (part) => structuredClone(facts.get(part)),
    async putFacts(part, value) {
      facts.set(part, structuredClone(value));
    },
    async forget() {
      byId.clear();
      facts.clear();
      news = [];
    },
    close() {},
  };
}
