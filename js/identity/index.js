// Two identities turn out to be one person: their data becomes one profile and one ledger, and nothing is counted twice.
// Every rule is a join (commutative, associative, idempotent): identities can be united in any order, and more than once.

import { seconds, without } from "../ledger/wishes.js";
import { canonical } from "../load/canonical.js";
import { told } from "../told/index.js";

/** @typedef {import("../types.d.ts").Customer} Customer */
/** @typedef {(a: any, b: any) => any} Rule */

/** Text by which values are compared and sorted. @param {any} value */
const text = (value) => canonical(value ?? null);

/** @type {Rule} */
const greater = (a, b) => (text(a) < text(b) ? b : a);
/** @type {Rule} */
const less = (a, b) => (greater(a, b) === a ? b : a);
/** @type {Rule} */
const more = (a, b) => Math.max(a, b);
/** @type {Rule} */
const latest = (a, b) => Math.max(instant(a), instant(b));
/** @type {Rule} */
const earliest = (a, b) => Math.min(instant(a), instant(b));
/** False, if either is false. @type {Rule} */
const refusal = (a, b) => a && b;

/** @param {number | string} at */
function instant(at) {
  return typeof at === "string" ? +new Date(at) : at;
}

/**
 * Whether one value comes before another in the engine's order: an absent value first, texts by their code points.
 * @param {any} a
 * @param {any} b
 */
function precedes(a, b) {
  if (a == null || b == null || typeof a !== "string") return a == null ? b != null : a < b;
  const [one, other] = [[...a], [...b]];
  const index = one.findIndex((letter, index) => letter !== other[index]);
  if (index < 0 || index >= other.length) return one.length < other.length;
  return Number(one[index].codePointAt(0)) < Number(other[index].codePointAt(0));
}
/** Of two texts the engine keeps the one that is later in its order. @type {Rule} */
const last = (a, b) => (precedes(a, b) ? b : a);

/**
 * Extends a rule to absent values: the other value is kept. A single value is joined with itself, so that an instant gets the
 * same form as a joined one.
 * @param {Rule} rule
 * @returns {Rule}
 */
const known = (rule) => (a, b) => ((a ?? b) == null ? null : rule(a ?? b, b ?? a));

/**
 * The elements of both lists, each once, sorted.
 * @type {Rule}
 */
const all = (a, b) => {
  const found = new Map([...a, ...b].map((element) => [text(element), element]));
  return [...found.keys()].sort().map((key) => found.get(key));
};
/** @type {Rule} */
const common = (a, b) => all(a, a).filter((/** @type {any} */ one) => b.some((/** @type {any} */ other) => text(one) === text(other)));

/**
 * Joins field by field. Of a field without a rule the greater value is kept.
 * @param {Record<string, Rule>} rules
 * @param {Rule} [rest]
 * @returns {Rule}
 */
function fields(rules, rest = greater) {
  return (a, b) => {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    const joined = names.map((name) => [name, known(rules[name] ?? rest)(a[name], b[name])]);
    return Object.fromEntries(joined.filter(([, value]) => value != null));
  };
}

/**
 * The elements of both lists. Elements with the same key are joined.
 * @param {string} key
 * @param {Rule} rule
 * @returns {Rule}
 */
function each(key, rule) {
  return (a, b) => {
    const named = new Map();
    /** @type {any[]} */
    const rest = [];
    for (const element of [...a, ...b]) {
      const name = element[key];
      // Joined with itself, so that its instants get the form of all others.
      if (name == null) rest.push(rule(element, element));
      else named.set(name, rule(named.get(name) ?? element, element));
    }
    return all([...named.values()], rest);
  };
}

const times = (/** @type {string[]} */ ...names) => Object.fromEntries(names.map((name) => [name, latest]));

/** The fields of an item in the order in which the engine compares them. */
const ITEM = ["sku", "family", "quantity", "price", "deliveredAt", "returnedAt", "gift"];

/**
 * Compares two lists of items in the engine's order, where an absent value comes first.
 * @param {any[]} a
 * @param {any[]} b
 */
