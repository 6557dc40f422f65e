// A shop that gives presents, for the tests of offers.

import { open } from "../../../js/server/open.js";
import { memory } from "../../../js/server/store/memory.js";

export const DAY = 86_400_000;

/** The 22nd of November 2026, 11 o'clock in Madrid. */
export const NOW = Date.parse("2026-11-22T10:00:00Z");

/**
 * @param {Record<string, any>} offers
 * @param {any[]} campaigns
 * @param {Record<string, any>} [more]
 * @returns {any}
 */
export function policy(offers, campaigns, more = {}) {
  const body = (/** @type {any} */ { offer }) => (offers[offer]?.personal ? "For you: {offer.code}" : "For you");
  return {
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] },
    offers,
    campaigns: campaigns.map((one) => ({ message: one.id, channel: "email", ...one })),
    messages: Object.fromEntries(campaigns.map((one) => [one.id, { en: [{ body: body(one) }] }])),
    ...more,
  };
}

export const GIFT = { percent: 10, validFor: "14d", personal: true };
export const BIRTHDAY = { id: "birthday", kind: "birthday", offer: "gift" };
export const ANA = { birthday: "--11-22", birthdaySince: "2025-01-01T00:00:00Z", since: "2025-01-01T00:00:00Z", consent: { email: true, push: true, onsite: true } };

/** A platform that keeps to the key: the same key, the same code. */
export function platform() {
  /** @type {Map<string, string>} */
  const codes = new Map();
  const heard = /** @type {any[]} */ ([]);
  return {
    codes,
    heard,
    /** @type {(request: any) => any} */
    issue(request) {
      heard.push(request);
      const code = codes.get(request.key) ?? `CODE-${codes.size + 1}-${request.key.slice(0, 6)}`;
      codes.set(request.key, code);
      return { code };
    },
  };
}

/**
 * @param {any} policy
 * @param {Record<string, any>} [options]
 * @param {Record<string, any>} [customers]
 */
export async function shop(policy, options = {}, customers = { ana: ANA }) {
  const clock = { now: NOW };
  const store = options.store ?? memory({ clock: () => clock.now });
  const server = await open({ policy, store, ...options });
  const context = { store };
  for (const [id, facts] of Object.entries(customers)) await told(store, id, facts);
  return { server, store: context.store, clock };
}

/**
 * What the shop told of a customer.
 * @param {import("../../../js/server/store.d.ts").ServerStore} store
 * @param {string} id
 * @param {any} customer
 */
export async function told(store, id, customer) {
  const { partOf } = await import("../../../js/ledger/part.js");
  await store.transact((records, wishes, guests, seen, kept) => ({ put: [], facts: { ...kept.facts, customer: { ...customer, id } }, result: undefined }), partOf({ id }));
}
