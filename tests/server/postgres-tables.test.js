// The tables in PostgreSQL: made once, brought forward, only read when they are newer; found by index; and codes used in the shop's own transaction.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MIGRATIONS, migrate } from "../../js/server/store/postgres/migrations.js";
import { postgres } from "../../js/server/store/postgres/index.js";
import { sessionOf } from "../../js/server/store/postgres/session.js";
import * as sql from "../../js/server/store/postgres/statements.js";
import { serverOf } from "./http.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());

/** A pool over an empty database. */
const empty = async () => server.pool({ database: await server.database(), max: 20 });

test("eight stores that open an empty database at once make its tables once", async () => {
  const pool = await empty();
  await Promise.all(Array.from({ length: 8 }, (_, at) => postgres(pool).transact(() => ({ put: [record(String(at))], result: 0 }), "ana")));
  assert.equal((await postgres(pool).all()).length, 8);
  assert.deepEqual((await pool.query("select version from querencia_schema")).rows, [{ version: MIGRATIONS.length }]);
});

test("tables of an earlier release are brought forward, and what is in them stays", async () => {
  const pool = await empty();
  await postgres(pool).transact(() => ({ put: [record("a")], result: 0 }), "ana");
  const next = [...MIGRATIONS, ["alter table querencia_records add column later text", "update querencia_records set later = 'x'"]];
  assert.deepEqual(await Promise.all(Array.from({ length: 4 }, () => migrate(sessionOf(pool, 5000), next))), [2, 2, 2, 2]);
  assert.deepEqual((await pool.query("select id, later from querencia_records")).rows, [{ id: "a", later: "x" }]);
});

test("a step that fails leaves all as it was", async () => {
  const pool = await empty();
  await postgres(pool).parts({ limit: 1 });
  const broken = [...MIGRATIONS, ["create table querencia_half (n int)", "select 1/0"]];
  await assert.rejects(migrate(sessionOf(pool, 5000), broken), /division by zero/);
  assert.deepEqual((await pool.query("select version, to_regclass('querencia_half') as half from querencia_schema")).rows, [{ version: MIGRATIONS.length, half: null }]);
  await postgres(pool).transact(() => ({ put: [record("a")], result: 0 }), "ana");
});

test("tables of a later release are read and not written, also when they change while the store is open", async () => {
  const pool = await empty();
  const open = postgres(pool);
  await open.transact(() => ({ put: [record("a")], facts: 1, result: 0 }), "ana");
  await pool.query("update querencia_schema set version = 99");
  for (const store of [open, postgres(pool)]) {
    assert.equal((await store.all()).length, 1);
    assert.equal(await store.transact((records) => ({ put: [], result: records.length }), "ana"), 1);
    const writes = {
      put: () => store.transact(() => ({ put: [record("b")], result: 0 }), "ana"),
      count: () => store.count({ a: 1 }),
      note: () => store.putNote("a", 1),
      facts: () => store.putFacts?.("ana", 2),
      erase: () => store.erase("ana"),
      forget: () => store.forget?.(),
      redeem: () => store.redeem("X", "order"),
    };
    for (const [name, write] of Object.entries(writes)) await assert.rejects(async () => write(), { code: "store-newer", status: 503 }, name);
  }
  assert.equal(await open.facts?.("ana"), 1);
});

test("a user who may not make tables can use those that are there", async () => {
  const pool = await empty();
  await postgres(pool).parts({ limit: 1 });
  await pool.query("drop role if exists shop; create role shop login; grant select, insert, update, delete on all tables in schema public to shop; revoke create on schema public from public");
  const shop = postgres(server.pool({ database: pool.options.database, user: "shop" }));
  await shop.transact(() => ({ put: [record("a")], grants: [], count: { n: 1 }, result: 0 }), "ana");
  await shop.erase("ana");
  await assert.rejects(postgres(server.pool({ database: await server.database(), user: "shop" })).parts({ limit: 1 }), /permission denied/);
});

