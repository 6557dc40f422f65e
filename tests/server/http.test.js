// The shop's server over HTTP: who may ask what, and what is refused. In process, without sockets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory, sharedSecret, signToken } from "querencia/server";
import { SECRET, serverOf } from "./http.js";

const first = (/** @type {any} */ { json }) => [json.problems[0].code, json.problems[0].path];

test("an address that is none is 404, a method that is none 405 with those that are", async () => {
  const { ask } = await serverOf();
  for (const path of ["/", "/nope", "/decide/", "/decide/x", "//decide", "/%", "/customers/%ff"]) {
    const answer = await ask("GET", path);
    assert.equal(answer.status, 404, path);
    assert.deepEqual(first(answer), ["not-found", ""]);
  }
  assert.equal((await ask("GET", "/health", { prefix: "" })).status, 404);
  const answer = await ask("GET", "/decide");
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get("allow"), "POST, OPTIONS");
  assert.equal((await ask("POST", "/health", { body: {} })).headers.get("allow"), "GET, HEAD, OPTIONS");
  const options = await ask("OPTIONS", "/decide", { bearer: null });
  assert.equal(options.status, 204);
  assert.equal(options.headers.get("allow"), "POST, OPTIONS");
  const head = await ask("HEAD", "/health");
  assert.deepEqual([head.status, head.text], [200, ""]);
});

test("a prefix of the shop's own, or none", async () => {
  const { ask } = await serverOf({ prefix: "/api/loyalty" });
  assert.equal((await ask("GET", "/health", { prefix: "/api/loyalty" })).status, 200);
  assert.equal((await ask("GET", "/health")).status, 404);
  const bare = await serverOf({ prefix: "" });
  assert.equal((await bare.ask("GET", "/health", { prefix: "" })).status, 200);
  await assert.rejects(serverOf({ prefix: "querencia/" }), /`prefix`/);
});

test("the shop says who the customer is", async () => {
  const { ask } = await serverOf();
  assert.equal((await ask("POST", "/decide", { body: { customer: "ana" } })).status, 200);
  assert.deepEqual(first(await ask("POST", "/decide", { body: {} })), ["missing-field", "customer"]);
  assert.deepEqual(first(await ask("POST", "/decide", { body: { customer: 7 } })), ["wrong-type", "customer"]);
  assert.deepEqual(first(await ask("POST", "/decide", { body: { customer: " " } })), ["invalid-value", "customer"]);
  assert.deepEqual(first(await ask("POST", "/decide", { body: { customer: "ana", now: 0 } })), ["not-allowed", "now"]);
  assert.deepEqual(first(await ask("POST", "/decide", { body: { customer: "ana", evnt: {} } })), ["unknown-field", "evnt"]);
  assert.deepEqual(first(await ask("POST", "/decide", { body: { customer: "ana", event: { name: 7 } } })), ["wrong-type", "event.name"]);
});

test("a customer's token speaks for that customer, and for nothing that is the shop's", async () => {
  const { ask } = await serverOf();
  const bearer = await signToken({ secret: SECRET, customer: "ana" });
  assert.equal((await ask("POST", "/decide", { bearer, body: {} })).status, 200);
  assert.equal((await ask("POST", "/decide", { bearer, body: { customer: "ana" } })).status, 200);
  for (const other of ["eve", "nobody", "ANA", "ana ", "аna"]) {
    const answer = await ask("POST", "/decide", { bearer, body: { customer: other } });
    assert.equal(answer.status, 403, other);
    assert.deepEqual(first(answer), ["not-authorised", "customer"]);
  }
  for (const [field, value] of Object.entries({ event: { name: "purchase", order: { id: "1" } }, catalog: {}, shop: {}, zones: {}, now: 1 })) {
    assert.deepEqual(first(await ask("POST", "/decide", { bearer, body: { [field]: value } })), ["not-allowed", field]);
  }
  assert.deepEqual(first(await ask("POST", "/outcome", { bearer, body: { contact: "x", outcome: "failed" } })), ["not-authorised", "outcome"]);
});

