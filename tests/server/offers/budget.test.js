// A budget holds however many customers are decided about at once, and what was kept for nothing is given back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory } from "../../../js/server/store/memory.js";
import { ANA, BIRTHDAY, DAY, GIFT, NOW, platform, policy, shop } from "./shop.js";

const BUDGET = { ...GIFT, budget: { max: 10, per: "month" } };
const SHOP = policy({ gift: BUDGET }, [{ ...BIRTHDAY, grace: "20d" }]);
const many = (/** @type {number} */ count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`c-${index}`, ANA]));
const COUNTER = "live.issued.gift.2026-11";

/**
 * A store in which others come between: each transaction reads the counters as they were when it was asked for.
 * @param {ReturnType<typeof memory>} store
 * @param {boolean} [keeps] whether what may be at most is held
 */
function slow(store, keeps = true) {
  return {
    ...store,
    async transact(/** @type {any} */ work, /** @type {any} */ part) {
      const live = await store.counters("live.");
      await new Promise((resolve) => setTimeout(resolve));
      const stale = (/** @type {any[]} */ ...given) => work(...given.slice(0, 4), { ...given[4], live });
      return store.transact(/** @type {any} */ (keeps ? stale : (/** @type {any[]} */ ...given) => ({ ...stale(...given), most: {} })), part);
    },
  };
}

for (const [name, offer] of /** @type {[string, any][]} */ ([["a personal offer", BUDGET], ["a code for everybody", { percent: 10, code: "VELAS", validFor: "14d", budget: BUDGET.budget }]])) {
  test(`40 customers at once get ten of ten: ${name}`, async () => {
    const shopPolicy = policy({ gift: offer }, [{ ...BIRTHDAY, grace: "20d" }]);
    const clock = { now: NOW };
    const { codes, issue } = platform();
    const { server, store } = await shop(shopPolicy, { issue, store: slow(memory({ clock: () => clock.now })) }, many(40));
    const decisions = await Promise.all(Object.keys(many(40)).map((id) => server.decide(id)));
    const told = decisions.filter(({ contacts }) => contacts.length === 1);
    assert.equal(told.length, 10);
    assert.equal(codes.size, offer.personal ? 10 : 0);
    assert.equal((await store.counters("live."))[COUNTER], 10);
    for (const { contacts, refused } of decisions) if (contacts.length === 0) assert.deepEqual(refused.map(({ code, detail }) => [code, detail]), [["spent", { offer: "gift", max: 10, issued: 10 }]]);
    // Those ten are told, though the shop has no more to give.
    const records = await store.all();
    assert.equal(records.length, 10);
    for (const id of Object.keys(many(40))) {
      const contact = (await server.entitled(id)).length === 1 && records.find((record) => decisions[Number(id.slice(2))].contacts[0]?.id === record.id);
      if (contact) assert.equal((await server.arm(id, contact.id)).armed, true);
    }
    assert.equal((await store.all()).filter(({ state }) => state === "armed").length, 10);
    assert.equal((await store.counters("live."))[COUNTER], 10);
    // Another month has another budget.
    clock.now += 10 * DAY;
    assert.equal((await server.decide("c-39")).contacts.length + (await server.decide("c-0")).contacts.length, 1);
    assert.equal((await store.counters("live."))["live.issued.gift.2026-12"], 1);
  });
}

test("without the bound in the transaction, more than the budget are given", async () => {
  const { codes, issue } = platform();
  const { server } = await shop(SHOP, { issue, store: slow(memory({ clock: () => NOW }), false) }, many(40));
  await Promise.all(Object.keys(many(40)).map((id) => server.decide(id)));
  assert.ok(codes.size > 10, `${codes.size}`);
});

test("what the platform refuses for good gives its place back, what it does not answer keeps it", async () => {
  let answer = Object.assign(new Error("no such offer"), { permanent: true });
  const { server, store } = await shop(SHOP, { issue: () => Promise.reject(answer) });
  assert.deepEqual((await server.decide("ana")).contacts, []);
  assert.equal((await store.counters("live."))[COUNTER] ?? 0, 0);
  assert.deepEqual((await store.all()).map(({ state }) => state), ["released"]);
  assert.deepEqual(await store.pending({ limit: 9 }), []);
  answer = Object.assign(new Error("busy"), { permanent: false });
  assert.deepEqual((await server.decide("ana")).contacts, []);
  assert.equal((await store.counters("live."))[COUNTER], 1);
  assert.equal((await store.pending({ limit: 9 })).length, 1);
});

