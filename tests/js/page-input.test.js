// What a page gives to `open` and `track` as its platform prints it, over the built package.

import { RequestError, render } from "querencia";
import { memory, open } from "querencia/shop";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeElement, MINUTE, NOW, items, opened, order, policy, scene, why } from "./visit.js";

const DAY = 86_400_000;

/** @param {any} given @param {string} path */
const refused = (given, path) => (/** @type {unknown} */ error) =>
  error instanceof RequestError && error.problems.every((problem) => problem.path === path && problem.code === "wrong-type");

test("a blank customer is a guest; a text is no customer, and its letters are no fields", async () => {
  let count = 0;
  for (const customer of ["", "  ", "\n", null, undefined, []]) {
    const shop = await opened({ customer });
    assert.equal((await shop.track("purchase", { order: { id: `o-${count++}` } })).contacts.length, 1);
    shop.close();
  }
  for (const customer of ["ana", 5, [1], true]) await assert.rejects(opened({ customer }), refused(customer, "customer"));
});

test("a blank order of an event is none, and a text is refused with its path", async () => {
  const shop = await opened();
  for (const blank of ["", " ", null, []]) await shop.track("view_item", { order: blank });
  await assert.rejects(shop.track("purchase", { order: "A-16" }), refused("A-16", "event.order"));
  await assert.rejects(shop.track("purchase", { order: [1] }), refused([1], "event.order"));
});

test("the data of an event is an object, or nothing", async () => {
  const shop = await opened();
  for (const blank of ["", " ", null, undefined, []]) await shop.track("view_item", blank);
  await assert.rejects(shop.track("view_item", "jug"), refused("jug", "event"));
  for (const odd of [{ items: "jug" }, { items: [null, 5] }, { items: {} }, { value: "12" }]) {
    for (const name of ["view_cart", "add_to_cart", "remove_from_cart"]) await shop.track(name, odd);
  }
  await shop.track("refund", { order: { id: "o1" }, items: "jug", value: "5" });
});

test("consent and wishes that are printed blank are none", async () => {
  const shop = await opened({ customer: { id: "ana", consent: " ", wishes: " " }, consent: () => " " });
  await shop.track("sign_up");
  await shop.wish({ lessOften: "7d" });
  assert.deepEqual(await shop.wishes(), { lessOften: "7d" });
});

test("a number for a name, and a country in small letters in a policy, are told how to be written", async () => {
  await assert.rejects(opened({ customer: { id: 1001 } }), { path: "customer.id", message: /expected a text; write `"1001"`/ });
  await assert.rejects(opened({ customer: { destination: { postcode: 28013 } } }), { message: /; write `"28013"`/ });
  for (const country of ["es", "Es"]) {
    const named = { ...policy, shop: { ...policy.shop, country } };
    await assert.rejects(opened({ policy: named }), { path: "shop.country", message: /not an ISO 3166 code as `ES`; write `ES`/ });
  }
  const asked = { ...policy, segments: { french: { country: "fr" } } };
  await assert.rejects(opened({ policy: asked }), { path: "segments.french.country", message: /; write `FR`/ });
});

test("an order that is not paid leaves the cart as it is", async () => {
  const shop = await opened();
  await shop.track("view_cart", { items });
  const speaks = (/** @type {any} */ decision) => decision.refused.every((/** @type {any} */ { campaign, code }) => campaign !== "bulk" || code !== "not-in-audience");
  assert.equal(speaks(await shop.track("purchase", { order: { ...order, paid: false } })), true);
  assert.equal(speaks(await shop.track("purchase", { order: { ...order, paid: true } })), false);
});

test("the page of an old order, loaded again, is a visit: nobody is thanked anew, and the cart stays", async () => {
  new FakeElement(scene.page, "thank-you");
  /** @param {object} known @param {object} [told] */
  const outcome = async (known, told) => {
    const shop = await opened({ customer: { id: "ana", orders: [{ id: "o1", number: "2026-17", ...known }], cart: { count: 3 } } });
    const decision = await shop.track("purchase", { order: { ...order, ...told } });
    shop.close();
    return decision;
  };
  const week = 7 * DAY;
  assert.equal(why(await outcome({ at: NOW - week - 1 }), "thanks"), "occasion none");
  assert.equal(why(await outcome({ at: new Date(NOW - 40 * DAY).toISOString() }, { id: "2026-17" }), "thanks"), "occasion none");
  assert.equal(why(await outcome({}, { at: NOW - week - 1 }), "thanks"), "occasion none");
  const old = await outcome({ at: NOW - week - 1 });
  assert.ok(old.refused.every((/** @type {any} */ { campaign, code }) => campaign !== "bulk" || code !== "not-in-audience"), "the cart stays");
  assert.equal((await outcome({ at: NOW - week })).contacts.length, 1);
});

