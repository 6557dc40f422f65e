import assert from "node:assert/strict";
import { test } from "node:test";
import { countable, present, told } from "./index.js";

const NOTHING = [
  "",
  " \u00a0\n",
  "0000-00-00",
  "0000-00-00 00:00:00",
  "0000-00-00T00:00:00Z",
  "0000-00-00T00:00:00+00:00",
  "0000-00-00T00:00:00.000+01:00",
  "0000-00-00T00:00:00-0530",
  null,
  undefined,
];

test("what says nothing is left out, in fields and in lists", () => {
  for (const nothing of NOTHING) {
    assert.equal(present(nothing), undefined, String(nothing));
    assert.equal(told(nothing) ?? undefined, undefined, String(nothing));
    assert.deepEqual(told({ a: nothing, b: [nothing, { c: nothing, d: 0 }] }), { b: [{ d: 0 }] }, String(nothing));
  }
  for (const something of ["0000-05-03", "0", "0000-00-00 +x", false, 0, NaN, {}, [0]]) {
    assert.deepEqual(told({ a: [something] }), { a: [something] });
  }
});

test("an empty list stays a list where it may be one, and is no object", () => {
  assert.deepEqual(told({ items: [], topics: [] }), { items: [], topics: [] });
  assert.equal(present([]), undefined);
});

test("the shop's own data, and what is no JSON, stay as they are", () => {
  const own = { attributes: { size: "", list: [null, ""] }, forms: { colour: " " } };
  assert.deepEqual(told(own), own);
  const at = new Date(0);
  const map = new Map();
  assert.deepEqual(told({ at, map }), { at, map });
  /** @type {any} */
  const circle = { id: "a", blank: "" };
  circle.self = circle;
  circle.again = circle;
  assert.equal(told(circle).self.self.id, "a");
  assert.deepEqual(Object.keys(told(JSON.parse('{ "__proto__": 1 }'))), ["__proto__"]);
});

test("an article: a numeric text is a number; a quantity that nobody can read leaves its cost unknown", () => {
  for (const [quantity, read] of [["2", 2], [" 1.5 ", 1.5], [2, 2], [0.0005, 0.001]]) {
    assert.deepEqual(countable({ sku: "a", price: 5, quantity }), { sku: "a", price: 5, quantity: read });
  }
  assert.deepEqual(countable({ sku: "a", price: 5 }), { sku: "a", price: 5 });
  for (const quantity of ["many", "1,5", -1, 0, 0.0004, NaN, Infinity, 1e300, true, [], {}]) {
    assert.deepEqual(countable({ sku: "a", price: 5, quantity }), { sku: "a", quantity: 0 }, String(quantity));
  }
  const cart = { items: [{ sku: "a", quantity: "", price: "" }, { quantity: null, price: 1 }, { quantity: "x", price: 1 }] };
  assert.deepEqual(told({ cart }, countable), { cart: { items: [{ sku: "a" }, { price: 1 }, { quantity: 0 }] } });
});
