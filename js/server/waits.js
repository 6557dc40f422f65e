// How many conversations of a customer wait for an answer, for the shop's `unanswered`.

import { instant } from "../ledger/record.js";
import { isObject } from "../told/index.js";

/**
 * As src/request/conversation.rs has it: it has begun, and was neither answered nor solved since the customer wrote last.
 * @param {any} customer
 * @param {number} now
 */
export function waiting(customer, now) {
  const conversations = Array.isArray(customer?.conversations) ? customer.conversations.filter(isObject) : [];
  return conversations.filter((/** @type {any} */ { at, answeredAt, solvedAt, reopenedAt }) => {
    const again = instant(reopenedAt) <= now ? instant(reopenedAt) : -Infinity;
    const isDone = (/** @type {any} */ done) => done != null && instant(done) <= now && again <= instant(done);
    return !(instant(at) > now) && !isDone(answeredAt) && !isDone(solvedAt);
  }).length;
}
