// A wish that a fact tells, as a change of the wishes that are kept: nothing goes back, and `unsubscribed` and `spam` are never lost.

import { SKEW } from "../../constants.js";
import { canonical } from "../../load/canonical.js";

/** @typedef {import("../store.d.ts").Wishes} Wishes */

/**
 * @param {Record<string, any>} given
 * @param {Record<string, number>} known by `wishes.<field>`, and by channel as `wishes.email`: when it was so
 * @param {number} now
 * @param {number} [told]
 * @param {Wishes} [own] those that are kept
 * @returns {{ wish: Partial<Wishes>, times: Record<string, number> }} `wish` is the change for the store
 */
export function wishOf(given, known, now, told, own = {}) {
  const isTold = told !== undefined;
  const time = isTold && told <= now + SKEW ? told : now;
  const times = { ...known };
  /** @type {any} */
  const wish = {};
  const { unsubscribed, spam, subscribe, ...others } = given;
  // Who says both of a channel at one time unsubscribes, in whatever order it comes.
  const leaves = listOf(unsubscribed).filter((channel) => time >= (times[`wishes.${channel}`] ?? -Infinity));
  const comes = listOf(subscribe).filter((channel) => {
    const before = times[`wishes.${channel}`] ?? -Infinity;
    return isTold ? time > before || (time === before && !own.unsubscribed?.includes(/** @type {any} */ (channel))) : time >= before;
  });
  for (const channel of [...leaves, ...comes]) times[`wishes.${channel}`] = time;
  if (leaves.length > 0) wish.unsubscribed = leaves;
  if (comes.length > 0) wish.subscribe = comes.filter((channel) => !leaves.includes(channel));
  if (listOf(spam).length > 0) wish.spam = listOf(spam);
  for (const [field, value] of Object.entries(others)) {
    const before = times[`wishes.${field}`] ?? -Infinity;
    if (time < before || (isTold && time === before && canonical(/** @type {any} */ (own)[field] ?? null) >= canonical(value))) continue;
    times[`wishes.${field}`] = time;
    wish[field] = value;
  }
  return { wish, times };
}

/** @param {unknown} value @returns {string[]} */
const listOf = (value) => (Array.isArray(value) ? value : []);
