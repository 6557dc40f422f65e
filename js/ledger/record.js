// The record that the ledger keeps of a contact, and how two copies of one record become one.

import { REACTIONS, STATES } from "../constants.js";
import { canonical } from "../load/canonical.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 */

/**
 * @param {Contact} contact
 * @param {LedgerRecord["state"]} state
 * @param {string} policyHash
 * @param {number} [leaseUntil]
 * @returns {LedgerRecord}
 */
export function recordOf(contact, state, policyHash, leaseUntil) {
  const { id, campaign, channel, placement, at, occurrence, offer, urgent, digest } = /** @type {any} */ (contact);
  const { variant } = contact.message;
  return withoutNulls({
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
    policy: policyHash || null,
    urgent: urgent || null,
    digest,
  });
}

/**
 * Two copies of one record (same `id`): keeps the latest `at` and `leaseUntil`, the earliest `seenAt` and the highest
 * `reaction`. Every other field comes from the copy with the highest `state`; on a tie, from the later `at`; on a tie, from the
 * larger canonical JSON. If that copy's own `at` is not the latest, the result keeps it in `versionAt`.
 *
 * The engine merges by the same rule. Records can be merged in any order, and more than once, with the same result.
 * @param {LedgerRecord | undefined} known
 * @param {LedgerRecord} copy
 * @returns {LedgerRecord}
 */
export function mergeRecords(known, copy) {
  if (!known) return copy;
  const [low, high] = isHigher(known, copy) ? [copy, known] : [known, copy];
  const at = later(low.at, high.at);
  return withoutNulls({
    ...high,
    at,
    versionAt: versionAt(high) < instant(at) ? versionAt(high) : null,
    leaseUntil: later(low.leaseUntil, high.leaseUntil),
    seenAt: later(low.seenAt, high.seenAt, -1),
    reaction: REACTIONS[Math.max(reactionRank(low), reactionRank(high))],
  });
}

/**
 * @param {object} fields
 * @returns {any}
 */
function withoutNulls(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}

/** @param {any} record */
function reactionRank({ reaction }) {
  return REACTIONS.indexOf(reaction);
}

/**
 * @param {LedgerRecord} a
 * @param {LedgerRecord} b
 */
function isHigher(a, b) {
  const order = STATES.indexOf(a.state) - STATES.indexOf(b.state) || versionAt(a) - versionAt(b);
  return order > 0 || (order === 0 && sortKey(a) > sortKey(b));
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
  return typeof at === "number" ? at : Number(new Date(/** @type {any} */ (at ?? NaN)));
}

/** Since when a record counts: its date, or when it was seen if its clock was ahead. @param {LedgerRecord} record */
export function dateOf({ at, seenAt }) {
  return seenAt == null ? instant(at) : Math.min(instant(at), instant(seenAt));
}

/** @param {LedgerRecord} record */
function versionAt({ versionAt, at }) {
  return instant(versionAt ?? at);
}

/**
 * Text that sorts like the UTF-8 bytes of the record's other fields. Comparing the JSON itself would compare UTF-16 code units,
 * which sort an emoji before some letters.
 * @param {LedgerRecord} record
 */
function sortKey({ at, versionAt, leaseUntil, seenAt, reaction, ...rest }) {
  return [...canonical(withoutNulls(rest))].map((letter) => letter.codePointAt(0)?.toString(16).padStart(6, "0")).join("");
}
