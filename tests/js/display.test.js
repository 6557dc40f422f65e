// Where a contact is shown, over the built package: it waits for its element, as long as its lease lasts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { consented } from "../../js/consent/store.js";
import { memory } from "querencia/shop";
import { MINUTE, FakeDocument, FakeElement, items, opened, order, policy, records, scene } from "./visit.js";

/** Longer than a change of the page waits to be decided about. */
const settled = () => new Promise((done) => setTimeout(done, 400));

test("the element gets the contact in the reader's language and zone, and the page gets the events", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened({ customer: { id: "ana", locale: "en" }, locale: "es" });
  await shop.track("purchase", { order });
  assert.deepEqual(element.shown, [["thanks", "Gracias", { zone: "Europe/Madrid" }]]);
  assert.deepEqual(scene.page.names(), ["ready", "decision"]);
  assert.equal(scene.page.events[0][1].shop, shop);
});

test("a contact waits for its element, as long as the lease lasts", async () => {
  const shop = await opened();
  await shop.track("purchase", { order });
  assert.deepEqual(await records("state"), [["reserved"]]);
  scene.now += 14 * MINUTE;
  const element = new FakeElement(scene.page, "thank-you");
  await shop.decide();
  assert.deepEqual(element.shown, [["thanks", "Thank you", { zone: "Europe/Madrid" }]]);
  assert.deepEqual(await records("state", "at"), [["delivered", scene.now]]);
});

test("the parts of a digest wait together for one element, and are one contact for a limit", async () => {
  const digest = { kind: "announcement", channel: "onsite", placement: "news", message: "bulk", disposition: "digest", repeat: "1h" };
  const campaigns = [{ id: "a", ...digest }, { id: "b", ...digest }];
  const shop = await opened({ policy: { ...policy, campaigns, limits: [{ id: "week", max: 2, per: "7d" }] } });
  const { contacts } = await shop.decide();
  assert.deepEqual(contacts.map(({ campaign, digest }) => [campaign, digest]), [["a", contacts[0].id], ["b", contacts[0].id]]);
  const element = new FakeElement(scene.page, "news");
  await shop.decide();
  assert.deepEqual(element.shown.map(([campaign]) => campaign), ["a", "b"]);
  assert.deepEqual(await records("campaign", "state", "digest"), [["a", "delivered", contacts[0].id], ["b", "delivered", contacts[0].id]]);
  scene.now += 2 * 60 * MINUTE;
  assert.equal((await shop.decide()).contacts.length, 2);
});

test("after the lease it is not shown, and may be decided again", async () => {
  const shop = await opened();
  const [first] = (await shop.track("purchase", { order })).contacts;
  scene.now += 15 * MINUTE;
  const element = new FakeElement(scene.page, "thank-you");
  const [second] = (await shop.decide()).contacts;
  assert.notEqual(second.id, first.id);
  assert.equal(element.shown.length, 1);
  assert.deepEqual(
    (await records("id", "state")).sort(),
    [
      [first.id, "released"],
      [second.id, "delivered"],
    ].sort(),
  );
});

test("consent that was withdrawn since the decision is read before the contact is shown", async () => {
  let onsite = true;
  const shop = await opened({ consent: () => ({ onsite }) });
  await shop.track("purchase", { order });
  onsite = false;
  const element = new FakeElement(scene.page, "thank-you");
  await settled();
  assert.deepEqual([element.shown, await records("state")], [[], [["reserved"]]]);
});

test("what waits is not shown after a withdrawal, although what is decided since obeys it", async () => {
  let onsite = true;
  const withdrawals = [
    async (/** @type {any} */ shop) => shop.wish({ unsubscribed: ["onsite"] }),
    async (/** @type {any} */ shop) => ((onsite = false), shop.decide()),
  ];
  for (const withdraw of withdrawals) {
    Object.assign(scene, { page: new FakeDocument(), store: memory() });
    const shop = await opened({ consent: () => ({ onsite }) });
    assert.equal((await shop.track("purchase", { order })).contacts.length, 1);
    assert.deepEqual((await withdraw(shop)).contacts, []);
    const element = new FakeElement(scene.page, "thank-you");
    await settled();
    assert.deepEqual([element.shown, await records("state")], [[], [["reserved"]]]);
    shop.close();
  }
});

test("a page that stood still once it had armed a contact looks again before it shows it", async (context) => {
  let ahead = 0;
  const now = performance.now.bind(performance);
  context.mock.method(performance, "now", () => now() + ahead);
  for (const [stood, shown] of [[6000, 0], [1000, 1]]) {
    Object.assign(scene, { page: new FakeDocument(), store: memory() });
    const { store } = scene;
    let hasStood = false;
    const still = {
      ...store,
      async transact(/** @type {any} */ work) {
        const result = await store.transact(work);
        const isArmed = (await store.all()).some((/** @type {any} */ { state }) => state === "armed");
        if (!isArmed || hasStood) return result;
        hasStood = true;
        ahead += stood;
        // Meanwhile another tab of the same browser.
        await store.transact(() => ({ put: [], wish: { unsubscribed: ["onsite"] }, result: 0 }));
        return result;
      },
    };
    const element = new FakeElement(scene.page, "thank-you");
    const shop = await opened({ ledger: still });
    await shop.track("purchase", { order });
    assert.equal(element.shown.length, shown);
    assert.ok(hasStood);
    shop.close();
  }
});

