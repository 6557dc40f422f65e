// The shopper's wishes: how a change joins the wishes kept before, and how the browser's and the account's wishes combine.

import { told } from "../told/index.js";

/** @typedef {import("../shop/index.d.ts").Wishes} Wishes */

/** These lists only grow: null and an empty list change nothing. */
const FINAL = ["unsubscribed", "spam"];

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * The wishes after a change: a field replaces the one before, null or a blank removes it. `subscribe` alone ends `unsubscribed`, and a later
 * `unsubscribed` ends `subscribe`. Who says both at once unsubscribes.
 * @param {Wishes} wishes
 * @param {Partial<Wishes>} change
 */
export function changeWishes(wishes, change) {
  const again = without(change.subscribe, change.unsubscribed);
  const unsubscribed = without(wishes.unsubscribed, again);
  const before = { ...wishes, unsubscribed, subscribe: without(wishes.subscribe, change.unsubscribed) };
  return join(before, { ...change, subscribe: again }, [...FINAL, "subscribe"]);
}

/**
 * The wishes of the account and those of this browser together: whatever either forbids is forbidden, but that who subscribed again
 * here is no longer unsubscribed there. A blank forbids nothing and allows nothing. A value that is no wish is kept, so that the engine
 * refuses it with its path.
 * @param {Wishes} blankAccount
 * @param {Wishes} blankOwn
 */
export function combineWishes(blankAccount, blankOwn) {
  const [account, own] = [told(blankAccount), told(blankOwn)];
  const { lessOften, topics } = account;
  const unsubscribed = without(without(account.unsubscribed, account.subscribe), own.subscribe);
  return join({ ...account, unsubscribed, subscribe: null }, own, [...FINAL, "avoid", "quiet"], {
    ...(lessOften != null && !(seconds(lessOften) < seconds(own.lessOften)) && { lessOften }),
    ...(topics && { topics: topics.filter((/** @type {string} */ topic) => own.topics?.includes(topic) ?? true) }),
  });
}

/** Wishes as one text, to see whether they changed. @param {Wishes} [own] @param {Wishes} [guests] */
export function wishesText(own = {}, guests = {}) {
  return JSON.stringify([own, guests]);
}

/**
 * Fields of the second replace those of the first; the named lists are concatenated without repetition.
 * @param {any} a
 * @param {any} b
 * @param {string[]} lists
 * @param {Wishes} [fixed] fields that replace both
 * @returns {Wishes}
 */
function join(a, b, lists, fixed) {
  const all = { ...a, ...b, ...fixed };
  for (const name of lists) {
    if (a[name]) all[name] = [...new Map([a[name], b[name] ?? []].flat().map((one) => [JSON.stringify(one), one])).values()];
  }
  return told(all);
}

/**
 * A list without some of its elements; what is no list, as it is.
 * @param {any} list
 * @param {any} out
 */
export function without(list, out) {
  return Array.isArray(list) ? list.filter((channel) => !out?.includes?.(channel)) : list;
}

/** @param {string | null} [duration] such as `7d` */
export function seconds(duration) {
  const [, count, unit] = /^(\d+)(.)$/.exec(duration ?? "") ?? [];
  return Number(count) * SECONDS[/** @type {"s"} */ (unit)];
}
