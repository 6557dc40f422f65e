// Pages and the server: what a browser may say, and what it learns.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, policy, shop, START } from "./casa.js";

/** @returns {any} a record of a page */
const shown = (/** @type {object} */ more) => ({ id: "p1", campaign: "hello", class: "promotional", channel: "onsite", placement: "home", at: START, state: "delivered", occurrence: "0", ...more });
/** @param {Promise<unknown>} promise */
const refusal = (promise) => promise.then(() => assert.fail("it was taken"), ({ code, path, status }) => [code, path, status]);

test("what a page showed counts on all channels, and what the server knows comes to the page", async () => {
  const { server, event } = await shop({ policy: { ...policy(), limits: [{ id: "one", max: 1, per: "7d" }] } });
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const answer = await server.sync("ana", { records: [shown({})] });
  assert.deepEqual([answer.records.map(({ id, state }) => `${id} ${state}`), answer.now, answer.wishes, answer.codes, answer.entitled], [["p1 delivered"], START, {}, {}, []]);
  assert.equal(answer.shop.unanswered, 0);
  const { decision } = await server.facts(event("event", { name: "purchase", order: { id: "1" } }));
  // Thanks for an order are owed; news are not.
  assert.deepEqual(decision?.contacts.map(({ campaign }) => campaign), ["thanks"]);
  assert.equal(decision?.refused.find(({ campaign }) => campaign === "news")?.code, "limit-full");
  // Again and empty: nothing changes.
  assert.deepEqual((await server.sync("ana", { records: [shown({}), shown({ state: "reserved" })] })).records.find(({ id }) => id === "p1"), answer.records[0]);
  assert.deepEqual((await server.sync("ana")).records.find(({ id }) => id === "p1"), answer.records[0]);
});

test("a wish made on the page holds in mail at the next decision, and no older fact undoes it", async () => {
  const { server, event, clock } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  assert.equal((await server.decide("ana")).contacts.length, 1);
  assert.deepEqual((await server.sync("ana", { wishes: { unsubscribed: ["email"], lessOften: "30d" } })).wishes, { unsubscribed: ["email"], lessOften: "30d" });
  const { decision } = await server.facts(event("event", { name: "purchase", order: { id: "1" } }));
  assert.deepEqual(decision?.refused.map(({ campaign, code }) => [campaign, code]).find(([campaign]) => campaign === "thanks"), ["thanks", "withdrawn"]);
  await server.facts(event("wishes", { subscribe: ["email"], lessOften: null }, { time: new Date(START - 1000).toISOString() }));
  assert.deepEqual((await server.sync("ana")).wishes, { unsubscribed: ["email"], lessOften: "30d" });
  clock.now += 1000;
  const { wishes } = await server.sync("ana", { wishes: { subscribe: ["email"], lessOften: null } });
  assert.deepEqual([wishes.unsubscribed, wishes.lessOften], [[], undefined]);
  assert.deepEqual(await refusal(server.sync("ana", { wishes: /** @type {any} */ ({ unsubscribed: ["mail"] }) })), ["invalid-value", "wishes.unsubscribed[0]", 400]);
});

