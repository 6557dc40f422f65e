// Whether what the server itself knows gives a present. A browser tells which contacts it showed, and may make them up: a message about a
// birthday tells of a present, and the present stays the customer's. What a browser told holds a present back; it never gives one.

import { asksOf } from "./asks.js";

/**
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../account.js").Moment} Moment
 * @typedef {import("./grants.js").Present} Present
 */

/**
 * The ids of the records that a browser may have made up: those of pages that tell of nothing the server granted.
 * @param {Account} account
 */
export function unproven({ records, grants }) {
  const granted = new Set(grants.map(({ contact }) => contact));
  return records.filter(({ id, channel }) => channel === "onsite" && !granted.has(id)).map(({ id }) => id);
}

/**
 * @param {Account} account
 * @param {Moment} moment
 * @returns {(present: Present) => boolean} whether the server's own facts give it; asked only if something is to be given
 */
export function given(account, moment) {
  const hidden = unproven(account);
  if (hidden.length === 0) return () => true;
  /** @type {Set<string> | undefined} */
  let had;
  return (present) => {
    had ??= new Set(presentsOf(account, moment, hidden).map(nameOf));
    return had.has(nameOf(present));
  };
}

/** @param {Present} present */
export const nameOf = ({ campaign, offer, occurrence }) => JSON.stringify([campaign, offer, occurrence]);

/**
 * @param {Account} account
 * @param {Moment} moment
 * @param {string[]} hidden
 * @returns {Present[]}
 */
function presentsOf(account, moment, hidden) {
  const decision = account.decide(moment, { records: hidden });
  // Of presents that exclude each other the list has one; the others may still be asked for.
  return [...decision.entitled, ...asksOf(decision)];
}
