// A ledger that lasts as long as the page: for tests, previews, and browsers without storage.

import { merged } from "./record.js";
import { wished } from "./wishes.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

/**
 * @param {LedgerRecord[]} [records]
 * @returns {import("../shop/index.d.ts").Store}
 */
export function memory(records = []) {
  /** @type {Map<string, LedgerRecord>} */
  const kept = new Map();
  /** @param {LedgerRecord[]} news */
  const keep = (news) => {
    for (const record of structuredClone(news)) kept.set(record.id, merged(kept.get(record.id), record));
  };
  const all = () => structuredClone([...kept.values()]);
  keep(records);
  /** @type {import("../shop/index.d.ts").Wishes} */
  let wishes = {};
  return {
    kind: "memory",
    hard: false,
    async transact(work) {
      const { put, wish, result } = work(all(), structuredClone(wishes));
      const after = wished(wishes, structuredClone(wish ?? {}));
      keep(put);
      wishes = after;
      return result;
    },
    all: async () => all(),
    close() {},
  };
}
