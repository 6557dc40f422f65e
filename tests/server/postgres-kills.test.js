// PostgreSQL is killed while clients write. What was acknowledged is there, and nothing is there twice. Also what a process with PGlite loses that is
// killed. `KILLS=20 node --test tests/server/postgres-kills.test.js` for more of them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { after, test } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { postgres } from "../../js/server/store/postgres/index.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";

const KILLS = Number(process.env.KILLS ?? (process.env.PROVE ? 50 : 2));
const WRITERS = 8;

test("a PostgreSQL that is killed, and restarts, while eight write: all that was acknowledged is there, and nothing twice", async (t) => {
  // As it ships: what is acknowledged is on the disk.
  const server = await startPostgres({ settings: {} });
  try {
    const store = postgres(server.pool(), { patience: 90_000 });
    await store.parts({ limit: 1 });
    /** @type {Set<string>} */
    const acknowledged = new Set();
    let isOver = false;
    let written = 0;
    const writer = async (/** @type {number} */ at) => {
      for (let number = 0; !isOver; number += 1) {
        const id = `${at}-${number}`;
        await store.transact(() => ({ put: [record(id)], count: { "day.n": 1 }, result: undefined }), `customer ${at % 3}`);
        acknowledged.add(id);
        written += 1;
      }
    };
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, at) => writer(at)));
    // After all kills one restart.
    for (let kill = 0; kill <= KILLS; kill += 1) {
      // Not before something was written since the last one, so that each hits writers at work.
      for (const before = written; written < before + WRITERS; ) await wait(10);
      await wait((kill * 37) % 100);
      await server.kill(kill < KILLS ? "SIGKILL" : "SIGINT");
      await server.start();
    }
    isOver = true;
    await writers;
    const stored = (await store.all()).map(({ id }) => id);
    const missing = [...acknowledged].filter((id) => !stored.includes(id));
    t.diagnostic(JSON.stringify({ kills: KILLS, acknowledged: acknowledged.size, stored: stored.length, lost: missing.length }));
    assert.deepEqual(missing, []);
    assert.equal(stored.length, acknowledged.size);
    assert.deepEqual(await store.counters("day."), { "day.n": acknowledged.size });
  } finally {
    await server.stop();
  }
});

test("a process with PGlite that is killed: what was acknowledged is in the folder", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "querencia-pglite-"));
  after(() => rm(folder, { recursive: true, force: true }));
  const script = `
    import { PGlite } from "@electric-sql/pglite";
    import { postgres } from ${JSON.stringify(new URL("../../js/server/store/postgres/index.js", import.meta.url).href)};
    const store = postgres(new PGlite(process.argv[1]));
    const first = Number((await store.counters("day."))["day.n"] ?? 0);
    for (let number = 0; ; number += 1) {
      const id = first + "-" + number;
      await store.transact(() => ({ put: [{ id, campaign: "c", class: "relational", channel: "email", at: 1, state: "armed" }], count: { "day.n": 1 }, result: 0 }), "ana");
      console.log(id);
    }`;
  /** @type {string[]} */
  const acknowledged = [];
  const kills = Math.ceil(KILLS / 2);
  for (let kill = 0; kill < kills; kill += 1) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder], { stdio: ["ignore", "pipe", "inherit"] });
    let lines = 0;
    for await (const line of createInterface(child.stdout)) {
      acknowledged.push(line);
      if ((lines += 1) === 15 + kill) child.kill("SIGKILL");
    }
    assert.ok(lines >= 15 + kill, `it ended by itself after ${lines}`);
  }
  const client = new PGlite(folder);
  const store = postgres(client);
  const stored = (await store.all()).map(({ id }) => id);
  const missing = acknowledged.filter((id) => !stored.includes(id));
  t.diagnostic(JSON.stringify({ kills, acknowledged: acknowledged.length, stored: stored.length, lost: missing.length }));
  assert.deepEqual(missing, []);
  assert.deepEqual(await store.counters("day."), { "day.n": stored.length });
  await client.close();
});
