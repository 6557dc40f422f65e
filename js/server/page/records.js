// Records that a browser tells. They are the customer's own word: they may silence the shop, and never win anything. So they are of the page's
// channel alone, have no offer, and of a contact that the server knows they say only that it got further.

import { LEASE, STATES } from "../../constants.js";
import { instant } from "../../ledger/record.js";
import { isObject } from "../../told/index.js";
import { ServerError } from "../errors.js";
import { plain } from "../facts/plain.js";

/**
 * @typedef {import("../../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("../context.js").Context} Context
 */

/** So many records are taken at once; and of one customer so many that a browser told are kept. */
export const MOST_RECORDS = 500;
const MOST_KEPT = 2000;
/** `failed` would count for nothing, and make room for more. */
const SAYABLE = ["ghost", "reserved", "released", "armed", "delivered"];
/**
 * A campaign with an offer, as a browser told of it: it counts in every limit, and no present is had by it. (What an announcement is about
 * is the date of its latest record: a date of the browser's would be a new present.)
 */
const TOLD = "page:";

/** @param {LedgerRecord} record as it is kept @returns {LedgerRecord} as the browser knows it */
export const asTold = (record) => (record.campaign.startsWith(TOLD) ? { ...record, campaign: record.campaign.slice(TOLD.length) } : record);

/**
 * Checks what a browser sent, before a transaction.
 * @param {Context} context
 * @param {unknown} given
 * @param {string} path
 * @returns {LedgerRecord[]}
 */
export function checked(context, given, path) {
  if (given == null) return [];
  if (!Array.isArray(given)) throw new ServerError("wrong-type", path, "expected a list of records");
  if (given.length > MOST_RECORDS) throw new ServerError("too-large", path, `at most ${MOST_RECORDS} records at once; send the others in another`);
  const records = given.map((one, index) => {
    const at = `${path}[${index}]`;
    if (!isObject(one)) throw new ServerError("wrong-type", at, "expected a record, as an object");
    const record = plain(one, at);
    for (const field of ["id", "campaign", "occurrence", "policy", "placement", "digest"]) {
      // What is no text the engine refuses.
      if (typeof record[field] === "string" && record[field].length > 500) throw new ServerError("too-large", `${at}.${field}`, "at most 500 characters");
    }
    if (record.channel !== "onsite") throw new ServerError("not-allowed", `${at}.channel`, "a browser may tell of the channel `onsite` alone");
    if (!SAYABLE.includes(record.state)) throw new ServerError("invalid-value", `${at}.state`, `expected one of ${SAYABLE.map((state) => `\`${state}\``).join(", ")}`);
    return record;
  });
  try {
    context.engine.customer({}, records).free();
  } catch (error) {
    throw ServerError.of(error, (own) => own.replace(/^ledger\b/, path));
  }
  return records;
}

/**
 * What of a browser's records is kept.
 * @param {import("../account.js").Account} account
 * @param {LedgerRecord[]} given checked
 * @param {string} path where they stood
 * @returns {LedgerRecord[]}
 */
export function joined(account, given, path) {
  const { context, now, records } = account;
  const byId = new Map(records.map((record) => [record.id, record]));
  let added = 0;
  const put = given.flatMap((record) => {
    const known = byId.get(record.id);
    if (known) {
      if (known.channel !== "onsite") return [];
      // A reservation is given up by its end: a browser that gives it up could be given another instead.
      const isFurther = STATES.indexOf(record.state) > STATES.indexOf(known.state) && record.state !== "released";
      const isTold = isFurther || (record.reaction != null && record.reaction !== known.reaction);
      return isTold ? [{ ...known, ...(isFurther && { state: record.state }), ...(record.reaction != null && { reaction: record.reaction }) }] : [];
    }
    added += 1;
    return [own(context, record, now)];
  });
  if (added > 0) assertRoom(records, added, path);
  return put;
}

/**
 * Of one customer not more than so many records of pages are kept, whatever pages say.
 * @param {LedgerRecord[]} records those of the customer
 * @param {number} added how many come to them
 * @param {string} path
 */
export function assertRoom(records, added, path) {
  const kept = records.filter(({ channel }) => channel === "onsite").length;
  if (kept + added > MOST_KEPT) throw new ServerError("too-large", path, `of one customer ${MOST_KEPT} records of pages are kept`);
}

/** A record that the server does not know, without what a browser may not say. @param {Context} context @param {LedgerRecord} record @param {number} now @returns {LedgerRecord} */
export function own(context, { offer, seenAt, versionAt, ...record }, now) {
  const at = Math.min(instant(record.at), now);
  const campaign = context.policy.campaigns.find(({ id }) => id === record.campaign);
  const leaseUntil = record.leaseUntil == null ? undefined : Math.min(instant(record.leaseUntil), now + LEASE);
  return { ...record, at, ...(leaseUntil !== undefined && { leaseUntil }), ...(/** @type {any} */ (campaign)?.offer != null && { campaign: `${TOLD}${record.campaign}` }) };
}

/** What a page must know of the records: not who is held out of mails. @param {LedgerRecord[]} records */
export const tellable = (records) => records.filter(({ state, channel }) => state !== "ghost" || channel === "onsite").map(asTold);
