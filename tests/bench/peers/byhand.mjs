// What a programmer would write without an engine: facts, twelve conditions and the contact rules in plain JavaScript. It says which
// campaigns are sent and why the others are not. It does not say until when, and it cannot read another policy.
//
// The peers that are rule engines know neither the past nor the clock. Their facts and their contact rules are these too, so all are
// charged the same fast code; who really writes them may write slower ones.

import { campaigns, requests } from "./workload.mjs";

/** @typedef {import("./workload.mjs").Request} Request */
/** @typedef {{ contacts: string[], refused: (string | null)[] }} Answer `refused` in the order of the campaigns: null for those that speak */
/** @typedef {ReturnType<typeof factsOf>} Facts */

const DAY = 86_400_000;
/** In place of the contacts of today in a channel: this decision speaks in it. */
const SPOKEN = 1e9;

/** The facts at `now`. @param {Request} request */
export function factsOf({ now, event, customer }) {
  /** @type {string[]} */
  const families = [];
  let good = 0;
  let value = 0;
  let last = -Infinity;
  for (const order of customer.orders) {
    value += order.total;
    if (order.at > last) last = order.at;
    if (order.deliveredAt !== undefined && order.returnedAt === undefined) good += 1;
    for (const { family } of order.items) if (!families.includes(family)) families.push(family);
  }
  return {
    "orders.count": customer.orders.length,
    "orders.good": good,
    "orders.value": value,
    "daysSince.order": last === -Infinity ? 0 : Math.floor((now - last) / DAY),
    "cart.total": customer.cart.total,
    "cart.count": customer.cart.count,
    "attributes.plan": customer.attributes.plan,
    "attributes.points": customer.attributes.points,
    "attributes.visits": customer.attributes.visits,
    "event.name": event.name,
    tier: good > 0 ? "known" : "unknown",
    country: customer.destination.country,
    language: customer.locale.slice(0, 2),
    families,
  };
}

/** The same with an object for each dotted name, as most engines want them. @param {Request} request */
export function nestedFactsOf(request) {
  const { tier, country, language, families, ...dotted } = factsOf(request);
  return {
    orders: { count: dotted["orders.count"], good: dotted["orders.good"], value: dotted["orders.value"] },
    daysSince: { order: dotted["daysSince.order"] },
    cart: { total: dotted["cart.total"], count: dotted["cart.count"] },
    attributes: { plan: dotted["attributes.plan"], points: dotted["attributes.points"], visits: dotted["attributes.visits"] },
    event: { name: dotted["event.name"] },
    tier,
    country,
    language,
    families,
  };
}

/**
 * In the order of the campaigns.
 * @type {((facts: Facts) => boolean)[]}
 */
const audiences = [
  /* oil-care */ (f) => f.families.includes("oil") && f["orders.good"] >= 1 && f["daysSince.order"] >= 5 && f["daysSince.order"] < 60 && f.country === "ES",
  /* pottery-care */ (f) => f.families.includes("pottery") && f["orders.good"] >= 1 && f["daysSince.order"] >= 10 && f["attributes.visits"] < 40 && (f.language === "es" || f.language === "ca"),
  /* welcome-back */ (f) => f["orders.count"] >= 1 && f["daysSince.order"] >= 30 && f["attributes.visits"] >= 3 && (f.language === "es" || f.language === "en"),
  /* recipes */ (f) => (f["attributes.plan"] === "club" || f["attributes.plan"] === "plus") && f["attributes.points"] >= 50 && f["orders.count"] >= 2 && (f.country === "ES" || f.country === "PT"),
  /* workshop */ (f) => f.country === "ES" && f["orders.good"] >= 2 && f["orders.value"] >= 6000 && f["attributes.plan"] === "plus" && f["attributes.visits"] >= 5,
  /* basket */ (f) => f["cart.count"] >= 1 && f["cart.total"] >= 2000 && f["event.name"] !== "purchase" && f["orders.count"] >= 0,
  /* autumn */ (f) => (f.country === "ES" || f.country === "PT" || f.country === "FR") && f["attributes.visits"] >= 2 && f["cart.total"] < 10000 && f["orders.count"] < 6,
  /* club */ (f) => f["attributes.plan"] === "free" && f["attributes.points"] >= 30 && (f["orders.value"] >= 9000 || f["orders.count"] >= 3) && (f.tier === "known" || f.tier === "advocate"),
  /* second-order */ (f) => f["orders.count"] === 1 && f["daysSince.order"] >= 20 && f["daysSince.order"] < 90 && f.language === "es" && f["attributes.visits"] >= 2,
  /* linen */ (f) => !f.families.includes("linen") && f["orders.count"] >= 1 && f["cart.total"] >= 1000 && f["attributes.points"] < 300 && f.country !== "PT",
  /* win-back */ (f) => f["daysSince.order"] >= 120 && f["orders.good"] >= 1 && (f["orders.value"] >= 5000 || f["attributes.plan"] === "plus"),
  /* first-order */ (f) => f["orders.count"] === 0 && f["attributes.visits"] >= 4 && f["cart.count"] >= 0 && (f.language === "es" || f.language === "en" || f.language === "ca"),
];

/** @param {Request} request */
export function decideByHand(request) {
  const facts = factsOf(request);
  return arbitrate(request, facts.tier, audiences.map((holds) => holds(facts)));
}

const places = new Map(campaigns.map(({ id }, index) => [id, index]));
const NEVER = campaigns.map(() => -Infinity);

/**
 * The contact rules: consent, repetition, limits, quiet hours and ranking.
 * @param {Request} request
 * @param {string} tier
 * @param {boolean[]} holds whether the audience of each campaign holds: a function would be slower for all, because it differs
 * @returns {Answer}
 */
export function arbitrate({ now, zone, zones, customer, ledger }, tier, holds) {
  const latest = NEVER.slice();
  /** @type {Record<string, number>} */
  const today = { onsite: 0, email: 0, push: 0 };
  let week = 0;
  for (const { campaign, channel, at } of ledger) {
    const index = /** @type {number} */ (places.get(campaign));
    if (latest[index] < at) latest[index] = at;
    if (at > now - 7 * DAY) week += 1;
    if (at > now - DAY) today[channel] += 1;
  }
  const room = (tier === "unknown" ? 3 : 5) - week;
  const quiet = isQuiet(now, zones[zone]);

  /** @type {string[]} */
  const contacts = [];
  // The campaigns are already in rank order: relational first, then by weight.
  const refused = campaigns.map(({ id, channel }, index) => {
    if (!holds[index]) return "not-in-audience";
    if (channel !== "onsite" && customer.consent[channel] === false) return "withdrawn";
    if (latest[index] > now - 10 * DAY) return "too-soon";
    if (room <= 0 || today[channel] > 0) return today[channel] === SPOKEN ? "outranked" : "limit-full";
    if (quiet && channel !== "onsite") return "quiet";
    if (contacts.length >= Math.min(2, room)) return "outranked";
    today[channel] = SPOKEN;
    contacts.push(id);
    return null;
  });
  return { contacts, refused };
}

/** @param {number} now @param {[string, number][]} table */
function isQuiet(now, table) {
  let offset = table[0][1];
  for (const [from, minutes] of table) if (Date.parse(from) <= now) offset = minutes;
  const minute = Math.floor(now / 60_000 + offset) % 1440;
  return minute >= 21 * 60 || minute < 8 * 60;
}

/** @type {import("./index.mjs").Peer[]} */
export const peers = [
  { name: "JavaScript by hand", does: "all of it, for this one policy", open: async () => ({ decide: (index) => decideByHand(requests[index]) }) },
];
