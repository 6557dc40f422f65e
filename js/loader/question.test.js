import assert from "node:assert/strict";
import { test } from "node:test";
import { hash, isSpared, keep, keyOf, stamp } from "./question.js";

const DAY = 86_400_000;
const storage = () => /** @type {any} */ ({});

test("the same question is spared until `nextAt`, and not a millisecond longer", () => {
  const kept = storage();
  assert.equal(isSpared(kept, "a", 5, undefined), false);
  keep(kept, "a", 5, 100);
  assert.deepEqual([5, 99, 100].map((now) => isSpared(kept, "a", now, undefined)), [true, true, false]);
  assert.equal(isSpared(kept, "b", 50, undefined), false);
});

test("an answer that nothing would change holds for a month", () => {
  const kept = storage();
  keep(kept, "a", 5, Infinity);
  assert.deepEqual([30 * DAY + 4, 30 * DAY + 5].map((now) => isSpared(kept, "a", now, undefined)), [true, false]);
});

test("a clock that was a year ahead spares nothing once it is right", () => {
  const kept = storage();
  keep(kept, "a", 365 * DAY, 366 * DAY);
  assert.equal(isSpared(kept, "a", 5, undefined), false);
});

test("a clock that was set back has not been asked", () => {
  const kept = storage();
  keep(kept, "a", 3 * DAY, 4 * DAY);
  assert.deepEqual([0, 3 * DAY - 1, 3 * DAY].map((now) => isSpared(kept, "a", now, undefined)), [false, false, true]);
});

test("a write to the ledger asks everything anew", () => {
  const kept = storage();
  keep(kept, "a", 5, 100);
  kept["querencia-writes"] = "1";
  assert.equal(stamp(kept), "1");
  assert.equal(isSpared(kept, "a", 50, undefined), false);
  keep(kept, "b", 5, 100);
  assert.deepEqual(["a", "b"].map((key) => isSpared(kept, key, 50, undefined)), [false, true]);
});

test("an answer may be for one visit alone", () => {
  const kept = storage();
  keep(kept, "a", 5, 100, "7");
  assert.deepEqual(["7", "8", undefined].map((visit) => isSpared(kept, "a", 50, visit)), [true, false, false]);
});

test("what is kept stays small, and what nobody can read is as if it were not there", () => {
  const kept = storage();
  for (let index = 0; index < 500; index++) keep(kept, hash(String(index)), 5, 100);
  assert.ok(kept["querencia-asked"].length < 5000, kept["querencia-asked"].length);
  for (const text of ["", "{", "null", "[0]", "[0,5]", '[0,{"a":1}]', '[0,{"a":null}]']) {
    assert.equal(isSpared(/** @type {any} */ ({ "querencia-asked": text }), "a", 50, undefined), false, text);
  }
});

test("the hash of a question differs with each of its letters", () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `["home"],${index}`);
  assert.equal(new Set(texts.map(hash)).size, texts.length);
  assert.match(hash("Ana"), /^-?\d+\.3$/);
});

/** @typedef {import("./question.js").Reads} Reads */

/** The key of a page. @param {Reads} reads @param {any[]} islands customer, shop, catalogue, ledger @param {[string, any][]} [told] */
const key = (reads, [customer, shop, catalog, ledger], told = []) =>
  keyOf({ policy: "p", reads }, ["product"], told, [customer, shop, catalog, ledger].map((island) => island && JSON.stringify(island)));
const CATALOG = { products: [{ sku: "jug", stock: 3 }, { sku: "a/b", stock: 3 }, { sku: 7001, stock: 3 }, { sku: 'a"b', stock: 3 }], shipping: { ES: { amount: 495 } } };
/** The catalogue with another stock of one article. @param {number} at */
const other = (at) => ({ ...CATALOG, products: CATALOG.products.map((product, index) => (index === at ? { ...product, stock: 0 } : product)) });
const CART = { cart: { items: [{ sku: "jug" }] } };

/** What is read of a page, its islands, other islands, whether that is another question. @type {[string, Reads, any[], any[], boolean][]} */
const CASES = [
  ["a policy that reads no catalogue does not mind another", {}, [, , CATALOG], [, , other(0)], false],
  ["one that reads all of it minds each article", { catalog: true }, [, , CATALOG], [, , other(0)], true],
  ["an article that nothing names is minded by nobody", { catalog: [] }, [CART, , CATALOG], [CART, , other(1)], false],
  ["an article of the cart is minded", { catalog: [] }, [CART, , CATALOG], [CART, , other(0)], true],
  ["one that is in the cart and no longer in the catalogue, too", { catalog: [] }, [CART, , CATALOG], [CART, , { ...CATALOG, products: [] }], true],
  ["one that the policy names, too", { catalog: ["jug"] }, [, , CATALOG], [, , other(0)], true],
  ["one whose name JSON writes otherwise", { catalog: ['a"b'] }, [, , CATALOG], [, , other(3)], true],
  ["one whose name is a number in the catalogue", { catalog: ["7001"] }, [, , CATALOG], [, , other(2)], true],
  ["one whose name is a number in the cart", { catalog: [] }, [{ cart: { items: [{ sku: 7001 }] } }, , CATALOG], [{ cart: { items: [{ sku: 7001 }] } }, , other(2)], true],
  ["an article whose name is the beginning of another's is not minded", { catalog: ["jug-2"] }, [, , CATALOG], [, , other(0)], false],
  ["what is no article is always minded", { catalog: [] }, [, , CATALOG], [, , { ...CATALOG, shipping: {} }], true],
  ["a page without a catalogue is another than one with it", { catalog: [] }, [, , CATALOG], [], true],
  ["a policy that reads nothing of the shop does not mind it", {}, [, { unanswered: 1 }], [, { unanswered: 99 }], false],
  ["one with brakes does", { shop: true }, [, { unanswered: 1 }], [, { unanswered: 99 }], true],
  ["another customer is always another question", {}, [{ id: "a" }], [{ id: "b" }], true],
  ["other records of the server are, too", {}, [, , , [{ id: "a" }]], [, , , [{ id: "b" }]], true],
];
for (const [what, reads, one, two, isOther] of CASES) {
  test(`the key of a question: ${what}`, () => (isOther ? assert.notEqual : assert.equal)(key(reads, one), key(reads, two)));
}

test("an article in a cart that an event shows is minded; PHP writes its name with a backslash", () => {
  const told = /** @type {[string, any][]} */ ([["view_cart", { items: [{ sku: "a/b" }] }]]);
  assert.notEqual(key({ catalog: [] }, [, , CATALOG], told), key({ catalog: [] }, [, , other(1)], told));
  const php = (/** @type {object} */ catalog) =>
    keyOf({ policy: "p", reads: { catalog: [] } }, [], [], ['{"cart":{"items":[{"sku":"a\\/b"}]}}', undefined, JSON.stringify(catalog), undefined]);
  assert.notEqual(php(CATALOG), php(other(1)));
});

test("a table that does not say what is read spares nothing", () => {
  assert.throws(() => keyOf(/** @type {any} */ ({ policy: "p" }), [], [], []));
});

test("an event that brings nothing is none, and not the question of one that brings something", () => {
  const index = { policy: "p", reads: {} };
  const [without, withItems] = [undefined, {}].map((facts) => keyOf(index, ["top"], [["view_item", facts]], []));
  assert.notEqual(without, withItems);
});
