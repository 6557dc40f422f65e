// What became of a contact that was armed.

import { REACTIONS, STATES } from "../constants.js";
import { mergeRecords } from "../ledger/record.js";
import { ServerError } from "./errors.js";

/** @typedef {"delivered" | "failed" | "dismissed" | "clicked" | "converted"} Outcome */

const OUTCOMES = ["delivered", "failed"];

/**
 * Saying it again changes nothing, and a later outcome joins an earlier one: a mail that was delivered may bounce.
 * @param {import("./context.js").Context} context
 * @param {string} customer the id
 * @param {string} contact the id
 * @param {Outcome} outcome
 * @param {import("./index.d.ts").Only} [only]
 * @returns {Promise<import("../types.d.ts").LedgerRecord>} its record
 */
export function outcome(context, customer, contact, outcome, only) {
  if (!OUTCOMES.includes(outcome) && !REACTIONS.includes(outcome)) {
    throw new ServerError("invalid-value", "outcome", `expected one of ${[...OUTCOMES, ...REACTIONS].map((word) => `\`${word}\``).join(", ")}`);
  }
  return context.within(customer, (account) => {
    const record = contactOf(account, contact, only);
    if (record.state === "ghost") throw new ServerError("unknown-contact", "contact");
    // A digest came whole, or not at all; who clicks clicks on one part.
    const its = OUTCOMES.includes(outcome) ? [record, ...wholeOf(account, record).filter(({ id }) => id !== contact)] : [record];
    const armed = its.filter(({ state }) => STATES.indexOf(state) >= STATES.indexOf("armed"));
    // Nobody sent it, so nothing became of it: whoever says so did not arm it, and another worker may send it now.
    if (armed.length === 0) throw new ServerError("not-armed", "contact");
    return outcomeIn(account, armed.map(({ id }) => id), outcome);
  });
}

/**
 * The record of a contact. One of another channel than who asks may speak of is as unknown as one that is not there.
 * @param {import("./account.js").Account} account
 * @param {string} contact the id
 * @param {import("./index.d.ts").Only} [only]
 */
export function contactOf({ records }, contact, { channel } = {}) {
  const record = records.find(({ id }) => id === contact);
  if (!record || (channel !== undefined && record.channel !== channel)) throw new ServerError("unknown-contact", "contact");
  return record;
}

/** The records of a digest, which is one message; of a contact that stands alone its own. @param {import("./account.js").Account} account @param {import("../types.d.ts").LedgerRecord} record */
export function wholeOf({ records }, record) {
  const { digest } = /** @type {any} */ (record);
  return digest == null ? [record] : records.filter((/** @type {any} */ one) => one.id === record.id || (one.digest === digest && one.channel === record.channel));
}

/**
 * @param {import("./account.js").Account} account
 * @param {string[]} contacts the ids
 * @param {Outcome} outcome
 * @returns {import("./account.js").Changed & { result: import("../types.d.ts").LedgerRecord }} the record of the first, as it is now
 */
export function outcomeIn(account, contacts, outcome) {
  const put = contacts.map((id) => {
    const record = contactOf(account, id);
    return mergeRecords(record, /** @type {any} */ (OUTCOMES.includes(outcome) ? { ...record, state: outcome } : { ...record, reaction: outcome }));
  });
  return { put, result: put[0] };
}
