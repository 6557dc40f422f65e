import assert from "node:assert/strict";
import { test } from "node:test";
import { CART, LONGEST, MOST, factsFrom, withPatch, withSeen } from "./kept.js";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;
const own = () => true;
const none = factsFrom(undefined, NOW);

test("only what the engine reads is kept", () => {
  const order = { id: "o1", at: NOW, total: 500, email: "ana@example.com", destination: { postcode: "35001" }, updatedAt: NOW, items: [{ sku: "jug", name: "Jug", price: 500, quantity: 1, engraving: "Ana" }] };
  const { orders } = withPatch(none, { orders: [/** @type {any} */ (order)] }, NOW, own);
  assert.deepEqual(orders, [{ id: "o1", at: NOW, total: 500, items: [{ sku: "jug", price: 500, quantity: 1 }] }]);
});

test("the latest orders, and none for longer than they count", () => {
  let facts = none;
  for (let index = 0; index < MOST + 20; index++) facts = withPatch(facts, { orders: [{ id: `o${index}`, at: NOW + index }] }, NOW + index, own);
  assert.equal(facts.orders.length, MOST);
  assert.equal(facts.orders[0].id, `o${MOST + 19}`);
  assert.equal(factsFrom(facts, NOW + LONGEST + 1000).orders.length, 0);
});

test("a cart is emptied by a purchase, and forgotten after a month", () => {
  const full = withPatch(none, { cart: { total: 500, items: [{ sku: "jug" }] } }, NOW, own);
  assert.equal(full.cart.total, 500);
  const empty = withPatch(full, { orders: [{ id: "o1", at: NOW }], cart: { total: 0, count: 0, items: [], families: [] } }, NOW, own);
  assert.deepEqual([empty.cart.count, empty.orders.length], [0, 1]);
  assert.equal(factsFrom(full, NOW + CART).cart, undefined);
});

test("to look at a cart does not change it", () => {
  const cart = { total: 500, count: 1, families: ["clay"], items: [{ sku: "jug", family: "clay", quantity: 1, price: 500 }] };
  const full = withPatch(none, { cart }, NOW, own);
  assert.equal(withPatch(full, { cart: structuredClone(cart) }, NOW + 5, own).cart.at, NOW);
  assert.equal(withPatch(full, { cart: { ...cart, total: 600 } }, NOW + 5, own).cart.at, NOW + 5);
});

test("a cart that another tab has changed meanwhile is unknown", () => {
  const full = withPatch(none, { cart: { total: 500 } }, NOW, own);
  const next = withPatch(full, { cart: { total: 900 } }, NOW + 5, (at) => at === undefined);
  assert.deepEqual(next.cart, { at: NOW + 5 });
  assert.equal(withSeen({}, [next]).cart, undefined);
  assert.deepEqual(withPatch(full, { cart: undefined }, NOW + 5, own).cart, { at: NOW + 5 });
});

test("what a clock wrote that ran ahead is as old as the clock says now", () => {
  assert.equal(factsFrom({ orders: [{ id: "o1", at: NOW + 365 * DAY }] }, NOW).orders[0].at, NOW);
});

test("the page's cart wins, unless the one that was seen is known to be newer", () => {
  const seen = factsFrom({ cart: { total: 100, at: NOW - DAY } }, NOW);
  const total = (/** @type {any} */ cart) => withSeen({ cart }, [seen]).cart?.total;
  assert.equal(total(undefined), 100);
  assert.equal(total(null), 100);
  assert.equal(total({ total: 7 }), 7);
  assert.equal(total({ total: 7, at: NOW - 2 * DAY }), 100);
  assert.equal(total({ total: 7, at: new Date(NOW).toISOString() }), 7);
});

test("an order that is printed and seen is one; what the shop wrote later holds", () => {
  const seen = factsFrom({ orders: [{ id: "o1", at: NOW, total: 500, items: [{ sku: "jug" }] }, { id: "o2", at: NOW }] }, NOW);
  const { orders } = withSeen({ id: "ana", orders: [{ id: "o1", updatedAt: NOW + 1, cancelledAt: NOW + 1 }] }, [none, seen]);
  assert.deepEqual(orders?.map(({ id, total, cancelledAt }) => [id, total, cancelledAt]).sort(), [["o1", undefined, NOW + 1], ["o2", undefined, undefined]]);
});

test("whatever a store has, what is read is well made", () => {
  const odd = [null, 5, "x", [], {}, { orders: 5 }, { orders: [null, 7, {}, { id: {} }, { id: "" }, { id: "x".repeat(9999) }, { id: "o", at: "never", total: "5", items: [null, { sku: 5, quantity: NaN }] }] }, { cart: 7 }, { cart: { at: NOW, items: "no" } }, { ratings: [{ score: 11, at: NOW }, { score: 5, at: "2026-11-22T09:00:00Z" }], refunds: 5, parts: [7, "p"] }];
  for (const value of odd) {
    const facts = factsFrom(value, NOW);
    assert.deepEqual(factsFrom(JSON.parse(JSON.stringify(facts)), NOW), facts);
    for (const order of facts.orders) assert.equal(typeof order.id, "string");
  }
  assert.deepEqual(factsFrom(odd[6], NOW).orders, [{ id: "o", at: NOW, items: [{}] }]);
  assert.deepEqual(factsFrom(odd[9], NOW).ratings.map(({ score }) => score), [5]);
});
