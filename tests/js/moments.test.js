// The presets at work: for each campaign of Casa Lola a moment in which it speaks, and before all others; and the first day's policy.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load, render } from "querencia";
import { facts } from "../../www/shop/facts.js";

const policies = new URL("../../www/policies/", import.meta.url);
/** @param {string} name */
const read = async (name) => JSON.parse(await readFile(new URL(name, policies), "utf8"));
/** @type {Record<string, any>} */
const presets = { "casa-lola.json": await read("casa-lola.json"), "mail.json": await read("mail.json"), "starter.json": await read("starter.json") };
const casaLola = presets["casa-lola.json"];

const DAY = 86_400_000;
/** A Tuesday at eleven in the morning: nobody is asleep, at mass or at table. */
const NOW = Date.parse("2026-11-24T11:00:00+01:00");
/** @param {number} days */
const ago = (days) => NOW - days * DAY;

/**
 * An order that came two days after it was placed.
 * @param {string} id
 * @param {number} days ago
 * @param {object} [more]
 */
const order = (id, days, more) => ({
  id, at: ago(days), shippedAt: ago(days - 1), deliveredAt: ago(days - 2), total: 4200, margin: 1500, items: [jug], ...more,
});
const jug = { sku: "jug", family: "ceramics", price: 3800 };
const linen = { sku: "linen", family: "linen", price: 3400 };
const oil = { sku: "oil", family: "pantry", price: 1650 };
const oranges = { sku: "oranges", family: "fruit", price: 1790 };
/** When the last navelinas are picked. */
const JANUARY = Date.parse("2027-01-19T11:00:00+01:00");
const demo = facts(NOW, "es");
/** The demo shop's catalogue, and what it does not have: oil that became cheaper, and a raffle. */
const catalog = {
  ...demo,
  products: [{ ...demo.products.find(({ sku }) => sku === "oil"), price: 1450, history: [{ at: ago(90), price: 1650 }, { at: ago(2), price: 1450 }] }],
  raffles: [{ id: "three-kings", terms: "https://example.com/bases", prize: "Una jarra", drawAt: "2027-01-05T18:00:00+01:00" }],
};
const valencia = { country: "ES", postcode: "46007" };
const lasPalmas = { country: "ES", postcode: "35001" };
/** @param {number} count of orders, one a month, the latest `days` ago @param {number} days */
const orders = (count, days) => Array.from({ length: count }, (_, index) => order(`CL-${index}`, days + 30 * index));
/** An order of this morning, on the packing table. */
const packed = [order("CL-9", 0.1, { shippedAt: undefined, deliveredAt: undefined })];
const codes = { "friend-5": "AMIGA-7K2", "back-6": "VUELVE-3F9", "ten-10": "DIEZ-8B1", "top-15": "LLAVE-2C4", "parcel-3": "CAJA-5D2" };
const mail = { consent: { email: true } };
const promoter = { ratings: [{ score: 10, at: ago(10), orderId: "CL-0" }] };
/**
 * Something that was said a while ago, so that another may speak.
 * @param {string} campaign
 * @param {string} occurrence
 * @param {number} [days] ago
 */
const said = (campaign, occurrence, days = 20) => ({
  id: `${campaign}/${occurrence}`, campaign, class: "relational", channel: "email", at: ago(days), state: "delivered", occurrence,
});
/**
 * The shop's round of the morning: who is to be written to.
 * @param {object} customer
 * @param {...object} ledger
 */
const round = (customer, ...ledger) => ({ event: { name: "daily_round" }, placements: [], customer: { id: "ana", ...mail, ...customer }, ledger });
/** The morning after something went wrong with an order. It needs no consent to advertising. @param {string} kind */
function wronged(kind) {
  return round({ consent: {}, orders: [order("CL-9", 6, { deliveredAt: undefined, incidents: [{ kind, at: ago(1) }] })] });
}
/** Somebody of whom nothing is left to be asked. */
const asked = { attributes: { formAsked: true }, affinity: { linen: 10 } };