function compareItems(a, b) {
  for (let index = 0; index < a.length; index++) {
    for (const field of ITEM) {
      const [one, other] = [a[index], b[index]].map((item) => {
        // An article that was returned nobody knows when was returned in 1970.
        const value = item[field] ?? (field === "returnedAt" && item.returned ? 0 : undefined);
        return field.endsWith("At") ? instant(value) : value;
      });
      if (text(one) !== text(other)) return precedes(one, other) ? -1 : 1;
    }
  }
  return 0;
}

/**
 * The different elements of both lists, with their instants in milliseconds.
 * @param {...string} instants
 * @returns {Rule}
 */
function different(...instants) {
  const rule = fields(times(...instants));
  const plain = (/** @type {any[]} */ list) => list.map((one) => rule(one, one));
  return (a, b) => all(plain(a), plain(b));
}

const item = fields(times("deliveredAt", "returnedAt"));

const sameOrder = fields({
  ...times("at", "updatedAt", "promisedBy", "shippedAt", "deliveredAt", "cancelledAt", "returnedAt", "refundedAt"),
  number: last,
  total: more,
  margin: more,
  refunded: more,
  // The longer list. Of two lists of the same length the later one in the engine's order.
  items: (a, b) =>
    (a.length === b.length ? (compareItems(a, b) < 0 ? b : a) : a.length > b.length ? a : b).map((/** @type {any} */ one) => item(one, one)),
  // All different entries: the engine decides which of them are copies of one incident.
  incidents: different("at", "resolvedAt"),
});

/**
 * Of two copies the one that was written later, whole; equally new ones are joined. A copy that gives the number of another as its id
 * stays apart: only the engine, which sees all orders, knows whether the number is of one order.
 * @type {Rule}
 */
const order = (a, b) => {
  const [one, other] = [a, b].map(({ updatedAt }) => (updatedAt == null ? -1 : instant(updatedAt)));
  return one > other ? sameOrder(a, a) : one < other ? sameOrder(b, b) : sameOrder(a, b);
};

const conversation = fields({
  ...times("at", "answeredAt", "solvedAt", "autoReplyAt", "callbackAt", "reopenedAt"),
  // A complaint in either is a complaint.
  kind: (a, b) => (a === "complaint" ? a : b),
  orderId: last,
  family: last,
});

const sameWishes = fields({
  unsubscribed: all,
  spam: all,
  subscribe: all,
  avoid: all,
  quiet: all,
  topics: common,
  lessOften: (a, b) => (seconds(a) === seconds(b) ? greater(a, b) : seconds(a) > seconds(b) ? a : b),
});

/**
 * Who subscribed again did so in the system that knows it: what the other still says holds.
 * @type {Rule}
 */
const wishes = (a, b) => {
  /** @param {any} wishes */
  const net = ({ unsubscribed, subscribe, ...others }) => ({ ...others, subscribe, unsubscribed: without(unsubscribed, subscribe) });
  const { subscribe, ...united } = sameWishes(net(a), net(b));
  return { ...united, ...(subscribe && { subscribe: without(subscribe, united.unsubscribed) }) };
};

const customer = fields({
  id: less,
  since: earliest,
  // The later date: a changed birthday must not give a present sooner.
  ...times("birthdaySince"),
  orders: each("id", order),
  conversations: each("id", conversation),
  mentions: each("id", fields(times("at", "engagedAt"))),
  ratings: different("at"),
  searches: different("at"),
  dates: fields({}),
  consent: fields({}, refusal),
  wishes,
  affinity: fields({}, more),
  activity: more,
  attributes: fields({}),
  forms: fields({}),
  codes: fields({}),
  cart: (a, b) => (instant(a.at ?? 0) === instant(b.at ?? 0) ? greater(a, b) : instant(a.at ?? 0) > instant(b.at ?? 0) ? a : b),
});

/** @type {typeof import("./index.d.ts").unite} */
export function unite(one, other) {
  const person = (/** @type {any} */ { customer }) => told(customer || {});
  const ledgers = [one.ledger, other.ledger].filter((ledger) => ledger != null);
  return {
    customer: customer(person(one), person(other)),
    // Every copy of every record: the engine merges the copies of one id.
    ...(ledgers.length > 0 && { ledger: all(ledgers.flat(), []) }),
  };
}
