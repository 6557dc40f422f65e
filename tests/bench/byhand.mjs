// What a programmer would write without an engine: facts, twelve conditions and the contact rules in plain JavaScript. It says which
// campaigns are sent and why the others are not. It does not say until when, and it cannot read another policy.

import { campaigns } from "./peers/workload.mjs";

const DAY = 86_400_000;

/** The facts at `now`, for the conditions below and for json-rules-engine. */
export function factsOf({ now, event, customer }) {
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

const audiences = {
  "oil-care": (f) => f.families.includes("oil") && f["orders.good"] >= 1 && f["daysSince.order"] >= 5 && f["daysSince.order"] < 60 && f.country === "ES",
  "pottery-care": (f) => f.families.includes("pottery") && f["orders.good"] >= 1 && f["daysSince.order"] >= 10 && f["attributes.visits"] < 40 && (f.language === "es" || f.language === "ca"),
  "welcome-back": (f) => f["orders.count"] >= 1 && f["daysSince.order"] >= 30 && f["attributes.visits"] >= 3 && (f.language === "es" || f.language === "en"),
  recipes: (f) => (f["attributes.plan"] === "club" || f["attributes.plan"] === "plus") && f["attributes.points"] >= 50 && f["orders.count"] >= 2 && (f.country === "ES" || f.country === "PT"),
  workshop: (f) => f.country === "ES" && f["orders.good"] >= 2 && f["orders.value"] >= 6000 && f["attributes.plan"] === "plus" && f["attributes.visits"] >= 5,
  basket: (f) => f["cart.count"] >= 1 && f["cart.total"] >= 2000 && f["event.name"] !== "purchase" && f["orders.count"] >= 0,
  autumn: (f) => (f.country === "ES" || f.country === "PT" || f.country === "FR") && f["attributes.visits"] >= 2 && f["cart.total"] < 10000 && f["orders.count"] < 6,
  club: (f) => f["attributes.plan"] === "free" && f["attributes.points"] >= 30 && (f["orders.value"] >= 9000 || f["orders.count"] >= 3) && (f.tier === "known" || f.tier === "advocate"),
  "second-order": (f) => f["orders.count"] === 1 && f["daysSince.order"] >= 20 && f["daysSince.order"] < 90 && f.language === "es" && f["attributes.visits"] >= 2,
  linen: (f) => !f.families.includes("linen") && f["orders.count"] >= 1 && f["cart.total"] >= 1000 && f["attributes.points"] < 300 && f.country !== "PT",
  "win-back": (f) => f["daysSince.order"] >= 120 && f["orders.good"] >= 1 && (f["orders.value"] >= 5000 || f["attributes.plan"] === "plus"),
  "first-order": (f) => f["orders.count"] === 0 && f["attributes.visits"] >= 4 && f["cart.count"] >= 0 && (f.language === "es" || f.language === "en" || f.language === "ca"),
};

/** @returns {{ contacts: string[], refused: Record<string, string> }} */
export function decideByHand(request) {
  const facts = factsOf(request);
  return arbitrate(request, facts, (id) => audiences[id](facts));
}

/** The contact rules: consent, repetition, limits, quiet hours and ranking. json-rules-engine has none, so it uses these too. */
export function arbitrate({ now, zone, zones, customer, ledger }, facts, audienceHolds) {
  const latest = {};
  const today = { onsite: 0, email: 0, push: 0 };
  let week = 0;
  for (const { campaign, channel, at } of ledger) {
    if (!(latest[campaign] >= at)) latest[campaign] = at;
    if (at > now - 7 * DAY) week += 1;
    if (at > now - DAY) today[channel] += 1;
  }
  const room = (facts.tier === "unknown" ? 3 : 5) - week;
  const quiet = isQuiet(now, zones[zone]);

  const refused = {};
  const passed = [];
  for (const campaign of campaigns) {
    const { id, channel } = campaign;
    if (!audienceHolds(id)) refused[id] = "not-in-audience";
    else if (channel !== "onsite" && customer.consent[channel] === false) refused[id] = "withdrawn";
    else if (latest[id] > now - 10 * DAY) refused[id] = "too-soon";
    else if (room <= 0 || today[channel] > 0) refused[id] = "limit-full";
    else if (quiet && channel !== "onsite") refused[id] = "quiet";
    else passed.push(campaign);
  }

  // The campaigns are already in rank order: relational first, then by weight.
  const contacts = [];
  const usedChannels = {};
  for (const { id, channel } of passed) {
    if (contacts.length < Math.min(2, room) && !usedChannels[channel]) {
      usedChannels[channel] = true;
      contacts.push(id);
    } else refused[id] = "outranked";
  }
  return { contacts, refused };
}

function isQuiet(now, table) {
  let offset = table[0][1];
  for (const [from, minutes] of table) if (Date.parse(from) <= now) offset = minutes;
  const minute = Math.floor(now / 60_000 + offset) % 1440;
  return minute >= 21 * 60 || minute < 8 * 60;
}
