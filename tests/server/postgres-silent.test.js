// Connections that stop answering and do not break: each call ends, the connection is ended, and what was sent is looked up. What is slow and alive is
// waited for. Also what a database says that only reads, stops or has a limit of its own.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { MIGRATIONS, migrate } from "../../js/server/store/postgres/migrations.js";
import { postgres } from "../../js/server/store/postgres/index.js";
import { sessionOf } from "../../js/server/store/postgres/session.js";
import * as sql from "../../js/server/store/postgres/statements.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());
const pool = server.pool();
const store = postgres(pool);
await store.parts({ limit: 1 });

/** @typedef {(text: string, go: () => Promise<any>) => Promise<any>} At */

/** What `client` is, where statements pass `at`. @template {any} C @param {C} client @param {At} at @returns {C} */
const through = (client, at) =>
  new Proxy(/** @type {any} */ (client), {
    get(its, name) {
      if (name === "query") return (/** @type {string} */ text, /** @type {any} */ values) => at(text, () => its.query(text, values));
      if (name === "connect") return async () => through(await its.connect(), at);
      return typeof its[name] === "function" ? its[name].bind(its) : its[name];
    },
  });

const never = () => new Promise(() => {});
const isBegin = (/** @type {string} */ text) => text.startsWith("begin");

/** @param {import("../../js/server/store.d.ts").ServerStore} store @param {string} part @param {string} [fail] */
const count = (store, part, fail) =>
  store.transact((records) => {
    if (fail) throw new RangeError(fail);
    return { put: [record(`r${records.length}`)], count: { [part]: 1 }, result: records.length };
  }, part);

/** @param {string} part */
const counted = async (part) => [(await store.counters(part))[part] ?? 0, await store.transact((records) => ({ put: [], result: records.length }), part)];

const connections = async () => Number((await pool.query("select count(*) from pg_stat_activity where datname = 'postgres' and application_name = 'silent'")).rows[0].count);

/** @type {Record<string, [is: (text: string) => boolean, isSent: boolean]>} */
const STATEMENTS = {
  "BEGIN": [isBegin, false],
  "the lock": [(text) => text === sql.LOCK_PART, false],
  "the lock, which is had": [(text) => text === sql.LOCK_PART, true],
  "what is read": [(text) => text === sql.readState(false), true],
  "what is written": [(text) => text === sql.WRITE, true],
  "COMMIT, which is not sent": [(text) => text === "commit", false],
  "COMMIT, which is done": [(text) => text === "commit", true],
};

/** In the gate those that differ most; with PROVE all. */
const TRIED = process.env.PROVE ? /./ : /^the lock$|written|which is done/;
for (const [name, [is, isSent]] of Object.entries(STATEMENTS).filter(([name]) => TRIED.test(name))) {
  test(`a connection that is silent after ${name}: it is ended, and all is done once with another`, async () => {
    const own = server.pool({ application_name: "silent", max: 4 });
    let hung = 0;
    const hangs = postgres(through(own, async (text, go) => (is(text) && hung++ === 0 ? ((isSent ? await go() : 0), never()) : go())), { patience: 2000 });
    const from = Date.now();
    assert.equal(await count(hangs, name), 0);
    assert.ok(Date.now() - from < 12_000, `${Date.now() - from} ms`);
    assert.deepEqual([hung > 0, await counted(name)], [true, [1, 1]]);
    await own.end();
    for (const from = Date.now(); (await connections()) > 0; ) assert.ok(Date.now() - from < 5000 && (await wait(20, true)), "a connection stays");
  });

  test(`a database that is silent after ${name} on each connection: each call ends, and tells the truth`, async () => {
    const own = server.pool({ application_name: "silent", max: 4 });
    let isDeaf = true;
    const deaf = postgres(through(own, async (text, go) => (isDeaf && is(text) ? ((isSent ? await go() : 0), never()) : go())), { patience: 500 });
    const parts = [1, 2, 3, 4].map((at) => `deaf ${name} ${at}`);
    const from = Date.now();
    const deafs = [];
    // As many calls as the pool has connections: none is kept.
    const isDone = name === "COMMIT, which is done" ? 1 : 0;
    // What was done is found by the next try.
    for (const part of parts) deafs.push(isDone ? count(deaf, part) : assert.rejects(count(deaf, part), { code: "store-unreachable" }));
    await Promise.all(deafs);
    assert.ok(Date.now() - from < 15_000, `${Date.now() - from} ms`);
    isDeaf = false;
    await deaf.parts({ limit: 1 });
    for (const part of parts) assert.deepEqual(await counted(part), [isDone, isDone]);
    await own.end();
  });
}

test("a connection that is silent after ROLLBACK: what the work threw is told, and the connection is ended", async () => {
  const own = server.pool({ application_name: "silent", max: 1 });
  const hangs = postgres(through(own, (text, go) => (text === "rollback" ? never() : go())), { patience: 500 });
  await assert.rejects(count(hangs, "rollback", "mine"), /mine/);
  assert.equal(own.totalCount, 0);
  assert.equal(await count(hangs, "rollback"), 0);
  await own.end();
});

test("a read on a connection that is silent is asked again on another, and gives no connection away", async () => {
  const own = server.pool({ application_name: "silent", max: 1 });
  let hung = 0;
  const hangs = postgres(through(own, (text, go) => (/querencia_records/.test(text) && hung++ === 0 ? never() : go())), { patience: 1500 });
  assert.ok(Array.isArray(await hangs.queue({ state: "reserved", limit: 1 })));
  assert.equal(hung, 2);
  const deaf = postgres(through(own, never), { patience: 500 });
  const from = Date.now();
  await assert.rejects(deaf.queue({ state: "reserved", limit: 1 }), { code: "store-unreachable" });
  await assert.rejects(deaf.now(), { code: "store-unreachable" });
  assert.ok(Date.now() - from < 12_000);
  await hangs.queue({ state: "reserved", limit: 1 });
  await own.end();
});

