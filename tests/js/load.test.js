// load, the engine and its handles, over the built package in Node.

import { PolicyError, RequestError, load } from "querencia";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Customer as CoreCustomer, Engine as Core } from "#glue";

const NOW = Date.parse("2026-11-22T10:00:00Z");

/** @type {any} */
const policy = {
  querencia: 1,
  shop: {
    name: "Casa Lola",
    currency: "EUR",
    country: "ES",
    zone: "Europe/Madrid",
    locales: ["es-ES"],
    signer: "Lola",
  },
  campaigns: [{ id: "thanks", kind: "thankYou", channel: "onsite", placement: "thank-you", message: "thanks" }],
  messages: { thanks: { "es-ES": [{ body: "Gracias" }] } },
};

/** @param {string} id @returns {any} */
const purchase = (id) => ({ now: NOW, event: { name: "purchase", order: { id, at: NOW } } });

/** @param {any} decision */
const spoken = (decision) =>
  decision.contacts.map((/** @type {any} */ { campaign, occurrence }) => `${campaign} ${occurrence}`);

/** Makes the next call of a method break off, as a trap would. */
function trap(/** @type {any} */ core, /** @type {string} */ method) {
  const whole = core.prototype[method];
  core.prototype[method] = function () {
    core.prototype[method] = whole;
    throw new WebAssembly.RuntimeError("unreachable");
  };
}

test("an object and its JSON text are one policy; the hash is that of its canonical form", async () => {
  const [a, b] = await Promise.all([load(policy), load(JSON.stringify(policy, null, 2))]);
  assert.match(a.policyHash, /^[0-9a-f]{64}$/);
  assert.equal(a.policyHash, b.policyHash);
  assert.equal(a.decide(purchase("o1")).policy, a.policyHash);
  const simple = await load(
    '{ "messages": {}, "querencia": 1.0, "campaigns": [], "shop": {"currency":"EUR", "name":"\\u0061","zone":"Europe/Madrid","locales":["en"]} }',
  );
  const canonical =
    '{"campaigns":[],"messages":{},"querencia":1,"shop":{"currency":"EUR","locales":["en"],"name":"a","zone":"Europe/Madrid"}}';
  assert.equal(simple.policyHash, createHash("sha256").update(canonical).digest("hex"));
  assert.equal(a.shop.currency, "EUR");
});

test("a policy that cannot be kept: every problem at once", async () => {
  const refusal = await load({ ...policy, kampagnen: [], querencia: 2 }).catch((error) => error);
  assert.ok(refusal instanceof PolicyError && refusal instanceof Error);
  assert.equal(refusal.name, "PolicyError");
  assert.deepEqual(refusal.problems.map(({ path }) => path).sort(), ["kampagnen", "querencia"]);
  const [{ code, path, message }] = refusal.problems;
  assert.deepEqual([refusal.code, refusal.path, refusal.message], [code, path, `${path}: ${message} (and 1 more)`]);
});

test("text that is not JSON, and values that are no policy", async () => {
  await assert.rejects(load("{"), { name: "PolicyError", code: "invalid-value", path: "", message: /^the policy is not JSON: \w/ });
  for (const address of ["./policy.json", "/policies/casa-lola", "https://shop.example/a.json?v=2", new URL("https://shop.example/a.json")]) {
    await assert.rejects(load(/** @type {any} */ (address)), { path: "", message: "the policy is not JSON: give the policy, not its address" });
  }
  for (const text of ["<!doctype html>", "", "[./", '{ "a": "./b.json" ', "policy"]) {
    await assert.rejects(load(text), (error) => error instanceof PolicyError && !/address/.test(error.message), text);
  }
  for (const odd of [null, undefined, 5, "5", [], true, () => {}, Symbol("a"), 5n, new Map(), new Date()]) {
    await assert.rejects(load(/** @type {any} */ (odd)), { name: "PolicyError" }, String(odd));
  }
});

