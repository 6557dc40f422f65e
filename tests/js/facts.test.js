// What one page saw is known on the next, of a guest too: where the shopper allows it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory } from "querencia/shop";
import { dice } from "./dice.js";
import { NOW, opened, scene } from "./visit.js";

const DAY = 86_400_000;
const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es-ES", "en"], signer: "Lola" },
  calm: { until: "3d" },
  campaigns: [
    { id: "news", kind: "announcement", channel: "onsite", placement: "top", message: "hello" },
    { id: "five", kind: "announcement", class: "relational", channel: "onsite", placement: "cart", message: "hello", audience: { "cart.total": { $gte: 1000 } } },
    { id: "low", kind: "announcement", class: "relational", channel: "onsite", placement: "low", message: "hello", audience: { "ratings.last": { $lt: 5 } } },
  ],
  messages: { hello: { "es-ES": [{ body: "Hola" }], en: [{ body: "Hello" }] }, suggested: { "es-ES": [{ body: "{product.name}" }], en: [{ body: "{product.name}" }] } },
};
/** Promotions with a suggestion, without calm. */
const suggesting = { ...policy, calm: {}, campaigns: [{ id: "next", kind: "announcement", channel: "onsite", placement: "side", message: "suggested", suggest: {} }] };
const catalog = { products: [{ sku: "cup", family: "clay", name: "Cup", price: 900 }, { sku: "jug", family: "clay", name: "Jug", price: 7000 }] };
const order = { id: "A-17", total: 900, items: [{ sku: "cup", family: "clay", quantity: 1, price: 900 }] };

/** A page of its own over the same store. @param {any} [options] */
const page = (options) => opened({ policy, catalog, facts: true, ...options });
/** The store's facts, by part. @param {any} [store] @returns {Map<string, any>} */
function shelved(store = memory()) {
  const shelf = new Map();
  scene.store = { ...store, facts: async (/** @type {string} */ part) => structuredClone(shelf.get(part)), putFacts: async (/** @type {string} */ part, /** @type {any} */ value) => void shelf.set(part, structuredClone(value)) };
  return shelf;
}
/** What is written is written after the decision. */
const written = () => new Promise((done) => setTimeout(done, 30));
/** @param {any} decision @param {string} campaign */
const code = ({ refused }, campaign) => refused.find((/** @type {any} */ one) => one.campaign === campaign)?.code;

test("a guest who bought yesterday is left in peace today, and not offered what they bought", async () => {
  shelved();
  const first = await page();
  assert.equal((await first.decide()).contacts.length > 0, true, "without an order there is no calm");
  await first.track("purchase", { order });
  await written();
  first.close();

  scene.now = NOW + DAY;
  scene.store.transact = memory().transact;
  const second = await page();
  assert.equal(code(await second.decide(), "news"), "after-purchase");
  second.close();
  const { contacts } = await (await page({ policy: suggesting })).decide();
  assert.deepEqual(contacts.map(({ message }) => message.params["product.name"].value), ["Jug"]);

  const forgetful = await page({ facts: undefined });
  assert.notEqual(code(await forgetful.decide(), "news"), "after-purchase", "without consent nothing is known of yesterday");
});

test("the cart that was seen is known on the next page, until it is bought", async () => {
  shelved();
  const [first, next] = [await page(), async () => (await (await page()).decide()).contacts.some((/** @type {any} */ { campaign }) => campaign === "five")];
  await first.track("view_cart", { value: 1200, items: [{ sku: "jug", price: 1200 }] });
  await written();
  scene.store.transact = memory().transact;
  assert.equal(await next(), true);
  await first.track("purchase", { order });
  await written();
  scene.store.transact = memory().transact;
  assert.equal(await next(), false);
});

test("a refund undoes the order of yesterday; the same page loaded again gives nothing back", async () => {
  const shelf = shelved();
  const first = await page();
  await first.track("purchase", { order });
  await written();
  /** A page whose data layer tells of the refund. */
  const refunding = async () => {
    /** @type {any} */
    let emit;
    const shop = await page({ platform: { start: (/** @type {any} */ to) => ((emit = to), () => {}) } });
    emit("refund", { order: { id: "A-17" }, value: 400 });
    await shop.decide();
    await written();
    shop.close();
  };
  for (let times = 0; times < 3; times++) await refunding();
  assert.deepEqual(shelf.get("").orders.map((/** @type {any} */ { refunded, refundedAt }) => [refunded, refundedAt]), [[400, undefined]]);
  const shop = await page();
  await shop.track("refund", { order: { id: "A-17" } });
  await written();
  assert.equal(shelf.get("").orders[0].refundedAt, NOW);
});

test("a platform keeps what else it can do", async () => {
  shelved();
  /** @type {any} */
  let applied;
  const shop = await page({ platform: { start: () => () => {}, apply: (/** @type {any} */ request) => (applied = request) } });
  await shop.apply({ offer: "ten", code: "T" });
  assert.equal(applied?.code, "T");
  shop.close();
});

test("who signs in has the guest's facts too; the guest has none of theirs", async () => {
  const shelf = shelved();
  await (await page()).track("purchase", { order });
  const ana = await page({ customer: { id: "ana", orders: [] } });
  await ana.track("purchase", { order: { ...order, id: "A-18" } });
  await written();
  assert.equal(shelf.size, 2);
  /** @param {any} [customer] */
  const count = async (customer) => (await (await page({ customer, policy: { ...policy, campaigns: [{ ...policy.campaigns[2], audience: { "orders.count": 2 } }] } })).decide()).contacts.length;
  assert.equal(await count({ id: "ana" }), 1);
  scene.store.transact = memory().transact;
  assert.equal(await count(), 0);
  assert.equal(await count({ id: "ben" }), 0);
});

