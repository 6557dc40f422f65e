// A code is what a customer can type. What a platform or a person says instead is refused, and nothing that is kept silences a customer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "../../../js/ledger/part.js";
import { ANA, BIRTHDAY, DAY, GIFT, NOW, policy, shop } from "./shop.js";

const SHOP = policy({ gift: GIFT }, [{ ...BIRTHDAY, grace: "7d" }, { id: "thanks", kind: "thankYou" }]);
const PRESENT = { campaign: "birthday", occurrence: "2026" };
const PURCHASE = { event: /** @type {any} */ ({ name: "purchase", order: { id: "1042", total: 2490 } }) };

/** No codes, and where the problem is. @type {[answer: any, path: string][]} */
const WRONG = [
  [undefined, "code"],
  [{}, "code"],
  [{ code: 7 }, "code"],
  [{ code: { toString: 1 } }, "code"],
  [{ code: " \n" }, "code"],
  [{ code: "\ud800ana" }, "code"],
  [{ code: "ana\udc00" }, "code"],
  [{ code: "a\0b" }, "code"],
  [{ code: "a\nb" }, "code"],
  [{ code: "a\u2028b" }, "code"],
  [{ code: "x".repeat(257) }, "code"],
  [{ code: "x".repeat(5000) }, "code"],
  [{ code: "A", expiresAt: NOW / 1000 }, "expiresAt"],
  [{ code: "A", expiresAt: NOW + 0.5 }, "expiresAt"],
  [{ code: "A", expiresAt: "tomorrow" }, "expiresAt"],
  [{ code: "A", expiresAt: "2026-12-01T00:00:00" }, "expiresAt"],
];

test("an answer of `issue` that is no code is a failure: the customer hears all else, and gets the code that comes later", async () => {
  for (const [answer, path] of WRONG) {
    const told = JSON.stringify(answer);
    /** @type {any} */
    let says = answer;
    /** @type {any[]} */
    const errors = [];
    const { server, clock } = await shop(SHOP, { issue: () => says, onIssueError: (/** @type {any} */ { error }) => void errors.push([error.code, error.path]) });
    await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending" }, told);
    assert.deepEqual(errors, [["invalid-value", path]], told);
    assert.deepEqual((await server.decide("ana", PURCHASE)).contacts.map(({ campaign }) => campaign), ["thanks"], told);
    says = { code: "A-1" };
    clock.now += DAY;
    assert.equal((await server.claim("ana", PRESENT)).code, "A-1", told);
  }
});

test("a person settles with a code alone, and is told what is wrong with anything else", async () => {
  const { server } = await shop(SHOP, { issueOnce: true, issueLimit: 20, issue: () => Promise.reject(new Error("no answer")) });
  await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending" });
  await assert.rejects(server.settle("ana", PRESENT, /** @type {any} */ (undefined)), { status: 400 });
  for (const [answer, path] of WRONG.slice(1)) await assert.rejects(server.settle("ana", PRESENT, answer), { name: "ServerError", code: "invalid-value", path, status: 400 }, JSON.stringify(answer));
  assert.deepEqual((await server.decide("ana", PURCHASE)).contacts.map(({ campaign }) => campaign), ["thanks"]);
  await server.settle("ana", PRESENT, { code: " FOUND ", expiresAt: "2026-11-30T00:00:00+01:00" });
  const { code, expiresAt } = await server.claim("ana", PRESENT);
  assert.deepEqual({ code, expiresAt }, { code: "FOUND", expiresAt: Date.parse("2026-11-29T23:00:00Z") });
});

test("a person who settles with the code of another customer is told so", async () => {
  const issue = (/** @type {any} */ { customer }) => (customer === "eva" ? { code: "EVA" } : Promise.reject(new Error("no answer")));
  const { server } = await shop(SHOP, { issueOnce: true, issueLimit: 20, issue }, { ana: ANA, eva: ANA });
  await server.claim("eva", PRESENT);
  await assert.rejects(server.claim("ana", PRESENT), { code: "code-pending" });
  await assert.rejects(server.settle("ana", PRESENT, { code: "EVA" }), { name: "ServerError", code: "not-theirs", path: "code", status: 409 });
  await server.settle("ana", PRESENT, { code: "ANA" });
  assert.equal((await server.claim("ana", PRESENT)).code, "ANA");
});

test("a code that an earlier release kept, and the engine refuses, silences nobody: it is asked for again", async () => {
  for (const wrong of [{ code: "\ud800ana" }, { code: "x".repeat(5000) }, { code: "OLD", expiresAt: NOW + 5 * DAY + 0.5 }]) {
    const told = JSON.stringify(wrong).slice(0, 40);
    const { server, store, clock } = await shop(SHOP, { issue: () => ({ code: "NEW" }) });
    await server.claim("ana", PRESENT);
    await store.transact((/** @type {any} */ records, /** @type {any} */ wishes, /** @type {any} */ guests, /** @type {any} */ seen, /** @type {any} */ { grants: [grant] }) => ({ put: [], grants: [{ ...grant, ...wrong }], result: 0 }), partOf({ id: "ana" }));
    assert.ok((await server.decide("ana", PURCHASE)).contacts.some(({ campaign }) => campaign === "thanks"), told);
    assert.equal((await server.entitled("ana")).length, 1, told);
    clock.now += DAY;
    assert.equal((await server.claim("ana", PRESENT)).code, wrong.code === "OLD" ? "OLD" : "NEW", told);
    const all = /** @type {any} */ (await server.sync("ana", {}));
    assert.equal(all.codes.gift.code, wrong.code === "OLD" ? "OLD" : "NEW", told);
  }
});
