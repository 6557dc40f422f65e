// A visit, over the built package: what is decided, reserved, armed and shown, and what goes wrong.

import { load } from "querencia";
import { memory, open } from "querencia/shop";
import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, NOW, FakeDocument, FakeElement, items, opened, order, policy, records, scene, why } from "./visit.js";

test("a purchase is reserved, armed, shown and delivered, in this order", async () => {
  /** @type {any[]} */
  const seen = [];
  const watched = {
    ...scene.store,
    transact: (/** @type {any} */ work) =>
      scene.store.transact((/** @type {any} */ records) => {
        const done = work(records);
        seen.push(...done.put.map((/** @type {any} */ { state }) => state));
        return done;
      }),
  };
  const element = new FakeElement(scene.page, "thank-you");
  element.show = () => void seen.push("shown");
  const shop = await opened({ ledger: watched });
  const decision = await shop.track("purchase", { order });
  assert.deepEqual(
    decision.contacts.map((/** @type {any} */ contact) => contact.campaign),
    ["thanks"],
  );
  assert.deepEqual(seen, ["reserved", "armed", "shown", "delivered"]);
  assert.deepEqual(await records("campaign", "state", "occurrence", "leaseUntil", "policy"), [
    ["thanks", "delivered", "o1", NOW + 15 * MINUTE, shop.engine.policyHash],
  ]);
});

test("what was said is not said again, in this visit or the next", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  await shop.track("purchase", { order });
  await shop.track("purchase", { order });
  shop.close();
  const next = await opened();
  const { refused } = await next.track("purchase", { order });
  assert.equal(element.shown.length, 1);
  assert.equal(refused.find((/** @type {any} */ { campaign }) => campaign === "thanks").code, "already-spoken");
});

test("two shops over one ledger never both speak, whoever asks first", async () => {
  const shops = await Promise.all([opened(), opened()]);
  for (let round = 0; round < 20; round++) {
    const decisions = await Promise.all(shops.map((shop) => shop.track("purchase", { order: { id: `o${round}` } })));
    assert.equal(decisions.flatMap(({ contacts }) => contacts).length, 1);
  }
});

test("a page asks about its own channel alone", async () => {
  const shop = await opened({ customer: { id: "ana" }, consent: { email: true } });
  const { contacts, refused } = await shop.track("sign_up");
  assert.deepEqual(contacts, []);
  assert.deepEqual(refused.map((/** @type {any} */ { campaign }) => campaign).sort(), ["bulk", "thanks"]);
});

test("a contact that the page does not show is in the decision alone; who hands it over stores it as delivered", async () => {
  const shop = await opened({ customer: { id: "ana" }, consent: { email: true }, channels: ["onsite", "email"] });
  const { contacts } = await shop.track("sign_up");
  assert.deepEqual(contacts.map((/** @type {any} */ { campaign }) => campaign), ["letter"]);
  assert.deepEqual(scene.page.names(), ["ready", "decision"], "nothing says that it is shown");
  assert.deepEqual(await records("campaign", "state"), [["letter", "reserved"]]);

  await shop.ledger.transact((/** @type {any[]} */ records) => ({
    put: records.filter(({ id }) => id === contacts[0].id).map((record) => ({ ...record, state: "delivered" })),
    result: undefined,
  }));
  scene.now += 60 * MINUTE;
  assert.equal(why(await shop.track("sign_up"), "letter"), "repeat already-spoken");
  assert.deepEqual(await records("campaign", "state"), [["letter", "delivered"]]);
});

test("consent is read again at each event", async () => {
  let email = false;
  const shop = await opened({
    customer: { id: "ana", consent: { email: true } },
    consent: () => ({ email }),
    channels: ["email"],
  });
  const code = async () =>
    (await shop.track("sign_up")).refused.find((/** @type {any} */ { campaign }) => campaign === "letter")?.gate;
  assert.equal(await code(), "consent");
  email = true;
  assert.equal(await code(), undefined);
});

test("the cart is remembered, and a purchase empties it", async () => {
  const shop = await opened();
  const speaks = async (/** @type {string} */ name, /** @type {object} */ data) =>
    (await shop.track(name, data)).refused.every(
      (/** @type {any} */ { campaign, code }) => campaign !== "bulk" || code !== "not-in-audience",
    );
  assert.equal(await speaks("view_item", {}), false);
  assert.equal(await speaks("add_to_cart", { items }), false, "nobody knows what else is in the cart");
  assert.equal(await speaks("view_cart", { items }), true);
  assert.equal(await speaks("view_item", {}), true);
  assert.equal(await speaks("purchase", { order }), false);
});

