// A record that the engine refuses: another release wrote it, or the disk is damaged. That something was said is known all the same, so it
// counts as far as it can be read, and what cannot be read counts as what silences most.

import { CHANNELS, MAX_INSTANT, REACTIONS, STATES } from "../constants.js";
import { instant } from "./record.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

const CLASSES = ["transactional", "service", "relational", "promotional"];
/** Names are shorter. */
const LONGEST = 500;

/** @param {any} value */
const text = (value) => (/[^\s]/.test(typeof value === "number" ? `${value}` : typeof value === "string" ? value : "") ? `${value}`.slice(0, LONGEST) : undefined);
/** @param {any} value @returns {number | undefined} */
const time = (value) => {
  const at = instant(typeof value === "number" || typeof value === "string" ? value : NaN);
  return at >= 0 && at <= MAX_INSTANT ? at : undefined;
};
/** @param {readonly any[]} words @param {any} value */
const word = (words, value) => (words.includes(value) ? value : undefined);

/**
 * What the engine can read of a record. Without a class it is two: it counts for those who count promotions, and for those who count the rest.
 * Without a date it counts from now.
 * @param {any} record
 * @param {number} now
 * @returns {LedgerRecord[]}
 */
export function readable(record, now) {
  const { id, campaign, channel, placement, at, state, leaseUntil, seenAt, occurrence, offer, variant, reaction, urgent, digest } = Object(record);
  const known = {
    id: text(id) ?? "?",
    campaign: text(campaign) ?? "?",
    channel: word(CHANNELS, channel) ?? "onsite",
    placement: text(placement),
    at: time(at) ?? time(seenAt) ?? now,
    state: word(STATES, state) ?? "delivered",
    leaseUntil: time(leaseUntil),
    seenAt: time(seenAt),
    occurrence: text(occurrence),
    offer: text(offer),
    variant: Number.isInteger(variant) && variant >= 0 ? variant : undefined,
    reaction: word(REACTIONS, reaction),
    urgent: urgent === true || undefined,
    digest: text(digest),
  };
  const own = word(CLASSES, record?.class);
  const classes = own ? [own] : ["promotional", "relational"];
  return classes.map((group, index) => /** @type {any} */ ({ ...known, id: index ? `${known.id}.` : known.id, class: group }));
}

/** Whether nothing says when the contact was. @param {any} record */
export const isUndated = ({ at, seenAt }) => time(at) === undefined && time(seenAt) === undefined;
