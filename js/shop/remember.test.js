import assert from "node:assert/strict";
import { test } from "node:test";
import { eventOf, printedCart, remember } from "./remember.js";

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
    cart: { total: 0, families: [], count: 0, items: [] },
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

/** What a refund makes of an order. */
const refunded = (/** @type {object} */ order, /** @type {object} */ data) => {
  const known = { id: "o1", at: 3, ...order };
  const event = eventOf(/** @type {any} */ ({ orders: [known] }), "refund", /** @type {any} */ ({ order: { id: "o1" }, ...data }), 9);
  const [{ refundedAt, refunded }] = /** @type {any} */ (remember(/** @type {any} */ ({ orders: [known] }), event, 9).orders ?? [known]);
  return [refundedAt !== undefined, refunded];
};

test("a refund of an order that nobody knows changes nothing; one without an amount or articles is of all", () => {
  assert.deepEqual(after(["refund", { order: { id: "o1" } }]), {});
  const [whole] = after(["purchase", { order }], ["refund", { order: { id: "o1" } }]).orders;
  assert.deepEqual(whole, { at: 0, ...order, refundedAt: 1 });
  assert.deepEqual(refunded({ total: 500 }, { partial: true }), [false, undefined]);
});

test("a refund by amount: less than the total is a part, and parts add up", () => {
  assert.deepEqual(refunded({ total: 2490 }, { value: 500 }), [false, 500]);
  assert.deepEqual(refunded({ total: 2490 }, { value: 500, items: [{ sku: "a", price: 500 }] }), [false, 500]);
  assert.deepEqual(refunded({ total: 2490 }, { value: 2490 }), [true, 2490]);
  assert.deepEqual(refunded({ total: 2490, refunded: 500 }, { value: 1990 }), [true, 2490]);
  assert.deepEqual(refunded({ total: 2490, refunded: 500 }, { value: 1989 }), [false, 2489]);
  const goods = { total: 8164, items: [{ sku: "a", price: 1001, quantity: 3 }, { sku: "b", price: 2101, quantity: 2 }] };
  assert.deepEqual(refunded(goods, { value: 7205 }), [true, 7205], "all articles, without their postage");
  assert.deepEqual(refunded(goods, { value: 7204 }), [false, 7204]);
  for (const odd of ["some", NaN, "5", 0, -5]) assert.deepEqual(refunded({ total: 2490 }, { value: odd }), [false, undefined], "an amount, and nobody can read it");
  for (const blank of ["", null]) assert.deepEqual(refunded({ total: 2490 }, { value: blank }), [true, undefined]);
  assert.deepEqual(refunded({}, { value: 500 }), [true, undefined], "nobody knows how much it was: it is told without articles");
});

test("a refund by articles: it is whole where it lists all of them", () => {
  const items = [{ sku: "a", quantity: 2 }, { sku: "b" }];
  assert.deepEqual(refunded({ items }, { items }), [true, undefined]);
  assert.deepEqual(refunded({ items }, { items: [{ sku: "a", quantity: 1 }, { sku: "b" }, { sku: "a", quantity: 1 }] }), [true, undefined]);
  assert.deepEqual(refunded({ items }, { items: [{ sku: "a", quantity: 1 }, { sku: "b" }] }), [false, undefined]);
  assert.deepEqual(refunded({ items }, { items: [{ sku: "a", quantity: 2 }] }), [false, undefined]);
  assert.deepEqual(refunded({ items }, { items: [{ sku: "a", quantity: "all" }, { sku: "b" }] }), [false, undefined]);
  assert.deepEqual(refunded({ items: [] }, { items }), [false, undefined], "the order's articles are unknown");
  assert.deepEqual(refunded({ total: 2490, items: [{ sku: "a", price: 2490 }] }, { value: 500, items: [{ sku: "a", price: 500 }] }), [false, 500]);
});

test("an order is found by its number, if it is the only one of that number", () => {
  const one = { id: "77", number: "A-17", at: 3 };
  const customer = /** @type {any} */ ({ orders: [one, { id: "78", number: "A-18", at: 4 }] });
  const refund = eventOf(customer, "refund", { order: { id: "A-17" } }, 9);
  assert.deepEqual(remember(customer, refund, 9).orders?.at(-1), { ...one, refundedAt: 9 });
  const purchase = eventOf(customer, "purchase", { order: { id: "A-17", total: 5 } }, 9);
  assert.deepEqual(purchase.order, { id: "77", number: "A-17", at: 3, total: 5 });
  const two = /** @type {any} */ ({ orders: [one, { ...one, id: "79" }] });
  assert.deepEqual(remember(two, eventOf(two, "refund", { order: { id: "A-17" } }, 9), 9), {});
});

const jug = { sku: "jug", family: "clay", quantity: 2, price: 250 };
const oil = { sku: "oil", family: "food", price: 900 };

test("the cart: seen whole, or added to; its total is the event's, else that of its items", () => {
  assert.deepEqual(after(["view_cart", { items: [] }], ["add_to_cart", { items: [jug] }], ["add_to_cart", { items: [oil, jug], value: 1000 }]).cart, {
    total: 1500,
    families: ["clay", "food"],
    count: 5,
    items: [jug, oil, jug],
  });
  assert.deepEqual(after(["view_cart", { items: [jug] }], ["view_cart", { items: [oil] }]).cart, {
    total: 900,
    families: ["food"],
    count: 1,
    items: [oil],
  });
});