test("a platform's events are decided about at once, about the last of them; a bad one warns and the rest go on", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  /** @type {any} */
  let emit;
  let stopped = 0;
  const platform = {
    start: (/** @type {any} */ given, /** @type {any} */ shop) => {
      assert.equal(shop.currency, "EUR");
      emit = given;
      emit("purchase", { order });
      return () => stopped++;
    },
  };
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened({ platform });
  emit("purchase", { order: { id: "o2", total: "much" } });
  emit("purchase", { order: { id: "o3", total: "more" } });
  const shown = async (/** @type {number} */ count) => {
    for (let wait = 0; element.shown.length < count && wait < 200; wait++) await new Promise((later) => setTimeout(later, 10));
    assert.equal(element.shown.length, count);
  };
  await shown(1);
  assert.deepEqual(scene.page.names(), ["ready", "decision"]);
  scene.now += MINUTE;
  emit("purchase", { order: { id: "o4" } });
  emit("view_item", {});
  await shown(2);
  assert.deepEqual(scene.page.names(), ["ready", "decision", "decision"], "what was bought is known at the next event");
  // what the engine refuses itself silences none before it
  scene.now += MINUTE;
  emit("purchase", { order: { id: "o5" } });
  emit("view_item", /** @type {any} */ ({ value: Symbol("none") }));
  await shown(3);
  assert.equal(warn.mock.callCount(), 1);
  assert.match(warn.mock.calls[0].arguments[0], /^querencia: \S*total: /);
  shop.close();
  assert.equal(stopped, 1);
});

test("the zone is the account's where the shopper chose none, and it is no business of the engine", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened({ zone: undefined, customer: { zone: "Asia/Tokyo", destination: { country: "ES", postcode: "35001" } } });
  await shop.track("purchase", { order });
  assert.deepEqual(element.shown[0][2], { zone: "Asia/Tokyo" });
});

test("what cannot be decided rejects, and the next is decided", async () => {
  const shop = await opened();
  await assert.rejects(shop.track("purchase", { order: { id: 5 } }), { name: "RequestError" });
  assert.deepEqual((await shop.track("purchase", { order })).contacts.length, 1);
});

test("a closed shop decides nothing; it frees its own engine and leaves a lent one", async () => {
  const engine = await load(policy);
  const shop = await opened({ policy: engine });
  shop.close();
  shop.close();
  await assert.rejects(shop.decide(), /closed/);
  assert.equal(engine.decide({ now: NOW }).contacts.length, 0);

  const own = await opened({ policy: JSON.stringify(policy) });
  own.close();
  assert.throws(() => own.engine.decide({ now: NOW }), /free/);
});

test("without a page, a zone or a ledger of one's own the shop works as well", async () => {
  const shop = await open({ policy });
  assert.equal(shop.ledger.kind, "memory");
  const { contacts } = await shop.track("purchase", { order });
  assert.equal(contacts[0].message.locale, "es-ES");
  shop.close();
});

test("a policy that cannot be kept opens no shop", async () => {
  await assert.rejects(opened({ policy: { ...policy, kampagnen: [] } }), {
    name: "PolicyError",
    code: "unknown-field",
    path: "kampagnen",
  });
  assert.deepEqual(scene.page.events, []);
});

test("what a message claims is held against the page's catalogue", async () => {
  const claiming = {
    ...policy,
    campaigns: [{ id: "jug", kind: "announcement", channel: "onsite", placement: "cart", message: "jug" }],
    messages: {
      jug: { en: [{ body: "Made by hand", claims: [{ fact: { sku: "jug", is: "handmade" } }] }], "es-ES": [{ body: "x" }] },
    },
  };
  const outcome = async (/** @type {any} */ catalog) => {
    const shop = await opened({ policy: claiming, ledger: memory(), placements: ["cart"], catalog });
    const { contacts, refused } = await shop.decide();
    shop.close();
    return contacts.length ? contacts[0].message.body : refused[0].code;
  };
  assert.equal(await outcome({ products: [{ sku: "jug", claims: ["handmade"] }] }), "Made by hand");
  assert.equal(await outcome({ products: [{ sku: "jug" }] }), "claim-unproven");
  assert.equal(await outcome(undefined), "claim-unproven");
});

test("without a hash of the policy, a visit goes on after its first contact", async () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    new FakeElement(scene.page, "thank-you");
    const shop = await opened();
    const decision = await shop.track("purchase", { order });
    assert.equal(decision.policy, null);
    assert.deepEqual(await records("state", "policy"), [["delivered", undefined]]);
    assert.equal((await shop.track("purchase", { order })).refused.length > 0, true);
  } finally {
    Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true });
  }
});

