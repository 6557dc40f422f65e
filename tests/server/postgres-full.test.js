// PostgreSQL on a disk that becomes full while eight write. Mounting a small disk needs root, so it is tried with PROVE alone (`cargo xtask prove`);
// tests/server/postgres-faults.test.js has what the store says of it, everywhere.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import { postgres } from "../../js/server/store/postgres/index.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";

if (process.env.PROVE) {
  test("a disk that becomes full: an error of the list, nothing acknowledged is lost, and it goes on when there is room", async (t) => {
    const disk = mkdtempSync(join(tmpdir(), "querencia-disk-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m,mode=777", "tmpfs", disk]);
    const before = process.env.TMPDIR;
    try {
      process.env.TMPDIR = disk;
      const server = await startPostgres({ settings: {} });
      try {
        const store = postgres(server.pool(), { patience: 1000 });
        await store.parts({ limit: 1 });
        /** @type {Set<string>} */
        const acknowledged = new Set();
        /** @type {Record<string, number>} */
        const refused = {};
        let isOver = false;
        const text = "x".repeat(20_000);
        const writer = async (/** @type {number} */ at) => {
          for (let number = 0; !isOver; number += 1) {
            const id = `${at}-${number}`;
            const put = [record(id, { note: Array.from({ length: 4 }, () => crypto.randomUUID()).join(text.slice(0, 2000)) })];
            try {
              await store.transact(() => ({ put, count: { "day.n": 1 }, result: 0 }), `customer ${at}`);
              acknowledged.add(id);
            } catch (error) {
              const { code } = /** @type {any} */ (error);
              refused[code] = (refused[code] ?? 0) + 1;
              await wait(50);
            }
          }
        };
        const writers = Promise.all(Array.from({ length: 8 }, (_, at) => writer(at)));
        const said = () => Object.values(refused).reduce((a, b) => a + b, 0);
        while (acknowledged.size < 50) await wait(20);
        const ballast = join(disk, "ballast");
        const free = statfsSync(disk);
        writeFileSync(ballast, Buffer.alloc(Math.max(0, free.bavail * free.bsize - 200_000)));
        for (const from = Date.now(); said() < 20 && Date.now() - from < 60_000; ) await wait(50);
        rmSync(ballast);
        // If it ended for want of room it begins again, as a service does.
        await server.kill().catch(() => {});
        await server.start();
        const soFar = acknowledged.size;
        for (const from = Date.now(); acknowledged.size < soFar + 50 && Date.now() - from < 60_000; ) await wait(50);
        isOver = true;
        await writers;
        const stored = new Set((await store.all()).map(({ id }) => id));
        const missing = [...acknowledged].filter((id) => !stored.has(id));
        t.diagnostic(JSON.stringify({ acknowledged: acknowledged.size, stored: stored.size, lost: missing.length, refused }));
        assert.ok(said() > 0, "the disk was never full");
        assert.deepEqual(Object.keys(refused).filter((code) => code !== "store-full" && code !== "store-unreachable"), []);
        assert.deepEqual(missing, []);
        assert.ok(acknowledged.size >= soFar + 50, "it did not go on");
        assert.deepEqual(await store.counters("day."), { "day.n": stored.size });
      } finally {
        await server.stop();
      }
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      execFileSync("umount", ["-l", disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  });
}
