// Sixteen connections over a cap of three in Redis; what one would write without the store; a Redis that is killed while eight write. With PROVE or
// ROUNDS and KILLS more of it.

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { after, test } from "node:test";
import { redis } from "../../../js/server/store/redis/index.js";
import { SCRIPT } from "../../../js/server/store/redis/script.js";
import { record } from "../../server/kit.js";
import { CAP, race, rounds, say } from "../../server/races.js";
import { startRedis } from "../../server/redis.js";

const server = await startRedis();
after(() => server.stop());

const CLIENTS = 16;
const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, at) => (at % 2 ? server.ioredis() : server.nodeRedis())));
const stores = clients.map((client) => redis(client));
const one = server.ioredis();
const store = redis(one);

test("sixteen connections never say more than the cap, and each is told the truth", async (t) => {
  const count = rounds(40, 10_000);
  const stored = async (/** @type {string} */ part) => (await one.hkeys(`{querencia}:part:${part}`)).filter((field) => field.startsWith("r:")).length;
  const outcome = await race(count, stores.map((store) => (part, id) => say(store, part, id)), stored);
  t.diagnostic(JSON.stringify(outcome));
  assert.deepEqual(outcome, { rounds: count, clients: CLIENTS, over: 0, under: 0, most: CAP, untrue: 0 });
});

test("an id that sixteen connections store at once is stored once", async (t) => {
  const count = rounds(20, 500);
  for (let round = 0; round < count; round += 1) {
    const said = await Promise.all(stores.map((store) => say(store, `same ${round}`, "contact")));
    assert.equal(said.filter(Boolean).length, 1);
  }
  t.diagnostic(`${count} rounds`);
});

test("a budget that sixteen connections spend at once, each of another customer, is never passed", async (t) => {
  const count = rounds(10, 500);
  for (let round = 0; round < count; round += 1) {
    const counter = `live.issued.gift.${round}`;
    const spend = (/** @type {typeof store} */ store, /** @type {number} */ at) =>
      store.transact(() => ({ put: [record(`spent ${round}`)], count: { [counter]: 1 }, most: { [counter]: 5 }, result: true }), `budget ${at}`);
    const spent = await Promise.all(stores.map((store, at) => spend(store, at).catch((error) => (assert.equal(error.code, "over"), false))));
    assert.equal(spent.filter(Boolean).length, 5);
    assert.equal((await store.counters(counter))[counter], 5);
  }
  t.diagnostic(`${count} rounds`);
});

test("control: look, then add says more than the cap", async (t) => {
  const connections = Array.from({ length: CLIENTS }, () => server.ioredis());
  const naive = connections.map((connection) => async (/** @type {string} */ part, /** @type {string} */ id) => {
    if ((await connection.zcard(`control ${part}`)) >= CAP) return false;
    await connection.zadd(`control ${part}`, Date.now(), id);
    return true;
  });
  const outcome = await race(rounds(20, 1000), naive, (part) => one.zcard(`control ${part}`));
  t.diagnostic(JSON.stringify(outcome));
  assert.ok(outcome.over > 0);
});

test("those who always come second are through, or told that too many ask", async () => {
  const busy = Array.from({ length: 8 }, (_, at) => redis(clients[at]));
  await Promise.all(busy.map((store, at) => Promise.all(Array.from({ length: 10 }, (_, number) => store.transact(() => ({ put: [record(`${at}-${number}`)], result: 0 }), "busy")))));
  assert.equal(await store.transact((records) => ({ put: [], result: records.length }), "busy"), 80);
});

test("a write whose answer is lost is sent again, and done once", async () => {
  let lost = 0;
  const breaks = {
    /** @param {string[]} args */
    async command([name, ...args]) {
      const answer = await one.call(name, ...args);
      if (args.includes("write") && lost++ < 2) throw new Error("Socket closed unexpectedly");
      return answer;
    },
  };
  await redis(breaks).transact(() => ({ put: [record("a")], count: { "day.lost": 1 }, result: 0 }), "lost");
  assert.equal(lost, 3);
  assert.deepEqual(await store.counters("day.lost"), { "day.lost": 1 });
});

test("a Redis without memory says so, stores nothing, and goes on when there is some", async () => {
  await one.config("SET", "maxmemory", "1");
  const error = await store.transact(() => ({ put: [record("a")], count: { "day.full": 1 }, result: 0 }), "full").catch((error) => error);
  await one.config("SET", "maxmemory", "0");
  assert.equal(error.code, "store-full");
  assert.deepEqual([await store.counters("day.full"), await store.transact((records) => ({ put: [], result: records.length }), "full")], [{}, 0]);
  await store.count({ "day.full": 1 });
});

test("a Redis with something else under the prefix is refused by one code", async () => {
  for (const key of ["parts", "live", "part:ana", "schema"]) {
    const prefix = `{foreign ${key}}`;
    await (key === "schema" ? one.hset(`${prefix}:${key}`, "x", "1") : one.set(`${prefix}:${key}`, "other data"));
    const store = redis(one, { prefix });
    await assert.rejects(store.transact(() => ({ put: [record("a")], count: { "live.x": 1 }, result: 0 }), "ana"), { name: "ServerError", code: "store-foreign", status: 503 }, key);
  }
});