test("the page of an order, loaded again, leaves a cart that was changed since", async () => {
  /** @param {number} placed @param {number} changed */
  const isKept = async (placed, changed) => {
    const shop = await opened({ customer: { id: "ana", orders: [{ id: "o1", at: placed }], cart: { count: 3, at: changed } } });
    const { refused } = await shop.track("purchase", { order });
    shop.close();
    return refused.every((/** @type {any} */ { campaign, code }) => campaign !== "bulk" || code !== "not-in-audience");
  };
  assert.equal(await isKept(NOW - DAY, NOW - MINUTE), true);
  assert.equal(await isKept(NOW - DAY, NOW - DAY + 5 * MINUTE), false, "shops touch the cart as it becomes an order");
  assert.equal(await isKept(NOW - DAY, NOW - 2 * DAY), false);
});

test("an order that was thanked for is not thanked for again, however often its page is loaded", async () => {
  new FakeElement(scene.page, "thank-you");
  const customer = { id: "ana", orders: [{ id: "o1", at: NOW }] };
  for (const days of [0, 1, 3, 6, 8, 30]) {
    scene.now = NOW + days * DAY;
    const shop = await opened({ customer });
    const { contacts } = await shop.track("purchase", { order });
    assert.equal(contacts.length, Number(days === 0), `${days} days later`);
    shop.close();
  }
});

/** One campaign says what the cart comes to where that is known, one speaks where an order is, one where a good one is. */
const telling = {
  ...policy,
  arbitration: { contacts: 9 },
  campaigns: [
    { id: "cart", kind: "announcement", class: "relational", channel: "onsite", placement: "cart", message: "cart", repeat: "1s" },
    { id: "bought", kind: "announcement", class: "relational", channel: "email", message: "bulk", repeat: "1s", audience: { "orders.count": { $gte: 1 } } },
    { id: "kept", kind: "announcement", class: "relational", channel: "sms", message: "bulk", repeat: "1s", audience: { "orders.good": { $gte: 1 } } },
  ],
  messages: { ...policy.messages, cart: { en: [{ body: "{cart.total} for {cart.count}" }] } },
};

/**
 * What a visit says after each of some events.
 * @param {object} customer
 * @param {...[string, object?]} events
 */
async function said(customer, ...events) {
  const shop = await opened({ policy: telling, customer: { id: "ana", ...customer }, channels: ["onsite", "email", "sms"], ledger: memory(), clock: () => (scene.now += MINUTE) });
  const told = [];
  for (const [name, data] of /** @type {[string, object?][]} */ ([["view_item"], ...events])) {
    const { contacts } = await shop.track(name, data);
    told.push(contacts.map((/** @type {any} */ contact) => (contact.campaign === "cart" ? render(contact).body : contact.campaign)).join());
  }
  shop.close();
  return told;
}

const NONE = ["", " ", null, "0000-00-00", "0000-00-00T00:00:00+01:00"];
const jug = { sku: "jug", quantity: 1, price: 100 };

test("blank amounts of a cart are none: what is added is added to what is known", async () => {
  for (const none of NONE) {
    const empty = { items: [], total: none, count: none, families: none, at: none };
    assert.deepEqual(await said({ cart: empty }, ["add_to_cart", { items: [jug] }], ["remove_from_cart", { items: [jug], value: none }]), ["€0 for 0", "€1 for 1", "€0 for 0"]);
    const full = { items: [{ sku: "oil", price: 500, quantity: none }], total: none };
    assert.deepEqual(await said({ cart: full }, ["add_to_cart", { items: [jug], value: none }]), ["€5 for 1", "€6 for 2"]);
    const unpriced = { items: [{ sku: "oil", price: none }] };
    assert.deepEqual(await said({ cart: unpriced }, ["add_to_cart", { items: [jug] }]), ["", ""]);
    assert.deepEqual(await said({}, ["view_cart", { items: [{ sku: "oil", price: none, quantity: none, family: none }], value: none }]), ["", ""]);
  }
});

test("blank amounts and dates of an order are none: a refund of a part is one of a part", async () => {
  for (const none of NONE) {
    const known = { id: "A", at: NOW - 9 * DAY, deliveredAt: NOW - 8 * DAY, updatedAt: none, cancelledAt: none, items: [{ sku: "oil", price: 500 }] };
    for (const order of [{ ...known, total: none }, { ...known, total: 500, refunded: none }]) {
      const refund = (/** @type {number} */ value) => /** @type {[string, object]} */ (["refund", { order: { id: "A", at: none, total: none }, value, items: none }]);
      assert.deepEqual(await said({ orders: [order], consent: { email: true, sms: true } }, refund(10), refund(490)), ["bought,kept", "bought,kept", "bought"]);
    }
    const placed = await said({ consent: { email: true } }, ["purchase", { order: { id: "A", at: none, total: none, paid: none, items: none } }]);
    assert.deepEqual(placed, ["", "bought,€0 for 0"], String(none));
  }
});

