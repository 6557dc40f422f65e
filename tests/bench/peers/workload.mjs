// The workload of all contenders: 12 campaigns with 55 conditions in all, limits, quiet hours, consent, and 1,000 customers with 20 past
// contacts each. The same seed always gives the same requests.

const DAY = 86_400_000;
export const now = Date.parse("2026-11-22T10:00:00Z");

/**
 * @typedef {{ now: number, zone: string, zones: Record<string, [string, number][]>, event: { name: string }, customer: any, ledger: any[] }} Request
 */

/**
 * id, channel, class, weight, audience; in rank order: by class, then by weight.
 * @type {[string, string, string, number, Record<string, any>][]}
 */
const rows = [
  ["oil-care", "email", "relational", 90, { families: { $in: ["oil"] }, "orders.good": { $gte: 1 }, "daysSince.order": { $gte: 5, $lt: 60 }, country: "ES" }],
  ["pottery-care", "email", "relational", 80, { families: { $in: ["pottery"] }, "orders.good": { $gte: 1 }, "daysSince.order": { $gte: 10 }, "attributes.visits": { $lt: 40 }, language: { $in: ["es", "ca"] } }],
  ["welcome-back", "onsite", "relational", 75, { "orders.count": { $gte: 1 }, "daysSince.order": { $gte: 30 }, "attributes.visits": { $gte: 3 }, $or: [{ language: "es" }, { language: "en" }] }],
  ["recipes", "push", "relational", 70, { "attributes.plan": { $in: ["club", "plus"] }, "attributes.points": { $gte: 50 }, "orders.count": { $gte: 2 }, country: { $in: ["ES", "PT"] } }],
  ["workshop", "onsite", "relational", 60, { country: "ES", "orders.good": { $gte: 2 }, "orders.value": { $gte: 6000 }, "attributes.plan": "plus", "attributes.visits": { $gte: 5 } }],
  ["basket", "email", "promotional", 55, { "cart.count": { $gte: 1 }, "cart.total": { $gte: 2000 }, "event.name": { $ne: "purchase" }, "orders.count": { $gte: 0 } }],
  ["autumn", "onsite", "promotional", 50, { country: { $in: ["ES", "PT", "FR"] }, "attributes.visits": { $gte: 2 }, "cart.total": { $lt: 10000 }, "orders.count": { $lt: 6 } }],
  ["club", "push", "promotional", 45, { "attributes.plan": "free", "attributes.points": { $gte: 30 }, $or: [{ "orders.value": { $gte: 9000 } }, { "orders.count": { $gte: 3 } }], tier: { $in: ["known", "advocate"] } }],
  ["second-order", "email", "promotional", 40, { "orders.count": 1, "daysSince.order": { $gte: 20, $lt: 90 }, language: "es", "attributes.visits": { $gte: 2 } }],
  ["linen", "onsite", "promotional", 35, { families: { $nin: ["linen"] }, "orders.count": { $gte: 1 }, "cart.total": { $gte: 1000 }, "attributes.points": { $lt: 300 }, country: { $ne: "PT" } }],
  ["win-back", "push", "promotional", 30, { "daysSince.order": { $gte: 120 }, "orders.good": { $gte: 1 }, $or: [{ "orders.value": { $gte: 5000 } }, { "attributes.plan": "plus" }] }],
  ["first-order", "email", "promotional", 20, { "orders.count": 0, "attributes.visits": { $gte: 4 }, "cart.count": { $gte: 0 }, language: { $in: ["es", "en", "ca"] } }],
];

export const campaigns = rows.map(([id, channel, campaignClass, weight, audience]) => ({
  id,
  kind: "announcement",
  channel,
  ...(channel === "onsite" && { placement: "home" }),
  class: campaignClass,
  weight,
  audience,
  repeat: "10d",
  message: "hello",
}));

/** @type {any} */
export const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es-ES", "en"], signer: "Lola" },
  limits: [
    { id: "unknown-week", max: 3, per: "7d", tier: "unknown" },
    { id: "known-week", max: 5, per: "7d", tier: "known" },
    { id: "email-day", max: 1, per: "1d", channel: "email" },
    { id: "push-day", max: 1, per: "1d", channel: "push" },
    { id: "onsite-day", max: 1, per: "1d", channel: "onsite" },
  ],
  quietHours: [{ from: "21:00", to: "08:00", channels: ["email", "push"] }],
  // With the patience of a year there is room for all in the plan, so it changes no decision: the peers have no plan.
  arbitration: { contacts: 2, patience: "365d" },
  campaigns,
  messages: { hello: { es: [{ title: "Hola", body: "Hola de nuevo" }], en: [{ title: "Hello", body: "Hello again" }] } },
};

/**
 * The zones are part of the request, so no contender spends time on asking Intl for them.
 * @type {Request["zones"]}
 */
const zones = {
  "Europe/Madrid": [["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]],
  "Atlantic/Azores": [["2026-10-25T01:00:00Z", -60], ["2027-03-28T01:00:00Z", 0]],
};

/** A small random number generator with a seed, so that every run decides the same requests. */
function mulberry32(/** @type {number} */ seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const random = mulberry32(42);
const upTo = (/** @type {number} */ limit) => Math.floor(random() * limit);
const one = (/** @type {any[]} */ list) => list[upTo(list.length)];

function order(/** @type {number} */ index) {
  const at = now - (1 + upTo(200)) * DAY - upTo(DAY);
  return {
    id: `o${index}`,
    at,
    ...(random() < 0.8 && { deliveredAt: Math.min(at + 4 * DAY, now) }),
    ...(random() < 0.1 && { returnedAt: Math.min(at + 9 * DAY, now) }),
    total: 1000 + upTo(6000),
    items: [{ sku: `s${upTo(50)}`, family: one(["oil", "pottery", "linen"]), quantity: 1, price: 1000 }],
  };
}

function contact(/** @type {number} */ index) {
  const { id, channel, class: campaignClass } = one(campaigns);
  return {
    id: index.toString(16).padStart(32, "0"),
    campaign: id,
    class: campaignClass,
    channel,
    at: now - upTo(60 * DAY),
    state: "delivered",
  };
}

/** @type {Request[]} */
export const requests = Array.from({ length: 1000 }, (_, index) => ({
  now: now + upTo(24) * 3_600_000,
  zone: one(["Europe/Madrid", "Atlantic/Azores"]),
  zones,
  event: { name: one(["page_view", "view_item", "add_to_cart"]) },
  customer: {
    id: `c${index}`,
    locale: one(["es-ES", "en-GB", "ca-ES", "fr-FR"]),
    destination: { country: one(["ES", "ES", "PT", "FR"]) },
    orders: Array.from({ length: upTo(6) }, (_, nth) => order(nth)),
    consent: { email: random() < 0.8, push: random() < 0.6 },
    cart: { total: upTo(12000), count: upTo(4) },
    attributes: { plan: one(["free", "club", "plus"]), points: upTo(400), visits: upTo(50) },
  },
  ledger: Array.from({ length: 20 }, (_, nth) => contact(nth)),
}));
