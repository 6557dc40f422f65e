// `remote(url)`: it keeps to what every store keeps to, and goes on when its server does not.

import { memory, remote } from "querencia/shop";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { FAULTS, startShopServer, tokenOf } from "../shop-server.js";
import { cases } from "./stores.js";

const server = await startShopServer();
after(() => server.stop());

/** @param {string} id @param {object} [more] @returns {any} */
const record = (id, more) => ({ id, campaign: "c", class: "promotional", channel: "onsite", at: Date.now() - 1000, state: "delivered", ...more });
/** @param {import("querencia/shop").Store} store @param {any[]} put */
const put = (store, ...put) => store.transact(() => ({ put, result: 0 }), "ana");
/** @param {import("querencia/shop").Store} store */
const seen = (store) => store.transact((records, wishes) => ({ put: [], result: [records.map(({ id }) => id).sort(), wishes] }), "ana");
/** @param {any} mode @param {() => Promise<void>} run */
async function during(mode, run) {
  server.state.mode = mode;
  try {
    await run();
  } finally {
    server.state.mode = "ok";
  }
}

/**
 * A server that takes all that it is told, and compares and sets: what a store may be asked, such as to go back to 1970, the shop's server does
 * not take from a browser.
 */
async function startTaking() {
  /** @type {Map<string, { store: import("querencia/shop").Store, version: number }>} */
  const ledgers = new Map();
  const http = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { version, put = [], wish, drop } = JSON.parse(Buffer.concat(chunks).toString());
    const token = String(request.headers.authorization);
    const its = ledgers.get(token) ?? { store: memory(), version: 0 };
    ledgers.set(token, its);
    const fits = version === undefined || version === its.version;
    if (fits && version !== undefined) {
      its.version++;
      await its.store.transact(() => ({ put, ...(wish && { wish }), drop, result: 0 }), "its");
    }
    const kept = await its.store.transact((records, wishes) => ({ put: [], result: { records, wishes } }), "its");
    response.writeHead(fits ? 200 : 409).end(JSON.stringify({ ok: fits, version: its.version, ...kept, now: Date.now() }));
  });
  await new Promise((done) => http.listen(0, "127.0.0.1", () => done(0)));
  after(() => (http.close(), http.closeAllConnections()));
  return `http://127.0.0.1:${/** @type {any} */ (http.address()).port}`;
}
const taking = await startTaking();
let made = 0;
for (const [name, run] of Object.entries(cases)) {
  const mark = `${++made}-`;
  test(`remote() ${name}`, () => run(remote(taking, { token: (part) => part && mark + Buffer.from(part, "utf16le").toString("hex") })));
}

test("an answer that contradicts its status is none: nothing counts as stored", async () => {
  for (const [status, ok] of /** @type {[number, unknown][]} */ ([[200, false], [200, undefined], [409, true]])) {
    const http = createServer((request, response) => request.resume().on("end", () => response.writeHead(status).end(JSON.stringify({ ok, version: "v", records: [], wishes: {}, now: 1 }))));
    await new Promise((done) => http.listen(0, "127.0.0.1", () => done(0)));
    const store = remote(`http://127.0.0.1:${/** @type {any} */ (http.address()).port}`, { token: "t", patience: 500 });
    await store.transact(() => ({ put: [record("a")], result: 0 }), "its");
    assert.equal(store.hard, false, `${status} ${ok}`);
    store.close();
    http.close();
    http.closeAllConnections();
  }
});

test("of many devices that decide at once three get the three places", async () => {
  const token = await tokenOf("many");
  const devices = Array.from({ length: 8 }, () => remote(server.url, { token }));
  const reserve = (/** @type {any} */ store, /** @type {string} */ id) =>
    store.transact((/** @type {any[]} */ records) => {
      const free = records.length < 3;
      return { put: free ? [record(id)] : [], result: free };
    }, "many");
  const granted = await Promise.all(devices.flatMap((store, device) => Array.from({ length: 5 }, (_, turn) => reserve(store, `${device}-${turn}`))));
  assert.equal(granted.filter(Boolean).length, 3);
  assert.equal((await server.kept("many")).records.length, 3);
});

