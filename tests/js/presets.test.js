// The presets: every message can be read aloud, and every campaign of Casa Lola can speak.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load, render } from "querencia";
import { facts } from "../../www/shop/facts.js";

const policies = new URL("../../www/policies/", import.meta.url);
/** @param {string} name */
const read = async (name) => JSON.parse(await readFile(new URL(name, policies), "utf8"));
/** @type {Record<string, any>} */
const presets = { "casa-lola.json": await read("casa-lola.json"), "starter.json": await read("starter.json") };
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
/** Somebody of whom nothing is left to be asked. */
const asked = { attributes: { formAsked: true }, affinity: { linen: 10 } };

/**
 * For each campaign of Casa Lola a moment in which it speaks, and before all others.
 * @type {Record<string, Record<string, any>>}
 */
const moments = {
  thanks: { event: { name: "purchase", order: { id: "CL-9", total: 4290 } }, placements: ["thank-you"] },
  sorry: round({ consent: {}, orders: [order("CL-9", 6, { deliveredAt: undefined, incidents: [{ kind: "late", at: ago(1) }] })] }),
  "not-found": { event: { name: "page_not_found" }, placements: ["not-found"] },
  lost: { event: { name: "no_results" }, placements: ["search"] },
  birthday: { placements: ["home"], customer: { id: "ana", birthday: "--11-24", since: ago(400), orders: orders(1, 60) } },
  "birthday-words": { placements: ["home"], customer: { id: "ana", birthday: "--11-24", since: ago(400), orders: [order("CL-0", 3)] } },
  welcome: { placements: ["home", "workshop"] },
  "third-order": { placements: ["home", "workshop"], customer: { id: "ana", orders: [...packed, ...orders(2, 60)] } },
  arrivals: { placements: ["product"], event: { name: "view_item" } },
  "ask-topics": {
    placements: ["product"],
    customer: { orders: orders(1, 60) },
    ledger: [{ id: "r", campaign: "thanks", class: "relational", channel: "onsite", at: ago(60), state: "delivered", occurrence: "CL-0" }],
  },
  wrapping: { placements: ["basket"], event: { name: "view_cart" }, customer: { cart: { count: 2, total: 7600 } } },
  "care-pottery": { placements: ["home", "workshop"], customer: { id: "ana", orders: orders(1, 4) } },
  "care-linen": { placements: ["home", "workshop"], customer: { id: "ana", orders: [order("CL-0", 4, { items: [linen] })] } },
  origin: { placements: ["home", "workshop"], customer: { id: "ana", orders: [order("CL-0", 4, { items: [oranges] })] } },
  cart: { placements: ["home"], customer: { id: "ana", orders: orders(1, 60), cart: { count: 2, total: 7600, at: ago(1) } } },
  surprise: { placements: ["home"], customer: { id: "c-14", orders: orders(1, 60) } },
  kiln: { placements: ["home"], customer: { id: "ana", ...promoter, orders: orders(3, 60) } },
  autumn: { placements: ["home"], customer: { id: "ana", orders: orders(2, 60) } },
  hello: {
    placements: ["home"],
    ledger: [{ id: "r", campaign: "welcome", class: "relational", channel: "onsite", at: ago(8), state: "delivered" }],
  },
  portage: {
    placements: ["basket"],
    event: { name: "view_cart" },
    customer: { destination: { country: "ES", postcode: "46007" }, orders: orders(2, 60), cart: { count: 1, total: 3800 } },
    ledger: [{ id: "r", campaign: "wrapping", class: "relational", channel: "onsite", at: ago(0.1), state: "delivered" }],
  },
  card: { event: { name: "packing" }, placements: [], customer: { id: "ana", codes, orders: packed } },
  "card-words": { event: { name: "packing" }, placements: [], customer: { id: "ana", orders: packed } },
  survey: round({ orders: orders(1, 12) }),
  years: round({ orders: [order("CL-0", 365 + 2)] }),
  review: round({ ...asked, orders: orders(1, 42) }),
  "table-500": round({ orders: [order("CL-0", 14, { total: 60_000 })] }, said("survey", "CL-0", 8)),
  club: round({ orders: orders(1, 12) }, said("survey", "CL-0", 8)),
  "ask-form": round({ orders: orders(1, 60) }, said("review", "jug")),
  "ask-taste": round({ attributes: { formAsked: true }, orders: orders(1, 60) }, said("review", "jug")),
  "tenth-order": round({ ...asked, codes, orders: orders(10, 20) }, said("survey", "CL-0", 8), said("review", "jug", 40), said("club", "CL-0", 8)),
  "most-active": round({ ...asked, codes, activity: 98, orders: orders(2, 100) }),
  refill: round({ ...asked, orders: [order("CL-1", 28, { items: [oil] }), order("CL-0", 58, { items: [oil] })] }, said("survey", "CL-1"), said("review", "oil"), said("club", "CL-1")),
  friend: round({ ...asked, ...promoter, codes, orders: orders(3, 40) }, said("review", "jug")),
  "missed-you": round({ codes, orders: orders(3, 100) }),
  "next-linen": { ...round({ ...asked, orders: orders(1, 60), affinity: { linen: 70 } }, said("review", "jug")), catalog: facts(NOW, "es") },
  "last-crates": { ...round({ orders: [order("CL-0", 100, { items: [oranges] })] }), catalog: facts(JANUARY, "es"), now: JANUARY },
  letter: { placements: [], customer: mail },
};

