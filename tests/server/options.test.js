// A misspelt option, a store that is none and a server that is closed are told at once: else what was meant would not be done, and nobody knew.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory, open, postgres, redis } from "querencia/server";
import { policy, shop } from "./casa.js";

const send = () => {};
/** A connection as of `pg`, and a pool. @returns {any} */
const connection = () => ({ query: async () => ({ rows: [] }) });
const pool = () => ({ ...connection(), connect: async () => connection(), totalCount: 0 });

/** @param {unknown} given @param {string} path @param {RegExp} message */
const wrong = (given, path, message) => /** @type {const} */ ([given, path, message]);

test("what `open` is given", async () => {
  const good = { policy: policy(), store: memory() };
  for (const [options, path, message] of [
    wrong(undefined, "policy", /^policy: expected the policy/),
    wrong({ store: memory() }, "policy", /^policy: expected the policy/),
    wrong({ policy: policy() }, "store", /^store: expected a store, such as `postgres\(pool\)`; `memory\(\)` lasts/),
    wrong({ ...good, store: pool() }, "store", /this is a pool or a connection: `postgres\(pool\)`/),
    wrong({ ...good, store: { sendCommand() {} } }, "store", /this is a client of Redis: `redis\(client\)`/),
    wrong({ ...good, store: memory }, "store", /this is a function: call it/),
    wrong({ ...good, store: { transact() {} } }, "store", /this is the store of a page/),
    wrong({ ...good, store: null }, "store", /expected a store/),
    wrong({ ...good, ownCode: true }, "ownCode", /^ownCode: no such option; did you mean `ownCodes`\?; expected some of `policy`, `store`, /),
    wrong({ ...good, ownCodes: "yes" }, "ownCodes", /^ownCodes: expected `true` or `false`$/),
    wrong({ ...good, limits: { bodyTimes: 1 } }, "limits.bodyTimes", /did you mean `bodyTime`\?/),
    wrong({ ...good, limits: { shop: { perSec: 1 } } }, "limits.shop.perSec", /no such option.*expected some of `perSecond`, `burst`$/),
    wrong({ ...good, lease: "1d" }, "lease", /milliseconds, from 1/),
    wrong({ ...good, secret: 17 }, "secret", /the shop's secret/),
    ...[NaN, 0, -1, Infinity, 1e18].map((lease) => wrong({ ...good, lease }, "lease", /milliseconds, from 1 to those of 366 days/)),
    wrong({ ...good, secret: "short" }, "secret", /32 bytes or more/),
    wrong({ ...good, prefix: "/a/" }, "prefix", /a path such as/),
    wrong({ ...good, origins: null }, "origins", /a list of origins/),
    wrong({ ...good, origins: ["*"] }, "origins", /https:\/\/shop\.example/),
    wrong({ ...good, limits: { body: "1mb" } }, "limits.body", /a number above 0/),
    wrong({ ...good, limits: { shop: { perSecond: 0, burst: 0 } } }, "limits.shop.perSecond", /a number above 0/),
    wrong({ ...good, limits: { shop: { perSecond: 1, burst: 0.5 } } }, "limits.shop.burst", /a number from 1 on/),
    wrong({ ...good, limits: { shop: { perSecond: 1 } } }, "limits.shop.burst", /required/),
    wrong({ ...good, authenticate: {} }, "authenticate", /a function/),
  ]) {
    await assert.rejects(open(/** @type {any} */ (options)), (/** @type {any} */ error) => error.name === "ServerError" && error.path === path && message.test(error.message), `${path}`);
  }
  // An address has a password: it is not repeated.
  await assert.rejects(open({ ...good, store: /** @type {any} */ ("postgres://shop:hunter2@db/shop") }), (/** @type {any} */ error) => /this is a text/.test(error.message) && !/hunter2|shop:/.test(error.message));
  for (const make of [postgres, redis]) assert.throws(() => make(/** @type {any} */ ("postgres://shop:hunter2@db/shop")), (/** @type {any} */ error) => !/hunter2/.test(error.message));
  // What is undefined is as if it was not given.
  await (await open({ ...good, catalog: undefined, secret: undefined, log: undefined })).close();
});

test("what the functions of a server are given", async () => {
  const { server } = await shop();
  /** @type {any} */
  const any = server;
  for (const [call, path, message] of /** @type {[() => unknown, string, RegExp][]} */ ([
    [() => any.redeem("RB", "1", { custommer: "ana" }), "custommer", /did you mean `customer`\?; expected some of `client`, `customer`/],
    [() => any.redeem("RB", "1", connection()), "client", /^client: this is a connection; give it as `\{ client \}`/],
    [() => any.redeem("RB", "1", { client: pool() }), "client", /this is a pool: `await pool\.connect\(\)`/],
    [() => any.redeem("RB", "1", { client: "shop" }), "client", /expected the connection/],
    [() => any.redeem("RB", "1", "ana"), "options", /expected an object with some of `client`, `customer`/],
    [() => any.redeem("RB", "1", { customer: null }), "customer", /expected a text/],
    [() => any.tasks({ untill: 1 }), "untill", /did you mean `until`/],
    [() => any.report({ form: "2026-01-01" }), "form", /did you mean `from`/],
    [() => any.prune({ inactiv: "1095d" }), "inactiv", /did you mean `inactive`/],
    [() => any.nightly({ customer: ["ana"] }), "customer", /did you mean `customers`/],
    [() => any.nightly({ channels: "email" }), "channels", /expected a list of `email`, `push`/],
    [() => any.nightly({ channels: ["mail"] }), "channels[0]", /expected one of .*did you mean `email`/],
    [() => any.nightly({ again: "no" }), "again", /`true` or `false`/],
    [() => any.issuePending({ limits: 3 }), "limits", /did you mean `limit`/],
    [() => any.queued("email"), "channels", /expected a list of/],
    [() => any.queued(["mail"]), "channels[0]", /did you mean `email`/],
    [() => any.import([], { concurency: 2 }), "concurency", /did you mean `concurrency`/],
    [() => any.import("a.jsonl"), "rows", /expected a list of contacts/],
    [() => any.import(undefined), "rows", /expected a list of contacts/],
    [() => any.sync("ana", { record: [] }), "record", /did you mean `records`/],
    [() => any.ledger("ana", { wishes: {} }), "wishes", /did you mean `wish`/],
    [() => any.arm("ana", "c1", { chanel: "email" }), "chanel", /did you mean `channel`/],
    [() => any.arm("ana", "c1", { channel: "mail" }), "channel", /did you mean `email`/],
    [() => any.contacts({ chanel: "email" }), "chanel", /did you mean `channel`/],
    [() => any.outcome("ana", "c1", "delivered", { chanel: "email" }), "chanel", /did you mean `channel`/],
    [() => any.outcome("ana", "c1", "deliverd"), "outcome", /expected one of/],
    [() => any.claim("ana"), "present", /expected the present/],
    [() => any.claim("ana", { campaing: "gift", occurrence: "1" }), "campaign", /expected a text/],
    [() => any.settle("ana", { campaign: "gift" }, null), "occurrence", /expected a text/],
    [() => any.settle("ana", { campaign: "gift", occurrence: "1" }, "CODE"), "answer", /as `\{ code \}`, or null/],
    [() => any.settle("ana", { campaign: "gift", occurrence: "1" }, { code: "C", expires: 1 }), "expires", /no such option/],
    [() => any.decide("ana", { chanels: ["email"] }), "chanels", /did you mean `channels`/],
  ])) {
    /** @type {any} */
    let promise;
    assert.doesNotThrow(() => (promise = call()), `${call} rejects, and does not throw`);
    await assert.rejects(promise, (/** @type {any} */ error) => error.path === path && message.test(error.message), `${call}`);
  }
  for (const [options, path, message] of /** @type {[any, string, RegExp][]} */ ([
    [{ channel: "email", send, concurency: 8 }, "concurency", /did you mean `concurrency`/],
    [{ channel: "email", send, onerror: send }, "onerror", /did you mean `onError`/],
    [{ channel: "email", send, once: 1 }, "once", /`true` or `false`/],
    [{ channel: "email", send, signal: new AbortController() }, "signal", /the `signal` of an AbortController/],
    [undefined, "options", /expected an object/],
  ])) assert.throws(() => server.deliver(options), (/** @type {any} */ error) => error.path === path && message.test(error.message), path);
  await server.close();
});

test("a Redis does not pretend to take part in the order's transaction", async () => {
  const { server } = await shop({ store: /** @type {any} */ ({ ...memory(), kind: "redis" }) });
  await assert.rejects(server.redeem("RB", "1", { client: connection() }), { code: "not-allowed", path: "client" });
  await assert.rejects(server.redeem("RB", "1", { customer: "ana" }), { code: "unknown-code" });
  await server.close();
});

test("a row of an import says what was meant", async () => {
  const { server } = await shop();
  const { problems } = await server.import([/** @type {any} */ ({ customer: "ana", campain: "thanks", at: 1 })]);
  assert.match(problems[0].message, /did you mean `campaign`/);
});

test("once it is closed each function says so, and to close it again is nothing", async () => {
  const base = memory();
  let resume = () => {};
  /** @type {Promise<void> | undefined} */
  let held;
  const store = { ...base, transact: async (/** @type {any} */ work, /** @type {any} */ part) => (await held, base.transact(work, part)) };
  const { server } = await shop({ store, secret: "0123456789012345678901234567890123456789" });
  await server.facts({ customer: { id: "ana" } });
  held = new Promise((resolve) => (resume = resolve));
  // It runs when the server is closed, and finds no engine any longer.
  const failed = assert.rejects(server.decide("ana"), { name: "ServerError", code: "stopping" });
  await Promise.all([server.close(), server.close()]);
  resume();
  await failed;
  const names = Object.keys(server).filter((name) => typeof /** @type {any} */ (server)[name] === "function" && !["close", "fetch", "node", "deliver"].includes(name));
  assert.ok(names.length >= 18, `${names}`);
  for (const name of names) await assert.rejects(/** @type {any} */ (server)[name]("ana", "c1"), { name: "ServerError", code: "stopping", status: 503 }, name);
  assert.throws(() => server.deliver({ channel: "email", send }), { code: "stopping" });
  const answer = await server.fetch(new Request("http://shop.example/querencia/health"));
  assert.equal(answer.status, 503);
});

test("a limit that is undefined is the one of before", async () => {
  const { server } = await shop({ secret: "a-secret-of-the-tests-forty-characters!!", limits: { shop: undefined, body: undefined } });
  const headers = { authorization: "Bearer a-secret-of-the-tests-forty-characters!!", "content-type": "application/json" };
  assert.equal((await server.fetch(new Request("http://shop.example/querencia/decide", { method: "POST", headers, body: '{"customer":"ana"}' }))).status, 200);
});

test("what a function of customers gives, and a fact that cannot be read, are refused with their path", async () => {
  const { server } = await shop();
  /** @type {any} */
  const any = server;
  for (const given of [null, undefined, 5, "ana", {}]) await assert.rejects(any.nightly({ customers: () => given, again: true }), { name: "ServerError", code: "wrong-type", path: "customers" });
  await assert.rejects(any.nightly({ customers: [], lease: Infinity }), { code: "wrong-type", path: "lease" });
  const throwing = { get a() { throw new Error("no"); } };
  for (const x of [throwing, new Proxy({}, { ownKeys: () => assert.fail("no") })]) await assert.rejects(any.facts({ customer: { id: "ana", attributes: { x } } }), { name: "ServerError", code: "wrong-type" });
});
