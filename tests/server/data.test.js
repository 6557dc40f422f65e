// All that is known of a customer: given out, deleted, and taken in from before the server.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { memory, open } from "querencia/server";
import { partOf } from "../../js/ledger/part.js";
import { CLASSES } from "../../js/server/import.js";
import { DAY, START, policy, shop } from "./casa.js";

const order = { id: "A-17", at: START - DAY, total: 2490, paid: true };
const personal = () => ({
  ...policy(),
  offers: { gift: { percent: 10, validFor: "30d", personal: true } },
  campaigns: [policy().campaigns[0], { id: "third", kind: "milestone", orders: 1, channel: "email", offer: "gift", message: "gift" }],
  messages: { ...policy().messages, gift: { en: [{ title: "For you", body: "{offer.percent} off with {offer.code}." }] } },
});

test("an export has all that was told of a customer, said to them and given to them, and nothing of anybody else", async () => {
  const { server, clock } = await shop({ policy: personal(), ownCodes: true });
  await server.facts({ customer: { id: "ana", givenName: "Ana", consent: { email: true }, orders: [order], wishes: { topics: ["recipes"] } } });
  await server.facts({ customer: { id: "luis", givenName: "Luis", consent: { email: true } } });
  const { contacts } = await server.decide("ana", { event: { name: "purchase", order } });
  await server.decide("luis");
  const gift = contacts.find(({ offer }) => offer);
  const code = /** @type {any} */ (gift?.message.params["offer.code"]).value;
  await server.redeem(code, "B-1");

  const all = await server.export("ana");
  assert.equal(all.format, "querencia-customer-1");
  assert.equal(all.at, clock.now);
  assert.deepEqual([all.customer.id, all.customer.givenName, all.customer.orders?.[0].id], ["ana", "Ana", "A-17"]);
  assert.deepEqual(all.wishes.topics, ["recipes"]);
  assert.deepEqual(all.contacts.map(({ id }) => id).sort(), contacts.map(({ id }) => id).sort());
  assert.deepEqual(all.offers.map(({ offer, code, redeemed }) => [offer, code, redeemed?.order]), [["gift", code, "B-1"]]);
  assert.equal(JSON.stringify(JSON.parse(JSON.stringify(all))), JSON.stringify(all), "it is JSON");
  assert.doesNotMatch(JSON.stringify(all), /luis/i);
  await assert.rejects(server.export("nobody"), { code: "unknown-customer", status: 404 });
  await assert.rejects(server.export(" "), { code: "invalid-value", path: "customer" });
  await server.close();
});

test("who was deleted is unknown, their code too, and the others stay", async () => {
  const { server, store } = await shop({ policy: personal(), ownCodes: true });
  for (const id of ["ana", "luis"]) {
    await server.facts({ customer: { id, consent: { email: true }, orders: [order], wishes: { unsubscribed: ["sms"] } } });
    await server.decide(id, { event: { name: "purchase", order } });
    await server.facts({ customer: { id, conversations: [{ id: `c-${id}`, at: START - 1000 }] } });
  }
  const { offers: [{ code = "" }] } = await server.export("ana");
  assert.deepEqual(await store.counters("live.unanswered"), { "live.unanswered": 2 });

  const { contacts, ...erased } = await server.erase("ana");
  assert.deepEqual(erased, { known: true, codes: 1 });
  assert.ok(contacts >= 2);
  await assert.rejects(server.export("ana"), { code: "unknown-customer" });
  await assert.rejects(server.redeem(code, "B-1"), { code: "unknown-code" });
  assert.deepEqual(await store.counters("live.unanswered"), { "live.unanswered": 1 }, "their question waits for no answer any more");
  assert.equal((await store.parts({ limit: 10 })).length, 1);
  assert.equal((await server.queued()).email.reserved, 2, "Luis'");
  assert.deepEqual((await server.export("luis")).customer.id, "luis");
  assert.deepEqual(await server.erase("ana"), { known: false, contacts: 0, codes: 0 });
  await server.close();
});

