// What need not be kept any longer goes: records that no decision reads, deliveries of events that nobody repeats, and customers of whom nothing
// was heard for as long as the shop says.

import { keepOf } from "../ledger/keep.js";
import { prunable } from "../ledger/prune.js";
import { instant } from "../ledger/record.js";
import { seconds } from "../ledger/wishes.js";
import { isObject } from "../told/index.js";
import { ServerError } from "./errors.js";
import { REMEMBERED } from "./facts/seen.js";
import { tell } from "./tell.js";

/**
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./context.js").Context} Context
 */

const PAGE = 500;
/** A shop that forgets sooner would not know its customers of last year. */
const SHORTEST = 30 * 86_400;

/**
 * @param {Context} context
 * @param {{ inactive?: string, onProgress?: (pruned: import("./index.d.ts").Pruned) => void }} [options]
 * @returns {Promise<import("./index.d.ts").Pruned>}
 */
export async function prune(context, { inactive, onProgress } = {}) {
  const quiet = inactive === undefined ? undefined : seconds(inactive);
  if (quiet !== undefined && !(quiet >= SHORTEST)) throw new ServerError("invalid-value", "inactive", "expected a duration of at least 30 days, as `1095d`");
  const { store } = context;
  const pruned = { customers: 0, records: 0, forgotten: 0 };
  for (let after = ""; ; ) {
    const parts = await store.parts({ after, limit: PAGE });
    for (const part of parts) {
      if (part === "") continue;
      const { records, isForgotten } = await context.withinPart(part, (account) => (account ? pruneIn(context, account, quiet) : { result: { records: 0, isForgotten: false } }));
      pruned.customers += 1;
      pruned.records += records;
      if (isForgotten) pruned.forgotten += 1;
    }
    tell(onProgress, { ...pruned });
    if (parts.length < PAGE) return pruned;
    after = /** @type {string} */ (parts.at(-1));
  }
}

/**
 * @param {Context} context
 * @param {Account} account
 * @param {number} [quiet] seconds
 * @returns {import("./account.js").Changed & { result: { records: number, isForgotten: boolean } }}
 */
function pruneIn(context, account, quiet) {
  const { facts, now, records, id } = account;
  if (quiet !== undefined && isQuiet(account, now - quiet * 1000)) {
    const isSilent = ["unsubscribed", "spam"].some((field) => /** @type {any} */ (account.wishes)[field]?.length > 0);
    if (isSilent && records.length === 0 && Object.keys(facts).length === 1) return { result: { records: 0, isForgotten: false } };
    const waits = facts.waits ?? 0;
    return {
      // Who unsubscribed stays so, whatever a list of the shop says of them next year.
      ...(isSilent ? { facts: { customer: { id } }, drop: records.map((record) => record.id) } : { erase: true }),
      ...(waits !== 0 && { count: { "live.unanswered": -waits } }),
      result: { records: records.length, isForgotten: true },
    };
  }
  const drop = prunable(records, keepOf(context.policy), now, 0);
  const seen = Object.entries(facts.seen ?? {}).filter(([, [at]]) => at > now - REMEMBERED);
  const isLess = seen.length < Object.keys(facts.seen ?? {}).length;
  return { drop, ...(isLess && { facts: { ...facts, seen: Object.fromEntries(seen) } }), result: { records: drop.length, isForgotten: false } };
}

/** Whether nothing is heard of a customer since then, and nothing of theirs is still open. @param {Account} account @param {number} since */
function isQuiet({ facts, records, grants, now }, since) {
  if (grants.some(({ state, expiresAt = Infinity }) => state === "reserved" || expiresAt > now)) return false;
  const { customer, heard = 0, times = {}, seen = {} } = facts;
  const dates = [heard, ...Object.values(times), ...Object.values(seen).map(([at]) => at), ...records.map(({ at }) => instant(at)), ...datesIn(customer)];
  return dates.every((at) => !(at > since));
}

/** All instants in what is known of a customer. @param {any} value @returns {number[]} */
function datesIn(value) {
  if (Array.isArray(value)) return value.flatMap(datesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => (/(^at|^since|At|By)$/.test(key) ? [instant(one)] : key === "attributes" || key === "forms" ? [] : datesIn(one)));
}