/** Who was greeted on the home page: otherwise the greeting may keep its slot from other pages, because it has more weight. */
const greeted = [{ id: "w", campaign: "welcome", class: "relational", channel: "onsite", at: ago(8), state: "delivered" }];

/**
 * For each campaign of Casa Lola a moment in which it speaks, and before all others.
 * @type {Record<string, Record<string, any>>}
 */
const moments = {
  thanks: { event: { name: "purchase", order: { id: "CL-9", total: 4290 } }, placements: ["thank-you"] },
  "sorry-late": wronged("late"),
  "sorry-payment": wronged("payment"),
  "sorry-stock": wronged("stock"),
  "sorry-not-as-described": wronged("not-as-described"),
  "not-found": { event: { name: "page_not_found" }, placements: ["not-found"] },
  lost: { event: { name: "no_results" }, placements: ["search"] },
  birthday: { placements: ["home"], customer: { id: "ana", birthday: "--11-24", since: ago(400), orders: orders(1, 60) } },
  "birthday-words": {
    placements: ["home"],
    customer: { id: "ana", birthday: "--11-24", since: ago(400), orders: orders(1, 60), conversations: [{ id: "v-1", kind: "complaint", at: ago(1), orderId: "CL-0" }] },
  },
  welcome: { placements: ["home", "workshop"], ledger: [] },
  "third-order": { placements: ["home", "workshop"], customer: { id: "ana", orders: [...packed, ...orders(2, 60)] } },
  arrivals: { placements: ["product"], event: { name: "view_item" } },
  "ask-topics": {
    placements: ["product"],
    customer: { orders: orders(1, 60) },
    ledger: [{ id: "r", campaign: "thanks", class: "service", channel: "onsite", at: ago(60), state: "delivered", occurrence: "CL-0" }, ...greeted],
  },
  wrapping: { placements: ["basket"], event: { name: "view_cart" }, customer: { cart: { count: 2, total: 7600 } } },
  postage: {
    placements: ["basket"],
    event: { name: "view_cart" },
    customer: { destination: valencia, cart: { count: 1, total: 3800 } },
    ledger: [{ id: "r", campaign: "wrapping", class: "relational", channel: "onsite", at: ago(0.1), state: "delivered" }, ...greeted],
    catalog,
  },
  "care-pottery": { placements: ["home", "workshop"], customer: { id: "ana", orders: orders(1, 4) } },
  "care-linen": { placements: ["home", "workshop"], customer: { id: "ana", orders: [order("CL-0", 4, { items: [linen] })] } },
  origin: { placements: ["home", "workshop"], customer: { id: "ana", orders: [order("CL-0", 4, { items: [oranges] })] } },
  cart: { placements: ["home"], customer: { id: "ana", orders: orders(1, 60), cart: { count: 2, total: 7600, at: ago(1) } } },
  surprise: { placements: ["home"], shop: { issued: {} }, customer: { id: "c-14", orders: orders(1, 60) } },
  kiln: { placements: ["home"], customer: { id: "ana", ...promoter, orders: orders(3, 60) } },
  raffle: { placements: ["home"], now: Date.parse("2026-12-15T11:00:00+01:00"), customer: { id: "ana", orders: orders(1, 60) }, catalog },
  autumn: { placements: ["home"], customer: { id: "ana", orders: orders(2, 60) } },
  hello: {
    placements: ["home"],
    ledger: greeted,
  },
  portage: {
    placements: ["basket"],
    event: { name: "view_cart" },
    customer: { destination: valencia, orders: orders(2, 60), cart: { count: 1, total: 3800 } },
    ledger: [{ id: "r", campaign: "wrapping", class: "relational", channel: "onsite", at: ago(0.1), state: "delivered" }, ...greeted],
  },
  card: { event: { name: "packing" }, placements: [], customer: { id: "ana", codes, orders: packed } },
  "card-words": { event: { name: "packing" }, placements: [], customer: { id: "ana", orders: packed } },
  survey: round({ ...asked, orders: orders(1, 12) }),
  years: round({ orders: [order("CL-0", 365 + 2)] }),
  review: { ...round({ ...asked, orders: orders(1, 42) }), catalog: demo },
  "table-500": round({ ...asked, orders: [order("CL-0", 14, { total: 60_000 })] }, said("survey", "CL-0", 8)),
  club: round({ ...asked, orders: orders(1, 12) }, said("survey", "CL-0", 8)),
  "ask-form": round({ orders: orders(1, 60) }, said("review", "jug")),
  "ask-taste": round({ attributes: { formAsked: true }, orders: orders(1, 60) }, said("review", "jug")),
  "tenth-order": round({ ...asked, codes, orders: orders(10, 20) }, said("survey", "CL-0", 8), said("review", "jug", 40), said("club", "CL-0", 8)),
  "most-active": { ...round({ ...asked, codes, activity: 98, orders: orders(2, 100) }), shop: { issued: { "surprise-4": 40 } } },
  refill: { ...round({ ...asked, orders: [order("CL-1", 28, { items: [oil] }), order("CL-0", 58, { items: [oil] })] }, said("survey", "CL-1"), said("review", "oil"), said("club", "CL-1")), catalog: demo },
  friend: round({ ...asked, ...promoter, codes, orders: orders(3, 40) }, said("review", "jug"), said("letter", "0", 6)),
  "missed-you": round({ codes, orders: orders(3, 100) }),
  "next-linen": { ...round({ ...asked, orders: orders(1, 60), affinity: { linen: 70 } }, said("review", "jug")), catalog: demo },
  "lower-price": {
    ...round({ ...asked, destination: valencia, orders: orders(1, 60), affinity: { linen: 10 } }, said("review", "jug")),
    catalog,
  },
  "last-crates": { ...round({ orders: [order("CL-0", 100, { items: [oranges] })] }), catalog: facts(JANUARY, "es"), now: JANUARY },
  letter: { placements: [], customer: mail },
};

