// What a decision grants: each contact that won and needs a code, or counts towards a budget.

import { instant } from "../../ledger/record.js";
import { counted } from "./budget.js";
import { find, kindOf, offerOf } from "./grants.js";
import { birthdayIn } from "./birthday.js";

/**
 * @typedef {import("../../types.d.ts").Contact} Contact
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../store.d.ts").Grant} Grant
 * @typedef {import("./stages.js").Place} Place
 * @typedef {{ grants: Grant[], ungrant: string[], count: Record<string, number>, most: Record<string, number> }} Granted
 * @typedef {import("./grants.js").Present & { contact?: string, place?: Place, expiresAt?: number }} Wanted
 */

/**
 * @param {Account} account
 * @param {readonly Contact[]} contacts that speak
 * @param {Map<string, Place>} placed
 * @returns {Granted & { pending: { contact: string, key: string }[] }} `pending`: those that wait for their code
 */
export function grantsFor(account, contacts, placed) {
  /** @type {Granted} */
  const granted = { grants: [], ungrant: [], count: {}, most: {} };
  const pending = [];
  for (const { id: contact, campaign, offer, occurrence } of contacts) {
    if (!offer) continue;
    const grant = grantOf(account, { campaign, offer, occurrence, contact, place: placed.get(offer) }, granted);
    if (grant && isWaiting(grant)) pending.push({ contact, key: grant.key });
  }
  giveBack(account, granted);
  return { ...granted, pending };
}

/** Whether its code is still to come. @param {Grant} grant */
export const isWaiting = ({ state, code }) => state === "reserved" && code === undefined;

/**
 * The grant of what is given, added to what is stored. Undefined: it needs none.
 * @param {Account} account
 * @param {Wanted} wanted
 * @param {Granted} granted is added to
 * @returns {Grant | undefined}
 */
export function grantOf(account, { campaign, offer, occurrence, contact, place }, granted) {
  const { context, now } = account;
  const { key, grant: known } = find(account, { campaign, offer, occurrence });
  const needsCode = place !== undefined && known?.code === undefined;
  if (!known && !needsCode && !offerOf(context.policy, offer)?.budget) return undefined;
  const isBirthday = kindOf(context.policy, campaign) === "birthday";
  /** @type {Grant} */
  const grant = {
    ...(known ?? { key, at: now, state: "issued", ...(isBirthday && { birthday: birthdayIn(account.facts.customer) }) }),
    offer,
    campaign,
    occurrence,
    // What was claimed before is now told of too.
    ...(contact !== undefined && { contact }),
    ...(needsCode && codeOf(context, place)),
  };
  if (JSON.stringify(grant) !== JSON.stringify(known)) granted.grants.push(counted(account, grant, granted));
  return grant;
}

/**
 * @param {import("../context.js").Context} context
 * @param {Place} place
 * @returns {Partial<Grant>}
 */
function codeOf({ options }, { code, expiresAt }) {
  return { ...(options.issue ? { state: "reserved" } : { state: "issued", code }), ...(expiresAt !== undefined && { expiresAt }) };
}

/**
 * A place of a budget that was kept for a contact which was not made is given back. What has a code, or is claimed, stays.
 * @param {Account} account
 * @param {Granted} granted is added to
 * @param {ReadonlySet<string>} [released] the ids of contacts that are released now
 */
export function giveBack(account, granted, released = new Set()) {
  for (const { key, code, contact, counter, state, expiresAt } of account.grants) {
    if (code !== undefined || expiresAt !== undefined || state === "reserved" || contact === undefined || granted.grants.some((grant) => grant.key === key)) continue;
    const record = account.records.find(({ id }) => id === contact);
    const isLapsed = record?.state === "reserved" && !(instant(record.leaseUntil) > account.now);
    if (!released.has(contact) && record?.state !== "released" && !isLapsed) continue;
    granted.ungrant.push(key);
    if (counter) granted.count[counter] = (granted.count[counter] ?? 0) - 1;
  }
}
