// Contacts that are reserved and wait to be sent, as they are told to who is to send them. Their words are not among it: they are written when the
// contact is armed, which decides again.

import { LEASE as SHORT } from "../constants.js";
import { instant } from "../ledger/record.js";

/**
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("./index.d.ts").ReservedContact} ReservedContact
 */

/**
 * Whether a reservation ran out. It is noted, so that it stays so when the clock goes back.
 * @param {LedgerRecord} record
 * @param {number} now
 */
export const hasLapsed = ({ state, leaseUntil, at }, now) => state === "reserved" && !(instant(leaseUntil ?? instant(at) + SHORT) > now);

/**
 * @param {{ id: string }} account
 * @param {LedgerRecord} record
 * @returns {ReservedContact}
 */
export function reservedContact({ id: customer }, record) {
  const { id, campaign, channel, placement, occurrence, offer, digest, at, leaseUntil } = /** @type {any} */ (record);
  const told = { placement, occurrence, offer, digest };
  return {
    customer,
    contact: id,
    campaign,
    class: record.class,
    channel,
    .../** @type {Partial<ReservedContact>} */ (Object.fromEntries(Object.entries(told).filter(([, value]) => value != null))),
    at: instant(at),
    leaseUntil: instant(leaseUntil ?? instant(at) + SHORT),
  };
}

/**
 * Those of a customer, the oldest first.
 * @param {import("./account.js").Account} account
 * @param {(record: LedgerRecord) => boolean} isAsked
 * @returns {{ reserved?: ReservedContact[] }} empty where there are none
 */
export function stillReserved(account, isAsked) {
  const records = account.records.filter((record) => record.state === "reserved" && !hasLapsed(record, account.now) && isAsked(record));
  if (records.length === 0) return {};
  const reserved = records.map((record) => reservedContact(account, record));
  return { reserved: reserved.sort((a, b) => a.at - b.at || (a.contact < b.contact ? -1 : 1)) };
}
