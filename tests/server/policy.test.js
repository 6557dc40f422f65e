// Another policy while contacts wait, two policies at once, and what is pruned.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PolicyError } from "querencia";
import { memory, open } from "querencia/server";
import { DAY, policy, shop, START } from "./casa.js";

/** @param {string[]} ids @returns {any} the policy with these campaigns alone */
const only = (...ids) => ({ ...policy(), campaigns: policy().campaigns.filter((/** @type {any} */ { id }) => ids.includes(id)) });

test("a policy that is refused changes nothing", async () => {
  const { server } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  await assert.rejects(server.policy({ ...policy(), campaigns: [{ id: "x" }] }), PolicyError);
  await assert.rejects(server.policy("{"), PolicyError);
  const { contacts, policy: hash } = await server.decide("ana");
  const engine = await load(policy());
  assert.deepEqual([contacts.map(({ campaign }) => campaign), hash], [["news"], engine.policyHash]);
  engine.free();
  await server.close();
});

test("what waits for a campaign that is gone is released before it is said, and what stays is said as it is now", async () => {
  const { server, event, kept } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const { decision } = await server.facts(event("event", { name: "purchase", order: { id: "1" } }));
  const [thanks, news] = decision?.contacts ?? [];
  const next = only("thanks");
  next.messages.thanks.en[0].body = "Many thanks.";
  const switched = await server.policy(JSON.stringify(next));
  assert.deepEqual(switched.gone, ["news", "hello"]);
  assert.notEqual(switched.policy, switched.before);
  assert.deepEqual(await server.arm("ana", news.id), { armed: false, code: "refused" });
  const armed = await server.arm("ana", thanks.id);
  assert.deepEqual([armed.armed && armed.contact.message.body, armed.armed && armed.record.policy], ["Many thanks.", switched.policy]);
  assert.deepEqual((await kept()).records.map((/** @type {any} */ { campaign, state }) => `${campaign} ${state}`).sort(), ["news released", "thanks armed"]);
  // It is sent with the policy of then, and it counts with the one of now.
  await server.policy(policy());
  await server.outcome("ana", thanks.id, "delivered");
  assert.deepEqual((await server.decide("ana", { event: { name: "purchase", order: { id: "1" } } })).contacts.map(({ campaign }) => campaign), ["news"]);
  await server.close();
});

test("a stricter policy holds for what was reserved before it, and mails are sent while it changes", async () => {
  const store = memory({ clock: () => START });
  const server = await open({ policy: policy(), store });
  const ids = Array.from({ length: 60 }, (_, i) => `c${i}`);
  for (const id of ids) await server.facts({ customer: { id, consent: { email: true } } });
  await Promise.all(ids.map((id) => server.decide(id)));
  /** @type {string[]} */
  const sent = [];
  const delivery = server.deliver({ channel: "email", once: true, concurrency: 4, send: async (contact) => void sent.push(`${contact.message.body}`) });
  const strict = { ...policy(), messages: { ...policy().messages, news: { en: [{ title: "News", body: "Other news." }] } } };
  // Switched again and again while the workers run: nobody gets two, and each gets one text whole.
  for (let i = 0; i < 6; i++) await server.policy(i % 2 ? policy() : strict);
  await delivery.done;
  assert.equal(sent.length, 60);
  assert.ok(sent.every((body) => /^(There is news|Other news)\.$/.test(body)));
  await server.policy({ ...policy(), campaigns: policy().campaigns.map((/** @type {any} */ one) => ({ ...one, paused: true })) });
  assert.deepEqual((await server.decide("c1", { event: { name: "purchase", order: { id: "1" } } })).contacts, []);
  await server.close();
});

test("who switches last wins, and closing waits for it", async () => {
  const { server } = await shop();
  const [, , last] = await Promise.all([server.policy(only("news")), server.policy({ ...policy(), campaigns: [{ id: "x" }] }).catch((error) => error), server.policy(only("thanks"))]);
  assert.deepEqual(last.gone.filter((id) => id === "news"), ["news"]);
  const closing = server.policy(only("news"));
  await server.close();
  await closing;
});

