// What only JavaScript can give: each gets an error with its place, or a right decision.
// Afterwards the engine still decides.

import { PolicyError, RequestError, load } from "querencia";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

const NOW = Date.parse("2026-11-22T10:00:00Z");

/** @type {any} */
const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es-ES"] },
  campaigns: [
    { id: "thanks", kind: "thankYou", channel: "onsite", placement: "thank-you", message: "thanks" },
    {
      id: "many",
      kind: "announcement",
      class: "relational",
      channel: "onsite",
      placement: "top",
      message: "thanks",
      audience: { "orders.count": 100_000 },
    },
  ],
  messages: { thanks: { "es-ES": [{ body: "Gracias" }] } },
};

/** @type {any} */
let engine;
before(async () => void (engine = await load(policy)));
after(() => engine.free());

/** The engine decides as it did. */
function sane() {
  const { contacts } = engine.decide({ now: NOW, event: { name: "purchase", order: { id: "o1", at: NOW } } });
  assert.deepEqual(
    contacts.map((/** @type {any} */ { campaign }) => campaign),
    ["thanks"],
  );
}

/** @param {any} given @param {string} path @param {string} [code] */
async function refusesPolicy(given, path, code) {
  const refusal = await load(given).catch((error) => error);
  assert.ok(refusal instanceof PolicyError, String(refusal));
  assert.ok(
    refusal.problems.some((problem) => problem.path.startsWith(path) && (!code || problem.code === code)),
    JSON.stringify(refusal.problems),
  );
  sane();
}

/** @param {any} request @param {string} path @param {string} [code] */
function refusesRequest(request, path, code) {
  assert.throws(
    () => engine.decide(request),
    (error) =>
      error instanceof RequestError &&
      error.problems.some((problem) => problem.path.startsWith(path) && (!code || problem.code === code)),
  );
  sane();
}

/** @param {number} depth @param {string} [key] */
const nested = (depth, key = "$not") => {
  /** @type {any} */
  let inside = {};
  for (let level = 0; level < depth; level++) inside = { [key]: inside };
  return inside;
};

