// One browser, several people, over the built package: each has a part of the store, and the guests have one.

import { memory } from "querencia/shop";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeElement, opened, order, policy, records, scene, why } from "./visit.js";

const birthday = {
  ...policy,
  campaigns: [{ id: "birthday", kind: "birthday", channel: "onsite", placement: "home", message: "bulk" }],
};

/**
 * One visit of somebody.
 * @param {object | undefined} customer
 * @param {(shop: any) => Promise<any>} [work]
 * @param {object} [options]
 */
async function visit(customer, work = (shop) => shop.decide(), options) {
  const shop = await opened({ customer, ...options });
  const result = await work(shop);
  shop.close();
  return result;
}

const bought = (/** @type {any} */ shop) => shop.track("purchase", { order });
const said = (/** @type {any} */ decision) => decision.contacts.map((/** @type {any} */ { campaign }) => campaign);

test("two birthdays in one family are two birthdays", async () => {
  new FakeElement(scene.page, "home");
  const born = (/** @type {string} */ id) => ({ id, since: 0, birthday: "--11-22" });
  for (const id of ["ana", "luis"]) assert.deepEqual(said(await visit(born(id), undefined, { policy: birthday })), ["birthday"]);
  assert.equal(why(await visit(born("ana"), undefined, { policy: birthday }), "birthday"), "repeat already-spoken");
});

test("what a guest was told counts for who signs in; what a customer was told does not count for a guest", async () => {
  new FakeElement(scene.page, "thank-you");
  assert.deepEqual(said(await visit(undefined, bought)), ["thanks"]);
  assert.equal(why(await visit({ id: "ana" }, bought), "thanks"), "repeat already-spoken");

  scene.store = memory();
  assert.deepEqual(said(await visit({ id: "ana" }, bought)), ["thanks"]);
  assert.deepEqual(said(await visit(undefined, bought)), ["thanks"]);
});

test("a customer's wishes bind that customer; the guests' bind everybody in the browser", async () => {
  const wish = (/** @type {object} */ wish) => (/** @type {any} */ shop) => shop.wish(wish);
  const wishes = (/** @type {any} */ shop) => shop.wishes();
  await visit({ id: "ana" }, wish({ unsubscribed: ["email"], lessOften: "30d" }));
  assert.deepEqual(await visit({ id: "luis" }, wishes), {});
  assert.deepEqual(await visit(undefined, wishes), {});
  await visit(undefined, wish({ avoid: ["onsite"], lessOften: "7d" }));
  assert.deepEqual(await visit({ id: "luis" }, wishes), { avoid: ["onsite"], lessOften: "7d" });
  assert.deepEqual(await visit({ id: "ana" }, wishes), { unsubscribed: ["email"], lessOften: "30d", avoid: ["onsite"] });
  assert.equal(why(await visit({ id: "luis" }, bought), "thanks"), "wishes not-this-channel");

  await visit({ id: "luis" }, wish({ avoid: [] }));
  assert.deepEqual((await visit({ id: "luis" }, wishes)).avoid, ["onsite"], "a customer does not take back what a guest wished");
  await visit(undefined, wish({ avoid: [] }));
  assert.deepEqual((await visit({ id: "luis" }, wishes)).avoid, []);
});

test("a customer does not open again what a guest closed, before or after; they do it when they have signed out", async () => {
  const wish = (/** @type {object} */ wish) => (/** @type {any} */ shop) => shop.wish(wish);
  const closed = async () => (await visit({ id: "eva" }, (/** @type {any} */ shop) => shop.wishes())).unsubscribed ?? [];
  await visit(undefined, wish({ unsubscribed: ["onsite"] }));
  await visit({ id: "eva" }, wish({ subscribe: ["onsite"] }));
  assert.deepEqual(await closed(), ["onsite"]);
  assert.equal(why(await visit({ id: "eva" }, bought), "thanks"), "consent withdrawn");
  await visit(undefined, wish({ subscribe: ["onsite"] }));
  assert.deepEqual(await closed(), []);
  await visit(undefined, wish({ unsubscribed: ["onsite"] }));
  assert.deepEqual(await closed(), ["onsite"]);
});

test("the dialog shows which of the wishes are the customer's own", async () => {
  await visit(undefined, (shop) => shop.wish({ avoid: ["sms"] }));
  const shop = await opened({ customer: { id: "ana" } });
  await shop.wish({ avoid: ["push"] });
  /** @type {any} */
  const question = {};
  scene.page.dispatchEvent(new CustomEvent("querencia:preferences", { detail: question }));
  const { own, wishes } = await question.answer;
  assert.deepEqual([own, wishes], [{ avoid: ["push"] }, { avoid: ["sms", "push"] }]);
  shop.close();
});

test("a wish of a guest in another tab holds for the customer here, also for what waits", async () => {
  const guest = await opened();
  const ana = await opened({ customer: { id: "ana" } });
  await ana.track("purchase", { order });
  await guest.wish({ avoid: ["onsite"] });
  const element = new FakeElement(scene.page, "thank-you");
  await ana.wishes();
  assert.deepEqual(element.shown, []);
});

test("customers whose ids look odd have parts too", async () => {
  new FakeElement(scene.page, "thank-you");
  for (const id of ["0", "constructor", "ana@example.com", "\ud83d\ude00", "[]"]) assert.deepEqual(said(await visit({ id }, bought)), ["thanks"], id);
  assert.equal((await records("id")).length, 5);
});

test("an id that is no text opens no shop", async () => {
  for (const id of [5, 10n, Symbol("a"), {}, true]) await assert.rejects(opened({ customer: { id } }), { name: "RequestError", path: "customer.id" });
});

test("a store of the first edition, which knows no parts, works as before", async () => {
  const one = memory();
  const store = { ...one, transact: (/** @type {any} */ work) => one.transact((/** @type {any} */ kept, /** @type {any} */ wishes) => work(kept, wishes)) };
  await visit({ id: "ana" }, (shop) => shop.wish({ avoid: ["email"] }), { ledger: store });
  assert.deepEqual(await visit({ id: "luis" }, (shop) => shop.wishes(), { ledger: store }), { avoid: ["email"] });
});
