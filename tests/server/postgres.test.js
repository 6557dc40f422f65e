// The store in PostgreSQL: every case over a pool and over PGlite, and over one connection those in which it may differ.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { postgres } from "../../js/server/store/postgres/index.js";
import { cases } from "./kit.js";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());

const pool = server.pool();
const client = await server.client({ database: await server.database() });
const pglite = new PGlite();
after(() => pglite.close());

const TABLES = ["parts", "records", "grants", "counters", "notes", "redemptions"].map((name) => `querencia_${name}`);

const clients = { "pg.Pool": pool, "pg.Client": client, PGlite: pglite };
const stores = Object.entries(clients).map(([kind, its]) => ({ kind, its, store: postgres(its) }));
// All that waits comes before the first test: what is stopped after the tests is stopped when those that are there have run.
for (const { store } of stores) await store.parts({ limit: 1 });

/** What one connection may do otherwise than a pool; with PROVE all. */
const OF_ONE = process.env.PROVE ? /./ : /at once|one after the other|all or nothing|work throws|once by its key/;

for (const { kind, its, store } of stores) {
  for (const [name, run] of Object.entries(cases)) {
    if (its === client && !OF_ONE.test(name)) continue;
    test(`postgres(${kind}) ${name}`, async () => {
      await its.query(`truncate ${TABLES}`);
      await run(store);
    });
  }
}
