// Decides for a customer, and reserves what is to be said.

import { recordOf } from "../ledger/record.js";

/**
 * @typedef {import("../types.d.ts").Decision} Decision
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./account.js").Moment} Moment
 * @typedef {import("./context.js").Context} Context
 */

/** How long a contact is reserved for who delivers it, in milliseconds. */
const LEASE = 86_400_000;

/**
 * @param {Context} context
 * @param {string} customer the id
 * @param {Moment} [moment] absent: all channels but that of the pages
 * @returns {Promise<Decision>}
 */
export function decide(context, customer, moment = {}) {
  return context.within(customer, (account) => reserve(context, account, moment));
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
  const { event } = moment;
  const events = event ? Object.fromEntries(reserved.map(({ id }) => [id, { at: account.now, ...event }])) : {};
  return {
    put: [...reserved, ...ghosts],
    ...(event && reserved.length > 0 && { facts: { ...account.facts, events: { ...account.facts.events, ...events } } }),
    result: decision,
  };
}
