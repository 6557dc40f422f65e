// What the server knows of the whole shop, for a decision.

import { counterOf, givenElsewhere } from "./offers/budget.js";

/**
 * @param {import("./context.js").Context} context
 * @param {Readonly<Record<string, number>>} live the store's counters
 * @param {number} now
 * @param {Record<string, number>} [own] by offer: so many of those that were given are kept for the customer who is decided about
 * @returns {import("../types.d.ts").ShopNow & { issued: Record<string, number> }}
 */
export function shopOf(context, live, now, own = {}) {
  const { unanswered, ...given } = context.given;
  /** @type {Record<string, number>} */
  const issued = { ...given.issued };
  for (const offer of Object.keys(context.policy.offers ?? {})) {
    const counter = counterOf(context.policy, offer, now);
    if (counter) issued[offer] = givenElsewhere(context, offer) + Math.max(0, (live[counter] ?? 0) - (own[offer] ?? 0));
  }
  return { unanswered: unanswered ?? Math.max(0, live["live.unanswered"] ?? 0), ...context.fatigue.now, ...given, issued };
}

/** @param {import("./context.js").Context} context @returns {Promise<import("../types.d.ts").ShopNow>} */
export async function shop(context) {
  await context.fatigue.freshen();
  const [live, now] = await Promise.all([context.store.counters("live."), context.store.now()]);
  return shopOf(context, live, now);
}