test("a worker that has somebody's mail in hand while they are deleted brings nothing of them back", async () => {
  const { server, store } = await shop();
  await server.facts({ customer: { id: "ana", orders: [order], consent: { email: true } } });
  await server.decide("ana", { event: { name: "purchase", order } });
  await server.deliver({ channel: "email", once: true, send: () => server.erase("ana") }).done;
  assert.deepEqual(await store.parts({ limit: 10 }), []);
  await server.close();
});

const sent = [
  { customer: "ana", campaign: "thanks", occurrence: "A-17", at: "2026-06-09T10:00:00Z" },
  { customer: "ana", campaign: "spring letter", channel: "email", at: "2026-06-08T10:00:00Z" },
  { customer: "luis", campaign: "news", at: "2026-06-01T10:00:00Z", reaction: "clicked" },
];

test("what was sent before the server counts: nobody is told again, and the limit is as full as it was", async () => {
  const { server } = await shop();
  for (const id of ["ana", "luis"]) await server.facts({ customer: { id, consent: { email: true }, orders: [order] } });
  const report = await server.import(/** @type {any} */ (sent));
  assert.deepEqual(report, { rows: 3, added: 3, known: 0, refused: 0, problems: [] });

  const ana = await server.decide("ana", { event: { name: "purchase", order } });
  assert.deepEqual(ana.refused.map(({ campaign, code }) => `${campaign} ${code}`).filter((one) => one.startsWith("thanks")), ["thanks already-spoken"]);
  const luis = await server.decide("luis", { event: { name: "purchase", order } });
  assert.deepEqual(luis.contacts.map(({ campaign }) => campaign), ["thanks"], "nobody thanked Luis yet");
  assert.equal(luis.refused.find(({ campaign }) => campaign === "news")?.code, "already-spoken");
  const classes = (await server.export("ana")).contacts.map(({ campaign, class: of }) => `${campaign} ${of}`);
  assert.ok(classes.includes("thanks relational") && classes.includes("spring letter promotional"), `${classes}`);

  // It was not said today: neither the report nor the share of those who leave counts it.
  const today = await server.report();
  assert.doesNotMatch(JSON.stringify(today), /spring letter/);
  await server.close();
});

test("the same list again, and what the server has said itself, changes nothing", async () => {
  const { server } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true }, orders: [order] } });
  const { contacts: [thanks] } = await server.decide("ana", { event: { name: "purchase", order } });
  await server.deliver({ channel: "email", once: true, send: () => {} }).done;
  const before = (await server.export("ana")).contacts.length;
  const own = { customer: "ana", campaign: "thanks", occurrence: thanks.occurrence, at: START };
  assert.equal((await server.import([own, { ...own, id: thanks.id }])).known, 2);
  assert.equal((await server.import(/** @type {any} */ (sent.slice(1)))).added, 2);
  assert.equal((await server.import(/** @type {any} */ (sent.slice(1)))).known, 2);
  assert.equal((await server.export("ana")).contacts.length, before + 1);
  await server.close();
});

test("a contact that a backup still has as reserved is sent once the mail service's list says so", async () => {
  const { server } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true }, orders: [order] } });
  const { contacts: [thanks] } = await server.decide("ana", { event: { name: "purchase", order } });
  const row = { customer: "ana", id: thanks.id, campaign: "thanks", occurrence: thanks.occurrence, at: START };
  assert.equal((await server.import([row])).added, 1);
  /** @type {string[]} */
  const campaigns = [];
  await server.deliver({ channel: "email", once: true, send: ({ campaign }) => void campaigns.push(campaign) }).done;
  assert.deepEqual(campaigns, ["news"]);
  await server.close();
});

