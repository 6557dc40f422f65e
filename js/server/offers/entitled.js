// The presents that a customer has, with the codes that they claimed.

import { find } from "./grants.js";
import { nameOf } from "./proven.js";

/**
 * @typedef {import("../../types.d.ts").Present} Present
 * @typedef {import("./grants.js").Holder} Holder
 */

/**
 * The engine's list, and what was claimed: its code, until when that can be used, and what was claimed while it could be.
 * @param {Holder} account
 * @param {readonly Present[]} entitled
 * @returns {Present[]}
 */
export function withCodes(account, entitled) {
  const listed = entitled.map((present) => {
    const { grant, over } = find(account, present);
    return grant?.code !== undefined && !over && grant.offer === present.offer ? { ...present, code: grant.code, until: grant.expiresAt ?? present.until } : present;
  });
  const names = new Set(listed.map(nameOf));
  const codes = new Set(listed.map(({ code }) => code));
  const claimed = account.grants
    .filter((grant) => grant.code !== undefined && grant.contact === undefined && (grant.expiresAt ?? Infinity) > account.now && !names.has(nameOf(grant)) && !codes.has(grant.code))
    .map(({ campaign, offer, occurrence, code = null, expiresAt = null }) => ({ campaign, offer, occurrence, until: expiresAt, code }));
  return [...listed, ...claimed];
}
