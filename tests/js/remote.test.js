// `remote(url)`: it keeps to what every store keeps to, and goes on when its server does not.

import { memory, remote } from "querencia/shop";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startShopServer, tokenOf } from "../shop-server.js";
import { cases } from "./stores.js";

const server = await startShopServer();
after(() => server.stop());

let made = 0;
/** A store of customers that nobody else has. @param {any} [more] */
function fresh(more) {
  const mark = `${++made}-`;
  return remote(server.url, { token: (part) => part && tokenOf(mark + Buffer.from(part, "utf16le").toString("hex")), ...more });
}
/** @param {string} id @param {object} [more] @returns {any} */
const record = (id, more) => ({ id, campaign: "c", class: "promotional", channel: "onsite", at: 1, state: "delivered", ...more });
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

for (const [name, run] of Object.entries(cases)) test(`remote() ${name}`, () => run(fresh()));

test("of many devices that decide at once one gets the last place", async () => {
  const devices = Array.from({ length: 8 }, () => remote(server.url, { token: tokenOf("many") }));
  const reserve = (/** @type {any} */ store, /** @type {string} */ id) =>
    store.transact((/** @type {any[]} */ records) => {
      const free = records.length < 3;
      return { put: free ? [record(id)] : [], result: free };
    }, "many");
  const granted = await Promise.all(devices.flatMap((store, device) => Array.from({ length: 5 }, (_, turn) => reserve(store, `${device}-${turn}`))));
  assert.equal(granted.filter(Boolean).length, 3);
  assert.equal((await server.kept("many")).records.length, 3);
});

for (const mode of /** @type {const} */ (["cut", "slow", "broken", "unauthorised", "garbage", "lies"])) {
  test(`a server that is ${mode}: the page goes on in its memory, says so, and tells the server later`, async (t) => {
    t.mock.method(console, "warn", () => {});
    const mark = tokenOf(`away-${mode}`);
    const store = remote(server.url, { token: mark, patience: 100 });
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
    await server.change(`away-${mode}`, { put: [record("elsewhere")] });
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
  t.mock.timers.enable({ apis: ["Date"], now: 0 });
  const store = remote(server.url, { token: tokenOf("pauses") });
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
  t.mock.timers.enable({ apis: ["Date"], now: 0 });
  const store = remote(server.url, { token: tokenOf("again") });
  await server.change("again", { wish: { unsubscribed: ["sms"] } });
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
