// A database ends a connection between the pool that hands it out and the store that gets it, as one does that is killed: what says that it is ready
// says in one breath that it ended. An error of a connection to which nobody listens ends the process.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { postgres } from "../../js/server/store/postgres/index.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());

test("a connection that ends while it is handed over", async () => {
  const pool = server.pool({ max: 2 });
  // One that the shop has used before it has a store.
  await pool.query("select 1");
  const store = postgres(pool);
  await store.parts({ limit: 1 });
  let ended = 0;
  const end = (/** @type {any} */ connection) => {
    // After the pool's own listener is gone, before the promise of the connection is looked at.
    queueMicrotask(() => connection.emit("error", Object.assign(new Error("terminating connection due to unexpected postmaster exit"), { code: "57P01" })));
    ended += 1;
  };
  pool.on("acquire", end);
  for (const id of ["a", "b"]) await store.transact(() => ({ put: [record(id)], result: 0 }), "ana");
  pool.off("acquire", end);
  assert.equal(ended, 2);
  assert.equal((await store.all()).length, 2);
});

test("a pool that the shop has ended is not asked again: the process may end", async () => {
  const pool = server.pool();
  const store = postgres(pool);
  await store.count({ "day.n": 1 });
  await pool.end();
  const begin = performance.now();
  for (const ask of [() => store.count({ "day.n": 1 }), () => store.all(), () => store.transact(() => ({ put: [record("c")], result: 0 }), "ana")]) {
    await assert.rejects(ask, { code: "store-unreachable", status: 503 });
  }
  assert.ok(performance.now() - begin < 5000, "it waited for a connection that never comes");
});
