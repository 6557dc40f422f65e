// The contacts of a channel that are reserved and wait to be sent, for who works the queue without `deliver`: a program from cron, in any language.

import { armIn } from "./arm.js";
import { SENT } from "./channels.js";
import { ServerError } from "./errors.js";
import { wholeOf } from "./outcome.js";
import { hasLapsed, reservedContact } from "./reserved.js";
import { cursorOf, placeOf } from "./tasks/cursor.js";

/**
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./index.d.ts").ReservedContact} ReservedContact
 */

/** So many are given at once, if nothing else is asked. */
const MOST = 100;
const LIMIT = 1000;
/** So many are read at once. */
const PAGE = 100;

/**
 * The oldest first. A list that was cut off goes on after its last.
 * @param {import("./context.js").Context} context
 * @param {import("./index.d.ts").ContactsOptions} options
 * @returns {Promise<(ReservedContact & { cursor: string })[]>}
 */
export async function contacts(context, { channel, limit = MOST, after: given }) {
  if (!SENT.includes(channel)) throw new ServerError(channel == null ? "missing-field" : "invalid-value", "channel", `expected one of ${SENT.map((one) => `\`${one}\``).join(", ")}`);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT) throw new ServerError("out-of-range", "limit", `expected a whole number from 1 to ${LIMIT}`);
  const found = [];
  for (let after = given === undefined ? undefined : queuedOf(given); found.length < limit; ) {
    const page = await context.store.queue({ state: "reserved", channel, after, limit: PAGE });
    const parts = [...new Set(page.map(({ part }) => part))];
    const each = await Promise.all(parts.map((part) => context.withinPart(part, (account) => (account ? waitingIn(account, page) : { result: [] }))));
    const waiting = new Map(each.flat().map((one) => [one.contact, one]));
    for (const { part, id, at } of page) {
      const one = waiting.get(id);
      if (one) found.push({ ...one, cursor: cursorOf([at, 0, part, id]) });
    }
    if (page.length < PAGE) break;
    after = page.at(-1);
  }
  return found.slice(0, limit);
}

/** @param {unknown} cursor @returns {import("./store.d.ts").Queued} */
function queuedOf(cursor) {
  const [at, , part, id] = placeOf(cursor);
  return { part, id, at };
}

/**
 * Those of one customer, each digest once. What has lapsed is released: nobody else may come by.
 * @param {Account} account
 * @param {import("./store.d.ts").Queued[]} page
 * @returns {import("./account.js").Changed & { result: ReservedContact[] }}
 */
function waitingIn(account, page) {
  const ids = new Set(page.map(({ id }) => id));
  const open = account.records.filter(({ id, state }) => state === "reserved" && ids.has(id));
  const lapsed = open.filter((record) => hasLapsed(record, account.now));
  const result = open.filter((record) => !lapsed.includes(record) && isFirst(account, record)).map((record) => reservedContact(account, record));
  if (lapsed.length === 0) return { result };
  const { armed, refused, ...change } = armIn(account, lapsed);
  return { ...change, result };
}

/** Whether a digest is listed by this one of its parts: its first, or of what still waits of it. @param {Account} account @param {import("../types.d.ts").LedgerRecord} record */
function isFirst(account, record) {
  const whole = wholeOf(account, record).filter((one) => one.state === "reserved" && !hasLapsed(one, account.now));
  const first = whole.find(({ id }) => id === /** @type {any} */ (record).digest) ?? whole.reduce((a, b) => (a.id < b.id ? a : b));
  return first.id === record.id;
}