test("who is not known gets nothing, and how many are not known is bounded", async () => {
  const { ask } = await serverOf({ limits: { address: { perSecond: 1, burst: 3 } } });
  for (const bearer of [null, "", "wrong", `${SECRET} ${SECRET}`, SECRET.slice(1)]) {
    const answer = await ask("POST", "/decide", { bearer, body: { customer: "ana" } });
    assert.ok([401, 429].includes(answer.status));
    if (answer.status === 401) assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer/);
    else assert.match(answer.headers.get("retry-after") ?? "", /^[1-9]/);
  }
  assert.equal((await ask("POST", "/decide", { bearer: null, body: {} })).status, 429);
  assert.equal((await ask("POST", "/decide", { body: { customer: "ana" } })).status, 200, "who is known is not held back by those");
  const { ask: closed } = await serverOf({ secret: undefined });
  assert.equal((await closed("POST", "/decide", { body: { customer: "ana" } })).status, 401, "without a secret nobody may");
});

test("each caller has a rate of their own, and says when to ask again", async () => {
  const { ask } = await serverOf({ limits: { customer: { perSecond: 0.001, burst: 2 } } });
  const [ana, eve] = await Promise.all(["ana", "eve"].map((customer) => signToken({ secret: SECRET, customer })));
  const statuses = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await ask("POST", "/decide", { bearer: ana, body: {} })).status);
  assert.deepEqual(statuses, [200, 200, 429, 429]);
  assert.equal((await ask("POST", "/decide", { bearer: eve, body: {} })).status, 200);
  assert.equal((await ask("POST", "/decide", { body: { customer: "ana" } })).status, 200);
});

test("what pages ask all the time, behind one proxy, is not held back by a rate", async () => {
  const { ask } = await serverOf({ limits: { address: { perSecond: 0.001, burst: 1 } } });
  for (let count = 0; count < 5; count += 1) for (const path of ["/shop", "/health"]) assert.equal((await ask("GET", path, { bearer: null })).status, 200);
  assert.equal((await ask("GET", "/openapi.json", { bearer: null })).status, 200);
  assert.equal((await ask("GET", "/openapi.json", { bearer: null })).status, 429);
});

test("addresses have rates of their own where the host names them", async () => {
  const { ask } = await serverOf({ limits: { address: { perSecond: 0.001, burst: 1 } }, address: (request, remote) => remote });
  const at = async (/** @type {string} */ remote) => (await ask("POST", "/decide", { bearer: null, body: {}, more: [remote] })).status;
  assert.deepEqual([await at("a"), await at("a"), await at("b")], [401, 429, 401]);
});

test("a secret that is short is refused, and two may be valid at once", async () => {
  assert.throws(() => sharedSecret("short"), /32 bytes/);
  assert.throws(() => sharedSecret([]), /1 to 8/);
  await assert.rejects(serverOf({ secret: "short" }), /32 bytes/);
  await assert.rejects(serverOf({ secret: `${"b".repeat(32)} c` }), /no spaces/);
  const { ask } = await serverOf({ secret: [SECRET, "b".repeat(32)] });
  const token = await signToken({ secret: "b".repeat(32), customer: "ana" });
  for (const bearer of [SECRET, "b".repeat(32)]) assert.equal((await ask("POST", "/decide", { bearer, body: { customer: "ana" } })).status, 200);
  assert.equal((await ask("POST", "/decide", { bearer: token, body: {} })).status, 200);
});

test("a callback that says nothing clear lets nobody in", async () => {
  for (const answer of [{}, { customer: undefined }, { customer: "" }, { shop: "yes" }, { shop: true, customer: "ana" }, true, "ana", { customer: 7 }]) {
    const { ask, failed } = await serverOf({ secret: undefined, authenticate: () => /** @type {any} */ (answer) });
    assert.equal((await ask("POST", "/decide", { body: { customer: "ana" } })).status, 500, JSON.stringify(answer));
    assert.equal(failed.length, 1);
  }
  const { ask } = await serverOf({ secret: undefined, authenticate: () => { throw new Error("secret-of-mine"); } });
  const answer = await ask("POST", "/decide", { body: { customer: "ana" } });
  assert.equal(answer.status, 500);
  assert.doesNotMatch(answer.text, /mine/);
});