test("the place of a contact that was not made is given back, that of one that was told is not", async () => {
  const offer = { percent: 10, code: "VELAS", validFor: "14d", budget: { max: 1, per: "month" } };
  const { server, store, clock } = await shop(policy({ gift: offer }, [{ ...BIRTHDAY, grace: "20d" }]), { lease: 60_000 }, many(2));
  const [first] = (await server.decide("c-0")).contacts;
  assert.equal((await server.decide("c-1")).refused[0].code, "spent");
  await store.transact(() => ({ put: [], wish: { unsubscribed: ["email"] }, result: undefined }), (await import("../../../js/ledger/part.js")).partOf({ id: "c-0" }));
  assert.equal((await server.arm("c-0", first.id)).armed, false);
  assert.equal((await store.counters("live."))[COUNTER] ?? 0, 0);
  const [second] = (await server.decide("c-1")).contacts;
  assert.equal((await store.counters("live."))[COUNTER], 1);
  // Its lease runs out, and it is decided again: it has the place still.
  clock.now += 120_000;
  const [third] = (await server.decide("c-1")).contacts;
  assert.notEqual(third.id, second.id);
  assert.equal((await store.counters("live."))[COUNTER], 1);
  assert.equal((await server.arm("c-1", third.id)).armed, true);
  clock.now += 120_000;
  await server.decide("c-1");
  assert.equal((await store.counters("live."))[COUNTER], 1);
});

test("what the shop gives by itself counts too", async () => {
  const { issue } = platform();
  const { server } = await shop(SHOP, { issue, shop: { issued: { gift: 9 } } }, many(2));
  assert.equal((await server.decide("c-0")).contacts.length, 1);
  assert.deepEqual((await server.decide("c-1")).refused[0].detail, { offer: "gift", max: 10, issued: 10 });
});

test("what a page shows of a budget takes its place once, whether the server reserved it or the page decided it", async () => {
  const offer = { percent: 10, code: "VELAS", validFor: "14d", budget: { max: 2, per: "month" } };
  const onsite = policy({ gift: offer }, [{ ...BIRTHDAY, channel: "onsite", placement: "home" }]);
  const { server, store } = await shop(onsite, {}, many(4));
  const [reserved] = (await server.decide("c-0", { channels: ["onsite"] })).contacts;
  const arm = (/** @type {string} */ id, /** @type {string} */ contact) => server.arm(id, /** @type {any} */ ({ id: contact, campaign: "birthday", class: "promotional", channel: "onsite", placement: "home", occurrence: "2026", at: NOW, state: "reserved" }));
  const own = await arm("c-1", "1".repeat(32));
  assert.equal(own.armed, true, JSON.stringify(own));
  assert.equal((await store.counters("live."))[COUNTER], 2);
  assert.equal((await arm("c-2", "2".repeat(32))).armed, false);
  // What was kept for her is hers, though nothing is left.
  assert.equal((await arm("c-0", reserved.id)).armed, true);
  assert.equal((await arm("c-0", reserved.id)).armed, false);
  assert.equal((await store.counters("live."))[COUNTER], 2);
});

test("counts of units that are long over are forgotten by the nightly run, others are not", async () => {
  const { server, store, clock } = await shop(SHOP, { ownCodes: true });
  const old = ["live.issued.gift.2026-09", "live.issued.a.b.2025", "live.issued.gift.week-2026-10-05", "live.issued.gift.2026-10-12"];
  const young = ["live.issued.gift.2026-10", "live.issued.gift.2026", "live.issued.gift.week-2026-10-12", "live.issued.gift.2026-10-14", "live.issued.gift.odd"];
  await store.count(Object.fromEntries([...old, ...young, "live.other.2001"].map((name) => [name, 1])));
  clock.now = Date.parse("2026-11-22T10:00:00Z");
  await server.nightly({ customers: [] });
  assert.deepEqual(Object.keys(await store.counters("live.")).sort(), [...young, "live.other.2001"].sort());
});
