// What the tests of the server share: a policy that speaks by mail, and customers who bought.

import { partOf } from "../../js/ledger/part.js";
import { open } from "../../js/server/index.js";

export const CONSENT = { email: true };

export const POLICY = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"], signer: "Lola" },
  limits: [{ id: "week", max: 1, per: "7d" }],
  campaigns: [
    { id: "thanks", kind: "thankYou", channel: "email", message: "thanks" },
    { id: "oranges", kind: "announcement", channel: "email", repeat: "never", message: "oranges" },
  ],
  messages: {
    thanks: { en: [{ title: "Thank you", body: "Your order {order.id} is in good hands." }] },
    oranges: { en: [{ body: "The oranges are here." }] },
  },
};

/** A Tuesday at noon in Madrid. */
export const NOON = Date.parse("2026-05-12T10:00:00Z");
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/**
 * A server over a store.
 * @param {any} store
 * @param {object} [options]
 */
export const openOver = (store, options = {}) => open({ policy: /** @type {any} */ (POLICY), store, ...options });

/** The moment of a purchase. @param {string} id the order's */
export const purchase = (id) => ({ event: { name: "purchase", order: { id, total: 4000 } } });

/** Tells the store of a customer. @param {any} store @param {string} id @param {object} [facts] */
export const tell = (store, id, facts = {}) => store.putFacts(partOf({ id }), { customer: { id, consent: CONSENT, ...facts } });

/** The records of a customer, by campaign and state. @param {any} store @param {string} [campaign] */
export async function states(store, campaign) {
  const records = await store.all();
  return records.filter((/** @type {any} */ one) => !campaign || one.campaign === campaign).map((/** @type {any} */ { state }) => state).sort();
}
