// What a page gives to `open` and `track` as its platform prints it, over the built package.

import { RequestError } from "querencia";
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
