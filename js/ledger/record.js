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
  return present({
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
    policy: policy || null,
    urgent: urgent || null,
    digest,
  });
}

/**
 * The latest `at` and `leaseUntil`, the earliest `seenAt` and the greatest `reaction` are kept. The rest comes whole from one
 * telling: that of the higher state, then of the later `at`, then of the greater bytes; `versionAt` is its own `at` where that is not
 * the latest. So neither order nor repetition matters, of however many tellings; the engine does the same.
 * @param {LedgerRecord | undefined} known
 * @param {LedgerRecord} news
 * @returns {LedgerRecord}
 */
export function merged(known, news) {
  if (!known) return news;
  const [low, high] = above(known, news) ? [news, known] : [known, news];
  const at = later(low.at, high.at);
  return present({
    ...high,
    at,
    versionAt: told(high) < instant(at) ? told(high) : null,
    leaseUntil: later(low.leaseUntil, high.leaseUntil),
    seenAt: later(low.seenAt, high.seenAt, -1),
    reaction: REACTIONS[Math.max(reactionOf(low), reactionOf(high))],
  });
}

/**
 * Without what is absent.
 * @param {object} fields
 * @returns {any}
 */
function present(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
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
  const order = STATES.indexOf(a.state) - STATES.indexOf(b.state) || told(a) - told(b);
  return order > 0 || (order === 0 && bytes(a) > bytes(b));
}

/**
 * @typedef {number | string | null | undefined} At
 * @param {At} a
 * @param {At} b
 * @param {number} [sign] -1: the earlier one
 */
function later(a, b, sign = 1) {
  return a == null || instant(b) * sign > instant(a) * sign ? b : a;
}

/** @param {At} at */
export function instant(at) {
  return Number(new Date(/** @type {any} */ (at ?? NaN)));
}

/** @param {LedgerRecord} record */
function told({ versionAt, at }) {
  return instant(versionAt ?? at);
}

/**
 * Text that sorts like the UTF-8 bytes of the rest of a record, which code units do not.
 * @param {LedgerRecord} record
 */
function bytes({ at, versionAt, leaseUntil, seenAt, reaction, ...rest }) {
  return Array.from(canonical(present(rest)), (letter) => letter.codePointAt(0)?.toString(16).padStart(6, "0")).join("");
}