test("every campaign of Casa Lola can speak", async () => {
  const engine = await load(casaLola);
  /** @type {string[]} */
  const campaigns = casaLola.campaigns.map((/** @type {{ id: string }} */ { id }) => id);
  assert.deepEqual(Object.keys(moments).sort(), [...campaigns].sort());
  for (const campaign of campaigns) {
    const { contacts, refused } = engine.decide({ now: NOW, zone: "Europe/Madrid", ledger: greeted, ...moments[campaign] });
    assert.deepEqual(contacts.map((contact) => contact.campaign), [campaign], JSON.stringify(refused.find((refusal) => refusal.campaign === campaign)));
    assert.equal(render(contacts[0]).signer, "Lola");
  }
  engine.free();
});

test("the demo shop's catalogue is whole: it knows of each article all that may be asked, and of each claim whether it holds", async () => {
  const engine = await load(casaLola);
  const catalog = /** @type {any} */ (facts(JANUARY, "en"));
  for (const { sku } of catalog.products) {
    const { price, surcharge, shipping } = engine.claims({ now: JANUARY, sku, catalog, destination: { country: "ES", postcode: "46007" } });
    assert.deepEqual([Number(price) > 0, surcharge, shipping], [true, null, 490], sku);
  }
  const said = Object.values(casaLola.messages).flatMap((languages) => Object.values(languages).flat()).flatMap(({ claims = [] }) => claims);
  for (const { fact, freeShippingFrom } of said) {
    // Without an article it is about what is suggested, and only linen is suggested so.
    if (fact) assert.ok(catalog.products.find(({ sku }) => sku === (fact.sku ?? "linen")).claims.includes(fact.is), fact.is);
    if (freeShippingFrom) assert.equal(catalog.shipping.ES.freeFrom, freeShippingFrom);
  }
  assert.ok(!facts(NOW, "es").products.some(({ claims }) => claims.includes("last-of-the-season")), "in November nobody knows");
  const families = new Set(catalog.products.map(({ family }) => family));
  for (const { suggest } of casaLola.campaigns) for (const family of suggest?.families ?? []) assert.ok(families.has(family), family);
  engine.free();
});

