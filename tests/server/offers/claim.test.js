// A customer claims what they have: decided anew on what the server knows, and given once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "../../../js/ledger/part.js";
import { ANA, BIRTHDAY, DAY, GIFT, NOW, platform, policy, shop } from "./shop.js";

const SHOP = policy({ gift: GIFT }, [{ ...BIRTHDAY, grace: "7d" }]);
const PRESENT = { campaign: "birthday", occurrence: "2026" };

test("what is claimed gets a code, the same again and again, until that has ended", async () => {
  const { codes, heard, issue } = platform();
  const { server, clock } = await shop(SHOP, { issue });
  assert.deepEqual((await server.entitled("ana")).map(({ code }) => code), [null]);
  const claimed = await server.claim("ana", PRESENT);
  assert.deepEqual(claimed, { offer: "gift", ...PRESENT, code: [...codes.values()][0], expiresAt: NOW + 14 * DAY });
  assert.equal(heard[0].expiresAt, NOW + 14 * DAY);
  assert.deepEqual(await Promise.all([server.claim("ana", PRESENT), server.claim("ana", PRESENT)]), [claimed, claimed]);
  const had = { offer: "gift", ...PRESENT, code: claimed.code, until: claimed.expiresAt };
  assert.deepEqual(await server.entitled("ana"), [had]);
  // The mail that reminds of it has the same code.
  const [contact] = (await server.decide("ana")).contacts;
  assert.equal(/** @type {any} */ (contact).message.params["offer.code"].value, claimed.code);
  assert.equal(heard.length, 1);
  // After the days of the birthday the code is still hers.
  clock.now += 10 * DAY;
  assert.deepEqual(await server.entitled("ana"), [had]);
  assert.deepEqual(await server.claim("ana", PRESENT), claimed);
  clock.now += 4 * DAY;
  assert.deepEqual(await server.entitled("ana"), []);
  await assert.rejects(server.claim("ana", PRESENT), { code: "not-entitled", status: 404 });
  assert.equal(codes.size, 1);
});

test("a mail that was sent first and a claim have one code, also where claims and decisions run at once", async () => {
  const { codes, issue } = platform();
  const { server } = await shop(SHOP, { issue });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => (index % 2 ? server.claim("ana", PRESENT) : server.decide("ana"))));
  assert.equal(codes.size, 1);
  for (const [index, answer] of answers.entries()) if (index % 2) assert.equal(/** @type {any} */ (answer).code, [...codes.values()][0]);
});

test("what the customer does not have is not given", async () => {
  const { codes, issue } = platform();
  const { server } = await shop(SHOP, { issue }, { ana: ANA, eva: { ...ANA, birthday: "--05-05" } });
  for (const [customer, present, code] of /** @type {[string, any, string][]} */ ([
    ["eva", PRESENT, "not-entitled"],
    ["ana", { campaign: "birthday", occurrence: "2025" }, "not-entitled"],
    ["ana", { campaign: "other", occurrence: "2026" }, "not-entitled"],
    ["nobody", PRESENT, "not-entitled"],
    ["ana", { campaign: "birthday" }, "missing-field"],
    ["ana", { campaign: "birthday", occurrence: 2026 }, "invalid-value"],
  ])) await assert.rejects(server.claim(customer, present), { code }, JSON.stringify(present));
  assert.equal(codes.size, 0);
});

test("a present that a browser says was told of is not given", async () => {
  const { codes, issue } = platform();
  const onsite = policy({ gift: GIFT }, [{ ...BIRTHDAY, channel: "onsite", placement: "home" }]);
  const { server, store } = await shop(onsite, { issue }, { eva: { ...ANA, birthday: "--05-05" } });
  /** @type {any} */
  const forged = { id: "f".repeat(32), campaign: "birthday", class: "promotional", channel: "onsite", at: NOW - DAY, state: "delivered", occurrence: "2026", offer: "gift" };
  await store.transact(() => ({ put: [forged], result: undefined }), partOf({ id: "eva" }));
  // The engine lists it: what was told stays.
  assert.equal((await server.entitled("eva")).length, 1);
  await assert.rejects(server.claim("eva", PRESENT), { code: "not-entitled" });
  assert.equal(codes.size, 0);
});

