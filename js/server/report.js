// What happened over some days, from the counters: how often each code held a campaign back, and what became of contacts.

import { dayOf } from "./counters.js";
import { ServerError } from "./errors.js";
import { leavingOf } from "./fatigue.js";

const DAY = 86_400_000;
/** So many days at most. */
const MOST = 366;

/**
 * @param {import("./context.js").Context} context
 * @param {{ from?: string, to?: string }} [options] days in UTC; absent: the last seven
 * @returns {Promise<import("./index.d.ts").Report>}
 */
export async function report(context, { from, to } = {}) {
  const { store, counters } = context;
  await counters.flush();
  const today = dayOf(await store.now());
  const last = dayAt(to ?? today, "to");
  const first = from === undefined ? last - 6 * DAY : dayAt(from, "from");
  if (first > last) throw new ServerError("out-of-range", "from", "it is after `to`");
  if (last - first >= MOST * DAY) throw new ServerError("out-of-range", "from", `at most ${MOST} days at once`);
  /** @type {Record<string, number>} */
  const sums = {};
  for (let at = first; at <= last; at += DAY) {
    const prefix = `day.${dayOf(at)}.`;
    for (const [name, count] of Object.entries(await store.counters(prefix))) sums[name.slice(prefix.length)] = (sums[name.slice(prefix.length)] ?? 0) + count;
  }
  const live = await store.counters("live.");
  const [said, left] = [sums.said ?? 0, sums.left ?? 0];
  return {
    from: dayOf(first),
    to: dayOf(last),
    decisions: sums.decisions ?? 0,
    refused: pairs(sums, "refused")
      .map(([gate, code, count]) => ({ gate, code, count }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    contacts: nested(sums, "contact"),
    reactions: nested(sums, "reaction"),
    said,
    left,
    ...leavingOf(sums),
    unanswered: Math.max(0, live["live.unanswered"] ?? 0),
  };
}

/** @param {string} day @param {string} path */
function dayAt(day, path) {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (!(at >= 0) || dayOf(at) !== day) throw new ServerError("invalid-value", path, "expected a day, as `2026-12-31`");
  return at;
}

/** The counters of a kind, which have two names. @param {Record<string, number>} sums @param {string} kind @returns {[string, string, number][]} */
function pairs(sums, kind) {
  return Object.entries(sums).flatMap(([name, count]) => {
    const [own, first, second] = name.split(".");
    return own === kind && second !== undefined ? [/** @type {[string, string, number]} */ ([first, second, count])] : [];
  });
}

/** @param {Record<string, number>} sums @param {string} kind */
function nested(sums, kind) {
  /** @type {Record<string, Record<string, number>>} */
  const all = {};
  for (const [first, second, count] of pairs(sums, kind)) (all[first] ??= {})[second] = count;
  return all;
}
