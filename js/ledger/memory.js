// A ledger that lasts as long as the page: for tests, previews, and browsers without storage.

import { mergeRecords } from "./record.js";
import { changeWishes } from "./wishes.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

/**
 * @param {LedgerRecord[]} [records]
 * @returns {import("../shop/index.d.ts").Store}
 */
export function memory(records = []) {
  /** @type {Map<string, LedgerRecord>} */
  const byId = new Map();
  /** @param {LedgerRecord[]} copies */
  const keep = (copies) => {
    for (const copy of structuredClone(copies)) byId.set(copy.id, mergeRecords(byId.get(copy.id), copy));
  };
  const all = () => structuredClone([...byId.values()]);
  keep(records);
  /** @type {import("../shop/index.d.ts").Wishes} */
  let wishes = {};
  return {
    kind: "memory",
    hard: false,
    async transact(work) {
      const { put, wish, result } = work(all(), structuredClone(wishes));
      // First what can throw, so that a failure stores nothing.
      const changed = changeWishes(wishes, structuredClone(wish ?? {}));
      keep(put);
      wishes = changed;
      return result;
    },
    all: async () => all(),
    close() {},
  };
}