test("a cart that nobody knows stays unknown, whatever is added or taken out", () => {
  assert.deepEqual(after(["add_to_cart", { items: [jug] }], ["remove_from_cart", { items: [jug] }]), {});
  assert.deepEqual(after(["view_cart"]).cart, undefined);
  assert.deepEqual(after(["view_cart", { value: 500 }]).cart, { total: 500 });
  assert.deepEqual(after(["view_cart", { value: 500 }], ["add_to_cart", { items: [jug], value: 500 }]).cart, undefined);
  assert.deepEqual(after(["view_cart", { items: [] }], ["add_to_cart", { value: 500 }]).cart, undefined);
});

test("an event about an article that the cart was seen with may be older than the cart: then it is unknown", () => {
  const seen = /** @type {[string, object]} */ (["view_cart", { items: [jug, oil] }]);
  assert.equal(after(seen, ["add_to_cart", { items: [jug] }]).cart, undefined);
  assert.equal(after(seen, ["add_to_cart", { items: [{ sku: "pan", price: 5 }, jug] }]).cart, undefined);
  assert.equal(after(seen, ["add_to_cart", { items: [{ price: 5 }] }]).cart, undefined);
  assert.equal(after(seen, ["remove_from_cart", { items: [jug] }]).cart, undefined);
  assert.equal(after(seen, ["add_to_cart", { items: [jug] }], seen).cart.count, 3, "seen again it is known again");
  const printed = remember(/** @type {any} */ ({ cart: { total: 4800 } }), /** @type {any} */ ({ name: "add_to_cart", items: [oil] }), 1);
  assert.deepEqual(printed, { cart: undefined }, "nor is a cart of which only the total was printed");
});

test("what an event put in, an event takes out", () => {
  const cart = (/** @type {[string, object][]} */ ...events) => after(["view_cart", { items: [oil] }], ["add_to_cart", { items: [jug] }], ...events).cart;
  assert.deepEqual(cart(["remove_from_cart", { items: [jug] }]), { total: 900, families: ["food"], count: 1, items: [oil] });
  assert.deepEqual(cart(["remove_from_cart", { items: [{ ...jug, quantity: 1 }], value: 250 }]).count, 2);
  assert.equal(cart(["remove_from_cart", { items: [{ ...jug, quantity: 1 }], value: 250 }]).total, 1150);
  assert.equal(cart(["remove_from_cart", { items: [{ ...jug, quantity: 3 }] }]), undefined);
  assert.equal(cart(["remove_from_cart", { items: [oil] }]), undefined);
  assert.equal(cart(["remove_from_cart", {}]), undefined);
  assert.deepEqual(cart(["add_to_cart", { items: [jug] }]).count, 5, "two clicks are two");
});

test("quantities have decimals; one that nobody can read makes the sums unknown", () => {
  assert.deepEqual(after(["view_cart", { items: [{ sku: "rice", price: 399, quantity: 1.5 }] }]).cart.total, 599);
  for (const quantity of ["many", -1, 0, 0.0004, true, NaN, Infinity]) {
    const { cart } = after(["view_cart", { items: [{ sku: "rice", price: 399, quantity }, oil] }]);
    assert.deepEqual(cart, { total: undefined, families: ["food"] }, String(quantity));
    const bought = after(["purchase", { order: { id: "o1", items: [{ sku: "rice", price: 399, quantity }] } }]).orders[0];
    assert.deepEqual(bought.items, [{ sku: "rice", quantity: 0 }], String(quantity));
  }
  for (const [quantity, count] of [["2", 3], ["", 2], [null, 2]]) {
    const { cart } = after(["view_cart", { items: [{ sku: "rice", price: 400, quantity }, oil] }]);
    assert.deepEqual([cart.total, cart.count], [400 * (Number(count) - 1) + 900, count], String(quantity));
  }
});

test("a cart that a page prints is read like one that an event shows", () => {
  const cart = { total: 500, items: [{ sku: "rice", quantity: 0 }, oil] };
  assert.deepEqual({ ...printedCart(/** @type {any} */ (cart)) }, { families: ["food"], total: 500, items: undefined });
  assert.deepEqual(printedCart(/** @type {any} */ ({ ...cart, families: ["rice"] }))?.families, ["rice"]);
  for (const same of [undefined, {}, { items: [] }, { items: [oil] }, { total: 5 }]) assert.equal(printedCart(/** @type {any} */ (same)), same);
});

test("an unknown price makes the total unknown", () => {
  const { total, count } = after(["view_cart", { items: [] }], ["add_to_cart", { items: [{ sku: "jug", quantity: 2 }] }]).cart;
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

test("what the shop has written of an order since is not outdone by its event", () => {
  const written = { id: "o1", at: 5, total: 400, updatedAt: 8 };
  const customer = /** @type {any} */ ({ orders: [written] });
  const event = eventOf(customer, "purchase", { order }, 9);
  assert.deepEqual(event.order, { at: 5, ...order });
  assert.deepEqual({ ...customer, ...remember(customer, event, 9) }.orders, [written]);
});