test("two processes with two policies: each decides by its own, one limit holds over both", async () => {
  const clock = { now: START };
  const store = memory({ clock: () => clock.now });
  const limits = [{ id: "one", max: 1, per: "7d", class: "promotional" }];
  const other = { id: "other", kind: "announcement", class: "promotional", channel: "email", from: "2026-06-01", until: "2026-06-30", message: "news" };
  const before = await open({ policy: { ...only("news"), limits }, store });
  const after = await open({ policy: { ...only("news"), campaigns: [other], limits }, store });
  for (let i = 0; i < 40; i++) {
    const id = `c${i}`;
    await before.facts({ customer: { id, consent: { email: true } } });
    const decisions = await Promise.all([before.decide(id), after.decide(id), before.decide(id), after.decide(id)]);
    const contacts = decisions.flatMap(({ contacts }) => contacts);
    assert.equal(contacts.length, 1);
    const [contact] = contacts;
    // Who sends decides: it says only what its own policy has.
    const [mine, theirs] = contact.campaign === "news" ? [before, after] : [after, before];
    if (i % 2) assert.deepEqual(await theirs.arm(id, contact.id), { armed: false, code: "refused" });
    else assert.equal((await mine.arm(id, contact.id)).armed, true);
  }
  const records = await store.all();
  assert.deepEqual([records.filter(({ state }) => state === "armed").length, records.filter(({ state }) => state === "released").length], [20, 20]);
  await after.close();
  await before.close();
});

test("records that no decision reads go, and deliveries that nobody repeats", async () => {
  const again = { id: "again", kind: "helpPrompt", class: "service", channel: "onsite", placement: "home", message: "news" };
  const { server, kept, clock, event } = await shop({ policy: { ...policy(), campaigns: [again, ...policy().campaigns] } });
  await server.facts(event("consent", { email: true }));
  const records = Array.from({ length: 30 }, (_, i) => ({ id: `h${i}`, campaign: "again", class: /** @type {const} */ ("service"), channel: /** @type {const} */ ("onsite"), placement: "home", at: START - i * 1000, state: /** @type {const} */ ("delivered"), occurrence: `${START - i * 1000}`, variant: 0 }));
  await server.sync("ana", { records });
  assert.deepEqual(await server.prune(), { customers: 1, records: 0, forgotten: 0 });
  clock.now += 400 * DAY;
  const { records: gone } = await server.prune();
  assert.ok(gone > 20, `${gone}`);
  assert.equal((await kept()).records.length, 30 - gone);
  assert.deepEqual((await kept()).facts.seen, {});
});

test("who is heard of again while it is pruned is kept: what was told is not deleted with the rest", async () => {
  const { server, store, kept } = await shop();
  const old = { customer: { id: "old", orders: [{ id: "1", at: START - 900 * DAY }] } };
  await server.facts({ ...old, time: START - 900 * DAY });
  const { transact } = store;
  let isTold = false;
  store.transact = async (/** @type {any} */ work, /** @type {any} */ part) => {
    const result = await transact(work, part);
    if (isTold || !part) return result;
    isTold = true;
    // Just after it was found that nothing was heard of them.
    await server.facts({ customer: { id: "old", consent: { email: false } } });
    return result;
  };
  await server.prune({ inactive: "730d" });
  assert.deepEqual((await kept("old")).facts.customer.consent, { email: false });
});

test("of customers who were not heard of for long nothing stays, but that they unsubscribed", async () => {
  const { server, store, clock, kept, event } = await shop();
  await server.facts({ customer: { id: "old", consent: { email: true }, orders: [{ id: "1", at: START - 900 * DAY }] }, time: START - 900 * DAY });
  await server.facts({ customer: { id: "gone", consent: { email: true }, wishes: { unsubscribed: ["email"] }, conversations: [{ id: "k", at: START - 900 * DAY }] }, time: START - 900 * DAY });
  await server.facts({ customer: { id: "new", consent: { email: true }, orders: [{ id: "1", at: START - 900 * DAY }] } });
  await server.facts({ customer: { id: "back", consent: { email: true }, orders: [{ id: "1", at: START - 5 * DAY }] }, time: START - 900 * DAY });
  assert.equal((await store.counters("live."))["live.unanswered"], 1);
  assert.deepEqual(await server.prune({ inactive: "730d" }), { customers: 4, records: 0, forgotten: 2 });
  assert.deepEqual((await kept("old")).facts, {});
  assert.deepEqual([(await kept("gone")).facts, (await kept("gone")).wishes], [{ customer: { id: "gone" } }, { unsubscribed: ["email"] }]);
  assert.equal((await store.counters("live."))["live.unanswered"], 0);
  assert.ok((await kept("new")).facts.customer.orders && (await kept("back")).facts.customer.orders);
  assert.deepEqual(await server.prune({ inactive: "730d" }), { customers: 3, records: 0, forgotten: 0 });
  // A list of the shop that still says yes does not undo it.
  await server.facts(event("consent", { email: true }, { subject: "gone" }));
  assert.deepEqual((await server.decide("gone")).contacts, []);
  for (const inactive of ["1d", "soon", ""]) await assert.rejects(server.prune({ inactive }), { code: "invalid-value", path: "inactive" });
  clock.now += 1;
});