test("CORS is closed, and opens for the origins that are named", async () => {
  const origin = "https://shop.example";
  const preflight = { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
  const closed = await serverOf();
  for (const [method, path] of [["OPTIONS", "/decide"], ["GET", "/health"]]) {
    const { headers } = await closed.ask(method, path, { headers: preflight });
    assert.deepEqual([...headers.keys()].filter((name) => name.startsWith("access-control")), []);
  }
  const { ask } = await serverOf({ origins: [origin] });
  const allowed = await ask("OPTIONS", "/decide", { bearer: null, headers: preflight });
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get("access-control-allow-origin"), origin);
  assert.equal(allowed.headers.get("access-control-allow-headers"), "authorization, content-type");
  assert.equal(allowed.headers.get("access-control-allow-credentials"), null);
  const refused = await ask("POST", "/decide", { bearer: null, body: {}, headers: { origin } });
  assert.equal(refused.headers.get("access-control-allow-origin"), origin, "a page can read why it is refused");
  for (const other of ["https://evil.example", "null", "https://shop.example.evil", "http://shop.example", "https://SHOP.example"]) {
    const { headers } = await ask("OPTIONS", "/decide", { headers: { ...preflight, origin: other } });
    assert.equal(headers.get("access-control-allow-origin"), null, other);
    assert.equal(headers.get("vary"), "Origin");
  }
  for (const wrong of ["*", "https://shop.example/", "shop.example"]) await assert.rejects(serverOf({ origins: [wrong] }), /origins/);
});

test("the log names nobody", async () => {
  const { ask, logged } = await serverOf();
  const bearer = await signToken({ secret: SECRET, customer: "ana.secret" });
  await ask("POST", "/decide", { bearer, body: {} });
  await ask("POST", "/decide", { body: { customer: "ana.secret", "ana.secret": 1 } });
  await ask("GET", "/ana.secret?ana.secret=1");
  await ask("ANASECRET", "/health");
  assert.deepEqual(logged.map(({ method, route, status, code }) => [method, route, status, code]), [
    ["POST", "/decide", 200, undefined],
    ["POST", "/decide", 400, "unknown-field"],
    ["GET", "unknown", 404, "not-found"],
    ["other", "/health", 405, "method-not-allowed"],
  ]);
  assert.doesNotMatch(JSON.stringify(logged), /secret/i);
});

test("a log that throws stops nothing", async () => {
  const { ask } = await serverOf({ log() { throw new Error("full"); } });
  assert.equal((await ask("GET", "/health")).status, 200);
});

test("health says whether the store answers", async () => {
  const store = memory();
  const { ask } = await serverOf({ store });
  assert.match((await ask("GET", "/health", { bearer: null })).json.policy, /^[0-9a-f]{64}$/);
  const { ask: ill } = await serverOf({ store: { ...memory(), now: () => Promise.reject(new Error("postgres://user:secret@host")) } });
  const answer = await ill("GET", "/health", { bearer: null });
  assert.equal(answer.status, 503);
  assert.deepEqual(first(answer), ["store-unreachable", ""]);
  assert.doesNotMatch(answer.text, /secret/);
});

test("a database that is away, full or restarts is 503, and anything else 500 without a word of it", async () => {
  for (const [code, status] of [["ECONNREFUSED", 503], ["57P01", 503], ["53100", 503], ["08006", 503], ["42P01", 500], [undefined, 500]]) {
    const store = { ...memory(), transact: () => Promise.reject(Object.assign(new Error("ana.secret"), { code })) };
    const { ask, failed } = await serverOf({ store: /** @type {any} */ (store) });
    const answer = await ask("POST", "/decide", { body: { customer: "ana" } });
    assert.equal(answer.status, status, String(code));
    assert.doesNotMatch(answer.text, /secret|at /);
    assert.equal(answer.headers.get("retry-after"), status === 503 ? "5" : null);
    assert.equal(failed.length, status === 500 ? 1 : 0);
  }
});

test("who closes the server waits for what runs, and takes no more", async () => {
  /** @type {() => void} */
  let go = () => {};
  const waits = new Promise((resolve) => { go = () => resolve(undefined); });
  const store = memory();
  let closed = false;
  const { server, ask } = await serverOf({
    store: { ...store, transact: async (work, part) => { await waits; return store.transact(work, part); }, close: () => { closed = true; } },
  });
  const running = ask("POST", "/decide", { body: { customer: "ana" } });
  await new Promise((resolve) => setImmediate(resolve));
  const closing = server.close();
  const late = await ask("POST", "/decide", { body: { customer: "ana" } });
  assert.deepEqual([late.status, closed], [503, false]);
  go();
  assert.equal((await running).status, 200);
  await closing;
  assert.equal(closed, true);
});
