// One code for one contact that is told: the two stages of a decision, and what waits for a code.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ANA, BIRTHDAY, DAY, GIFT, NOW, platform, policy, shop } from "./shop.js";

const codeOf = (/** @type {any} */ { message }) => message.params["offer.code"]?.value;
const SHOP = policy({ gift: GIFT }, [BIRTHDAY]);
const WIN_BACK = { id: "come-back", kind: "winBack", offer: "back", weight: 1 };
const LAPSED = { ...ANA, orders: [{ id: "o-1", at: "2026-05-10T10:00:00Z", total: 4000, paid: true, deliveredAt: "2026-05-14T10:00:00Z" }] };

test("a contact that wins is given a code of the platform, and keeps it", async () => {
  const { codes, heard, issue } = platform();
  const { server, store } = await shop(SHOP, { issue });
  const { contacts, entitled } = await server.decide("ana");
  assert.equal(contacts.length, 1);
  assert.equal(codeOf(contacts[0]), [...codes.values()][0]);
  assert.deepEqual(entitled.map(({ code }) => code), [...codes.values()]);
  const { signal, key, ...asked } = heard[0];
  assert.match(key, /^[0-9a-f]{64}$/);
  assert.deepEqual(asked, { offer: "gift", customer: "ana", campaign: "birthday", occurrence: "2026", expiresAt: NOW + 14 * DAY });
  assert.deepEqual((await server.decide("ana")).contacts, []);
  const armed = /** @type {any} */ (await server.arm("ana", contacts[0].id));
  assert.equal(armed.armed, true);
  assert.equal(codeOf(armed.contact), codeOf(contacts[0]));
  assert.equal(heard.length, 1);
  assert.equal(JSON.stringify(await store.all()).includes("placeholder"), false);
});

test("a birthday and a win-back that are due at once ask for one code, whoever wins", async () => {
  const both = policy({ gift: GIFT, back: { ...GIFT, percent: 15 } }, [BIRTHDAY, WIN_BACK], { calm: {} });
  const { codes, heard, issue } = platform();
  const { server } = await shop(both, { issue }, { ana: LAPSED });
  const { contacts, refused } = await server.decide("ana");
  assert.equal(contacts.length, 1);
  assert.equal(codes.size, 1);
  assert.equal(heard.length, 1);
  assert.deepEqual(refused.map(({ code }) => code), ["slot-kept"]);
});

test("no placeholder leaves the server, not even in a ghost", async () => {
  const held = policy({ gift: GIFT }, [{ ...BIRTHDAY }], { holdout: { share: 0.9, salt: "a" } });
  const { codes, issue } = platform();
  const { server, store } = await shop(held, { issue });
  const decision = await server.decide("ana");
  assert.deepEqual(decision.contacts, []);
  assert.equal(decision.ghosts.length, 1);
  assert.equal(codes.size, 0);
  assert.equal(JSON.stringify([decision, await store.all()]).includes("placeholder"), false);
  assert.equal((await store.pending({ limit: 9 })).length, 0);
});

test("a contact whose code does not come is not given out, and not armed; it is once the code is there", async () => {
  let down = true;
  const { codes, issue } = platform();
  const errors = /** @type {any[]} */ ([]);
  const { server, store, clock } = await shop(SHOP, {
    issue: (/** @type {any} */ request) => (down ? Promise.reject(new Error("down")) : issue(request)),
    onIssueError: (/** @type {any} */ { error }) => errors.push(error.message),
  });
  const decision = await server.decide("ana");
  assert.deepEqual(decision.contacts, []);
  assert.deepEqual(decision.refused.map(({ code }) => code), ["not-issued"]);
  assert.deepEqual(decision.entitled.map(({ code }) => code), [null]);
  assert.equal(JSON.stringify(decision).includes("placeholder"), false);
  assert.deepEqual(errors, ["down"]);
  const [record] = await store.all();
  assert.equal(record.state, "reserved");
  assert.deepEqual(await server.arm("ana", record.id), { armed: false, code: "awaiting-code" });
  down = false;
  assert.deepEqual(await server.issuePending(), { issued: 0, waiting: 1, refused: 0, tasks: [] });
  clock.now += 60_000;
  assert.deepEqual(await server.issuePending(), { issued: 1, waiting: 0, refused: 0, tasks: [] });
  const armed = /** @type {any} */ (await server.arm("ana", record.id));
  assert.equal(codeOf(armed.contact), [...codes.values()][0]);
});

test("without a way to make codes the shop brings them itself, as before", async () => {
  const { server, store } = await shop(SHOP);
  const decision = await server.decide("ana");
  assert.deepEqual(decision.refused.map(({ code }) => code), ["not-issued"]);
  assert.deepEqual(await store.all(), []);
  const brought = await shop(SHOP, {}, { ana: { ...ANA, codes: { gift: "ANA-10" } } });
  assert.equal(codeOf((await brought.server.decide("ana")).contacts[0]), "ANA-10");
});

