// Two identities turn out to be one person: what both know becomes one profile and one ledger, nothing counted twice.
// Every rule is a join: the order in which identities are united does not matter, nor that one is united twice.

import { canonical } from "../load/canonical.js";

/** @typedef {import("../types.d.ts").Customer} Customer */
/** @typedef {(a: any, b: any) => any} Rule */

/** Text that tells two values apart and orders them. @param {any} value */
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
/** What either refuses is refused. @type {Rule} */
const refusal = (a, b) => a && b;

/** @param {number | string} at */
function instant(at) {
  return typeof at === "string" ? Date.parse(at) : at;
}

/**
 * Whether one value comes before another as the engine orders them: what is absent first, texts by their code points.
 * @param {any} a
 * @param {any} b
 */
function precedes(a, b) {
  if (a == null || b == null || typeof a !== "string") return a == null ? b != null : a < b;
  const [one, other] = [[...a], [...b]];
  const place = one.findIndex((letter, index) => letter !== other[index]);
  if (place < 0 || place >= other.length) return one.length < other.length;
  return Number(one[place].codePointAt(0)) < Number(other[place].codePointAt(0));
}
/** What the engine believes of two texts. @type {Rule} */
const last = (a, b) => (precedes(a, b) ? b : a);

/**
 * A rule for what is absent, which gives way to anything; alone, a value is joined with itself, so that all have one form.
 * @param {Rule} rule
 * @returns {Rule}
 */
const known = (rule) => (a, b) => ((a ?? b) == null ? null : rule(a ?? b, b ?? a));

/**
 * The elements of both lists, each once, in one order.
 * @type {Rule}
 */
const all = (a, b) => {
  const found = new Map([...a, ...b].map((element) => [text(element), element]));
  return [...found.keys()].sort().map((key) => found.get(key));
};
/** @type {Rule} */
const common = (a, b) => all(a, a).filter((/** @type {any} */ one) => b.some((/** @type {any} */ other) => text(one) === text(other)));

/**
 * Field by field; fields without a rule take the greater.
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
 * The elements of both lists; those of one key become one.
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
      // Joined with itself it takes the form that all others have.
      if (name == null) rest.push(rule(element, element));
      else named.set(name, rule(named.get(name) ?? element, element));
    }
    return all([...named.values()], rest);
  };
}

const times = (/** @type {string[]} */ ...names) => Object.fromEntries(names.map((name) => [name, latest]));

/** The fields of an item in the order in which the engine compares them. */
const ITEM = ["sku", "family", "quantity", "price", "deliveredAt", "returnedAt"];

/**
 * Which of two lists of items comes later, as the engine orders them: what is absent comes first.
 * @param {any[]} a
 * @param {any[]} b
 */
function ahead(a, b) {
  for (const [index, item] of a.entries()) {
    for (const field of ITEM) {
      const [one, other] = [item[field], b[index][field]].map((value) => (field.endsWith("At") ? instant(value) : value));
      if (text(one) !== text(other)) return precedes(one, other) ? -1 : 1;
    }
  }
  return 0;
}

/**
 * The different elements of both lists, with instants in the form that all have.
 * @param {...string} instants
 * @returns {Rule}
 */
function different(...instants) {
  const rule = fields(times(...instants));
  const plain = (/** @type {any[]} */ list) => list.map((one) => rule(one, one));
  return (a, b) => all(plain(a), plain(b));
}

const item = fields(times("deliveredAt", "returnedAt"));

const order = fields({
  ...times("at", "promisedBy", "shippedAt", "deliveredAt", "cancelledAt", "returnedAt", "refundedAt"),
  total: more,
  margin: more,
  // The longer list knows more; of two as long, the one that the engine believes.
  items: (a, b) =>
    (a.length === b.length ? (ahead(a, b) < 0 ? b : a) : a.length > b.length ? a : b).map((/** @type {any} */ one) => item(one, one)),
  // Which of them are tellings of one the engine knows.
  incidents: different("at", "resolvedAt"),
});

const conversation = fields({
  ...times("at", "answeredAt", "solvedAt", "autoReplyAt", "callbackAt", "reopenedAt"),
  // Who complained to one has complained.
  kind: (a, b) => (a === "complaint" ? a : b),
  orderId: last,
  family: last,
});

const customer = fields({
  id: less,
  since: earliest,
  // A date that changed must not grant anything sooner.
  ...times("birthdaySince"),
  orders: each("id", order),
  conversations: each("id", conversation),
  mentions: each("id", fields(times("at", "engagedAt"))),
  ratings: different("at"),
  consent: fields({}, refusal),
  wishes: fields({
    unsubscribed: all,
    spam: all,
    avoid: all,
    quiet: all,
    topics: common,
    lessOften: (a, b) => (length(a) === length(b) ? greater(a, b) : length(a) > length(b) ? a : b),
  }),
  affinity: fields({}, more),
  activity: more,
  attributes: fields({}),
  forms: fields({}),
  codes: fields({}),
  cart: (a, b) => (instant(a.at ?? 0) === instant(b.at ?? 0) ? greater(a, b) : instant(a.at ?? 0) > instant(b.at ?? 0) ? a : b),
});

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
/** @param {string} duration */
function length(duration) {
  return parseInt(duration, 10) * SECONDS[/** @type {"s"} */ (duration.at(-1))];
}

/** @type {typeof import("./index.d.ts").unite} */
export function unite(one, other) {
  const person = (/** @type {any} */ { customer = {} }) => customer ?? {};
  const said = [one.ledger, other.ledger].filter((ledger) => ledger != null);
  return {
    customer: customer(person(one), person(other)),
    // Every telling of every record: the engine merges those of one id.
    ...(said.length > 0 && { ledger: all(said.flat(), []) }),
  };
}