test("every campaign of Casa Lola can speak", async () => {
  const engine = await load(casaLola);
  /** @type {string[]} */
  const campaigns = casaLola.campaigns.map((/** @type {{ id: string }} */ { id }) => id);
  assert.deepEqual(Object.keys(moments).sort(), [...campaigns].sort());
  for (const campaign of campaigns) {
    const { contacts, refused } = engine.decide({ now: NOW, zone: "Europe/Madrid", ledger: [], ...moments[campaign] });
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
  for (const { fact } of said) assert.ok(catalog.products.find(({ sku }) => sku === fact.sku).claims.includes(fact.is), fact.is);
  assert.ok(!facts(NOW, "es").products.some(({ claims }) => claims.includes("last-of-the-season")), "in November nobody knows");
  const families = new Set(catalog.products.map(({ family }) => family));
  for (const { suggest } of casaLola.campaigns) for (const family of suggest?.families ?? []) assert.ok(families.has(family), family);
  engine.free();
});

test("what the catalogue does not say, Casa Lola does not say either", async () => {
  const engine = await load(casaLola);
  for (const [campaign, code] of [["last-crates", "claim-unproven"], ["next-linen", "nothing-to-suggest"]]) {
    const { refused } = engine.decide({ now: NOW, zone: "Europe/Madrid", ledger: [], ...moments[campaign], catalog: { products: [{ ...oranges, name: "Naranjas" }] } });
    const refusal = refused.find((refusal) => refusal.campaign === campaign);
    assert.deepEqual([refusal?.gate, refusal?.code], ["honesty", code]);
  }
  engine.free();
});

test("what came together is told in one note", async () => {
  const engine = await load(casaLola);
  const customer = { id: "ana", orders: [order("CL-0", 5, { items: [jug, linen, oil] })] };
  const { contacts } = engine.decide({ now: NOW, zone: "Europe/Madrid", ledger: [], placements: ["home", "workshop"], customer });
  assert.deepEqual(contacts.map(({ campaign }) => campaign), ["care-pottery", "care-linen", "origin"]);
  assert.equal(new Set(contacts.map(({ digest }) => digest)).size, 1);
  engine.free();
});

/** A value for each parameter, typed as the engine types it. @param {any} policy @param {any} offer @param {string} name @param {string} givenName */
const value = (policy, offer, name, givenName) =>
  /** @type {Record<string, object>} */ ({
    givenName: { type: "name", value: givenName },
    "shop.name": { type: "text", value: policy.shop.name },
    signer: { type: "name", value: policy.shop.signer },
    "offer.code": { type: "code", value: offer?.code ?? "LOLA-7K2M" },
    "offer.percent": { type: "percent", value: offer?.percent },
    "offer.amount": { type: "money", value: offer?.amount, currency: "EUR" },
    "offer.expires": { type: "date", value: "2026-12-30" },
    "order.id": { type: "code", value: "CL-1K5Z9Q" },
    "order.total": { type: "money", value: 123_490, currency: "EUR" },
    "orders.count": { type: "number", value: 12 },
    "cart.count": { type: "number", value: 12 },
  })[name];

for (const [file, policy] of Object.entries(presets)) {
  test(`${file}: every variant reads well, with the longest of what it inserts`, () => {
    for (const campaign of policy.campaigns) {
      for (const id of [campaign.message, campaign.belated].filter(Boolean)) {
        for (const [locale, variants] of Object.entries(policy.messages[id])) {
          for (const [variant, { title, body }] of Object.entries(variants)) {
            const names = [...`${title} ${body}`.matchAll(/\{([\w.]+)[,}]/g)].map(([, name]) => name);
            for (const givenName of ["Ana", "Inmaculada"]) {
              const offer = policy.offers[campaign.offer];
              const params = Object.fromEntries(names.map((name) => [name, value(policy, offer, name, givenName)]));
              const written = render(/** @type {any} */ ({ message: { locale, variant, title, body, params, signer: null } }));
              const where = `${id} ${locale} ${variant}: ${written.title} | ${written.body}`;
              check(written.title ?? "", 60, where);
              check(written.body, 240, where);
              assert.match(written.body, /[.?!”]$/, where);
            }
          }
        }
      }
    }
  });

  test(`${file}: every message has words for each language, each form of address, with and without a name`, async () => {
    const { shop, messages } = policy;
    for (const [id, languages] of Object.entries(messages)) {
      assert.deepEqual(Object.keys(languages), shop.locales, id);
      for (const [locale, variants] of Object.entries(languages)) {
        assert.ok(variants.length >= 3, id);
        for (const form of ["informal", "formal"]) {
          const suit = variants.filter((/** @type {any} */ variant) => (variant.form ?? form) === form);
          assert.ok(suit.length >= (form === shop.form || locale === "en" ? 3 : 2), `${id} ${locale} ${form}`);
          const nameless = suit.filter((/** @type {any} */ variant) => !JSON.stringify(variant).includes("{givenName"));
          assert.ok(nameless.length > 0, `${id} ${locale} ${form} for somebody without a name`);
        }
        const texts = variants.map((/** @type {any} */ { title, body }) => `${title} ${body}`);
        assert.equal(new Set(texts).size, texts.length, `${id} ${locale} says the same twice`);
        assert.ok(texts.filter((/** @type {string} */ text) => text.includes("!")).length <= 2, `${id} ${locale} shouts`);
      }
    }
  });
}

/** Words that are addressed to somebody called tú, or usted. */
const TU = /(?<!\p{L})(tú|ti|te|tu|tus|contigo|tuy[oa]s?|tienes|puedes|quieres|buscas|llevas|dime|escríbeme)(?!\p{L})/iu;
const USTED = /(?<!\p{L})(usted|dígame|pregúnteme|escríbame|su pedido|su código|su cumpleaños)(?!\p{L})/iu;

for (const [file, policy] of Object.entries(presets)) {
  test(`${file}: tú and usted do not mix`, () => {
    for (const [id, languages] of Object.entries(policy.messages)) {
      for (const { form, title, body } of /** @type {any[]} */ (languages["es-ES"])) {
        const text = `${title} ${body}`;
        // Who asks whether to say tú or usted has to name both.
        if (id === "ask-form") continue;
        if (form !== "informal") assert.doesNotMatch(text, TU, `${id} ${form}`);
        if (form !== "formal") assert.doesNotMatch(text, USTED, `${id} ${form}`);
      }
    }
  });
}

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

test("both keep to the schema that editors read", async () => {
  const schema = JSON.parse(await readFile(new URL("../policy.schema.json", policies), "utf8"));
  const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  for (const [file, policy] of Object.entries(presets)) assert.ok(valid(policy), `${file}: ${JSON.stringify(valid.errors)}`);
});

test("neither is too long to read", async () => {
  for (const file of Object.keys(presets)) {
    const { length } = await readFile(new URL(file, policies));
    assert.ok(length < 100_000, `${file}: ${length} bytes`);
  }
});

/** @param {string} text @param {number} most @param {string} where */
function check(text, most, where) {
  assert.ok(text.length > 0 && text.length <= most, `${text.length} of ${most}: ${where}`);
  assert.doesNotMatch(text, /[{}#]|undefined|NaN| {2}|^ | $| [,.;:]/, where);
}