test("a request that cannot be decided, and the next that can", async () => {
  const engine = await load(policy);
  for (const odd of [
    null,
    undefined,
    5,
    "now",
    [],
    {},
    { now: "soon" },
    { now: NaN },
    { now: -1 },
    { now: 1e300 },
    { now: NOW, when: 1 },
  ]) {
    assert.throws(
      () => engine.decide(/** @type {any} */ (odd)),
      (error) => error instanceof RequestError && error.problems.length > 0,
      JSON.stringify(odd),
    );
  }
  assert.throws(() => engine.decide(/** @type {any} */ ({})), {
    name: "RequestError",
    code: "missing-field",
    path: "now",
  });
  assert.deepEqual(spoken(engine.decide(purchase("o1"))), ["thanks o1"]);
});

test("`refused` of a decision is the same read early, late, twice and from a copy, also where the decision is frozen", async () => {
  const engine = await load(policy);
  const decide = () => engine.decide({ now: NOW });
  const whole = JSON.stringify(decide());
  const late = [decide(), Object.freeze(decide()), Object.seal(decide()), { ...decide() }, structuredClone(decide())];
  const heir = Object.create(late[0]);
  heir.refused = [];
  engine.decide(purchase("o2"));
  engine.free();
  for (const decision of [...late, ...late]) assert.equal(JSON.stringify(decision), whole);
  assert.equal(late[1].refused, late[1].refused);
  assert.deepEqual(heir.refused, []);
  assert.throws(() => (/** @type {any} */ (late[1]).refused = []), TypeError);
  /** @type {any} */ (late[0]).refused = null;
  assert.equal(late[0].refused, null);
});

test("zones are filled in without touching the request, and given ones are left", async (context) => {
  const engine = await load(policy);
  const asked = context.mock.method(Core.prototype, "decide");
  const request = Object.freeze({ ...purchase("o1"), zone: "Atlantic/Canary" });
  engine.decide(request);
  assert.equal("zones" in request, false);
  assert.deepEqual(Object.keys(asked.mock.calls[0].arguments[0].zones), ["Atlantic/Canary", "Europe/Madrid"]);

  engine.decide({ now: NOW, customer: { destination: { country: "PT" } } });
  assert.deepEqual(Object.keys(asked.mock.calls[1].arguments[0].zones).sort(), [
    "Atlantic/Azores",
    "Atlantic/Madeira",
    "Europe/Lisbon",
    "Europe/Madrid",
  ]);

  const zones = { UTC: [[0, 0]] };
  engine.decide(/** @type {any} */ ({ now: NOW, zones }));
  assert.equal(asked.mock.calls[2].arguments[0].zones, zones);
});

test("a handle keeps customer and ledger, and takes zones across once", async (context) => {
  const engine = await load(policy);
  const ana = engine.customer({ id: "ana" }, []);
  const asked = context.mock.method(CoreCustomer.prototype, "decide");
  const { contacts } = ana.decide(purchase("o1"));
  assert.equal(contacts.length, 1);
  assert.deepEqual(spoken(ana.decide(purchase("o1"))), ["thanks o1"]);
  ana.record(contacts[0]);
  assert.deepEqual(spoken(ana.decide(purchase("o1"))), []);
  assert.deepEqual(spoken(ana.decide({ ...purchase("o2"), zone: "Atlantic/Canary" })), ["thanks o2"]);
  const zones = asked.mock.calls.map(({ arguments: [moment] }) => moment.zones && Object.keys(moment.zones).length);
  assert.deepEqual(zones, [3, undefined, undefined, 2]);
  ana.ledger([]);
  assert.deepEqual(spoken(ana.decide(purchase("o1"))), ["thanks o1"]);
  ana.free();
});

test("a ghost that is recorded stays a ghost, also when it has travelled", async () => {
  const engine = await load({
    ...policy,
    holdout: { share: 1, salt: "s" },
    campaigns: [
      { id: "hello", kind: "announcement", class: "relational", channel: "onsite", placement: "top", message: "thanks" },
    ],
  });
  const ana = engine.customer({ id: "ana" }, []);
  const {
    ghosts: [ghost],
  } = ana.decide({ now: NOW });
  const states = [];
  const { record } = CoreCustomer.prototype;
  CoreCustomer.prototype.record = function (given) {
    states.push(given.state);
    return record.call(this, given);
  };
  try {
    ana.record(ghost);
    ana.record(structuredClone(ghost));
  } finally {
    CoreCustomer.prototype.record = record;
  }
  assert.deepEqual(states, ["ghost", "ghost"]);
  assert.equal(ana.decide({ now: NOW }).refused[0].code, "already-spoken");
});

