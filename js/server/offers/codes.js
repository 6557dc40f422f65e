// The codes that were issued to a customer, as the engine reads them.

/** Stands for the contact of a code that was claimed: no contact carries it unless the server says so. */
const CLAIMED = "claimed";

/**
 * @param {readonly import("../store.d.ts").Grant[]} grants
 * @param {number} now
 * @returns {NonNullable<import("../../types.d.ts").Customer["codes"]>} by offer, the latest that can be used
 */
export function codesOf(grants, now) {
  const usable = grants.filter(({ code, expiresAt = Infinity }) => code !== undefined && expiresAt > now);
  const latestLast = usable.sort((a, b) => a.at - b.at);
  return Object.fromEntries(latestLast.map(({ offer, code, contact = CLAIMED, expiresAt }) => [offer, { code, contact, expiresAt }]));
}