test("a policy 10,000 levels deep, as an object and as text", async () => {
  const deep = { ...policy, segments: { deep: nested(10_000) } };
  await refusesPolicy(deep, "segments.deep", "too-deep");
  const text = JSON.stringify({ ...policy, segments: {} }).replace(
    '"segments":{}',
    `"segments":{"deep":${'{"$not":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
  );
  await refusesPolicy(text, "segments.deep", "too-deep");
});

test("objects that hold themselves", async () => {
  /** @type {any} */
  const circle = { ...policy };
  circle.segments = { self: circle };
  await refusesPolicy(circle, "segments.self");
  /** @type {any} */
  const attributes = {};
  attributes.self = attributes;
  refusesRequest({ now: NOW, customer: { attributes } }, "customer.attributes", "too-deep");
});

test("10 MB of policy", async () => {
  const body = "x".repeat(4000);
  const messages = { ...policy.messages, long: { "es-ES": Array.from({ length: 2600 }, () => ({ body })) } };
  await refusesPolicy({ ...policy, messages }, "", "too-large");
  await refusesPolicy(JSON.stringify({ ...policy, messages }), "", "too-large");
});

test("20 MB of policy text, in one string, one key, spaces, or no JSON at all", async () => {
  const length = 20_000_000;
  const text = JSON.stringify({ ...policy, segments: {} });
  const named = (/** @type {string} */ name) => text.replace('"Casa Lola"', () => `"${name}"`);
  for (const unit of ["x", "\\n", '\\"', "\\\\", "\\u00e9", ":"]) await refusesPolicy(named(unit.repeat(length / unit.length)), "", "too-large");
  await refusesPolicy(text.replace("{", `{"${"k".repeat(length)}":1,`), "", "too-large");
  await refusesPolicy(text.replace('"segments":', `"shop":0${" ".repeat(length)},"segments"${"\n".repeat(length)}:`), "shop", "duplicate-id");
  (await load(text.replace('"segments":', `"segments"${" ".repeat(length)}:`))).free();
  for (const unit of ["x", "a/", "\\", "{", '"']) await refusesPolicy(`${unit.repeat(length / unit.length)} `, "", "invalid-value");
});

test("values JSON has no word for", async () => {
  for (const odd of [() => {}, Symbol("a"), 5n, NaN, Infinity, -Infinity, new Map(), new Set(), new Date(), /x/]) {
    await refusesPolicy({ ...policy, limits: [{ id: "a", max: odd, per: "7d" }] }, "limits[0].max");
    refusesRequest({ now: odd }, "now");
    refusesRequest({ now: NOW, customer: { orders: [{ id: "o1", at: odd }] } }, "customer.orders[0].at");
  }
});

test("getters and proxies that throw", async () => {
  const trap = () => {
    throw new Error("no");
  };
  const throwing = Object.defineProperty({ ...policy }, "limits", { enumerable: true, get: trap });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const wild = [throwing, proxy, new Proxy({}, { ownKeys: trap }), new Proxy({ id: "a" }, { get: trap, has: trap })];
  for (const given of wild) {
    await assert.rejects(load(given), Error);
    sane();
    assert.throws(() => engine.decide({ now: NOW, customer: given }), Error);
    sane();
    assert.throws(() => engine.decide(given), Error);
    sane();
  }
});

test("prototype keys are refused or without effect", async () => {
  await refusesPolicy(
    JSON.stringify(policy).replace("{", '{"__proto__":{"polluted":1},'),
    "__proto__",
    "unknown-field",
  );
  await refusesPolicy({ ...policy, constructor: {} }, "constructor", "unknown-field");
  const customer = JSON.parse('{"__proto__":{"polluted":1}}');
  refusesRequest({ now: NOW, customer }, "customer.__proto__", "unknown-field");
  refusesRequest({ now: NOW, customer: { attributes: customer } }, "customer.attributes", "invalid-value");
  engine.decide({ now: NOW, customer: { attributes: { constructor: { prototype: { polluted: 1 } } } } });
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("instants before 1970 and after 9999, numbers beyond 2^53", () => {
  for (const now of [-1, -1e300, 253_402_300_800_000, 1e300, 1.5, "1969-12-31T23:59:59Z", "2026-11-22", "soon", ""])
    refusesRequest({ now }, "now");
  refusesRequest(
    { now: NOW, customer: { orders: [{ id: "a", at: NOW, total: 2 ** 53 }] } },
    "customer.orders[0].total",
  );
  refusesRequest({ now: NOW, customer: { orders: [{ id: "a", at: NOW, total: -1 }] } }, "customer.orders[0].total");
});

test("lone surrogates", async () => {
  await refusesPolicy({ ...policy, shop: { ...policy.shop, name: "\udfff" } }, "shop.name", "invalid-value");
  refusesRequest({ now: NOW, customer: { id: "\ud800" } }, "customer.id", "invalid-value");
});

test("a customer with 100,000 orders, and a ledger with as many foreign, future and repeated records", () => {
  const orders = Array.from({ length: 100_000 }, (_, index) => ({
    id: `o${index}`,
    at: NOW - 30 * 86_400_000 - index * 1000,
  }));
  const ledger = Array.from({ length: 100_000 }, (_, index) => ({
    id: `r${index % 90_000}`,
    campaign: `old-${index % 7}`,
    class: "promotional",
    channel: "email",
    at: NOW + (index - 50_000) * 60_000,
    state: "delivered",
  }));
  const start = performance.now();
  const { contacts } = engine.decide({ now: NOW, customer: { id: "ana", orders }, ledger });
  assert.deepEqual(
    contacts.map((/** @type {any} */ { campaign }) => campaign),
    ["many"],
  );
  assert.ok(performance.now() - start < 20_000, "it does not hang");
  refusesRequest({ now: NOW, customer: { orders: [...orders, ...orders] } }, "customer.orders", "too-large");
});

test("a patch that throws when it is read is refused as a request, and the handle stays as it was", () => {
  const ana = engine.customer({ id: "ana" }, []);
  const before = JSON.stringify(ana.decide({ now: NOW }));
  const trap = () => {
    throw 5;
  };
  const hostile = [new Proxy({}, { ownKeys: trap }), new Proxy({ id: "eva" }, { get: trap }), Object.defineProperty({}, "id", { enumerable: true, get: trap })];
  for (const patch of hostile) assert.throws(() => ana.update(patch), { name: "RequestError", path: "customer" });
  assert.equal(JSON.stringify(ana.decide({ now: NOW })), before);
  ana.free();
});

test("rows of a ledger that say nothing are left out, and the next has its own path", () => {
  const ledger = [null, "", {}, { id: "", campaign: " ", class: null, at: "0000-00-00" }];
  assert.equal(engine.decide({ now: NOW, ledger }).contacts.length, 0);
  refusesRequest({ now: NOW, ledger: [...ledger, { id: "r" }] }, "ledger[4].campaign", "missing-field");
});

test("a hundred thousand values that are no JSON are refused within seconds", () => {
  const started = performance.now();
  const attributes = Object.fromEntries(Array.from({ length: 99_000 }, (_, index) => [`k${index}`, new Date(0)]));
  refusesRequest({ now: NOW, customer: { attributes } }, "customer.attributes.k0", "wrong-type");
  // each looked through the keys of those before: a minute
  assert.ok(performance.now() - started < 10_000);
});

test("a frozen request, one without a prototype, one of another class", () => {
  class Request {
    now = NOW;
  }
  for (const request of [
    Object.freeze({ now: NOW }),
    Object.assign(Object.create(null), { now: NOW }),
    new Request(),
  ]) {
    assert.equal(engine.decide(request).contacts.length, 0);
  }
});
