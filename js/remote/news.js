// What the server says that a decision reads. What is wrong in it is no news.

import { isObject, recordsIn } from "./readable.js";

/**
 * @typedef {object} News
 * @property {import("../types.d.ts").LedgerRecord[]} [records] of the customer, on all channels
 * @property {import("../shop/index.d.ts").Wishes} [wishes] all that hold at the server
 * @property {Record<string, any>} [codes] as `customer.codes`
 * @property {import("../types.d.ts").Present[]} [entitled]
 * @property {import("../types.d.ts").Moment["shop"]} [shop]
 */

/**
 * @param {any} answer
 * @param {boolean} isCustomer whether the answer is of a customer; else of the whole shop
 * @returns {News | undefined} undefined: nobody can read it
 */
export function newsOf(answer, isCustomer) {
  if (!isCustomer) return { shop: shopOf(answer) };
  const { wishes = {}, codes = {}, entitled = [], shop = {} } = answer;
  const records = recordsIn(answer.records);
  if (!records || !isObject(wishes) || !isObject(codes) || !Array.isArray(entitled) || !isObject(shop)) return undefined;
  return { records, wishes, codes, entitled: entitled.filter(isPresent), shop: shopOf(shop) };
}

/** @param {any} value */
const isCount = (value) => Number.isInteger(value) && value >= 0;

/** @param {any} shop @returns {NonNullable<News["shop"]>} */
function shopOf({ unanswered, issued, fatigue }) {
  const counts = isObject(issued) ? Object.entries(issued).filter(([, count]) => isCount(count)) : undefined;
  return {
    ...(isCount(unanswered) && { unanswered }),
    ...(counts && { issued: Object.fromEntries(counts) }),
    ...(Number.isFinite(fatigue) && fatigue >= 0 && { fatigue }),
  };
}

/** @param {any} present */
function isPresent(present) {
  const { campaign, offer, occurrence, until, code } = Object(present);
  const isText = (/** @type {any} */ text) => typeof text === "string";
  return [campaign, offer, occurrence].every(isText) && (until == null || Number.isFinite(until)) && (code == null || isText(code));
}