test("a browser says nothing that makes room or that is not its own", async () => {
  const { server, kept } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const [news] = (await server.decide("ana")).contacts;
  await server.arm("ana", news.id);
  const [hello] = (await server.decide("ana", { channels: ["onsite"] })).contacts;
  const refused = async (/** @type {any} */ more) => refusal(server.sync("ana", { records: [shown({}), shown({ id: "p2", ...more })] }));
  assert.deepEqual(await refused({ channel: "email" }), ["not-allowed", "records[1].channel", 400]);
  assert.deepEqual(await refused({ state: "failed" }), ["invalid-value", "records[1].state", 400]);
  assert.deepEqual(await refused({ class: "none" }), ["invalid-value", "records[1].class", 400]);
  assert.deepEqual(await refused({ at: "yesterday" }), ["invalid-value", "records[1].at", 400]);
  assert.deepEqual(await refused({ id: undefined }), ["missing-field", "records[1].id", 400]);
  assert.deepEqual(await refused({ occurrence: "x".repeat(501) }), ["too-large", "records[1].occurrence", 413]);
  assert.deepEqual(await refusal(server.sync("ana", { records: /** @type {any} */ ({}) })), ["wrong-type", "records", 400]);
  assert.deepEqual(await refusal(server.sync("ana", { records: Array.from({ length: 501 }, (_, i) => shown({ id: `${i}` })) })), ["too-large", "records", 413]);
  assert.equal((await kept()).records.length, 2, "nothing of a list with a mistake is kept");

  // Of a mail nothing; of the server's contact on the page that it got further, and nothing else.
  await server.sync("ana", { records: [shown({ id: news.id, state: "released", at: START - DAY }), shown({ id: hello.id, campaign: "news", state: "released", at: START - DAY })] });
  const state = async (/** @type {string} */ id) => (await kept()).records.find((/** @type {any} */ one) => one.id === id);
  assert.deepEqual([(await state(news.id)).state, (await state(hello.id)).state], ["armed", "reserved"]);
  await server.sync("ana", { records: [shown({ id: hello.id, campaign: "news", occurrence: "7", at: START + DAY, reaction: "clicked" })] });
  const { campaign, at, occurrence, state: its, reaction } = await state(hello.id);
  assert.deepEqual([campaign, at, occurrence, its, reaction], ["hello", START, "0", "delivered", "clicked"]);
  // What was told from a clock that runs ahead was told now, and a reservation ends soon.
  await server.sync("ana", { records: [shown({ id: "p3", at: START + 90 * DAY, state: "reserved", leaseUntil: START + 90 * DAY })] });
  const p3 = await state("p3");
  assert.deepEqual([p3.at, p3.leaseUntil], [START, START + 900_000]);
});

test("an offer that a browser says it told of counts as a contact, and gives nothing", async () => {
  const gift = { id: "gift", kind: "announcement", class: "promotional", channel: "onsite", placement: "home", offer: "ten", message: "news", repeat: "1d" };
  const { server, kept } = await shop({ policy: { ...policy(), campaigns: [gift], offers: { ten: { percent: 10, code: "TEN", validFor: "30d", until: "2026-06-09" } } } });
  await server.facts({ customer: { id: "ana" } });
  for (let day = 0; day < 5; day++) await server.sync("ana", { records: [shown({ id: `p${day}`, campaign: "gift", offer: "ten", at: START - day * DAY, occurrence: `${day}` })] });
  const { records, entitled } = await server.sync("ana");
  assert.deepEqual([records.map(({ campaign }) => campaign), entitled], [Array(5).fill("gift"), []]);
  assert.ok((await kept()).records.every((/** @type {any} */ { offer }) => offer === undefined));
  // They fill the limit.
  assert.equal((await server.decide("ana", { channels: ["onsite"] })).contacts.length, 0);
});

test("a page arms what it decided itself, once, and not what the server says no to", async () => {
  const { server, kept, clock } = await shop({ policy: { ...policy(), limits: [{ id: "one", max: 1, per: "7d" }] } });
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const asked = shown({ id: "page-1", state: "reserved", leaseUntil: START + 900_000 });
  const first = await server.arm("ana", asked, { placements: ["home"] });
  assert.deepEqual([first.armed, first.armed && first.contact?.id, first.armed && first.record.state], [true, "page-1", "armed"]);
  assert.deepEqual(await server.arm("ana", asked), { armed: false, code: "not-reserved" });
  const second = await server.arm("ana", shown({ id: "page-2", state: "reserved" }));
  assert.deepEqual(second, { armed: false, code: "refused", refused: { gate: "repeat", code: "already-spoken" } });
  assert.deepEqual((await kept()).records.map((/** @type {any} */ { id, state }) => [id, state]), [["page-1", "armed"]]);
  await server.outcome("ana", "page-1", "delivered");
  // It counts in mail.
  assert.deepEqual((await server.decide("ana")).contacts, []);
  clock.now += 8 * DAY;
  assert.equal((await server.decide("ana")).contacts.length, 1);
  assert.deepEqual(await server.arm("ana", { campaign: "gone", occurrence: "0" }), { armed: false, code: "refused" });
  assert.deepEqual(await server.arm("ana", { campaign: "news" }), { armed: false, code: "refused" }, "a mail is not a page's to arm");
  for (const field of ["shop", "catalog", "now", "customer"]) assert.deepEqual(await refusal(server.arm("ana", asked, { [field]: {} })), ["not-allowed", `moment.${field}`, 400]);
  assert.deepEqual(await refusal(server.arm("ana", { ...asked, at: "x" })), ["invalid-value", "contact.at", 400]);
});

