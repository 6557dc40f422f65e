// What the demo shop says: the sentences of its panel are whole, and its year has the prices of its shelves.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { refusals } from "../../www/panel/refusals.js";
import { products } from "../../www/shop/catalog.js";

const list = (/** @type {string[]} */ names) => names.join(", ");

test("a refusal of which nothing is known has a whole sentence in each language", () => {
  const [unknown, withFigures] = [
    { by: null, parameters: null, issued: null, demand: null },
    { by: "news", for: "news", parameters: ["givenName"], counted: 3, max: 3, per: "7d", placement: "top" },
  ];
  for (const [code, words] of Object.entries(refusals)) {
    // A limit, a slot and a placement always have their figures.
    const isFigured = ["limit-full", "slot-kept", "no-place"].includes(code);
    for (const detail of [isFigured ? withFigures : unknown, withFigures]) {
      for (const sentence of Object.values(words(/** @type {any} */ (detail), list))) {
        assert.match(sentence, /^\p{Lu}.*[^ ,:]\.$/u, code);
        assert.doesNotMatch(sentence, /undefined|null| {2}|«»|“”/, code);
      }
    }
  }
});

test("in the year that is played, articles cost what they cost in the shop", async () => {
  const { cases } = JSON.parse(await readFile(new URL("../vectors/a-year.json", import.meta.url), "utf8"));
  const prices = new Map(products.map(({ sku, price }) => [sku, price]));
  const days = Object.values(cases[0].story.days);
  const orders = days.flatMap((day) => day.customer?.orders ?? []).filter(({ items }) => items);
  assert.equal(orders.length, 4);
  for (const { total, items } of orders) {
    const sum = items.reduce((/** @type {number} */ sum, { sku, quantity = 1 }) => sum + (prices.get(sku) ?? NaN) * quantity, 0);
    assert.equal(total, sum, JSON.stringify(items));
  }
});