test("an engine says what its campaigns are about, each once", async () => {
  const about = (/** @type {string} */ id, /** @type {string} */ topic) => ({ ...policy.campaigns[0], id, topic });
  const engine = await load({ ...policy, campaigns: [...policy.campaigns, about("a", "tea"), about("b", "tea")] });
  assert.deepEqual(engine.topics, ["tea"]);
});

test("an engine has the warnings about its policy, with a sentence", async () => {
  assert.deepEqual((await load(policy)).warnings, []);
  const { warnings } = await load({ ...policy, offers: { spare: { percent: 0.1 } } });
  assert.deepEqual(warnings.map(({ code, path }) => `${code} ${path}`), ["unused offers.spare", "small-percent offers.spare.percent"]);
  assert.equal(warnings[1].message, "0.1 is less than 1 %; write `10` for 10 %");
});

test("what is over is over when the policy is loaded", async () => {
  const campaigns = [{ ...policy.campaigns[0], id: "spring", kind: /** @type {const} */ ("announcement"), until: "2026-05-31" }];
  for (const [now, codes] of /** @type {const} */ ([
    ["2026-05-20T10:00:00Z", []],
    [Date.parse("2026-05-20T10:00:00Z"), []],
    ["2026-06-03T10:00:00Z", ["over"]],
    [new Date("2026-06-03T10:00:00Z"), ["over"]],
  ])) {
    assert.deepEqual((await load({ ...policy, campaigns }, { now })).warnings.map(({ code }) => code), codes, String(now));
  }
});

test("a handle decides what the one-shot call decides", async () => {
  const engine = await load(policy);
  const customer = { id: "ana", orders: [{ id: "o0", at: NOW - 86_400_000 }] };
  const ana = engine.customer(customer, []);
  assert.deepEqual(ana.decide(purchase("o1")), engine.decide({ ...purchase("o1"), customer, ledger: [] }));
  const guest = engine.customer();
  assert.deepEqual(guest.decide(purchase("o1")), engine.decide(purchase("o1")));
});

test("update replaces fields; a wrong one changes nothing", async () => {
  const engine = await load(policy);
  const customer = { id: "ana" };
  const ana = engine.customer(customer, []);
  ana.update({ orders: [{ id: "o7", at: NOW }] });
  assert.deepEqual(spoken(ana.decide({ now: NOW })), ["thanks o7"]);
  assert.throws(() => ana.update(/** @type {any} */ ({ orders: 5 })), { name: "RequestError" });
  const foreign = { id: "o8", at: NOW, total: 5, currency: "USD" };
  const refusal = { name: "RequestError", code: "invalid-value", path: "customer.orders[1].total" };
  assert.throws(() => ana.update({ orders: [{ id: "o7", at: NOW }, foreign] }), refusal);
  assert.throws(() => engine.customer({ orders: [{ id: "o7", at: NOW }, foreign] }), refusal);
  assert.throws(() => ana.decide({ now: NOW, event: { name: "purchase", order: foreign } }), {
    ...refusal,
    path: "event.order.total",
  });
  assert.throws(() => ana.record(/** @type {any} */ ({})), { name: "RequestError" });
  assert.throws(() => ana.record(/** @type {any} */ (null)), { name: "RequestError" });
  assert.throws(() => ana.ledger(/** @type {any} */ ([5])), { name: "RequestError" });
  assert.throws(() => engine.customer(/** @type {any} */ (5)), { name: "RequestError" });
  assert.deepEqual(spoken(ana.decide({ now: NOW })), ["thanks o7"]);
  assert.deepEqual(customer, { id: "ana" });
});

