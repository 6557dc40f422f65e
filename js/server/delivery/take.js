// What a worker does in the store: arms a contact and writes its message, and notes what became of it.

import { instant } from "../../ledger/record.js";
import { render } from "../../render/index.js";
import { armIn, textOf } from "../arm.js";
import { ServerError } from "../errors.js";
import { isWaiting } from "../offers/grant.js";
import { outcomeIn, wholeOf } from "../outcome.js";

/**
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../store.d.ts").Queued} Queued
 * @typedef {{ part: string, ids: string[], at: number, isAgain: boolean, customer: import("../delivery.d.ts").Addressee, contact: import("../../types.d.ts").Contact, text: ReturnType<typeof render>, parts: import("../delivery.d.ts").MessagePart[] }} Taken
 */

/** A message that cannot be written: a parameter or an address in it is wrong. */
export class Unwritten extends Error {}

/**
 * Arms a contact and writes its message, in one transaction: what cannot be written is not armed.
 * @param {Account | undefined} account
 * @param {Queued} one
 * @param {(record: import("../../types.d.ts").LedgerRecord) => number} [lostAt] of one that is armed: from when on it is armed again
 * @param {boolean} [repeats] whether whoever arms it would send it again, if nothing is heard of it
 * @returns {import("../account.js").Changed & { result: { armed?: Taken, refused: ReturnType<typeof armIn>["refused"], waits?: { customer: string, key: string } } }}
 */
export function take(account, { part, id }, lostAt, repeats = false) {
  if (!account) throw new ServerError("unknown-customer", "customer");
  const record = account.records.find((one) => one.id === id);
  if (record?.state !== (lostAt ? "armed" : "reserved")) return { result: { refused: { code: "not-reserved" } } };
  const isOver = instant(record.leaseUntil) <= account.now;
  // What was armed to be sent at most once may have arrived, and its provider knows no key.
  const again = !lostAt ? -Infinity : isOver || !account.facts.repeats?.[id] ? Infinity : lostAt(record);
  if (again > account.now) return { result: { refused: { code: "not-reserved", retryAt: again } } };
  const whole = wholeOf(account, record);
  const { armed, refused, ...change } = armIn(account, whole, lostAt && ((known) => lostAt(known) <= account.now));
  if (armed.length === 0) {
    const waits = account.grants.find((grant) => isWaiting(grant) && whole.some(({ id }) => id === grant.contact));
    return { ...change, result: { refused, ...(waits && { waits: { customer: account.id, key: waits.key } }) } };
  }
  let parts;
  try {
    parts = armed.map((contact) => ({ contact, text: render(contact, { zone: account.zoneFor(contact.id) }) }));
  } catch {
    // The error itself may have what was filled in.
    throw new Unwritten(`the message of the campaign \`${record.campaign}\` cannot be written`);
  }
  const [{ contact, text }] = parts;
  // `send` is given the contacts themselves, and may change them.
  const ids = armed.map((one) => one.id);
  const customer = { ...account.facts.customer, id: account.id };
  const facts = repeats ? { facts: { ...account.facts, repeats: repeatsOf(account, armed) } } : {};
  return { ...change, ...facts, result: { armed: { part, ids, at: account.now, isAgain: lostAt !== undefined, customer, contact, text: textOf(parts), parts }, refused } };
}

/**
 * The contacts of a customer that are sent until something is heard of them.
 * @param {Account} account
 * @param {import("../../types.d.ts").Contact[]} armed
 */
function repeatsOf({ records, facts }, armed) {
  const before = records.filter(({ id, state }) => state === "armed" && facts.repeats?.[id]);
  return Object.fromEntries([...before, ...armed].map(({ id }) => [id, true]));
}

/**
 * @param {Account | undefined} account
 * @param {Taken} taken
 * @param {"delivered" | "failed"} outcome
 * @returns {import("../account.js").Changed & { result: boolean }}
 */
export function noted(account, { ids, at, isAgain }, outcome) {
  const records = account?.records.filter(({ id }) => ids.includes(id)) ?? [];
  // All of it was deleted.
  if (!account || records.length === 0) return { result: true };
  // That one attempt failed says nothing of another, which may have arrived.
  const isOnlyAttempt = !isAgain && records.every((record) => record.state === "armed" && instant(record.at) === at);
  if (outcome === "failed" && !isOnlyAttempt) return { result: false };
  return { ...outcomeIn(account, records.map(({ id }) => id), outcome), result: true };
}
