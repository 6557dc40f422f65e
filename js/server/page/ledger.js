// The ledger of a customer for a page that keeps none itself: read whole, and changed only by who has seen the latest.

import { keepOf } from "../../ledger/keep.js";
import { prunable } from "../../ledger/prune.js";
import { mergeRecords } from "../../ledger/record.js";
import { canonical } from "../../load/canonical.js";
import { ServerError } from "../errors.js";
import { checked, joined, tellable } from "./records.js";
import { checkedWishes, wishIn } from "./sync.js";

/**
 * @param {import("../context.js").Context} context
 * @param {string} customer the id
 * @param {{ version?: unknown, put?: unknown, wish?: unknown, drop?: unknown }} [given]
 * @returns {Promise<import("../index.d.ts").LedgerAnswer>}
 */
export async function ledger(context, customer, { version, put: given, wish: change, drop } = {}) {
  const told = checked(context, given, "put");
  const wishes = checkedWishes(context, change, "wish");
  if (drop != null && (!Array.isArray(drop) || drop.some((id) => typeof id !== "string"))) throw new ServerError("wrong-type", "drop", "expected a list of ids of records");
  return context.within(customer, (account) => {
    const { now } = account;
    const before = stateOf(account.records, account.customer.wishes);
    if (version !== before.version) {
      // Without a version it is only read.
      const isRead = version === undefined && told.length === 0 && change == null && drop == null;
      return { result: { ok: isRead, ...before, now } };
    }
    const put = joined(account, told, "put");
    const wished = wishIn(account, wishes);
    // What still counts cannot be forgotten by who would be silenced by it.
    const old = new Set(Array.isArray(drop) && drop.length > 0 ? prunable(account.records, keepOf(context.policy), now, 0) : []);
    const dropped = /** @type {string[]} */ (drop ?? []).filter((id) => old.has(id));
    const byId = new Map(account.records.filter(({ id }) => !dropped.includes(id)).map((record) => [record.id, record]));
    for (const record of put) byId.set(record.id, mergeRecords(byId.get(record.id), record));
    return { put, drop: dropped, ...wished, result: { ok: true, ...stateOf([...byId.values()], account.customer.wishes), now } };
  });
}

/** @param {import("../../types.d.ts").LedgerRecord[]} records @param {any} [wishes] */
function stateOf(records, wishes = {}) {
  const sorted = tellable(records).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { version: digest(canonical([sorted, wishes])), records: sorted, wishes };
}

/** Two unlike texts have one digest once in 2^100: two sums of 53 bits (cyrb53). @param {string} text */
function digest(text) {
  return [0, 0x9e3779b9].map((seed) => {
    let [a, b] = [0xdeadbeef ^ seed, 0x41c6ce57 ^ seed];
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
  }).join("-");
}