test("when a call breaks off it says so once; engine and handles go on as they were", async () => {
  const engine = await load(policy);
  const other = await load(JSON.stringify(policy));
  const ana = engine.customer({ id: "ana" }, []);
  ana.update({
    orders: [
      { id: "o1", at: NOW },
      { id: "o2", at: NOW },
    ],
  });
  const [contact] = ana.decide(purchase("o1")).contacts;
  ana.record(contact);
  const before = [ana.decide({ now: NOW }), engine.decide(purchase("o9"))];

  trap(Core, "decide");
  assert.throws(
    () => engine.decide(purchase("o1")),
    (error) => error instanceof Error && error.constructor === Error && /restarted/.test(error.message),
  );
  assert.deepEqual([ana.decide({ now: NOW }), engine.decide(purchase("o9"))], before);
  assert.deepEqual(spoken(other.decide(purchase("o1"))), ["thanks o1"]);

  trap(CoreCustomer, "decide");
  assert.throws(() => ana.decide({ now: NOW }), /restarted/);
  assert.deepEqual(ana.decide({ now: NOW }), before[0]);
  assert.deepEqual(engine.decide(purchase("o9")), before[1]);
});

test("a handle outlives a trap even when its engine was freed", async () => {
  const engine = await load(policy);
  const ana = engine.customer({ id: "ana" }, []);
  engine.free();
  trap(CoreCustomer, "decide");
  assert.throws(() => ana.decide(purchase("o1")), /restarted/);
  assert.deepEqual(spoken(ana.decide(purchase("o1"))), ["thanks o1"]);
});

test("a key that comes twice in the text of a policy is refused with its path", async () => {
  const twice = JSON.stringify(policy).replace('"id":"thanks"', '"id":"other","id":"thanks"');
  const refusal = await load(twice).catch((error) => error);
  assert.ok(refusal instanceof PolicyError);
  assert.deepEqual(refusal.problems.map(({ code, path }) => `${code} ${path}`), ["duplicate-id campaigns[0].id"]);
  const both = await load(twice.replace('"querencia":1', '"querencia":2')).catch((error) => error);
  assert.deepEqual(both.problems.map(({ path }) => path), ["campaigns[0].id", "querencia"]);
  const shop = { ...policy.shop, name: '"a":1,"a":2 \\' };
  (await load(JSON.stringify({ ...policy, shop }))).free();
});

test("what was read of a policy is freed where its text or `Intl` refuses it, and all is said at once", async (context) => {
  const freed = context.mock.method(Core.prototype, "free");
  const twice = JSON.stringify(policy).replace('"id":"thanks"', '"id":"other","id":"thanks"');
  await assert.rejects(load(twice), { path: "campaigns[0].id" });
  assert.equal(freed.mock.callCount(), 1);
  await assert.rejects(load({ ...policy, shop: { ...policy.shop, locales: ["es-ES", "en-abcdefgh-abcdefgh"] } }), { path: "shop.locales[1]" });
  assert.equal(freed.mock.callCount(), 2);
  const both = await load(twice.replace('["es-ES"]', '["es-ES","en-abcdefgh-abcdefgh"]')).catch((error) => error);
  assert.deepEqual(both.problems.map((/** @type {any} */ { path }) => path), ["campaigns[0].id", "shop.locales[1]"]);
});

test("after free() nothing can be asked; free() twice is once", async () => {
  const engine = await load(policy);
  const ana = engine.customer();
  ana.free();
  ana.free();
  assert.throws(() => ana.decide({ now: NOW }), /free/);
  engine[Symbol.dispose]();
  engine.free();
  assert.throws(() => engine.decide({ now: NOW }), /free/);
  assert.throws(() => engine.customer(), /free/);
});

test("where there is no crypto.subtle the hash is empty and decisions are made", async (context) => {
  context.mock.getter(globalThis, "crypto", () => ({}));
  const engine = await load(policy);
  assert.equal(engine.policyHash, "");
  assert.deepEqual(spoken(engine.decide(purchase("o1"))), ["thanks o1"]);
});
