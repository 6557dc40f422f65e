// What goes wrong between a shop and its database: connections that break before and after COMMIT, no room, a process that stands still, a database
// that is stopped. Nothing is lost, nothing is done twice, and the error says what to do.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { postgres } from "../../js/server/store/postgres/index.js";
import * as sql from "../../js/server/store/postgres/statements.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());
const pool = server.pool();
const store = postgres(pool);
await store.parts({ limit: 1 });

/**
 * A pool whose connections do something else at a statement, the first times.
 * @param {(text: string, connection: any, go: () => Promise<any>) => Promise<any>} at
 * @param {any} [its]
 */
function odd(at, its = pool) {
  return {
    totalCount: 0,
    query: (/** @type {any[]} */ ...given) => its.query(...given),
    async connect() {
      const connection = await its.connect();
      return {
        on: (/** @type {any[]} */ ...given) => connection.on(...given),
        off: (/** @type {any[]} */ ...given) => connection.off(...given),
        release: (/** @type {any} */ error) => connection.release(error),
        query: (/** @type {string} */ text, /** @type {any[]} */ values) => at(text, connection, () => connection.query(text, values)),
      };
    },
  };
}

/** Breaks the connection for good. @param {any} connection */
async function cut(connection) {
  connection.connection.stream.destroy();
  throw Object.assign(new Error("Connection terminated unexpectedly"), { code: "ECONNRESET" });
}

/** Stores one record and counts it. @param {import("../../js/server/store.d.ts").ServerStore} store @param {string} part */
const count = (store, part) =>
  store.transact((records) => ({ put: [record(`r${records.length}`)], count: { [part]: 1 }, result: records.length }), part);

/** @param {string} part */
const counted = async (part) => [(await store.counters(part))[part] ?? 0, await store.transact((records) => ({ put: [], result: records.length }), part)];

test("a connection that breaks before COMMIT: it is done once, with the next", async () => {
  let broken = 0;
  const broke = odd((text, connection, go) => (text === sql.WRITE && broken++ < 2 ? go().then(() => cut(connection)) : go()));
  assert.equal(await count(postgres(broke), "before"), 0);
  assert.equal(broken, 3);
  assert.deepEqual(await counted("before"), [1, 1]);
});

test("a connection that breaks while COMMIT is answered: it is looked up, and not done twice", async () => {
  let broken = 0;
  const broke = odd((text, connection, go) => (text === "commit" && broken++ < 1 ? go().then(() => cut(connection)) : go()));
  assert.equal(await count(postgres(broke), "committed"), 0);
  assert.deepEqual([broken, await counted("committed")], [2, [1, 1]]);
});

test("a connection that breaks as COMMIT is sent: it was not done, and is done again", async () => {
  let broken = 0;
  const broke = odd((text, connection, go) => (text === "commit" && broken++ < 1 ? cut(connection) : go()));
  assert.equal(await count(postgres(broke), "lost"), 0);
  assert.deepEqual([broken, await counted("lost")], [2, [1, 1]]);
});

for (const code of ["40001", "40P01", "57P01"]) {
  test(`what the database undoes with ${code} is done again`, async () => {
    let failed = 0;
    const fails = odd((text, _, go) => (text === sql.WRITE && failed++ < 3 ? Promise.reject(Object.assign(new Error("no"), { code })) : go()));
    await count(postgres(fails), code);
    assert.deepEqual([failed, await counted(code)], [4, [1, 1]]);
  });
}

test("trying again ends, and says that too many ask", async () => {
  const fails = odd((text, _, go) => (text === sql.WRITE ? Promise.reject(Object.assign(new Error("no"), { code: "40P01" })) : go()));
  await assert.rejects(count(postgres(fails, { patience: 200 }), "busy"), { code: "busy", status: 503 });
  assert.deepEqual(await counted("busy"), [0, 0]);
});