test("codes of the server's own are redeemed by one order", async () => {
  const { server, clock } = await shop(SHOP, { ownCodes: true });
  const [contact] = (await server.decide("ana")).contacts;
  const code = codeOf(contact);
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  const use = { order: "o-1", at: NOW, offer: "gift", campaign: "birthday" };
  assert.deepEqual(await server.redeem(` ${code.toLowerCase().replaceAll("-", " ")} `, "o-1", { customer: "ana" }), use);
  assert.deepEqual(await server.redeem(code, "o-1"), use);
  await assert.rejects(server.redeem(code, "o-2"), { code: "already-redeemed" });
  await assert.rejects(server.redeem(code, "o-1", { customer: "eva" }), { code: "not-theirs" });
  await assert.rejects(server.redeem("AAAA-AAAA-AAAA-AAAA", "o-1"), { code: "unknown-code" });
  await assert.rejects(server.redeem(" ", "o-1"), { code: "invalid-value", path: "code" });
  clock.now += 14 * DAY;
  assert.deepEqual(await server.redeem(code, "o-1"), use);
  const late = await shop(SHOP, { ownCodes: true });
  const other = codeOf((await late.server.decide("ana")).contacts[0]);
  late.clock.now += 14 * DAY;
  await assert.rejects(late.server.redeem(other, "o-1"), { code: "code-expired" });
});

test("a contact that was held back is told later with the code that was made for it", async () => {
  const { codes, issue } = platform();
  const { server, clock } = await shop(policy({ gift: GIFT }, [{ ...BIRTHDAY, grace: "7d" }]), { issue, lease: 60_000 });
  const [first] = (await server.decide("ana")).contacts;
  clock.now += 3_600_000;
  const [second] = (await server.decide("ana")).contacts;
  assert.notEqual(second.id, first.id);
  assert.equal(codeOf(second), codeOf(first));
  assert.equal(codes.size, 1);
});

test("a mail waits for its code, and is sent once it is there", async () => {
  let down = true;
  const { codes, issue } = platform();
  const { server, clock } = await shop(SHOP, { issue: (/** @type {any} */ request) => (down ? Promise.reject(new Error("down")) : issue(request)) });
  await server.decide("ana");
  const sent = /** @type {any[]} */ ([]);
  const run = async () => server.deliver({ channel: "email", once: true, send: (contact) => void sent.push(contact) }).done;
  assert.deepEqual(await run().then(({ waiting, delivered }) => [waiting > 0, delivered]), [true, 0]);
  assert.deepEqual(sent, []);
  down = false;
  clock.now += 120_000;
  const { delivered } = await run();
  assert.equal(delivered, 1);
  assert.deepEqual(sent.map(codeOf), [...codes.values()]);
  assert.equal(codes.size, 1);
});

test("of two codes of one offer each contact has its own", async () => {
  const parcels = policy({ gift: GIFT }, [{ id: "insert", kind: "parcelInsert", channel: "post", offer: "gift" }]);
  const { codes, issue } = platform();
  const order = (/** @type {string} */ id) => ({ id, at: NOW - DAY, total: 4000, paid: true });
  const { server, store } = await shop(parcels, { issue }, { ana: { ...ANA, consent: { post: true }, orders: [order("o-1"), order("o-2")] } });
  const [first] = (await server.decide("ana")).contacts;
  const [second] = (await server.decide("ana")).contacts;
  assert.deepEqual([first.occurrence, second.occurrence].sort(), ["o-1", "o-2"]);
  assert.notEqual(codeOf(second), codeOf(first));
  for (const contact of [first, second]) {
    const armed = /** @type {any} */ (await server.arm("ana", contact.id));
    assert.equal(armed.armed, true, JSON.stringify(armed));
    assert.equal(codeOf(armed.contact), codeOf(contact));
  }
  assert.equal(codes.size, 2);
  assert.equal((await store.pending({ limit: 9 })).length, 0);
});

test("a condition about codes does not see a code that nobody gets", async () => {
  const reminding = policy({ gift: GIFT, back: { ...GIFT, percent: 15 } }, [
    { id: "remind", kind: "announcement", weight: 100, repeat: "7d", audience: { "codes.back.held": true } },
    { ...BIRTHDAY, weight: 50 },
    WIN_BACK,
  ], { limits: [{ id: "week", max: 1, per: "7d" }] });
  const { codes, issue } = platform();
  const { server, store } = await shop(reminding, { issue }, { ana: LAPSED });
  const { contacts } = await server.decide("ana");
  assert.deepEqual(contacts.map(({ campaign }) => campaign), ["birthday"]);
  assert.equal(codes.size, 1);
  assert.deepEqual((await store.all()).map(({ campaign }) => campaign), ["birthday"]);
});
