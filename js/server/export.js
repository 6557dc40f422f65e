// All that the server knows of one customer, as JSON: for the customer who asks for it, and for another program.

import { partOf } from "../ledger/part.js";
import { anyIdOf } from "./context.js";
import { ServerError } from "./errors.js";

/** @typedef {import("./store.d.ts").ServerStore} ServerStore */

/**
 * @param {ServerStore} store
 * @param {unknown} customer the id
 * @returns {Promise<import("./data.d.ts").Exported>}
 */
export async function exportOf(store, customer) {
  const id = anyIdOf(customer);
  const kept = await store.transact((records, wishes, guests, seen, { facts, grants, now }) => ({ put: [], result: { records, wishes, facts, grants, now } }), partOf({ id }));
  const { records, wishes, grants, now } = kept;
  if (!isKnown(kept)) throw new ServerError("unknown-customer", "customer");
  const { customer: told, ...remembered } = kept.facts ?? {};
  const used = grants.map(async ({ code }) => (code === undefined ? undefined : store.redeemed(code)));
  const redeemed = await Promise.all(used);
  return structuredClone({
    format: "querencia-customer-1",
    at: now,
    customer: { ...told, id },
    wishes,
    contacts: [...records],
    offers: grants.map((grant, index) => ({ ...grant, ...(redeemed[index] && { redeemed: redeemed[index] }) })),
    remembered,
  });
}

/** @param {{ records: readonly unknown[], wishes: object, facts: unknown, grants: readonly unknown[] }} kept */
export function isKnown({ records, wishes, facts, grants }) {
  return facts !== undefined || records.length > 0 || grants.length > 0 || Object.keys(wishes).length > 0;
}