test("no room: the error says so at once, and nothing is stored", async () => {
  for (const code of ["53100", "53200"]) {
    const full = odd((text, _, go) => (text === sql.WRITE ? Promise.reject(Object.assign(new Error("could not extend file"), { code })) : go()));
    await assert.rejects(count(postgres(full), "full"), { code: "store-full", status: 503 });
  }
  assert.deepEqual(await counted("full"), [0, 0]);
});

test("an error says nothing of who it was about", async () => {
  const fails = odd((text, _, go) => (text === sql.WRITE ? Promise.reject(Object.assign(new Error("no"), { code: "53100", detail: "Key (part)=(ana@example.com)" })) : go()));
  const error = await count(postgres(fails), "ana@example.com").catch((error) => error);
  assert.doesNotMatch(JSON.stringify(error) + error.message + error.stack, /ana@/);
});

test("a process that stands still in a transaction does not hold its customer for ever", async () => {
  const still = await server.client();
  await still.query("begin");
  await still.query(sql.LOCK_PART, ["5000", "still"]);
  assert.equal(await count(store, "still"), 0);
  await assert.rejects(still.query("commit"));
});

test("other customers do not wait for one", async () => {
  const holder = await server.client();
  await holder.query("begin");
  await holder.query(sql.LOCK_PART, ["5000", "held"]);
  assert.equal(await count(store, "free"), 0);
  await store.putNote("free", 1);
  await store.count({ free: 0 });
  await holder.query("rollback");
});

test("a client that changes the isolation level is refused", async () => {
  const repeatable = odd((text, connection, go) => (text.startsWith("begin") ? connection.query("begin isolation level repeatable read") : go()));
  await assert.rejects(count(postgres(repeatable), "level"), /repeatable read/);
  assert.deepEqual(await counted("level"), [0, 0]);
});

test("a database that acknowledges before the disk has it is asked to wait", async () => {
  const hasty = server.pool({ options: "-c synchronous_commit=off" });
  /** @type {string[]} */
  const settings = [];
  const looked = odd(async (text, connection, go) => {
    if (text === "commit") settings.push((await connection.query("show synchronous_commit")).rows[0].synchronous_commit);
    return go();
  }, hasty);
  await count(postgres(looked), "hasty");
  assert.deepEqual(settings, ["on"]);
  assert.equal((await hasty.query("show synchronous_commit")).rows[0].synchronous_commit, "off");
});

test("what the work threw is thrown as it is, once, and the connection is used again", async () => {
  let works = 0;
  const thrown = new RangeError("mine");
  const failing = store.transact(() => {
    works += 1;
    throw thrown;
  }, "thrown");
  await assert.rejects(failing, (error) => error === thrown);
  assert.equal(works, 1);
  assert.ok(pool.idleCount > 0);
});

test("what is no client is refused", () => {
  for (const client of [undefined, null, {}, "postgres://"]) assert.throws(() => postgres(/** @type {any} */ (client)), /query\(text, values\)/);
});

test("where there is no database it ends, and says so; `now()` says so at once", async () => {
  const nowhere = server.pool({ host: `${server.folder}/nowhere` });
  const lost = postgres(nowhere, { patience: 300 });
  await assert.rejects(count(lost, "nowhere"), { code: "store-unreachable", status: 503 });
  await assert.rejects(lost.now(), { code: "store-unreachable" });
});

test("a database that never answers: it ends too", async () => {
  const never = () => new Promise(() => {});
  const silent = postgres({ query: never, connect: never, totalCount: 0 }, { patience: 200 });
  await assert.rejects(silent.now(), { code: "store-unreachable" });
  const deaf = odd((_text, _connection, go) => go());
  await assert.rejects(count(postgres({ ...deaf, connect: never }, { patience: 200 }), "deaf"), { code: "store-unreachable" });
});

test("one connection that is closed says so at once, and does not wait", async () => {
  const client = await server.client();
  const one = postgres(client);
  await count(one, "one");
  client.connection.stream.destroy();
  await assert.rejects(count(one, "one"), { code: "store-unreachable" });
  assert.deepEqual(await counted("one"), [1, 1]);
});