test("what a page says of its moment is believed, unless something is given", async () => {
  const campaigns = [
    { id: "ty", kind: "thankYou", channel: "onsite", placement: "home", message: "thanks" },
    { id: "gift", kind: "announcement", class: "promotional", channel: "onsite", placement: "top", message: "news", offer: "ten", audience: { "orders.value": { $gte: 5000 } } },
  ];
  const { server } = await shop({ policy: { ...policy(), campaigns, offers: { ten: { percent: 10, code: "TEN", validFor: "30d" } } } });
  const order = { id: "77", total: 9900 };
  const ask = (/** @type {string} */ customer, /** @type {string} */ campaign) => server.arm(customer, shown({ id: `${customer}-${campaign}`, campaign, class: "relational", state: "reserved", occurrence: "77", placement: campaign === "ty" ? "home" : "top" }), { event: { name: "purchase", order } });
  assert.equal((await ask("ana", "ty")).armed, true);
  assert.equal((await ask("eva", "gift")).armed, false);
  // Once the shop told of the order itself.
  await server.facts({ customer: { id: "lia", orders: [{ ...order, at: START }] } });
  assert.equal((await ask("lia", "gift")).armed, true);
});

test("a budget is spent once by each customer whose page shows it, and never more than it has", async () => {
  const campaigns = [{ id: "gift", kind: "announcement", class: "promotional", channel: "onsite", placement: "home", message: "news", offer: "ten", repeat: "1m" }];
  const { server, store } = await shop({ policy: { ...policy(), campaigns, offers: { ten: { percent: 10, code: "TEN", validFor: "30d", again: "1d", budget: { max: 3, per: "month" } } } } });
  const armed = [];
  for (let i = 0; i < 6; i++) {
    const id = `c${i}`;
    await server.facts({ customer: { id } });
    const twice = await Promise.all([1, 2].map((n) => server.arm(id, shown({ id: `${id}-${n}`, campaign: "gift", state: "reserved", occurrence: `${n}` }))));
    armed.push(twice.filter((one) => one.armed).length);
    for (const one of twice) if (one.armed) assert.notEqual(one.record.occurrence, "1", "what it is about the server says");
  }
  assert.deepEqual(armed, [1, 1, 1, 0, 0, 0]);
  assert.deepEqual(Object.values(await store.counters("live.issued.ten")), [3]);
});

test("sixteen tabs and devices arm at once: the limit holds", async () => {
  const { server, kept } = await shop({ policy: { ...policy(), limits: [{ id: "one", max: 1, per: "7d" }], campaigns: policy().campaigns.map((/** @type {any} */ one) => (one.id === "hello" ? { ...one, repeat: "1m" } : one)) } });
  await server.facts({ customer: { id: "ana" } });
  const all = await Promise.all(Array.from({ length: 16 }, (_, i) => server.arm("ana", shown({ id: `d${i}`, state: "reserved" }))));
  assert.equal(all.filter(({ armed }) => armed).length, 1);
  assert.equal((await kept()).records.length, 1);
});