test("a record of another release is left alone and silences nobody", async () => {
  const foreign = { id: "f", campaign: "c", class: "relational", channel: "email", at: NOW - 1, state: "delivered", future: 1 };
  scene.store = memory([/** @type {any} */ (foreign)]);
  new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  const { warn } = console;
  /** @type {string[]} */
  const warnings = [];
  console.warn = (warning) => void warnings.push(String(warning));
  try {
    assert.equal((await shop.track("purchase", { order })).contacts[0].campaign, "thanks");
    await shop.decide();
  } finally {
    console.warn = warn;
  }
  assert.equal(warnings.length, 1);
  assert.equal((await records("id", "future"))[0][1], 1);
});

test("what the server knows: its records count, and are not stored; the state of the shop reaches the budgets and the brake", async () => {
  const offers = { ten: { percent: 10, validFor: "7d", budget: { max: 100, per: "year" } } };
  const campaigns = [
    { id: "ten", kind: "announcement", channel: "onsite", placement: "cart", message: "bulk", offer: "ten" },
    { id: "news", kind: "announcement", class: "promotional", channel: "onsite", placement: "home", message: "bulk" },
  ];
  const own = { ...policy, offers, campaigns, care: { replyWithin: "24h", backlogBrake: 20 } };
  const outcome = async (/** @type {object} */ known) => {
    const shop = await opened({ policy: own, ledger: (scene.store = memory()), placements: ["cart", "home"], customer: { id: "ana" }, ...known });
    const decision = await shop.decide();
    shop.close();
    return Object.fromEntries(["ten", "news"].map((id) => [id, decision.refused.find((/** @type {any} */ { campaign }) => campaign === id)?.code ?? "speaks"]));
  };
  assert.equal((await outcome({ shop: { unanswered: 21, issued: {} } })).news, "backlog");
  assert.equal((await outcome({ shop: { unanswered: 3, issued: { ten: 100 } } })).ten, "spent");
  const record = { id: "r", campaign: "news", class: "promotional", channel: "onsite", at: NOW - MINUTE, state: "delivered" };
  assert.equal((await outcome({ ledgerRecords: [record] })).news, "already-spoken");
  assert.ok((await records("id")).every(([id]) => id !== "r"));
  for (const ledgerRecords of [undefined, null, "", []]) assert.notEqual((await outcome({ ledgerRecords })).news, "already-spoken");
});

test("a record of the server that cannot be read is left out, with one warning", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened({ ledgerRecords: [{ id: "f", future: 1 }] });
  await shop.track("purchase", { order });
  assert.equal(element.shown.length, 1);
  assert.match(warn.mock.calls[0].arguments[0], /^querencia: ledger/);
});

test("what a platform writes for none silences nobody", async () => {
  new FakeElement(scene.page, "thank-you");
  const shop = await opened({ locale: "", customer: { id: "", locale: "", orders: "", cart: "", wishes: [], consent: [], destination: "" } });
  assert.equal((await shop.track("purchase", { order })).contacts.length, 1);
  await shop.track("refund", { order: { id: "o9" } });
  await shop.track("add_to_cart", { items });
});

test("what waits for its element is not shown once consent, or the store, is no longer what it was", async () => {
  for (const change of ["consent", "store", "nothing"]) {
    let email = true;
    const store = { ...memory(), /** @type {any} */ lasting: undefined };
    const page = new FakeDocument();
    const shop = await opened({ ledger: store, document: page, consent: () => ({ email }) });
    const { contacts } = await shop.track("purchase", { order });
    assert.equal(contacts.length, 1);
    if (change === "consent") email = false;
    if (change === "store") store.lasting = false;
    const element = new FakeElement(page, "thank-you");
    await shop.wishes();
    await shop.wishes();
    assert.equal(element.shown.length, change === "nothing" ? 1 : 0, change);
    shop.close();
  }
});

test("the answers about consent are read at each decision, whatever makes it", async () => {
  let email = false;
  const shop = await opened({ customer: { id: "ana" }, consent: () => ({ email }), channels: ["email"] });
  assert.equal(why(await shop.track("sign_up"), "letter"), "consent withdrawn");
  email = true;
  const { contacts } = await shop.wish({ lessOften: null });
  assert.deepEqual(contacts.map((/** @type {any} */ { campaign }) => campaign), ["letter"]);
});

test("a visit that ends while its decision is told spends nothing that nobody will see", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  scene.page.addEventListener("querencia:decision", () => shop.close());
  await shop.track("purchase", { order });
  assert.deepEqual([element.shown, await records("state")], [[], [["reserved"]]]);
});
