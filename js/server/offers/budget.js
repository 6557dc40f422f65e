// How many of an offer the shop gave in the current unit of its budget. A grant counts in the transaction that stores it.

import { aboutEndOf, unitOf } from "./units.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../store.d.ts").Grant} Grant
 * @typedef {Pick<import("../store.d.ts").Change, "count" | "most">} Counting
 */

/**
 * The counter of an offer with a budget.
 * @param {import("../../types.d.ts").Policy} policy
 * @param {string} offer
 * @param {number} now
 */
export function counterOf(policy, offer, now) {
  const budget = policy.offers?.[offer]?.budget;
  return budget ? `live.issued.${offer}.${unitOf(now, budget.per, policy.shop.zone)}` : undefined;
}

/** How many the shop says that it gave by itself, at the till for example. @param {Context} context @param {string} offer */
export function givenElsewhere(context, offer) {
  return Math.max(0, context.given.issued?.[offer] ?? 0);
}

/**
 * The grant, counted if its offer has a budget and it did not count yet.
 * @param {Account} account
 * @param {Grant} grant
 * @param {Required<Counting>} counting is added to
 * @returns {Grant}
 */
export function counted(account, grant, { count, most }) {
  const { context, now } = account;
  const counter = grant.counter ? undefined : counterOf(context.policy, grant.offer, now);
  if (!counter) return grant;
  count[counter] = (count[counter] ?? 0) + 1;
  most[counter] = Math.max(0, /** @type {any} */ (context.policy.offers)[grant.offer].budget.max - givenElsewhere(context, grant.offer));
  return { ...grant, counter };
}

/**
 * By offer: how many places of its budget are kept for this customer, and not told yet. They are the customer's, also when all are given.
 * @param {Account} account
 * @returns {Record<string, number>}
 */
export function keptFor(account) {
  /** @type {Record<string, number>} */
  const own = {};
  for (const { offer, counter, contact, at } of account.grants) {
    const state = account.records.find(({ id }) => id === contact)?.state;
    const isUntold = contact === undefined || state === "reserved" || state === "released";
    if (counter && isUntold && counter === counterOf(account.context.policy, offer, account.now)) own[offer] = (own[offer] ?? 0) + 1;
  }
  return own;
}

/** So long the counts of a unit that is over are kept: a grant of it may still give its place back. */
const KEPT = 40 * 86_400_000;

/**
 * Deletes the counts of days, weeks, months and years that are long over: each transaction reads all that there are.
 * @param {Context} context
 */
export async function forgetOldUnits({ store }) {
  const names = Object.keys(await store.counters("live.issued."));
  const before = (await store.now()) - KEPT;
  const old = names.filter((name) => aboutEndOf(name.slice(name.lastIndexOf(".") + 1)) < before);
  if (old.length > 0) await store.uncount(old);
}