test("what of a customer somebody else wrote over is told by the same code, and nothing is stored over it; the others go on", async () => {
  const store = redis(one, { prefix: "{foreign damage}" });
  for (const part of ["ana", "luis"]) await store.transact(() => ({ put: [record("a")], facts: { customer: { id: part } }, wish: { avoid: ["push"] }, result: 0 }), part);
  const key = "{foreign damage}:part:ana";
  const kept = await one.hgetall(key);
  const fields = Object.keys(kept).filter((field) => /^(r:|f$|w$)/.test(field));
  assert.equal(fields.length, 3);
  for (const field of fields) {
    for (const written of ["no JSON", "{", ""]) {
      await one.hset(key, field, written);
      await assert.rejects(store.transact(() => ({ put: [record("b")], result: 0 }), "ana"), { name: "ServerError", code: "store-foreign", status: 503 }, `${field} = ${written}`);
      assert.equal(await store.transact((records) => ({ put: [], result: records.length }), "luis"), 1);
      assert.equal((await one.hgetall(key))[field], written);
    }
    await one.hset(key, field, kept[field]);
  }
  assert.equal(await store.transact((records) => ({ put: [], result: records.length }), "ana"), 1);
});

test("a Redis that may delete what was said is refused, until it may not", async () => {
  for (const policy of ["allkeys-lru", "allkeys-random"]) {
    await one.config("SET", "maxmemory-policy", policy);
    const evicted = redis(one, { prefix: "{newer}" });
    await assert.rejects(evicted.count({ a: 1 }), { code: "store-evicts" });
    await one.config("SET", "maxmemory-policy", "noeviction");
    assert.deepEqual(await evicted.counters("a"), {});
  }
});

test("what a later release keeps is read and not written", async () => {
  const other = redis(one, { prefix: "{newer}" });
  await other.transact(() => ({ put: [record("a")], result: 0 }), "ana");
  await one.set("{newer}:schema", "99");
  assert.equal(await other.transact((records) => ({ put: [], result: records.length }), "ana"), 1);
  for (const write of [() => other.count({ a: 1 }), () => other.erase("ana"), () => other.redeem("X", "o"), () => other.transact(() => ({ put: [record("b")], result: 0 }), "ana")]) {
    await assert.rejects(write, { code: "store-newer" });
  }
  assert.equal((await other.all()).length, 1);
});

test("all keys are in one slot of a cluster, and shops beside each other do not see each other", async () => {
  const keys = await one.keys("*");
  assert.deepEqual(keys.filter((key) => !/^\{(querencia|newer|foreign [^}]*)\}:|^control /.test(key)), []);
  assert.ok(!SCRIPT.includes("'KEYS'"));
  await redis(one, { prefix: "{other}" }).transact(() => ({ put: [record("mine")], result: 0 }), "busy");
  assert.equal((await redis(one, { prefix: "{other}" }).all()).length, 1);
});

test("what is no client is refused, and where there is no Redis it ends", async () => {
  for (const client of [undefined, null, {}, "redis://"]) assert.throws(() => redis(/** @type {any} */ (client)), /node-redis or ioredis/);
  const silent = redis({ command: () => new Promise(() => {}) }, { patience: 200 });
  await assert.rejects(silent.count({ a: 1 }), { code: "store-unreachable", status: 503 });
});

test("a client that the shop has closed is not asked again: the process may end", async () => {
  for (const client of [server.ioredis(), await server.nodeRedis()]) {
    const own = redis(client);
    await own.count({ "day.closed": 1 });
    await client.quit();
    const begin = performance.now();
    await assert.rejects(own.count({ "day.closed": 1 }), { code: "store-unreachable", status: 503 });
    assert.ok(performance.now() - begin < 5000, "it waited for a connection that never comes");
  }
});

test("a Redis that is killed while eight write: all that was acknowledged is there, and nothing twice", async (t) => {
  const kills = Number(process.env.KILLS ?? (process.env.PROVE ? 50 : 2));
  const mortal = await startRedis({ settings: { appendfsync: "always" } });
  try {
    const writers = await Promise.all(Array.from({ length: 8 }, async (_, at) => redis(at % 2 ? mortal.ioredis() : await mortal.nodeRedis(), { patience: 90_000 })));
    /** @type {Set<string>} */
    const acknowledged = new Set();
    let isOver = false;
    const writing = Promise.all(
      writers.map(async (store, at) => {
        for (let number = 0; !isOver; number += 1) {
          const id = `${at}-${number}`;
          await store.transact(() => ({ put: [record(id)], count: { "day.n": 1 }, result: undefined }), `customer ${at % 3}`);
          acknowledged.add(id);
        }
      }),
    );
    for (let kill = 0; kill < kills; kill += 1) {
      for (const before = acknowledged.size; acknowledged.size < before + 8; ) await wait(10);
      await wait((kill * 37) % 100);
      await mortal.kill();
      await mortal.start();
    }
    isOver = true;
    await writing;
    const stored = new Set((await writers[0].all()).map(({ id }) => id));
    const missing = [...acknowledged].filter((id) => !stored.has(id));
    t.diagnostic(JSON.stringify({ kills, acknowledged: acknowledged.size, stored: stored.size, lost: missing.length }));
    assert.deepEqual(missing, []);
    assert.deepEqual(await writers[0].counters("day."), { "day.n": stored.size });
  } finally {
    await mortal.stop();
  }
});