for (const mode of FAULTS) {
  test(`a server that is ${mode}: the page goes on in its memory, says so, and tells the server later`, async (t) => {
    t.mock.method(console, "warn", () => {});
    const store = remote(server.url, { token: await tokenOf(`away-${mode}`), patience: 300 });
    await put(store, record("before"));
    assert.deepEqual([store.kind, store.hard, store.lasting], ["remote", true, undefined]);
    let turns = 0;
    store.onChange?.(() => turns++);
    await during(mode, async () => {
      const asked = [];
      await store.transact(() => (asked.push([store.hard, store.lasting]), { put: [record("during")], wish: { unsubscribed: ["email"] }, result: 0 }), "ana");
      // decided with a server, then without one
      assert.deepEqual(asked, [[true, undefined], [false, false]]);
      assert.deepEqual(await seen(store), [["before", "during"], { unsubscribed: ["email"] }]);
    });
    await server.said(`away-${mode}`, record("elsewhere"));
    t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 3000 });
    assert.deepEqual(await seen(store), [["before", "during", "elsewhere"], { unsubscribed: ["email"] }]);
    t.mock.timers.reset();
    assert.deepEqual([store.hard, store.lasting, turns], [true, undefined, 2]);
    const { records, wishes } = await server.kept(`away-${mode}`);
    assert.deepEqual([records.map(({ id }) => id).sort(), wishes], [["before", "during", "elsewhere"], { unsubscribed: ["email"] }]);
    const warned = /** @type {any} */ (console.warn).mock.calls.map((/** @type {any} */ call) => call.arguments[0]);
    assert.equal(warned.length, 1);
    assert.match(warned[0], /^querencia: http.*\/ledger: .*; until it answers, limits hold on this page alone$/);
  });
}

test("a server that is away is not asked each time, and its pauses grow", async (t) => {
  t.mock.method(console, "warn", () => {});
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const store = remote(server.url, { token: await tokenOf("pauses") });
  await during("broken", async () => {
    const asked = () => server.state.heard.filter(({ customer }) => customer === "pauses").length;
    for (const [pass, expected] of [[0, 1], [1999, 1], [1, 2], [3999, 2], [1, 3], [7999, 3], [1, 4]]) {
      t.mock.timers.tick(pass);
      await seen(store);
      assert.equal(asked(), expected);
    }
  });
});

test("who unsubscribed and subscribed again while the server was away is subscribed there", async (t) => {
  t.mock.method(console, "warn", () => {});
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const store = remote(server.url, { token: await tokenOf("again") });
  await server.shop.sync("again", { wishes: { unsubscribed: ["sms"] } });
  await during("broken", async () => {
    for (const wish of [{ unsubscribed: ["email"] }, { lessOften: "7d" }, { subscribe: ["email"], lessOften: null }]) await store.transact(() => ({ put: [], wish: /** @type {any} */ (wish), result: 0 }), "ana");
  });
  t.mock.timers.tick(60_000);
  await seen(store);
  assert.deepEqual((await server.kept("again")).wishes, { unsubscribed: ["sms"], subscribe: ["email"] });
});

test("who has no token is a guest: their own store keeps it, and the server hears nothing", async () => {
  const guests = memory();
  const store = remote(server.url, { guests, token: () => undefined });
  const before = server.state.heard.length;
  await put(store, record("a"));
  assert.deepEqual((await guests.all()).map(({ id }) => id), ["a"]);
  assert.deepEqual([store.kind, store.hard, server.state.heard.length], ["memory", false, before]);
});

test("no question names anybody in its address", () => {
  for (const { path } of server.state.heard) assert.equal(path, "/ledger");
});