test("what lapsed is not shown when the clock goes back: its place may have been given away", async () => {
  const campaigns = [{ ...policy.campaigns[0], placement: "first" }];
  const [first, second] = [new FakeDocument(), new FakeDocument()];
  const shop = await opened({ policy: { ...policy, campaigns }, document: first });
  const [{ id }] = (await shop.track("purchase", { order })).contacts;
  scene.now += 20 * MINUTE;
  const other = await opened({ policy: { ...policy, campaigns }, document: second });
  const [again] = (await other.track("purchase", { order })).contacts;
  scene.now -= 15 * MINUTE;
  const element = new FakeElement(first, "first");
  await settled();
  assert.deepEqual([element.shown, await records("id", "state")], [[], [[id, "released"], [again.id, "reserved"]]]);
});

test("what was decided with a lasting ledger is decided anew without one: a no comes before the element", async () => {
  let preferences = "granted";
  const lasting = memory();
  const consent = { state: () => /** @type {any} */ ({ preferences }), onChange: () => () => {} };
  scene.store = await consented({ lasting: async () => lasting, exists: async () => true, memory, consent });
  const shop = await opened();
  assert.deepEqual((await shop.track("view_cart", { items })).contacts.map((/** @type {any} */ { campaign }) => campaign), ["bulk"]);
  assert.deepEqual((await shop.track("purchase", { order })).contacts.map((/** @type {any} */ { campaign }) => campaign), ["thanks"]);
  preferences = "denied";
  const [cart, thanks] = ["cart", "thank-you"].map((placement) => new FakeElement(scene.page, placement));
  await settled();
  assert.deepEqual([cart.shown, thanks.shown.map(([campaign]) => campaign)], [[], ["thanks"]]);
});

test("an element that left the page shows nothing", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  element.isConnected = false;
  const shop = await opened();
  await shop.track("purchase", { order });
  assert.deepEqual(element.shown, []);
  assert.deepEqual(await records("state"), [["reserved"]]);
});

test("nothing is shown when the ledger cannot say so first; one warning tells why", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  let calls = 0;
  const full = {
    ...scene.store,
    transact: (/** @type {any} */ work) =>
      calls++ % 2 ? Promise.reject(new Error("the disk is full")) : scene.store.transact(work),
  };
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened({ ledger: full });
  await shop.track("purchase", { order });
  await shop.track("purchase", { order: { id: "o2" } });
  assert.deepEqual(element.shown, []);
  assert.deepEqual(
    warn.mock.calls.map(({ arguments: words }) => words),
    [["querencia: the disk is full"]],
  );
});

test("what has no element on the page is not decided there, and is decided when the element comes", async () => {
  const element = new FakeElement(scene.page, "home");
  const shop = await opened();
  const first = await shop.track("purchase", { order });
  assert.deepEqual(
    first.refused.filter(({ campaign }) => campaign === "thanks").map(({ gate, code }) => [gate, code]),
    [["arbitration", "no-place"]],
  );
  assert.deepEqual(await records("campaign", "state"), []);
  const thanks = new FakeElement(scene.page, "thank-you");
  await shop.ledger.all();
  while (thanks.shown.length === 0) await new Promise((later) => setTimeout(later, 1));
  assert.equal(thanks.shown[0][0], "thanks");
  assert.equal(element.shown.length, 0);
});

test("after close() nothing is shown: not what is being stored, nor what its element still loads", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  let cancelled = 0;
  /** @type {any} */ (element).cancel = () => cancelled++;
  /** @type {any} */
  let loaded;
  element.show = /** @type {any} */ (() => new Promise((done) => (loaded = done)));
  const shop = await opened();
  const tracked = shop.track("purchase", { order });
  while (!loaded) await new Promise((later) => setTimeout(later, 1));
  shop.close();
  assert.equal(cancelled, 1);
  loaded();
  await tracked;
  assert.deepEqual(await records("state"), [["armed"]]);

  const next = await opened();
  loaded = undefined;
  const again = next.track("purchase", { order: { id: "o2" } });
  await Promise.resolve();
  next.close();
  await again.catch(() => {});
  assert.equal(loaded, undefined);
});

test("a page that names its placements needs no element", async () => {
  const shop = await opened({ placements: ["cart"] });
  const decision = await shop.track("purchase", { order });
  assert.ok(decision.contacts.every(({ campaign }) => campaign !== "thanks"));
});

test("a contact is delivered when the element has shown it; if showing fails it stays armed, with one warning", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  const element = new FakeElement(scene.page, "thank-you");
  /** @type {any[]} */
  const states = [];
  element.show = /** @type {any} */ (async () => states.push(...(await records("state"))));
  const shop = await opened();
  await shop.track("purchase", { order });
  assert.deepEqual([...states, ...(await records("state"))], [["armed"], ["delivered"]]);
  element.show = () => Promise.reject(new Error("no words"));
  await shop.track("purchase", { order: { id: "o2" } });
  assert.deepEqual((await records("occurrence", "state")).sort(), [["o1", "delivered"], ["o2", "armed"]]);
  assert.deepEqual(warn.mock.calls.map(({ arguments: words }) => words), [["querencia: no words"]]);
});
