// Copies of one order become one. A copy with `updatedAt` is the whole order as it was then; one without it, in an event with a time, says
// what its fields were at that time; one without any time adds what is not known, or joins as the engine joins copies. Those
// that have a time may come in any order: the result is the same.

import { instant } from "../../ledger/record.js";
import { canonical } from "../../load/canonical.js";

/**
 * @typedef {any} Order
 * @typedef {{ whole?: number, fields?: Record<string, number> }} Times of which instant the whole copy is, and each field that is later
 */

/** What names an order. @param {Order} order @returns {string | undefined} */
export const nameOf = ({ id, number }) => id ?? number ?? undefined;

/**
 * @param {Order | undefined} known
 * @param {Order} given
 * @param {Times} [times] of the known one
 * @param {number} [time] when `given` was so
 * @returns {{ order: Order, times: Times }}
 */
export function joinOrder(known, given, times = {}, time) {
  const { updatedAt, ...fields } = given;
  const whole = instant(updatedAt);
  if (whole >= 0) return joinWhole(known, given, times, whole);
  if (time !== undefined) return patched(known, fields, times, time);
  if (times.whole === undefined && !times.fields) return { order: known ? united(known, given) : given, times };
  // What has a time is newer than what has none.
  return { order: { ...given, ...known }, times };
}

/** @param {Order | undefined} known @param {Order} given @param {Times} times @param {number} whole @returns {{ order: Order, times: Times }} */
function joinWhole(known, given, times, whole) {
  const before = times.whole ?? -Infinity;
  if (known && whole < before) return { order: known, times };
  const isTie = known !== undefined && whole === before;
  const later = Object.entries(times.fields ?? {}).filter(([, at]) => at > whole);
  const kept = Object.fromEntries(later.map(([field]) => [field, known?.[field]]).filter(([, value]) => value != null));
  const base = isTie ? united(without(known, later), without(given, later)) : without(given, later);
  const latest = Math.max(whole, ...later.map(([, at]) => at));
  return { order: { ...base, ...kept, updatedAt: latest }, times: { whole, ...(later.length && { fields: Object.fromEntries(later) }) } };
}

/** @param {Order | undefined} known @param {Order} fields @param {Times} times @param {number} time @returns {{ order: Order, times: Times }} */
function patched(known, fields, times, time) {
  const whole = times.whole ?? -Infinity;
  const order = { ...known };
  const at = { ...times.fields };
  for (const [field, value] of Object.entries(fields)) {
    const before = Math.max(at[field] ?? -Infinity, whole);
    const isName = field === "id" && known?.id != null;
    if (isName || time < before || (time === before && !(canonical(value) > canonical(order[field] ?? null)))) continue;
    if (value === null) delete order[field];
    else order[field] = value;
    at[field] = time;
  }
  order.updatedAt = Math.max(...Object.values(at), whole);
  return { order, times: { ...(times.whole !== undefined && { whole }), fields: at } };
}

/** @param {any} order @param {[string, unknown][]} fields */
const without = (order, fields) => Object.fromEntries(Object.entries(order).filter(([key]) => !fields.some(([field]) => field === key)));

/**
 * Two copies that are equally new, as src/request/order.rs unites them: it was paid if either says so, the later instants, the greater amounts,
 * the longer list of articles, the incidents of both.
 * @param {Order} a
 * @param {Order} b
 * @returns {Order}
 */
export function united(a, b) {
  const all = { ...a, ...b };
  for (const key of Object.keys(all)) all[key] = greater(key, a[key], b[key]);
  return all;
}

/** @param {string} key @param {any} a @param {any} b */
function greater(key, a, b) {
  if (a == null || b == null) return a ?? b;
  if (key === "incidents") return joinLists(a, b);
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return a.length > b.length ? a : b;
  if (/(At|^at|By)$/.test(key)) return instant(b) > instant(a) ? b : a;
  if (typeof a === "string" || typeof a === "object") return canonical(b) > canonical(a) ? b : a;
  return b > a ? b : a;
}

/** Both lists, each element once. @param {any} a @param {any} b @returns {any[]} */
export function joinLists(a, b) {
  const all = [a, b].flatMap((list) => (Array.isArray(list) ? list : []));
  return [...new Map(all.map((one) => [canonical(one), one])).values()];
}
