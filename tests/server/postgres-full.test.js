// PostgreSQL and PGlite on a disk that becomes full while eight write. Mounting a small disk needs root, so it is tried with PROVE alone (`cargo xtask
// prove`); tests/server/postgres-faults.test.js and room.test.js have what the stores say of it, everywhere.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { openStore } from "../../js/server/node/store.js";
import { postgres } from "../../js/server/store/postgres/index.js";
import { record } from "./kit.js";
import { startPostgres } from "./postgres.js";

/**
 * A disk of so many MiB, as long as the work lasts.
 * @param {number} size
 * @param {(disk: string) => Promise<void>} work
 */
async function withDisk(size, work) {
  const disk = mkdtempSync(join(tmpdir(), "querencia-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}m,mode=777`, "tmpfs", disk]);
  try {
    await work(disk);
  } finally {
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

/**
 * Eight write, the disk is full but for so many bytes, and there is room again.
 * @param {import("node:test").TestContext} t
 * @param {{ store: import("../../js/server/store.d.ts").ServerStore, disk: string, left: number, again?: () => Promise<unknown> }} given `again`: begins
 *   a database anew that ended for want of room
 */
async function fill(t, { store, disk, left, again }) {
  await store.parts({ limit: 1 });
  /** @type {Set<string>} */
  const acknowledged = new Set();
  /** @type {Record<string, number>} */
  const refused = {};
  let isOver = false;
  const text = "x".repeat(2000);
  const writer = async (/** @type {number} */ at) => {
    for (let number = 0; !isOver; number += 1) {
      const id = `${at}-${number}`;
      const put = [record(id, { note: Array.from({ length: 4 }, () => crypto.randomUUID()).join(text) })];
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
  writeFileSync(ballast, Buffer.alloc(Math.max(0, free.bavail * free.bsize - left)));
  for (const from = Date.now(); said() < 20 && Date.now() - from < 60_000; ) await wait(50);
  rmSync(ballast);
  await again?.();
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
}

if (process.env.PROVE) {
  test("a disk that becomes full: an error of the list, nothing acknowledged is lost, and it goes on when there is room", (t) =>
    withDisk(160, async (disk) => {
      const before = process.env.TMPDIR;
      process.env.TMPDIR = disk;
      const server = await startPostgres({ settings: {} });
      try {
        // If it ended for want of room it begins again, as a service does.
        const again = () => server.kill().catch(() => {}).then(() => server.start());
        await fill(t, { store: postgres(server.pool(), { patience: 1000 }), disk, left: 200_000, again });
      } finally {
        if (before === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = before;
        await server.stop();
      }
    }));

  test("the embedded database leaves its log room, and goes on when there is more", (t) =>
    withDisk(260, async (disk) => {
      const { store, close } = await openStore({ data: join(disk, "data") });
      // From here on it writes until less is left than its log must have.
      await fill(t, { store, disk, left: 66 * 2 ** 20 });
      await close();
    }));
}
