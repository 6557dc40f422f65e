// What became of a contact that was armed.

import { REACTIONS } from "../constants.js";
import { ServerError } from "./errors.js";

/** @typedef {"delivered" | "failed" | "dismissed" | "clicked" | "converted"} Outcome */

const STATES = ["delivered", "failed"];

/**
 * Saying it again changes nothing, and a later outcome joins an earlier one: a mail that was delivered may bounce.
 * @param {import("./context.js").Context} context
 * @param {string} customer the id
 * @param {string} contact the id
 * @param {Outcome} outcome
 * @returns {Promise<import("../types.d.ts").LedgerRecord>} its record
 */
export function outcome(context, customer, contact, outcome) {
  if (!STATES.includes(outcome) && !REACTIONS.includes(outcome)) {
    throw new ServerError("invalid-value", "outcome", `expected one of ${[...STATES, ...REACTIONS].map((word) => `\`${word}\``).join(", ")}`);
  }
  return context.within(customer, (account) => outcomeIn(account, [contact], outcome));
}

/**
 * @param {import("./account.js").Account} account
 * @param {string[]} contacts the ids
 * @param {Outcome} outcome
 * @returns {import("./account.js").Changed & { result: import("../types.d.ts").LedgerRecord }} the record of the first
 */
export function outcomeIn(account, contacts, outcome) {
  const put = contacts.map((id) => {
    const record = account.records.find((one) => one.id === id);
    if (!record || record.state === "ghost") throw new ServerError("unknown-contact", "contact");
    /** @type {any} */
    const next = STATES.includes(outcome) ? { ...record, state: outcome } : { ...record, reaction: outcome };
    return next;
  });
  return { put, result: put[0] };
}