test("where the platform does not answer the claim can be made again, and gets one code", async () => {
  let down = true;
  const { codes, issue } = platform();
  const { server, clock } = await shop(SHOP, { issue: (/** @type {any} */ request) => (down ? Promise.reject(new Error("down")) : issue(request)) });
  await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending", status: 503 });
  await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending" });
  down = false;
  clock.now += 1;
  assert.equal((await server.claim("ana", PRESENT)).code, [...codes.values()][0]);
  const refusing = await shop(SHOP, { issue: () => Promise.reject(Object.assign(new Error("no"), { permanent: true })) });
  await assert.rejects(refusing.server.claim("ana", PRESENT), { code: "code-refused", status: 409 });
  await assert.rejects((await shop(SHOP)).server.claim("ana", PRESENT), { code: "code-refused" });
});

test("an answer that is no code, or another customer's, is none", async () => {
  for (const answer of [undefined, {}, { code: "" }, { code: 7 }, { code: "x".repeat(300) }, { code: "A", expiresAt: 7 }, "  "]) {
    const { server, store } = await shop(SHOP, { issue: () => /** @type {any} */ (answer) });
    await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending" }, JSON.stringify(answer));
    assert.equal((await store.pending({ limit: 9 })).length, 1);
  }
  const errors = /** @type {any[]} */ ([]);
  const { server } = await shop(SHOP, { issue: () => ({ code: "SAME" }), onIssueError: (/** @type {any} */ { error }) => errors.push(error.code) }, { ana: ANA, eva: ANA });
  assert.equal((await server.claim("ana", PRESENT)).code, "SAME");
  await assert.rejects(server.claim("eva", PRESENT), { code: "code-pending" });
  assert.deepEqual(errors, ["taken"]);
});

test("a platform without keys is asked once; what it did not answer becomes a task for a person, who settles it", async () => {
  let calls = 0;
  const never = { issue: () => (calls++, new Promise(() => {})), issueOnce: true, issueLimit: 20 };
  const { server, clock } = await shop(SHOP, /** @type {any} */ (never));
  await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending" });
  clock.now += DAY;
  await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending" });
  const report = await server.issuePending();
  assert.deepEqual(report, { issued: 0, waiting: 0, refused: 0, tasks: [{ kind: "code", customer: "ana", offer: "gift", ...PRESENT, dueAt: NOW }] });
  assert.deepEqual((await server.tasks()).map(({ cursor, ...task }) => task), report.tasks);
  assert.equal(calls, 1);
  await server.settle("ana", PRESENT, { code: "FOUND" });
  assert.equal((await server.claim("ana", PRESENT)).code, "FOUND");
  await assert.rejects(server.settle("ana", PRESENT, { code: "FOUND" }), { code: "not-entitled" });
});

test("a present for everybody is claimed by its code, and counts once", async () => {
  const offer = { percent: 10, code: "VELAS", validFor: "14d", budget: { max: 1, per: "year" } };
  const { server, store } = await shop(policy({ gift: offer }, [BIRTHDAY]), {}, { ana: ANA, eva: ANA });
  assert.equal((await server.claim("ana", PRESENT)).code, "VELAS");
  assert.equal((await server.claim("ana", PRESENT)).code, "VELAS");
  assert.equal((await store.counters("live."))["live.issued.gift.2026"], 1);
  await assert.rejects(server.claim("eva", PRESENT), { code: "not-entitled" });
});

test("a claim counts towards the offer's `again`, which the engine knows of contacts alone", async () => {
  const { codes, issue } = platform();
  const two = policy({ gift: { ...GIFT, again: "90d" } }, [{ ...BIRTHDAY, grace: "7d" }, { id: "news", kind: "announcement", offer: "gift", repeat: "never" }]);
  const { server, clock } = await shop(two, { issue });
  await server.claim("ana", PRESENT);
  clock.now += 15 * DAY;
  assert.deepEqual((await server.decide("ana")).contacts, []);
  await assert.rejects(server.claim("ana", { campaign: "news", occurrence: "0" }), { code: "not-entitled" });
  clock.now += 80 * DAY;
  assert.equal((await server.decide("ana")).contacts.length, 1);
  assert.equal(codes.size, 2);
});