test("of one customer 2,000 records of pages are kept, whichever way they come", async () => {
  const thanks = { id: "ty", kind: "thankYou", channel: "onsite", placement: "home", message: "thanks" };
  const { server, kept } = await shop({ policy: { ...policy(), campaigns: [thanks] } });
  // Orders that nobody placed: a page that says so is thanked for each.
  const arm = (/** @type {string} */ id) => server.arm("ana", shown({ id, campaign: "ty", class: "relational", state: "reserved", occurrence: id }), { event: { name: "purchase", order: { id, total: 100 } } });
  const told = (/** @type {number} */ from, /** @type {number} */ count) => Array.from({ length: count }, (_, at) => shown({ id: `p${from + at}`, campaign: "gone", at: START - (from + at) * 60_000 }));
  for (let from = 0; from < 1500; from += 500) await server.sync("ana", { records: told(from, 500) });
  await server.sync("ana", { records: told(1500, 498) });
  assert.equal((await arm("last-but-one")).armed, true);
  const waits = shown({ id: "last", campaign: "ty", class: "relational", state: "reserved", occurrence: "last", leaseUntil: START + 900_000 });
  await server.sync("ana", { records: [waits] });
  assert.deepEqual(await refusal(arm("one-more")), ["too-large", "contact", 413]);
  assert.deepEqual(await refusal(server.sync("ana", { records: told(1998, 1) })), ["too-large", "records", 413]);
  const { version } = await server.ledger("ana");
  assert.deepEqual(await refusal(server.ledger("ana", { version, put: told(1998, 1) })), ["too-large", "put", 413]);
  // What is kept already is armed.
  assert.equal((await arm("last")).armed, true);
  assert.equal((await kept()).records.length, 2000);
});

test("the ledger of a page without a store: compared and set", async () => {
  const { server, kept } = await shop();
  const empty = await server.ledger("ana", {});
  assert.deepEqual([empty.ok, empty.records, empty.wishes, empty.now], [true, [], {}, START]);
  const one = await server.ledger("ana", { version: empty.version, put: [shown({ state: "reserved", leaseUntil: START + 60_000 })], wish: { avoid: ["sms"] } });
  assert.deepEqual([one.ok, one.records.length, one.wishes], [true, 1, { avoid: ["sms"] }]);
  assert.deepEqual(await server.ledger("ana"), one);
  // Two who saw the same: one of them is told what is there now.
  const both = await Promise.all(["a", "b"].map((id) => server.ledger("ana", { version: one.version, put: [shown({ id })] })));
  assert.deepEqual(both.map(({ ok }) => ok), [true, false]);
  assert.deepEqual(both[1].records.map(({ id }) => id), ["a", "p1"]);
  const last = await server.ledger("ana", { version: both[1].version, put: [shown({ state: "armed" })], drop: ["a", "p1"] });
  assert.deepEqual([last.ok, last.records.map(({ id, state }) => `${id} ${state}`)], [true, ["a delivered", "p1 armed"]], "what counts is not dropped");
  assert.equal((await server.ledger("ana")).version, last.version);
  assert.equal((await server.ledger("ana", { put: [shown({ id: "z" })] })).ok, false, "who changes says what they have seen");
  await server.facts({ customer: { id: "ana", wishes: { unsubscribed: ["email"] } } });
  assert.notEqual((await server.ledger("ana")).version, last.version);
  assert.deepEqual(await refusal(server.ledger("ana", /** @type {any} */ ({ version: "x", drop: [1] }))), ["wrong-type", "drop", 400]);
  assert.deepEqual(await refusal(server.ledger("ana", { version: "x", put: [shown({ channel: "sms" })] })), ["not-allowed", "put[0].channel", 400]);
  assert.equal((await kept()).records.length, 2);
});

test("who is held out of a mail is not told to a page", async () => {
  const { server } = await shop({ policy: { ...policy(), holdout: { share: 0.5, salt: "s" } } });
  let ghosts = 0;
  for (let i = 0; i < 20; i++) {
    await server.facts({ customer: { id: `c${i}`, consent: { email: true } } });
    ghosts += (await server.decide(`c${i}`)).ghosts.length;
    assert.deepEqual((await server.sync(`c${i}`)).records.filter(({ state }) => state === "ghost"), []);
  }
  assert.ok(ghosts > 0);
});