test("what the catalogue does not say, Casa Lola does not say either", async () => {
  const engine = await load(casaLola);
  const bare = { products: [{ ...oranges, name: "Naranjas" }] };
  const never = { products: [{ ...oil, name: "Aceite", price: 1650, history: [{ at: ago(90), price: 1650 }] }] };
  for (const [campaign, code, catalog] of /** @type {[string, string, object][]} */ ([
    ["last-crates", "claim-unproven", bare],
    ["next-linen", "nothing-to-suggest", bare],
    ["lower-price", "claim-unproven", never],
    ["postage", "claim-unproven", bare],
    ["raffle", "raffle-unproven", bare],
  ])) {
    const { refused } = engine.decide({ now: NOW, zone: "Europe/Madrid", ledger: [], ...moments[campaign], catalog });
    const refusal = refused.find((refusal) => refusal.campaign === campaign);
    assert.deepEqual([refusal?.gate, refusal?.code], ["honesty", code]);
  }
  engine.free();
});

test("where more is to pay, the price says so; where nobody knows, there is no price", async () => {
  const engine = await load(casaLola);
  const { customer, ...moment } = moments["lower-price"];
  const decide = (/** @type {object | undefined} */ destination) =>
    engine.decide({ now: NOW, zone: "Europe/Madrid", ...moment, customer: { ...customer, destination } });
  const [mainland] = decide(valencia).contacts;
  assert.match(render(mainland).body, /14,50.*16,50.*12,12/);
  const [island] = decide(lasPalmas).contacts;
  assert.match(render(island).body, /IGIC.*15,52/);
  assert.equal(decide(undefined).refused.find(({ campaign }) => campaign === "lower-price")?.code, "surcharge-unstated");
  engine.free();
});

test("each kind of trouble is apologised for once, in its own words", async () => {
  const engine = await load(casaLola);
  for (const kind of ["late", "payment", "stock", "not-as-described"]) {
    const { contacts, refused } = engine.decide({ now: NOW, zone: "Europe/Madrid", ...wronged(kind) });
    assert.deepEqual(contacts.map(({ campaign }) => campaign), [`sorry-${kind}`]);
    const others = refused.filter(({ campaign, code }) => campaign.startsWith("sorry-") && code === "none");
    assert.equal(others.length, 3);
  }
  engine.free();
});

test("more promotion than talk is held, on any day", async () => {
  const engine = await load(casaLola);
  const { ledger, ...moment } = moments.hello;
  const offers = [9, 8].map((days) => ({ id: `o-${days}`, campaign: "autumn", class: "promotional", channel: "onsite", at: ago(days), state: "delivered" }));
  const decide = (/** @type {object[]} */ more) => engine.decide({ now: NOW, zone: "Europe/Madrid", ...moment, ledger: [...ledger, ...more] });
  assert.equal(decide(offers.slice(1)).contacts[0].campaign, "hello");
  const refusal = decide(offers).refused.find(({ campaign }) => campaign === "hello");
  assert.deepEqual([refusal?.gate, refusal?.code], ["calm", "balance"]);
  engine.free();
});

test("what arrived together is in one message", async () => {
  const engine = await load(casaLola);
  const customer = { id: "ana", orders: [order("CL-0", 5, { items: [jug, linen, oil] })] };
  const { contacts } = engine.decide({ now: NOW, zone: "Europe/Madrid", ledger: [], placements: ["home", "workshop"], customer });
  assert.deepEqual(contacts.map(({ campaign }) => campaign), ["care-pottery", "care-linen", "origin"]);
  assert.equal(new Set(contacts.map(({ digest }) => digest)).size, 1);
  engine.free();
});

