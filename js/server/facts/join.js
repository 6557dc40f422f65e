// What a fact says of a customer joins what is known of them. Nothing goes back: what was told of a later time stays.

import { SKEW } from "../../constants.js";
import { instant } from "../../ledger/record.js";
import { canonical } from "../../load/canonical.js";
import { isObject, present } from "../../told/index.js";
import { joinLists, joinOrder, nameOf, united } from "./orders.js";

/**
 * @typedef {Record<string, any>} Customer fields of Customer, and `zone`
 * @typedef {object} Kept what is kept of a customer
 * @property {Customer} [customer]
 * @property {Record<string, number>} [times] by field, and by channel, topic and name as `consent.email`: when it was so
 * @property {Record<string, import("./orders.js").Times>} [orderTimes] by order
 */

/** Their elements have ids, and two copies of one unite. */
const BY_ID = ["conversations", "mentions"];
/** Their elements have no ids: each is had once. */
const BY_CONTENT = ["ratings", "searches"];
/** Each name in them is a field of its own. */
export const MAPS = ["consent", "affinity", "dates", "codes", "attributes", "forms"];
/** So many searches and ratings are kept, the latest. */
const LATEST = 500;

/**
 * @param {Kept} kept
 * @param {Customer} given
 * @param {number} now
 * @param {number} [told] when it was so; absent: now. A time of a clock that runs ahead is now
 * @returns {Kept}
 */
export function join(kept, given, now, told) {
  const time = told === undefined ? undefined : told > now + SKEW ? now : told;
  /** @type {Customer} */
  const customer = { ...kept.customer };
  const times = { ...kept.times };
  const orderTimes = { ...kept.orderTimes };
  for (const [field, value] of Object.entries(given)) {
    if (field === "orders") joinOrders(customer, orderTimes, value, now, time);
    else if (BY_ID.includes(field)) customer[field] = joinById(customer[field], value);
    else if (BY_CONTENT.includes(field)) customer[field] = latest(joinLists(customer[field], value));
    else if (MAPS.includes(field) && isObject(value)) {
      const map = { ...customer[field] };
      for (const [name, one] of Object.entries(value)) replace(map, name, one, times, `${field}.${name}`, now, time);
      customer[field] = map;
      // An empty list is what platforms print for an object without fields.
    } else if (!MAPS.includes(field) || present(value) === undefined) replace(customer, field, present(value) ?? null, times, field, now, time);
    else customer[field] = value;
  }
  return { ...kept, customer, times, ...(Object.keys(orderTimes).length > 0 && { orderTimes }) };
}

/**
 * A field takes the value of the latest time. Of two of one time, both told: a no about consent stays, else the one that sorts later.
 * @param {Record<string, any>} object
 * @param {string} name
 * @param {any} value null removes it
 * @param {Record<string, number>} times
 * @param {string} key
 * @param {number} now
 * @param {number} [time]
 */
function replace(object, name, value, times, key, now, time) {
  const before = times[key] ?? -Infinity;
  const at = time ?? now;
  if (at < before) return;
  if (at === before && time !== undefined && sortKey(key, object[name] ?? null) >= sortKey(key, value)) return;
  times[key] = at;
  if (value === null) delete object[name];
  else object[name] = value;
}

/** @param {string} key @param {any} value */
function sortKey(key, value) {
  return key.startsWith("consent.") ? (value === false ? "2" : value === null ? "1" : "0") : canonical(value);
}

/** @param {Customer} customer @param {Kept["orderTimes"] & object} orderTimes @param {any} given @param {number} now @param {number} [time] */
function joinOrders(customer, orderTimes, given, now, time) {
  const orders = Array.isArray(customer.orders) ? [...customer.orders] : [];
  for (const one of listOf(given)) {
    // A copy that says it was written tomorrow would be newer than all that comes until then.
    const order = instant(one.updatedAt) > now + SKEW ? { ...one, updatedAt: now } : one;
    const name = nameOf(order);
    const numbered = orders.filter(({ number }) => number != null && number === name);
    const known = orders.find((own) => nameOf(own) === name) ?? (numbered.length === 1 ? numbered[0] : undefined);
    const key = `${nameOf(known ?? order)}`;
    const joined = joinOrder(known, known?.id != null ? { ...order, id: known.id } : order, orderTimes[key], time);
    if (known) orders[orders.indexOf(known)] = joined.order;
    else orders.push(joined.order);
    if (joined.times.whole !== undefined || joined.times.fields) orderTimes[key] = joined.times;
  }
  customer.orders = orders;
}

/** @param {any} known @param {any} given */
function joinById(known, given) {
  const byId = new Map(listOf(known).map((one) => [one.id, one]));
  for (const one of listOf(given)) {
    const before = byId.get(one.id);
    const joined = before ? united(before, one) : one;
    byId.set(one.id, [before, one].some((copy) => copy?.kind === "complaint") ? { ...joined, kind: "complaint" } : joined);
  }
  return [...byId.values()];
}

/** @param {any} value @returns {any[]} */
const listOf = (value) => (Array.isArray(value) ? value.filter(isObject) : []);

/** @param {any[]} list the earliest go where there are too many */
function latest(list) {
  if (list.length <= LATEST) return list;
  return list.sort((a, b) => (instant(b?.at) || 0) - (instant(a?.at) || 0)).slice(0, LATEST);
}