test("one connection that is silent: each call says so at once, until it answers again; then it is rolled back and used", async () => {
  const client = await server.client();
  let hold = never();
  let free = () => {};
  let isDeaf = false;
  hold = new Promise((resolve) => (free = () => resolve(undefined)));
  const one = postgres(through(client, async (text, go) => {
    if (isDeaf && text === sql.WRITE) await hold;
    return go();
  }), { patience: 3000 });
  assert.equal(await count(one, "silent"), 0);
  isDeaf = true;
  await assert.rejects(count(one, "silent"), { code: "store-unreachable" });
  const from = Date.now();
  await assert.rejects(count(one, "silent"), { code: "store-unreachable" });
  await assert.rejects(one.parts({ limit: 1 }), { code: "store-unreachable" });
  assert.ok(Date.now() - from < 2900, `${Date.now() - from} ms`);
  isDeaf = false;
  free();
  await wait(200);
  assert.equal(await count(one, "silent"), 1);
  assert.deepEqual(await counted("silent"), [2, 2]);
});

test("a PGlite in a transaction of the shop's that does not end: the call ends, and nothing of it is done later", async () => {
  const client = new PGlite();
  const one = postgres(client, { patience: 500 });
  await count(one, "held");
  let end = () => {};
  const held = client.transaction(() => new Promise((resolve) => (end = () => resolve(undefined))));
  await assert.rejects(count(one, "held"), { code: "store-unreachable" });
  await assert.rejects(one.counters("held"), { code: "store-unreachable" });
  end();
  await held;
  await wait(50);
  assert.equal(await count(one, "held"), 1);
  assert.deepEqual(await one.counters("held"), { held: 2 });
  await client.close();
});

test("what waits for a lock behind others is alive: it is waited for longer than for a silent connection", async () => {
  const holder = await server.client();
  await holder.query("begin");
  await holder.query(sql.LOCK_PART, ["5000", "long"]);
  const waits = count(postgres(pool, { patience: 9000 }), "long");
  await wait(6500);
  await holder.query("commit");
  assert.equal(await waits, 0);
});

test("a step of a migration that lasts longer than the patience, and those that wait for it", async () => {
  const own = server.pool({ database: await server.database(), options: "-c statement_timeout=900" });
  const steps = [...MIGRATIONS, ["select pg_sleep(2)"]];
  assert.equal(await migrate(sessionOf(own, 500), steps), 2);
  const other = server.pool({ database: await server.database() });
  assert.deepEqual(await Promise.all([1, 2, 3].map(() => migrate(sessionOf(other, 500), steps))), [2, 2, 2]);
});

/** What a database says, and what becomes of it: `again` ends as `busy`, `lost` as `store-unreachable`, `full` as `store-full` at once. */
const SAID = {
  again: ["40000", "40001", "40P01", "55P03", "57014", "25001", "25P02"],
  lost: ["25006", "25P03", "25P04", "40003", "53300", "57000", "57P01", "57P02", "57P03", "57P05", "08000", "08003", "08006", "08P01", "ECONNRESET"],
  full: ["53000", "53100", "53200", "53400", "58030"],
};
const BECOMES = { again: "busy", lost: "store-unreachable", full: "store-full" };

for (const [kind, codes] of Object.entries(SAID)) {
  test(`${codes.join(", ")}: ${kind === "full" ? "told at once" : "tried again"}, in a transaction and for a read`, async () => {
    for (const code of codes) {
      const fail = (/** @type {number} */ times, /** @type {RegExp} */ at) => {
        let failed = 0;
        return through(pool, (text, go) => (at.test(text) && failed++ < times ? Promise.reject(Object.assign(new Error("no"), { code })) : go()));
      };
      const error = { code: BECOMES[/** @type {keyof typeof BECOMES} */ (kind)], status: 503 };
      const [write, read] = [/insert into querencia_done/, /^select name, value/];
      if (kind !== "full") {
        assert.equal(await count(postgres(fail(1, write)), `once ${code}`), 0, code);
        assert.deepEqual(await counted(`once ${code}`), [1, 1], code);
        await postgres(fail(1, read)).counters("x");
      }
      await assert.rejects(count(postgres(fail(Infinity, write), { patience: 50 }), `ever ${code}`), error, code);
      await assert.rejects(postgres(fail(Infinity, read), { patience: 50 }).counters("x"), error, code);
      assert.deepEqual(await counted(`ever ${code}`), [0, 0], code);
    }
  });
}

test("a server that became a standby refuses BEGIN as a thing it does not know: that is tried again, as where the connection broke", async () => {
  const standby = (/** @type {number} */ times) => {
    let failed = 0;
    return through(pool, (text, go) => (isBegin(text) && failed++ < times ? Promise.reject(Object.assign(new Error("cannot set transaction read-write mode during recovery"), { code: "0A000" })) : go()));
  };
  assert.equal(await count(postgres(standby(2)), "standby"), 0);
  await assert.rejects(count(postgres(standby(Infinity), { patience: 50 }), "standby"), { code: "store-unreachable", status: 503 });
  assert.deepEqual(await counted("standby"), [1, 1]);
});

test("a connection of the pool that somebody left in a transaction, also in one that failed, is rolled back and used", async () => {
  const own = server.pool({ max: 1 });
  for (const left of ["select 1", "select 1/0"]) {
    const connection = await own.connect();
    await connection.query("begin");
    await connection.query(left).catch(() => {});
    connection.release();
    await count(postgres(own), `left ${left}`);
    assert.deepEqual(await counted(`left ${left}`), [1, 1]);
  }
  await own.end();
});
