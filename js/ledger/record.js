// What the ledger remembers of a contact, and how two memories of one contact become one.

import { canonical } from "../load/canonical.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 */

const STATES = ["ghost", "reserved", "released", "armed", "delivered"];
/** What came of it, the least first. */
export const REACTIONS = ["dismissed", "clicked", "converted"];

/**
 * @param {Contact} contact
 * @param {LedgerRecord["state"]} state
 * @param {string} policy
 * @param {number} [leaseUntil]
 * @returns {LedgerRecord}
 */
export function recordOf(contact, state, policy, leaseUntil) {
  const { id, campaign, channel, placement, at, occurrence, offer, urgent, digest } = /** @type {any} */ (contact);
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
    urgent: urgent || null,
    digest,
  };
  return /** @type {any} */ (Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null && value !== "")));
}

/**
 * The higher state wins and brings the rest; the later `at` and `leaseUntil` and the greater `reaction` stay. Of two memories neither order nor repetition
 * matters; of three whose instants differ within one state the engine, which sees them all, has the last word.
 * @param {LedgerRecord | undefined} known
 * @param {LedgerRecord} news
 * @returns {LedgerRecord}
 */
export function merged(known, news) {
  if (!known) return news;
  const [low, high] = above(known, news) ? [news, known] : [known, news];
  /** @type {any} */
  const merged = { ...high, at: later(low.at, high.at) };
  const leaseUntil = later(low.leaseUntil, high.leaseUntil);
  if (leaseUntil != null) merged.leaseUntil = leaseUntil;
  const reaction = Math.max(reactionOf(low), reactionOf(high));
  if (reaction >= 0) merged.reaction = REACTIONS[reaction];
  return merged;
}

/** @param {any} record */
function reactionOf({ reaction }) {
  return REACTIONS.indexOf(reaction);
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
  return Array.from(canonical({ ...record, at: 0, leaseUntil: 0, reaction: 0 }), (letter) =>
    letter.codePointAt(0)?.toString(16).padStart(6, "0"),
  ).join("");
}
