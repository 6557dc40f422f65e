// What is counted and what is to be done: reports, fatigue, tasks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, policy, shop, START } from "./casa.js";

const HOUR = 3_600_000;

test("a report counts decisions, refusals by code, contacts and reactions of its days", async () => {
  const { server, event, clock } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const { decision } = await server.facts(event("event", { name: "purchase", order: { id: "1" } }));
  const [thanks] = decision?.contacts ?? [];
  await server.arm("ana", thanks.id);
  await server.outcome("ana", thanks.id, "delivered");
  await server.outcome("ana", thanks.id, "delivered");
  await server.outcome("ana", thanks.id, "clicked");
  await server.decide("eva");
  clock.now += DAY;
  await server.decide("eva");
  const day = await server.report({ from: "2026-06-10", to: "2026-06-10" });
  assert.deepEqual([day.from, day.to, day.decisions, day.said, day.left], ["2026-06-10", "2026-06-10", 2, 1, 0]);
  assert.deepEqual(day.refused, [{ gate: "occasion", code: "none", count: 1 }, { gate: "consent", code: "not-given", count: 1 }]);
  assert.deepEqual(day.contacts, { email: { reserved: 2, armed: 1, delivered: 1 } });
  assert.deepEqual(day.reactions, { email: { clicked: 1 } });
  assert.equal((await server.report()).decisions, 3);
  const refusal = (/** @type {any} */ options) => server.report(options).then(() => assert.fail(), ({ code, path }) => [code, path]);
  assert.deepEqual(await refusal({ from: "2026-13-01" }), ["invalid-value", "from"]);
  assert.deepEqual(await refusal({ to: "10.6.2026" }), ["invalid-value", "to"]);
  assert.deepEqual(await refusal({ from: "2026-06-12", to: "2026-06-11" }), ["out-of-range", "from"]);
  assert.deepEqual(await refusal({ from: "2020-01-01", to: "2026-06-11" }), ["out-of-range", "from"]);
});

test("counts wait for a store that fails, and none is lost or doubled", async () => {
  const { server, store } = await shop();
  const { count } = store;
  store.count = async () => Promise.reject(new Error("down"));
  await server.decide("eva");
  await assert.rejects(server.report(), /down/);
  store.count = count;
  await server.decide("eva");
  assert.equal((await server.report()).decisions, 2);
});

test("who leaves is counted, and too many hold promotions back", async () => {
  const { server, store, clock, event } = await shop();
  const leave = async (/** @type {string} */ customer, /** @type {any} */ fact) => {
    await server.facts({ customer: { id: customer, consent: { email: true } } });
    await server.facts({ customer: { id: customer, ...fact } });
  };
  await leave("a", { wishes: { unsubscribed: ["email", "sms"] } });
  await leave("b", { wishes: { spam: ["email"] } });
  await leave("c", { consent: { email: false } });
  // Neither of these left: they said nothing new.
  await leave("a", { wishes: { unsubscribed: ["email"] } });
  await server.facts({ customer: { id: "d", consent: { email: false } } });
  const { decision } = await server.facts(event("event", { name: "purchase", order: { id: "1" } }, { subject: "e" }));
  assert.deepEqual(decision?.contacts, []);
  assert.equal((await server.report()).left, 3);
  // Of 99 contacts it is not known, of 300 it is ten of 1,000: not over the brake.
  await store.count({ "day.2026-06-09.said": 99 });
  assert.equal((await server.report()).fatigue, undefined);
  await store.count({ "day.2026-06-08.said": 201, "day.2026-06-08.saidBy.news": 201, "day.2026-06-08.leftBy.news": 20 });
  const { fatigue, fatigueBy } = await server.report();
  assert.deepEqual([fatigue, fatigueBy], [10, { news: 99.5 }]);
  await server.close();

  const later = await shop({ store });
  await later.server.facts({ customer: { id: "z", consent: { email: true } } });
  const before = await later.server.decide("z");
  assert.deepEqual(before.contacts.map(({ campaign }) => campaign), ["news"]);
  await store.count({ "day.2026-06-01.left": 7 });
  const { server: other } = await shop({ store });
  await other.facts({ customer: { id: "y", consent: { email: true } } });
  assert.deepEqual((await other.decide("y")).refused.map(({ campaign, code, detail }) => [campaign, code, /** @type {any} */ (detail).fatigue]).find(([campaign]) => campaign === "news"), ["news", "fatigue", 33.3]);
  // After four weeks it is forgotten.
  clock.now += 29 * DAY;
  const { server: last } = await shop({ store, policy: { ...policy(), campaigns: policy().campaigns.map(({ until, ...one }) => one) } });
  await last.facts({ customer: { id: "x", consent: { email: true } } });
  assert.deepEqual((await last.decide("x")).contacts.map(({ campaign }) => campaign), ["news"]);
});

