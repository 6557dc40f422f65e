// Just before a contact is sent or shown: decides again, and notes that it is about to be said. What is armed is never sent again.

import { instant } from "../ledger/record.js";
import { ServerError } from "./errors.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("../types.d.ts").Refusal} Refusal
 * @typedef {import("./account.js").Account} Account
 * @typedef {{ armed: true, contact: Contact, record: LedgerRecord } | { armed: false, code: "not-reserved" | "lapsed" | "refused", refused?: Pick<Refusal, "gate" | "code"> }} Armed
 */

/**
 * @param {import("./context.js").Context} context
 * @param {string} customer the id
 * @param {string} contact the id
 * @returns {Promise<Armed>}
 */
export function arm(context, customer, contact) {
  return context.within(customer, (account) => armIn(account, contact));
}

/**
 * @param {Account} account
 * @param {string} id the contact's
 * @returns {import("./account.js").Changed & { result: Armed }}
 */
export function armIn(account, id) {
  const record = account.records.find((one) => one.id === id);
  if (!record) throw new ServerError("unknown-contact", "contact");
  if (record.state !== "reserved") return { result: { armed: false, code: "not-reserved" } };
  if (!(instant(record.leaseUntil) > account.now)) return { put: [{ ...record, state: "released" }], result: { armed: false, code: "lapsed" } };
  // Another page or an event of the shop may have changed what may be said since it was reserved.
  const event = account.facts.events?.[id];
  const { contacts, refused } = account.decide({ channels: [record.channel], event }, { records: [id] });
  const contact = contacts.find((one) => one.id === id);
  if (contact) {
    const armed = { ...record, state: /** @type {const} */ ("armed"), at: account.now };
    return { put: [armed], result: { armed: true, contact: { ...contact, at: account.now }, record: armed } };
  }
  const why = refused?.find(({ campaign }) => campaign === record.campaign);
  return {
    put: [{ ...record, state: "released" }],
    result: { armed: false, code: "refused", ...(why && { refused: { gate: why.gate, code: why.code } }) },
  };
}
