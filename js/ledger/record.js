// What the ledger remembers of a contact, and how two memories of one contact become one.

import { canonical } from "../load/canonical.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 */

const STATES = ["ghost", "reserved", "released", "armed", "delivered"];

/**
 * @param {Contact} contact
 * @param {LedgerRecord["state"]} state
 * @param {string} policy
 * @param {number} [leaseUntil]
 * @returns {LedgerRecord}
 */
export function recordOf(contact, state, policy, leaseUntil) {
  const { id, campaign, channel, placement, at, occurrence, offer } = contact;
  const { variant } = contact.message;
  const fields = {
    id,
    campaign,
    class: contact.class,
    channel,
    placement,
    at,
    state,
    leaseUntil,
    occurrence,
    offer,
    variant,
    policy,
  };
  return /** @type {any} */ (Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null && value !== "")));
}

/**
 * The higher state wins and brings the rest; the later `at` and `leaseUntil` stay. Of two memories neither order nor repetition
 * matters; of three whose instants differ within one state the engine, which sees them all, has the last word.
 * @param {LedgerRecord | undefined} known
 * @param {LedgerRecord} news
 * @returns {LedgerRecord}
 */
export function merged(known, news) {
  if (!known) return news;
  const [low, high] = above(known, news) ? [news, known] : [known, news];
  const merged = { ...high, at: later(low.at, high.at) };
  const leaseUntil = later(low.leaseUntil, high.leaseUntil);
  return leaseUntil == null ? merged : { ...merged, leaseUntil };
}

/**
 * @param {LedgerRecord} a
 * @param {LedgerRecord} b
 */
function above(a, b) {
  const order = STATES.indexOf(a.state) - STATES.indexOf(b.state) || instant(a.at) - instant(b.at);
  return order > 0 || (order === 0 && bytes(a) > bytes(b));
}

/**
 * @template {number | string | null | undefined} T
 * @param {T} a
 * @param {T} b
 */
function later(a, b) {
  return a == null || instant(b) > instant(a) ? b : a;
}

/** @param {number | string | null | undefined} at */
function instant(at) {
  return typeof at === "string" ? Date.parse(at) : (at ?? NaN);
}

/**
 * Text that sorts like the UTF-8 bytes of a record, which code units do not; without what is merged by itself.
 * @param {LedgerRecord} record
 */
function bytes(record) {
  return Array.from(canonical({ ...record, at: 0, leaseUntil: 0 }), (letter) =>
    letter.codePointAt(0)?.toString(16).padStart(6, "0"),
  ).join("");
}