test("the contact that was latest answers for who leaves", async () => {
  const { server, event, store, clock } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const { decision } = await server.facts(event("event", { name: "purchase", order: { id: "1" } }));
  for (const { id } of decision?.contacts ?? []) {
    clock.now += HOUR;
    await server.arm("ana", id);
  }
  await server.facts({ customer: { id: "ana", wishes: { unsubscribed: ["email"] } } });
  await server.report();
  const counters = await store.counters("day.2026-06-10.");
  assert.deepEqual([counters["day.2026-06-10.said"], counters["day.2026-06-10.left"], counters["day.2026-06-10.leftBy.news"]], [2, 1, 1]);
});

test("tasks of all customers, those that are due, the soonest first", async () => {
  const { server, event, clock, store } = await shop({ policy: { ...policy(), care: { replyWithin: "2h", neglectAfter: "3d" } } });
  await server.facts(event("conversation", { id: "k1", at: START - HOUR }, { subject: "ana" }));
  await server.facts(event("conversation", { id: "k2", at: START - 3 * HOUR }, { subject: "eva" }));
  await server.facts(event("conversation", { id: "k3", at: START - 3 * HOUR, answeredAt: START - HOUR, solvedAt: START - HOUR }, { subject: "lia" }));
  await server.facts({ customer: { id: "ida", consent: { email: true }, orders: [{ id: "7", at: START - 9 * DAY, deliveredAt: START - 4 * DAY }] } });
  const brief = (/** @type {any[]} */ tasks) => tasks.map(({ customer, kind, dueAt, conversation, order, contact }) => [customer, kind, dueAt, conversation ?? order ?? contact]);
  const neglect = ["ida", "neglect", START - DAY, "7"];
  const late = ["eva", "reply", START - HOUR, "k2"];
  assert.deepEqual(brief(await server.tasks()), [neglect, late]);
  assert.deepEqual(brief(await server.tasks({ limit: 1 })), [neglect]);
  assert.deepEqual(brief(await server.tasks({ until: START + DAY })), [neglect, late, ["ana", "reply", START + HOUR, "k1"]]);
  await server.facts(event("conversation", { id: "k2", answeredAt: START }, { subject: "eva" }));
  // A word to the customer, and the order is no longer neglected. Nobody tells what became of it.
  const [contact] = (await server.decide("ida")).contacts;
  await server.facts({ customer: { id: "ida", orders: [{ id: "8", at: START }] } });
  const { armed } = await server.arm("ida", contact.id);
  assert.equal(armed, true);
  assert.deepEqual(brief(await server.tasks()).filter(([, kind]) => kind === "outcome"), []);
  clock.now += HOUR;
  assert.deepEqual(brief(await server.tasks()).filter(([, kind]) => kind === "outcome"), [["ida", "outcome", START + HOUR, contact.id]]);
  await server.outcome("ida", contact.id, "delivered");
  assert.deepEqual(brief(await server.tasks()).filter(([, kind]) => kind === "outcome"), []);
  assert.ok((await store.due({ limit: 9 })).length >= 1);
  const refusal = (/** @type {any} */ options) => server.tasks(options).then(() => assert.fail(), ({ code, path }) => [code, path]);
  assert.deepEqual(await refusal({ limit: 0 }), ["out-of-range", "limit"]);
  assert.deepEqual(await refusal({ until: "soon" }), ["invalid-value", "until"]);
});

test("what the server knows itself nobody may say, and reasons are counted for who does not ask for them", async () => {
  const { server } = await shop();
  for (const field of ["now", "zones", "customer", "ledger", "shop"]) {
    await assert.rejects(server.decide("ana", /** @type {any} */ ({ [field]: 1 })), { code: "not-allowed", path: `moment.${field}`, status: 400 });
  }
  const decision = await server.decide("ana", { explain: false });
  assert.deepEqual([decision.refused, decision.tasks, decision.standing, decision.contacts], [null, null, null, []]);
  assert.equal((await server.report()).refused[0].count, 1);
});

test("decided by many at once, a contact is reserved once; what lapsed is released and may come again", async () => {
  const { server, kept, clock } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const moment = { event: { name: "purchase", order: { id: "1" } } };
  const all = await Promise.all(Array.from({ length: 16 }, () => server.decide("ana", moment)));
  assert.deepEqual(all.flatMap(({ contacts }) => contacts.map(({ campaign }) => campaign)), ["thanks", "news"]);
  const { records, facts } = await kept();
  assert.deepEqual(Object.keys(facts.events).sort(), records.map((/** @type {any} */ { id }) => id).sort());
  clock.now += 25 * HOUR;
  const again = await server.decide("ana");
  assert.deepEqual(again.contacts.map(({ campaign }) => campaign), ["news"]);
  const after = await kept();
  assert.deepEqual(after.records.map((/** @type {any} */ { campaign, state }) => `${campaign} ${state}`).sort(), ["news released", "news reserved", "thanks released"]);
  assert.deepEqual(after.facts.events, {});
});