test("the first day's policy thanks, congratulates on the day and after it, and says no more than three things a week", async () => {
  const engine = await load(presets["starter.json"]);
  const born = { id: "ana", since: ago(400), givenName: "Ana" };
  const decide = (/** @type {object} */ moment) => engine.decide({ now: NOW, zone: "Europe/Madrid", ledger: [], ...moment });
  const titled = (/** @type {object} */ moment) => render(decide(moment).contacts[0]).title;
  assert.equal(titled({ event: { name: "purchase", order: { id: "1", total: 1 } }, customer: born }), "Gracias, Ana");
  assert.equal(titled({ customer: { ...born, birthday: "--11-24" } }), "¡Felicidades, Ana!");
  assert.equal(titled({ customer: { ...born, birthday: "--11-24", form: "formal" } }), "Felicidades, Ana");
  assert.equal(titled({ customer: { ...born, birthday: "--11-22" } }), "Felicidades con retraso, Ana");
  const full = decide({ customer: { ...born, birthday: "--11-24" }, ledger: [1, 2, 3].map((days) => said("other", `${days}`, days)) });
  assert.equal(full.refused.find(({ campaign }) => campaign === "birthday")?.code, "limit-full");
  const { length } = await readFile(new URL("starter.json", policies));
  assert.ok(length < 6_500, `${length} bytes are more than one breath`);
  engine.free();
});

test("the first mails: thanks, a survey, a code for the second order, a birthday; and at night they wait for nine o'clock", async () => {
  const engine = await load(presets["mail.json"]);
  const ana = { id: "ana", since: ago(400), givenName: "Ana", consent: { email: true } };
  const decide = (/** @type {object} */ moment) => engine.decide({ now: NOW, zone: "Europe/Madrid", channels: ["email"], ledger: [], ...moment });
  const spoken = (/** @type {object} */ moment) => decide(moment).contacts.map(({ campaign }) => campaign);
  const purchase = { event: { name: "purchase", order: { id: "1", total: 1 } } };
  assert.deepEqual(spoken({ ...purchase, customer: { ...ana, consent: {} } }), ["thanks"]);
  const night = decide({ ...purchase, customer: ana, now: NOW + 12 * 3_600_000 }).refused.find(({ campaign }) => campaign === "thanks");
  assert.deepEqual([night?.code, night?.retryAt], ["quiet", Date.parse("2026-11-25T09:00:00+01:00")]);
  const arrived = { customer: { ...ana, orders: [order("CL-0", 7)], codes: { "second-10": "SEGUNDO-4K8" } }, ledger: [said("thanks", "CL-0", 7)] };
  assert.deepEqual(spoken(arrived), ["second"]);
  assert.equal(decide({ ...arrived, customer: { ...arrived.customer, consent: {} } }).contacts.length, 0, "who has not asked for mails gets none that sell");
  assert.deepEqual(spoken({ customer: { ...ana, orders: [order("CL-0", 12)] }, ledger: [said("thanks", "CL-0", 12), said("second", "orders-1", 4)] }), ["survey"]);
  assert.deepEqual(spoken({ customer: { ...ana, birthday: "--11-24", codes: { "birthday-10": "VELAS-9M2" } } }), ["birthday"]);
  engine.free();
});

for (const [form, title] of [["informal", "Se la ha comido el gato"], ["formal", "Esta estantería está vacía"], [undefined, "Se la ha comido el gato"]]) {
  test(`${form ?? "by the shop's habit"}: the engine keeps to the form of address and tells each joke before one again`, async () => {
    const engine = await load(casaLola);
    const customer = engine.customer({ id: "ana", locale: "es-ES", ...(form && { form }) }, []);
    /** @type {(string | null)[]} */
    const heard = [];
    for (let time = 0; time < 4; time++) {
      const { contacts } = customer.decide({ now: NOW + time * 60_000, zone: "Europe/Madrid", placements: ["not-found"], event: { name: "page_not_found" } });
      heard.push(render(contacts[0]).title);
      customer.record(contacts[0]);
    }
    assert.equal(new Set(heard.slice(0, 3)).size, 3);
    assert.ok(heard.includes(/** @type {string} */ (title)));
    assert.equal(heard[3], heard[0]);
    customer.free();
    engine.free();
  });
}
