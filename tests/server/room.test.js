// An embedded database on a disk without room. tests/server/postgres-full.test.js fills a real one.

import assert from "node:assert/strict";
import { promises as fs, mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openStore } from "../../js/server/node/store.js";
import { record } from "./kit.js";

/** The disk has so many bytes left. @param {import("node:test").TestContext} t @param {number} bytes */
function leave(t, bytes) {
  const mocked = t.mock.method(fs, "statfs", async () => ({ bavail: bytes / 4096, bsize: 4096 }));
  syncBuiltinESMExports();
  return () => {
    mocked.mock.restore();
    syncBuiltinESMExports();
  };
}

test("with less than 64 MiB left an embedded database stores nothing, says `store-full`, and goes on when there is room", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "querencia-room-"));
  try {
    const { store, close } = await openStore({ data });
    const put = (/** @type {string} */ id) => store.transact((records) => ({ put: [record(id)], result: records.length }), "ana");
    assert.equal(await put("a"), 0);
    const restore = leave(t, 64 * 2 ** 20 - 4096);
    await assert.rejects(put("b"), { code: "store-full" });
    assert.deepEqual((await store.all()).map(({ id }) => id), ["a"], "what is there can still be read");
    restore();
    const enough = leave(t, 64 * 2 ** 20);
    assert.equal(await put("c"), 1);
    enough();
    await close();

    const again = leave(t, 1_000_000);
    await assert.rejects(openStore({ data }), { name: "StoreError", message: /less than 64 MiB left: make room/ });
    again();
    const opened = await openStore({ data });
    assert.deepEqual((await opened.store.all()).map(({ id }) => id).sort(), ["a", "c"]);
    await opened.close();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
