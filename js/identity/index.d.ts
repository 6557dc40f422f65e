import type { Customer, LedgerRecord } from "../types.d.ts";

/** A person as one system knows them. */
export interface Identity {
  customer?: Customer | null;
  /** Absent: unknown. */
  ledger?: LedgerRecord[] | null;
}

/**
 * Makes one person of two identities that turned out to be the same: of a guest and a customer, of two devices, of the shop and
 * the till.
 *
 * Orders, conversations and mentions with the same `id` become one by the engine's rule: of two copies of an order the one with the
 * later `updatedAt`, whole; else the later instants, the greater figures, all incidents, and `complaint` if either is one. The ledger keeps all copies of a record; the engine merges them by `id`. The
 * smaller `id` is kept, the earlier `since`, the later `birthdaySince`. Consent that either identity refused is refused, and the
 * wishes of both hold. Of any other field with two values the greater in JSON is kept, so that all systems agree.
 *
 * Identities can be united in any order, and more than once, with the same result. The values are not checked here: the engine
 * checks them.
 *
 * @example
 * unite(
 *   { customer: { id: "ana", orders: [{ id: "o1", at: 1793491200000 }] } },
 *   { customer: { orders: [{ id: "o1", deliveredAt: 1793836800000 }] } },
 * );
 * // { customer: { id: "ana", orders: [{ id: "o1", at: 1793491200000, deliveredAt: 1793836800000 }] } }
 */
export function unite(one: Identity, other: Identity): { customer: Customer; ledger?: LedgerRecord[] };
