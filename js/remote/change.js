// Changes of wishes that the server was not told yet, joined to one.

import { told } from "../told/index.js";

/**
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 */

/** These grow, or end one another: what counts is what is wished in the end. */
const LISTS = /** @type {const} */ (["unsubscribed", "spam", "subscribe"]);

/**
 * @param {Partial<Wishes>} before
 * @param {Partial<Wishes>} change a field of null must reach the server too
 * @param {Wishes} after the wishes once both hold
 * @returns {Partial<Wishes>}
 */
export function joinChanges(before, change, after) {
  const joined = { ...before, ...change };
  for (const list of LISTS) {
    if (!(list in joined)) continue;
    // who says both at once unsubscribes
    if (told(after[list])?.length) joined[list] = after[list];
    else delete joined[list];
  }
  return joined;
}
