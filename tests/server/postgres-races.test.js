// Sixteen connections over a cap of three in PostgreSQL: the store holds it, and what one would write without it does not. With PROVE or ROUNDS more
// rounds: `ROUNDS=2000 node --test tests/server/postgres-races.test.js`.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { postgres } from "../../js/server/store/postgres/index.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";
import { CAP, race, rounds, say } from "./races.js";

const server = await startPostgres();
after(() => server.stop());

const CLIENTS = 16;
// Each has one connection, and another one if PostgreSQL ends it because this machine stood still.
const connections = Array.from({ length: CLIENTS }, () => server.pool({ max: 1 }));
const stores = connections.map((connection) => postgres(connection));
const pool = server.pool({ max: 2 });
await stores[0].parts({ limit: 1 });

test("sixteen connections never say more than the cap, and each is told the truth", async (t) => {
  const count = rounds(25, 2000);
  const stored = async (/** @type {string} */ part) => Number((await pool.query("select count(*) from querencia_records where part = $1", [part])).rows[0].count);
  const outcome = await race(count, stores.map((store) => (part, id) => say(store, part, id)), stored);
  t.diagnostic(JSON.stringify(outcome));
  assert.deepEqual(outcome, { rounds: count, clients: CLIENTS, over: 0, under: 0, most: CAP, untrue: 0 });
});

test("an id that sixteen connections store at once is stored once", async (t) => {
  const count = rounds(10, 500);
  for (let round = 0; round < count; round += 1) {
    const part = `same ${round}`;
    const said = await Promise.all(stores.map((store) => say(store, part, "contact")));
    assert.equal(said.filter(Boolean).length, 1);
  }
  t.diagnostic(`${count} rounds`);
});

test("a budget that sixteen connections spend at once, each of another customer, is never passed", async (t) => {
  const count = rounds(5, 300);
  for (let round = 0; round < count; round += 1) {
    const counter = `live.issued.gift.${round}`;
    const spend = (/** @type {typeof stores[0]} */ store, /** @type {number} */ at) =>
      store.transact(() => ({ put: [record(`spent ${round}`)], count: { [counter]: 1, "live.z": 1, "live.a": 1 }, most: { [counter]: 5 }, result: true }), `budget ${at}`);
    const spent = await Promise.all(stores.map((store, at) => spend(store, at).catch((error) => (assert.equal(error.code, "over"), false))));
    assert.equal(spent.filter(Boolean).length, 5);
    assert.equal((await stores[0].counters(counter))[counter], 5);
  }
  t.diagnostic(`${count} rounds`);
});

// What a plugin's author would write. Each must fail, or the races above prove nothing.
const COUNT = "select count(*)::integer as n from control where part = $1";
const INSERT = "insert into control (part, id) values ($1, $2)";

/** @param {any} connection @param {string} begin */
const control = (connection, begin) => async (/** @type {string} */ part, /** @type {string} */ id) => {
  if (begin) await connection.query(begin);
  const [{ n }] = (await connection.query(COUNT, [part])).rows;
  if (n < CAP) await connection.query(INSERT, [part, id]);
  if (begin) await connection.query("commit");
  return n < CAP;
};

for (const [name, begin] of Object.entries({
  "look, then insert": "",
  "a transaction in READ COMMITTED without a lock": "begin isolation level read committed",
  "a transaction in REPEATABLE READ without a lock": "begin isolation level repeatable read",
})) {
  test(`control: ${name} says more than the cap`, async (t) => {
    await pool.query("drop table if exists control");
    await pool.query("create table control (part text, id text, primary key (part, id))");
    const stored = async (/** @type {string} */ part) => (await pool.query(COUNT, [part])).rows[0].n;
    const outcome = await race(rounds(10, 200), connections.map((connection) => control(connection, begin)), stored);
    t.diagnostic(JSON.stringify(outcome));
    assert.ok(outcome.over > 0);
  });
}
