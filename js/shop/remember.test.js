import assert from "node:assert/strict";
import { test } from "node:test";
import { eventOf, remember } from "./remember.js";

/** What is remembered after some events, from an empty customer. */
function after(/** @type {[string, object?][]} */ ...events) {
  /** @type {any} */
  let customer = {};
  for (const [now, [name, data]] of events.entries()) {
    customer = { ...customer, ...remember(customer, eventOf(customer, name, /** @type {any} */ (data), now), now) };
  }
  return customer;
}

const order = { id: "o1", total: 500, items: [{ sku: "jug", family: "clay", quantity: 2, price: 250 }] };

test("a purchase is an order of now, and empties the cart", () => {
  const items = [{ sku: "jug", quantity: 2, price: 250 }];
  assert.deepEqual(after(["view_cart", { items }], ["purchase", { order }]), {
    orders: [{ at: 1, ...order }],
    cart: { total: 0, count: 0, families: [], items: [] },
  });
});

test("an order the customer has already keeps its instant", () => {
  const customer = /** @type {any} */ ({
    orders: [
      { id: "o0", at: 3 },
      { id: "o1", at: 5, deliveredAt: 6 },
    ],
  });
  const event = eventOf(customer, "purchase", { order }, 9);
  assert.deepEqual(event, { name: "purchase", order: { at: 5, deliveredAt: 6, ...order } });
  assert.deepEqual(remember(customer, event, 9).orders, [
    { id: "o0", at: 3 },
    { at: 5, deliveredAt: 6, ...order },
  ]);
});

test("a refund marks the order, unless it is partial or of an order nobody knows", () => {
  const [refunded] = after(["purchase", { order }], ["refund", { order: { id: "o1" } }]).orders;
  assert.deepEqual(refunded, { at: 0, ...order, refundedAt: 1 });
  assert.deepEqual(after(["purchase", { order }], ["refund", { order: { id: "o1" }, partial: true }]).orders, [
    { at: 0, ...order },
  ]);
  assert.deepEqual(after(["refund", { order: { id: "o1" } }]), {});
});

test("the cart: seen whole, or added to; its total is the event's, else that of its items", () => {
  const jug = { sku: "jug", family: "clay", quantity: 2, price: 250 };
  const oil = { sku: "oil", family: "food", price: 900 };
  assert.deepEqual(after(["add_to_cart", { items: [jug] }], ["add_to_cart", { items: [oil, jug], value: 1000 }]).cart, {
    total: 1500,
    count: 5,
    families: ["clay", "food"],
    items: [jug, oil, jug],
  });
  assert.deepEqual(after(["add_to_cart", { items: [jug] }], ["view_cart", { items: [oil] }]).cart, {
    total: 900,
    count: 1,
    families: ["food"],
    items: [oil],
  });
});

test("an unknown total is absent", () => {
  const foreign = { sku: "jug", quantity: 2 };
  const { total, count } = after(["view_cart", { items: [foreign] }], ["add_to_cart", { items: [], value: 5 }]).cart;
  assert.deepEqual([total, count], [undefined, 2]);
});

test("an order without an id belongs to its event alone", () => {
  const customer = /** @type {any} */ ({ orders: [{ at: 3, total: 9 }] });
  const event = eventOf(customer, "purchase", /** @type {any} */ ({ order: { total: 5 } }), 9);
  assert.deepEqual(event.order, { at: 9, total: 5 });
  assert.deepEqual(Object.keys(remember(customer, event, 9)), ["cart"]);
});

test("other events leave the customer alone", () => {
  assert.deepEqual(after(["view_item", { items: [] }], ["sign_up"]), {});
  assert.deepEqual(eventOf({}, "sign_up", undefined, 1), { name: "sign_up" });
});
