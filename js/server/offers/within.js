// A transaction of one customer that may spend of a budget.

import { fieldOf } from "../tell.js";

/**
 * Runs it again where a budget has no place left: others took it since the counters were read. Then nothing of the budget is kept for the
 * customer, so that the engine itself says that it is spent.
 * @template T
 * @param {import("../context.js").Context} context
 * @param {string} customer
 * @param {(account: import("../account.js").Account, full: boolean) => import("../account.js").Changed & { result: T }} work
 * @returns {Promise<T>}
 */
export async function withinBudget(context, customer, work) {
  for (let tries = 0; ; tries++) {
    try {
      return await context.within(customer, (account) => work(account, tries > 0));
    } catch (error) {
      const code = fieldOf(error, "code");
      // `taken`: of 2^80 codes we made one twice.
      if ((code !== "over" && code !== "taken") || tries >= 20) throw error;
    }
  }
}
