// A ledger that lasts as long as the page: for tests, previews, and browsers without storage.

import { mergeRecords } from "./record.js";
import { changeWishes } from "./wishes.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

/**
 * @param {LedgerRecord[]} [records]
 * @returns {import("../shop/index.d.ts").Store}
 */
export function memory(records = []) {
  /** @type {Map<string, { record: LedgerRecord, part: string }>} */
  const byId = new Map();
  /** @type {Map<string, import("../shop/index.d.ts").Wishes>} */
  const wishes = new Map();
  /** @param {LedgerRecord[]} copies @param {string} [part] */
  const keep = (copies, part = "") => {
    for (const copy of structuredClone(copies)) {
      const known = byId.get(copy.id);
      byId.set(copy.id, { record: mergeRecords(known?.record, copy), part: known?.part ?? part });
    }
  };
  /** @param {string} [part] */
  const seen = (part) => {
    const kept = [...byId.values()].filter((kept) => part === undefined || [part, ""].includes(kept.part));
    return structuredClone(kept.map(({ record }) => record));
  };
  keep(records);
  return {
    kind: "memory",
    hard: false,
    async transact(work, part) {
      const own = wishes.get(part ?? "") ?? {};
      const guests = (part && wishes.get("")) || {};
      const { put, wish, result } = work(seen(part), structuredClone(own), structuredClone(guests));
      // First what can throw, so that a failure stores nothing.
      const changed = changeWishes(own, structuredClone(wish ?? {}));
      keep(put, part);
      wishes.set(part ?? "", changed);
      return result;
    },
    all: async () => seen(),
    close() {},
  };
}