test("a row with a mistake is told of with its place, and the others are taken", async () => {
  const { server } = await shop();
  /** @type {any[]} */
  const rows = [
    "ana",
    { campaign: "thanks", at: START },
    { customer: "ana", at: START },
    { customer: "ana", campaign: "spring letter", at: START },
    { customer: "ana", campaign: "thanks", at: 1_780_000_000 },
    { customer: "ana", campaign: "thanks", at: START + DAY },
    { customer: "ana", campaign: "thanks", at: "last week" },
    { customer: "ana", campaign: "thanks", at: START, channel: "carrier pigeon" },
    { customer: "ana", campaign: "thanks", at: START, state: "reserved" },
    { customer: "ana", campaign: "thanks", at: START, sku: "cup" },
    { customer: "ana", campaign: "thanks", at: START, occurrence: "A-17" },
  ];
  const { problems, ...report } = await server.import(rows);
  assert.deepEqual(report, { rows: 11, added: 1, known: 0, refused: 10 });
  assert.deepEqual(problems.map(({ code, path }) => `${path} ${code}`), [
    "[0] wrong-type",
    "[1].customer missing-field",
    "[2].campaign missing-field",
    "[3].channel missing-field",
    "[4].at invalid-value",
    "[5].at out-of-range",
    "[6].at invalid-value",
    "[7].channel invalid-value",
    "[8].state invalid-value",
    "[9].sku unknown-field",
  ]);
  await server.close();
});

test("a list of many customers is read as it comes", async () => {
  const { server, store } = await shop();
  let read = 0;
  async function* rows() {
    for (; read < 2500; read++) yield { customer: `c-${read % 1250}`, campaign: "spring letter", channel: /** @type {const} */ ("email"), at: START - (read + 1) * 1000 };
  }
  /** @type {number[]} */
  const progress = [];
  const { added } = await server.import(rows(), { onProgress: ({ rows }) => void progress.push(rows) });
  assert.equal(added, 2500);
  assert.deepEqual(progress, [1000, 2000, 2500]);
  assert.equal((await store.parts({ limit: 5000 })).length, 1250);
  await server.close();
});

test("the classes of imported contacts are those of the kinds", async () => {
  const [, table = ""] = /<!-- generated: kinds -->([^]*?)<!-- end/.exec(await readFile("www/docs/kinds.md", "utf8")) ?? [];
  const rows = [...table.matchAll(/^\| \[`(\w+)`\]\(\S+\) \|(.*)\|$/gm)].map(([, kind, rest]) => [kind, rest.split("|")[2].trim().split(";")[0]]);
  assert.ok(rows.length >= 20);
  for (const [kind, of] of rows) assert.equal(CLASSES.get(kind) ?? "promotional", of, kind);
});

test("an id that no address can carry is refused where a customer comes in; who is kept under one is given out and deleted", async () => {
  const store = memory();
  const server = await open({ policy: policy(), store });
  for (const id of [".", ".."]) {
    const wrong = { code: "invalid-value", status: 400 };
    await assert.rejects(server.facts({ customer: { id } }), { ...wrong, path: "customer.id" });
    await assert.rejects(server.facts(/** @type {any} */ ({ specversion: "1.0", type: "querencia.consent", source: "/s", id: "1", subject: id, data: { email: true } })), { ...wrong, path: "subject" });
    await assert.rejects(server.decide(id), { ...wrong, path: "customer" });
    assert.deepEqual((await server.import([{ customer: id, campaign: "thanks", channel: "email", at: "2026-01-01T00:00:00Z" }])).problems.map(({ path }) => path), ["[0].customer"]);
    await store.transact(() => ({ put: [], facts: { customer: { id } }, result: 0 }), partOf({ id }));
    assert.equal((await server.export(id)).customer?.id, id);
    assert.equal((await server.erase(id)).known, true);
    await assert.rejects(server.export(id), { code: "unknown-customer" });
  }
  assert.deepEqual((await server.facts({ customer: { id: "..." } })).customer, "...");
  await server.close();
});