test("the queue, what is due and what waits are found by an index, whatever else is kept", async (t) => {
  const pool = await empty();
  const store = postgres(pool);
  await store.parts({ limit: 1 });
  const many = process.env.PROVE ? 1_000_000 : 20_000;
  await pool.query(
    `insert into querencia_records (part, id, state, channel, at, body)
     select 'p' || n % 5000, 'r' || n, case when n % 1000 = 0 then 'reserved' else 'delivered' end, case when n % 3 = 0 then 'push' else 'email' end, n, '{}'
     from generate_series(1, $1) n`,
    [many],
  );
  await pool.query("insert into querencia_parts (part, due) select 'p' || n, case when n % 100 = 0 then n end from generate_series(1, 20000) n");
  await pool.query("insert into querencia_grants (part, key, state, code, body) select 'p' || n, 'k', case when n % 1000 = 0 then 'reserved' else 'issued' end, n, '{}' from generate_series(1, 20000) n");
  await pool.query("analyze");
  const after = { at: many / 2, id: "r0", part: "p0" };
  const plans = {
    "the queue": [sql.queue({}), ["reserved", Infinity, null, 100]],
    "the queue of a channel": [sql.queue({ channel: "email" }), ["reserved", many, "email", 100]],
    "the next page": [sql.queue({ channel: "email", after }), ["reserved", many, "email", 100, after.at, after.id, after.part]],
    "all that was delivered, a page": [sql.queue({ after }), ["delivered", many, null, 100, after.at, after.id, after.part]],
    "what is due": [sql.DUE, [50, -Infinity, "", 100]],
    "what waits": [sql.PENDING, ["", "", 100]],
    "the parts": [sql.PARTS, ["p1", 100]],
    "a customer": [sql.readState(false), ["p7"]],
  };
  for (const [name, [text, values]] of /** @type {[string, any][]} */ (Object.entries(plans))) {
    const { rows } = await pool.query(`explain (analyze, format json) ${text}`, values);
    const [{ Plan: plan, "Execution Time": took }] = rows[0]["QUERY PLAN"];
    const whole = JSON.stringify(plan);
    // The counters and the version are small tables.
    const scanned = [...whole.matchAll(/"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)].map(([, table]) => table).filter((table) => !/schema|counters/.test(table));
    assert.deepEqual(scanned, [], `${name}: ${whole}`);
    // The few that wait may be sorted.
    if (name !== "what waits") assert.doesNotMatch(whole, /"Node Type":"(Incremental )?Sort"/, name);
    t.diagnostic(`${name}: ${took} ms of ${many} records`);
  }
  assert.equal((await store.queue({ state: "reserved", limit: 1000 })).length, Math.min(1000, many / 1000));
});

test("a code that is used in the shop's transaction is used if that holds", async () => {
  const pool = await empty();
  const store = postgres(pool);
  await pool.query("create table orders (id text primary key)");
  /** @param {string} order @param {"commit" | "rollback"} end */
  const buy = async (order, end) => {
    const connection = await pool.connect();
    try {
      await connection.query("begin");
      await connection.query("insert into orders (id) values ($1)", [order]);
      const use = await store.redeem("GIFT", order, connection);
      await connection.query(use.order === order ? end : "rollback");
      return use.order === order;
    } finally {
      connection.release();
    }
  };
  assert.equal(await buy("first", "rollback"), true);
  assert.equal(await store.redeemed("GIFT"), undefined);
  const bought = await Promise.all(Array.from({ length: 16 }, (_, at) => buy(`order ${at}`, "commit")));
  assert.equal(bought.filter(Boolean).length, 1);
  assert.equal((await pool.query("select id from orders")).rows.length, 1);
  assert.equal((await store.redeemed("GIFT"))?.order, (await pool.query("select id from orders")).rows[0].id);
  assert.equal(await buy("late", "commit"), false);
});

test("what was done long ago is forgotten, and only that", async () => {
  const pool = await empty();
  const store = postgres(pool);
  await store.count({ a: 1 });
  await pool.query("insert into querencia_done (token, at) select n, 0 from generate_series(1, 1500) n");
  await pool.query(sql.FORGET_DONE);
  assert.equal((await pool.query("select count(*)::int as n from querencia_done where at = 0")).rows[0].n, 500);
  await pool.query(sql.FORGET_DONE);
  assert.equal((await pool.query("select count(*)::int as n from querencia_done")).rows[0].n, 1);
});

test("tables of something else, or some that are gone, are told by one code, of `/health` too", async () => {
  for (const [statement, isMade] of /** @type {[string, boolean][]} */ ([
    ["create table querencia_parts (id int)", false],
    ["create table querencia_schema (n int)", false],
    ["delete from querencia_schema", true],
    ["drop table querencia_records, querencia_counters", true],
  ])) {
    const pool = await empty();
    if (isMade) await postgres(pool).transact(() => ({ put: [record("a")], result: 0 }), "ana");
    await pool.query(statement);
    const { server, ask } = await serverOf({ store: postgres(pool) });
    for (let times = 0; times < 2; times++) await assert.rejects(server.decide("ana"), { name: "ServerError", code: "store-foreign", status: 503 }, statement);
    for (const path of ["/health", "/tasks"]) {
      const { status, json } = await ask("GET", path);
      assert.deepEqual([status, json.problems[0].code], [503, "store-foreign"], `${statement} ${path}`);
    }
    await server.close();
  }
});

test("what of a customer somebody else wrote over is told by the same code at once, and nothing is stored over it; the others go on", async () => {
  const pool = await empty();
  const store = postgres(pool);
  for (const part of ["ana", "luis"]) await store.transact(() => ({ put: [record("a")], facts: { customer: { id: part } }, result: 0 }), part);
  for (const written of ["no JSON", "{", ""]) {
    for (const [table, column] of [["querencia_records", "body"], ["querencia_parts", "facts"], ["querencia_parts", "wishes"]]) {
      const [{ before }] = (await pool.query(`select ${column} as before from ${table} where part = 'ana'`)).rows;
      await pool.query(`update ${table} set ${column} = $1 where part = 'ana'`, [written]);
      const began = performance.now();
      await assert.rejects(store.transact(() => ({ put: [record("b")], result: 0 }), "ana"), { name: "ServerError", code: "store-foreign", status: 503 }, `${table}.${column} = ${written}`);
      assert.ok(performance.now() - began < 5000, "it is not tried again");
      assert.equal(await store.transact((records) => ({ put: [], result: records.length }), "luis"), 1);
      assert.deepEqual((await pool.query(`select ${column} as after from ${table} where part = 'ana'`)).rows, [{ after: written }]);
      await pool.query(`update ${table} set ${column} = $1 where part = 'ana'`, [before]);
    }
  }
  assert.equal(await store.transact((records) => ({ put: [], result: records.length }), "ana"), 1);
});
