// engine.claims: what a theme may say of a price, over the built package in Node.

import { RequestError, load } from "querencia";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const DAY = 24 * 3_600_000;

/** @type {import("querencia").Engine} */
let engine;
before(async () => {
  engine = await load({
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es-ES"] },
    honesty: { notAsDescribed: 3 },
    campaigns: [],
    messages: {},
  });
});
after(() => engine.free());

const jug = {
  sku: "jug",
  family: "clay",
  history: [
    { at: NOW - 60 * DAY, price: 10_000 },
    { at: NOW - 21 * DAY, price: 8_000 },
    { at: NOW - 19 * DAY, price: 10_000 },
    { at: NOW, price: 7_000 },
  ],
  claims: ["handmade"],
  stock: 3,
};
const catalog = {
  products: [jug],
  surcharges: { "ES-35": { percent: 7, what: "IGIC" } },
  shipping: { ES: { amount: 495, freeFrom: 5_000 }, "ES-35": { amount: 1_290 } },
};
const canarias = { country: "ES", postcode: "35001" };
const madrid = { country: "ES", postcode: "28001" };

test("the figures of a price at home", () => {
  assert.deepEqual(engine.claims({ now: NOW, sku: "jug", destination: madrid, catalog }), {
    sku: "jug",
    price: 7_000,
    prior: 8_000,
    percent: 12.5,
    surcharge: null,
    total: 7_000,
    shipping: 495,
    freeShippingFrom: 5_000,
    freeShipping: true,
    allowed: [],
    stripped: [],
  });
});

test("on the islands a surcharge comes on top, and nothing is free", () => {
  const claims = engine.claims({ now: NOW, sku: "jug", destination: canarias, catalog });
  assert.deepEqual(claims.surcharge, { amount: 490, what: "IGIC" });
  assert.equal(claims.total, 7_490);
  assert.deepEqual([claims.shipping, claims.freeShippingFrom, claims.freeShipping], [1_290, null, false]);
});

test("where nobody knows the destination, nobody knows the total", () => {
  const claims = engine.claims({ now: NOW, sku: "jug", catalog });
  assert.deepEqual([claims.price, claims.surcharge, claims.total, claims.shipping], [7_000, null, null, null]);
});

test("what is so is allowed, as it was asked; the rest is stripped, with its figures", () => {
  const claims = [
    { reduction: { percent: 12.5 } },
    { reduction: { sku: "jug", percent: 30 } },
    { fact: { is: "handmade" } },
    { fact: { is: "organic" } },
    { stock: { atMost: 3 } },
    { freeShippingFrom: 0 },
    { raffle: "autumn" },
  ];
  const { allowed, stripped } = engine.claims({ now: NOW, sku: "jug", destination: madrid, catalog, claims });
  assert.deepEqual(allowed, [claims[0], claims[2], claims[4]]);
  assert.deepEqual(
    stripped.map(({ claim, code }) => [claim, code]),
    [
      [claims[1], "claim-unproven"],
      [claims[3], "claim-unproven"],
      [claims[5], "claim-unproven"],
      [claims[6], "raffle-unproven"],
    ],
  );
  const { claimed, allowed: most, lowest, since } = stripped[0].detail;
  assert.deepEqual([claimed, most, lowest, since], [30, 12.5, 8_000, NOW - 21 * DAY]);
});

test("an article that stands in no catalogue", () => {
  const claims = engine.claims({ now: NOW, product: { sku: "cup", price: 900 }, claims: [{ reduction: {} }] });
  assert.deepEqual([claims.sku, claims.price, claims.prior, claims.percent, claims.total], ["cup", 900, null, null, 900]);
  assert.equal(claims.stripped[0].code, "claim-unproven");
});

test("the 30 days to the millisecond", () => {
  const history = [
    { at: NOW - 90 * DAY, price: 8_000 },
    { at: NOW - 30 * DAY, price: 10_000 },
    { at: NOW, price: 7_000 },
  ];
  const percent = () => engine.claims({ now: NOW, product: { sku: "jug", history } }).percent;
  assert.equal(percent(), 30);
  history[1].at += 1;
  assert.equal(percent(), 12.5);
});

test("promotions of a family pause, as the policy says", () => {
  const claims = [{ reduction: {} }, { fact: { is: "handmade" } }];
  const ask = (/** @type {number} */ clay) =>
    engine.claims({ now: NOW, sku: "jug", catalog: { ...catalog, notAsDescribed: { clay } }, claims });
  assert.deepEqual(ask(2).stripped, []);
  assert.deepEqual(
    ask(3).stripped.map(({ code }) => code),
    ["not-as-described"],
  );
});

test("mistakes have a code and a path", () => {
  for (const [request, code, path] of /** @type {[any, string, string][]} */ ([
    [{ sku: "jug", catalog }, "missing-field", "now"],
    [{ now: NOW }, "missing-field", "sku"],
    [{ now: NOW, sku: "jar", catalog }, "unknown-reference", "sku"],
    [{ now: NOW, sku: "jug", product: jug }, "not-allowed", "sku"],
    [{ now: NOW, product: { ...jug, price: -1 } }, "out-of-range", "product.price"],
    [{ now: NOW, sku: "jug", catalog, claims: [{ reduction: { percent: 101 } }] }, "out-of-range", "claims[0].reduction.percent"],
    [{ now: NOW, sku: "jug", catalog: { ...catalog, taxes: 7 } }, "unknown-field", "catalog.taxes"],
  ])) {
    assert.throws(
      () => engine.claims(request),
      (error) => error instanceof RequestError && error.code === code && error.path === path,
      `${code} ${path}`,
    );
  }
  assert.equal(engine.claims({ now: NOW, sku: "jug", catalog }).price, 7_000);
});
