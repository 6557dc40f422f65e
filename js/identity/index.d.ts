import type { Customer, LedgerRecord } from "../types.d.ts";

/** Somebody as one system knows them. */
export interface Identity {
  customer?: Customer | null;
  /** Absent: unknown. */
  ledger?: LedgerRecord[] | null;
}

/**
 * One person, of two identities that turned out to be the same: of guest and customer, of two devices, of shop and till.
 *
 * Orders, conversations and mentions of one id become one as the engine makes them one: with the later instants, the greater
 * figures, every telling of an incident, and a complaint where either was told one; records keep all
 * their tellings, which the engine merges by id. The least `id` stays. They are a customer since the earlier date; a birthday
 * is known since the later. What either identity refused is refused, and the wishes of both hold. Of two answers to one
 * question the greater in JSON stays, so that all systems agree.
 *
 * Neither the order of uniting matters nor a repetition. What an identity says is not checked here; the engine does.
 *
 * @example
 * unite({ customer: { id: "ana", orders: [{ id: "o1", at: 1 }] } }, { customer: { orders: [{ id: "o1", deliveredAt: 9 }] } });
 * // { customer: { id: "ana", orders: [{ id: "o1", at: 1, deliveredAt: 9 }] } }
 */
export function unite(one: Identity, other: Identity): { customer: Customer; ledger?: LedgerRecord[] };
