// Deletes all that the server knows of one customer.

import { partOf } from "../ledger/part.js";
import { anyIdOf } from "./context.js";
import { isKnown } from "./export.js";

/**
 * @param {import("./store.d.ts").ServerStore} store
 * @param {unknown} customer the id
 * @returns {Promise<import("./data.d.ts").Erased>}
 */
export async function eraseOf(store, customer) {
  const part = partOf({ id: anyIdOf(customer) });
  return store.transact((records, wishes, guests, seen, { facts, grants }) => {
    const waits = facts?.waits ?? 0;
    return {
      put: [],
      // Their conversations are among those of the whole shop that wait for an answer.
      ...(waits !== 0 && { facts: { ...facts, waits: 0 }, count: { "live.unanswered": -waits } }),
      erase: true,
      result: { known: isKnown({ records, wishes, facts, grants }), contacts: records.length, codes: grants.filter(({ code }) => code !== undefined).length },
    };
  }, part);
}