test("who wants no cart to be looked at has none kept", async () => {
  const shelf = shelved();
  const view = { value: 900, items: [{ sku: "jug", price: 900 }] };
  await (await page({ customer: { id: "ana", consent: { cart: false } } })).track("view_cart", view);
  await (await page({ consent: { cart: false } })).track("view_cart", view);
  await written();
  assert.equal(shelf.size, 0);
  await (await page({ consent: { cart: true } })).track("view_cart", view);
  await written();
  assert.equal(shelf.get("").cart.total, 900);
});

test("a rating that a program tells is known from then on", async () => {
  shelved();
  const shop = await page();
  const { contacts } = await shop.track("rate", { score: 3, orderId: "A-17" });
  assert.ok(contacts.some((/** @type {any} */ { campaign }) => campaign === "low"));
  for (const score of ["3", 11, -1, null, undefined]) await shop.track("rate", { score });
  await written();
  assert.equal((await scene.store.facts("")).ratings.length, 1);
});

test("withdrawn, all is deleted: of the guests and of each customer", async () => {
  const shelf = shelved();
  await (await page()).track("purchase", { order });
  await (await page({ customer: { id: "ana" } })).track("purchase", { order });
  await written();
  /** @type {boolean | undefined} */
  let answer = true;
  /** @type {any} */
  let changed;
  const facts = Object.assign(() => answer, { onChange: (/** @type {any} */ listener) => (changed = listener) });
  await page({ facts });
  answer = false;
  changed();
  await written();
  assert.deepEqual([...shelf.values()], [null, null]);
});

test("what is told before the answer is kept once it is yes, and never after a no", async () => {
  const shelf = shelved();
  /** @type {boolean | undefined} */
  let answer;
  /** @type {any} */
  let changed;
  const facts = Object.assign(() => answer, { onChange: (/** @type {any} */ listener) => (changed = listener) });
  const shop = await page({ facts });
  await shop.track("purchase", { order });
  await written();
  assert.equal(shelf.size, 0);
  answer = true;
  changed();
  await written();
  assert.equal(shelf.get("").orders[0].id, "A-17");
  answer = false;
  changed();
  await shop.track("purchase", { order: { ...order, id: "A-18" } });
  await written();
  answer = undefined;
  assert.equal(shelf.get(""), null);
});

test("facts that nobody can use do not stop the visit, and are deleted", async () => {
  const shelf = shelved();
  shelf.set("", { orders: [{ id: "A-17", at: NOW, total: 1.5 }, 7, null], cart: { count: 0.1234567, items: [{ sku: "x", quantity: -5 }] } });
  assert.equal((await (await page()).decide()).contacts.length > 0, true);
  scene.store.facts = async () => {
    throw new Error("broken");
  };
  assert.equal((await (await page({ customer: { id: "ana" } })).decide()) !== undefined, true);
});

test("what is wrong with the customer is told as if nothing had been seen", async () => {
  const shelf = shelved();
  shelf.set("", { orders: [{ id: "A-17", at: NOW }] });
  for (const customer of /** @type {any[]} */ ([5, "ana", { orders: 5 }, { orders: [5] }, { birthday: "no" }])) await assert.rejects(page({ customer }), (error) => /^customer/.test(/** @type {any} */ (error).path ?? ""));
  assert.ok(shelf.get(""), "and it is kept");
});

test("whatever happens on many pages, in two tabs, what is kept stays small and the engine takes it", async (t) => {
  const { mock } = t.mock.method(console, "warn", () => {});
  const shelf = shelved();
  const { below, pick: one } = /** @type {{ below(end: number): number, pick(list: any[]): any }} */ (dice(7));
  const item = () => ({ sku: one(["cup", "jug", undefined, "x".repeat(300)]), family: one(["clay", undefined]), quantity: one([1, 2, 0.5, 0, "2", null]), price: one([900, 0, undefined]) });
  const items = () => one([undefined, [], [item()], [item(), item()]]);
  const event = () =>
    one([
      () => ["purchase", { order: { id: `o${below(9)}`, total: one([900, undefined, 0]), items: items(), at: one([undefined, scene.now - DAY, new Date(scene.now).toISOString()]) } }],
      () => ["refund", { order: { id: `o${below(9)}` }, value: one([undefined, 100, 900]), items: items() }],
      () => ["view_cart", { value: one([undefined, 900]), items: items() }],
      () => ["add_to_cart", { value: one([undefined, 900]), items: items() }],
      () => ["remove_from_cart", { items: items() }],
      () => ["rate", { score: one([0, 10, 11, "5", undefined]), orderId: one(["o1", undefined, ""]) }],
    ])();
  for (let round = 0; round < 40; round++) {
    scene.store.transact = memory().transact;
    const customer = one([undefined, { id: "ana" }, { id: "ana", orders: [{ id: "o1", at: scene.now, updatedAt: scene.now }], cart: { total: 5 } }, { id: "ben", cart: { items: [{ sku: "cup" }], at: scene.now } }]);
    const tabs = await Promise.all([page({ customer }), page({ customer })]);
    for (let step = 0; step < 4; step++) await one(tabs).track(...event());
    await written();
    for (const tab of tabs) tab.close();
    scene.now += below(5 * DAY);
  }
  assert.deepEqual(mock.calls.map(({ arguments: [text] }) => text), []);
  assert.ok(JSON.stringify([...shelf]).length < 60_000);
  for (const value of shelf.values()) assert.ok(value.orders.length <= 50 && value.orders.every((/** @type {any} */ { id }) => id));
});