test("a quantity that nobody can read makes the sum unknown, by event and by island, and silences nothing", async () => {
  for (const [quantity, cart] of /** @type {[any, string][]} */ ([["2", "€10 for 2"], [1.5, "€7.50 for 1.5"], ["", "€5 for 1"], [null, "€5 for 1"], [undefined, "€5 for 1"]])) {
    const items = [{ sku: "oil", price: 500, quantity }];
    assert.deepEqual(await said({ cart: { items } }), [cart], String(quantity));
    assert.deepEqual(await said({}, ["view_cart", { items }]), ["", cart], String(quantity));
  }
  for (const quantity of ["many", "1,5", -1, 0, 0.0004, true, NaN, Infinity, [], {}]) {
    const items = [{ sku: "oil", price: 500, quantity }, jug];
    assert.deepEqual(await said({ cart: { items } }, ["add_to_cart", { items: [jug] }]), ["", ""], String(quantity));
    assert.deepEqual(await said({ cart: { items, total: 600, count: 2 } }), ["€6 for 2"], String(quantity));
    assert.deepEqual(await said({}, ["view_cart", { items }], ["view_cart", { items, value: 600 }]), ["", "", ""], String(quantity));
    assert.deepEqual(await said({ consent: { email: true } }, ["purchase", { order: { id: "A", items } }]), ["", "bought,€0 for 0"], String(quantity));
    assert.deepEqual(await said({ orders: [{ id: "A", at: NOW - DAY, items }], consent: { email: true } }), ["bought"], String(quantity));
  }
});

test("a blank wish of the account takes no wish back, and an unsaid consent gives none", async () => {
  for (const none of NONE) {
    const shop = await opened({ policy: telling, customer: { id: "ana", cart: { count: 1, total: 100 }, wishes: { lessOften: none } }, ledger: memory() });
    await shop.decide();
    await shop.wish({ lessOften: "7d" });
    scene.now += MINUTE;
    assert.equal(why(await shop.decide(), "cart"), "wishes less-often", String(none));
    shop.close();
    for (const consent of [{ email: none }, none, [], () => ({ email: none })]) {
      const asked = await opened({ customer: { id: "ana", consent: { email: false } }, consent, channels: ["email"] });
      assert.equal(why(await asked.track("sign_up"), "letter"), "consent withdrawn", JSON.stringify(consent));
      asked.close();
    }
  }
});

test("blank options are none: a page asks about its own channel and its own elements", async () => {
  new FakeElement(scene.page, "thank-you");
  for (const none of ["", " ", null]) {
    const shop = await opened({ channels: none, placements: none, locale: none, catalog: none, shop: none, ledgerRecords: none, zone: none, ledger: memory() });
    const { contacts, refused } = await shop.track("purchase", { order });
    assert.deepEqual(contacts.map((/** @type {any} */ { campaign }) => campaign), ["thanks"]);
    assert.ok(!refused.some((/** @type {any} */ { campaign }) => campaign === "letter"));
    shop.close();
  }
});

test("what is wrong in what the page says of the whole shop or its articles is left out, with one warning", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  for (const [wrong, path] of /** @type {[object, string][]} */ ([
    [{ shop: { unanswered: "many" } }, "data-shop.unanswered"],
    [{ catalog: { products: [{ sku: 5 }] } }, "catalog.products[0].sku"],
    [{ ledgerRecords: [{ id: "a" }] }, "ledger[0].campaign"],
    [{ shop: 5, catalog: 5 }, "catalog: expected an object; data-shop"],
  ])) {
    const shop = await opened({ ...wrong, names: { shop: "data-shop" }, ledger: memory() });
    assert.equal((await shop.track("purchase", { order })).contacts.length, 1);
    assert.equal((await shop.track("purchase", { order: { id: "o2" } })).contacts.length, 1);
    shop.close();
    assert.equal(warn.mock.callCount(), 1);
    assert.ok(warn.mock.calls[0].arguments[0].startsWith(`querencia: ${path}: `), warn.mock.calls[0].arguments[0]);
    warn.mock.resetCalls();
  }
  const shop = await opened({ shop: { unanswered: 3 } });
  await assert.rejects(shop.track("view_item", { at: "soon" }), { path: "event.at" });
});

test("the policy itself is no option", async () => {
  for (const given of [policy, JSON.stringify(policy), undefined, { customer: {} }]) {
    await assert.rejects(open(/** @type {any} */ (given)), { code: "missing-field", path: "policy", message: "policy: it is required here; write `open({ policy })`" });
  }
});
