// Which grant stands for a present: the key under which it is given once, and whether it may be given now.

import { partOf } from "../../ledger/part.js";
import { GAPS, ONCE_ACROSS_CAMPAIGNS } from "./kinds.js";
import { lengthOf } from "./units.js";

/**
 * @typedef {import("../store.d.ts").Grant} Grant
 * @typedef {Pick<import("../account.js").Account, "context" | "grants" | "now">} Holder
 * @typedef {{ campaign: string, offer: string, occurrence: string }} Present what is given for what
 * @typedef {{ key: string, grant?: Grant, over: boolean }} Found `over`: it was given, or may not be given now
 */

/** So long a key fits into any store's index. */
const LONGEST = 200;

/** @param {import("../../types.d.ts").Policy} policy @param {string} id */
export const offerOf = (policy, id) => policy.offers?.[id];

/** @param {import("../../types.d.ts").Policy} policy @param {string} id */
export const kindOf = (policy, id) => policy.campaigns.find((campaign) => campaign.id === id)?.kind ?? "";

/**
 * @param {string} word
 * @param {string[]} names
 */
function keyed(word, names) {
  // As JSON: a name may have any letter, and a store's text has no NUL.
  const key = `${word} ${JSON.stringify(names)}`;
  return key.length > LONGEST ? `${word} #${partOf({ id: key })}` : key;
}

/** The name by which a platform knows a grant: the same whenever it is asked again. @param {string} customer @param {string} key */
export const requestKey = (customer, key) => partOf({ id: customer }) + partOf({ id: key });

/** Whether its code can be used, or can still come. @param {Grant} grant @param {number} now */
export const isUsable = ({ expiresAt = Infinity }, now) => expiresAt > now;

/**
 * @param {Holder} account
 * @param {Present} present
 * @returns {Found}
 */
export function find(account, { campaign, offer, occurrence }) {
  const { policy } = account.context;
  const kind = kindOf(policy, campaign);
  const once = ONCE_ACROSS_CAMPAIGNS.has(kind);
  const key = once ? keyed("kind", [kind, occurrence]) : keyed("offer", [offer, occurrence]);
  const found = at(account, key, offer);
  if (!found.grant) return { ...found, over: isTooSoon(account, key, offer, campaign) };
  const itsKind = kindOf(policy, found.grant.campaign);
  if (!found.over || once || found.grant.campaign === campaign || (itsKind === kind && occurrence !== "0")) return found;
  // Another campaign gave the offer for what it calls the same (the order of a parcel, the order after which nobody came back), and that is over.
  const own = keyed("offer", [offer, occurrence, campaign]);
  const its = at(account, own, offer);
  return its.grant ? its : { ...its, over: isTooSoon(account, own, offer, campaign) };
}

/**
 * @param {Holder} account
 * @param {string} key
 * @param {string} offer
 * @returns {Found}
 */
function at(account, key, offer) {
  const grant = account.grants.find((one) => one.key === key);
  return { key, grant, over: grant !== undefined && !(grant.offer === offer && isUsable(grant, account.now)) };
}

/**
 * Whether another grant forbids a new one: within the offer's `again`, or its kind's gap. The engine holds both between contacts; what was
 * claimed has none.
 * @param {Holder} account
 * @param {string} key
 * @param {string} offer
 * @param {string} campaign
 */
function isTooSoon(account, key, offer, campaign) {
  const { policy } = account.context;
  const kind = kindOf(policy, campaign);
  const isKin = (/** @type {Grant} */ other) => (ONCE_ACROSS_CAMPAIGNS.has(kind) ? kindOf(policy, other.campaign) === kind : other.campaign === campaign);
  const again = offerOf(policy, offer)?.again;
  const gap = again === "never" ? Infinity : lengthOf(again) ?? 0;
  const kindGap = GAPS.get(kind) ?? 0;
  return account.grants.some((other) => {
    if (other.key === key || (other.contact !== undefined && other.code === undefined)) return false;
    const age = account.now - other.at;
    return (other.offer === offer && age < gap) || (isKin(other) && age < kindGap);
  });
}
