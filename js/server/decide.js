// Decides for a customer, and reserves what is to be said.

import { LEASE as SHORT } from "../constants.js";
import { instant, recordOf } from "../ledger/record.js";
import { ServerError } from "./errors.js";

/**
 * @typedef {import("../types.d.ts").Decision} Decision
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./account.js").Moment} Moment
 * @typedef {import("./context.js").Context} Context
 */

/** How long a contact is reserved for who delivers it, in milliseconds. */
const LEASE = 86_400_000;

/**
 * Of a customer of whom nothing was told nothing is known, so nothing that needs consent is said.
 * @param {Context} context
 * @param {string} customer the id
 * @param {Moment} [moment] absent: all channels but that of the pages
 * @returns {Promise<Decision>}
 */
export async function decide(context, customer, moment = {}) {
  const known = allowed(moment);
  return context.within(customer, (account) => reserve(context, account, known));
}

/** What the server knows itself, and who asks may not say. */
const OWN = ["now", "zones", "customer", "ledger", "shop"];

/** @param {Moment} moment @returns {Moment} */
export function allowed(moment) {
  const own = OWN.find((field) => /** @type {any} */ (moment)?.[field] != null);
  if (own) throw new ServerError("not-allowed", `moment.${own}`, "the server knows it itself; leave it out");
  return moment ?? {};
}

/**
 * What a decision stores. The event is kept with the contacts: they are decided about again before they are sent.
 * @param {Context} context
 * @param {Account} account
 * @param {Moment} given
 */
export function reserve(context, account, given) {
  const { engine, options } = context;
  const moment = { ...given, channels: given.channels ?? context.channels };
  const decision = account.decide(moment);
  const until = account.now + (options.lease ?? LEASE);
  const reserved = decision.contacts.map((contact) => recordOf(contact, "reserved", engine.policyHash, until));
  const ghosts = decision.ghosts.map((ghost) => recordOf(ghost, "ghost", engine.policyHash));
  const lapsed = account.records.filter((record) => hasLapsed(record, account.now));
  const before = account.facts.events ?? {};
  const waits = account.records.filter(({ id, state }) => state === "reserved" && before[id] && !lapsed.some((one) => one.id === id));
  const { event } = moment;
  const events = Object.fromEntries([
    ...waits.map(({ id }) => [id, before[id]]),
    ...(event ? reserved.map(({ id }) => [id, { at: account.now, ...event }]) : []),
  ]);
  const isOther = Object.keys(events).length !== Object.keys(before).length || (event && reserved.length > 0);
  return {
    put: [...reserved, ...ghosts, ...lapsed.map((record) => ({ ...record, state: /** @type {const} */ ("released") }))],
    ...(isOther && { facts: { ...account.facts, events } }),
    result: decision,
  };
}

/**
 * Whether a reservation ran out. It is noted, so that it stays so when the clock goes back.
 * @param {import("../types.d.ts").LedgerRecord} record
 * @param {number} now
 */
export const hasLapsed = ({ state, leaseUntil, at }, now) => state === "reserved" && !(instant(leaseUntil ?? instant(at) + SHORT) > now);
