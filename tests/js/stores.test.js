import * as shop from "querencia/shop";
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { cases } from "./stores.js";

const { memory } = shop;

// Each makes an empty store. `indexedDB` keeps to the same cases in Chromium: tests/e2e/ledger.test.js; `remote` beside a server: remote.test.js.
const stores = { memory: () => memory() };

for (const [store, make] of Object.entries(stores)) {
  for (const [name, run] of Object.entries(cases)) test(`${store}() ${name}`, () => run(make()));
}

test("every store is exported and keeps to the cases", async () => {
  const files = (await readdir(new URL("../../js/ledger/", import.meta.url))).filter((file) => !file.endsWith(".test.js"));
  for (const file of files.filter((file) => !["fallen.js", "keep.js", "kept.js", "part.js", "prune.js", "readable.js", "record.js", "versioned.js", "wishes.js"].includes(file))) {
    for (const name of Object.keys(await import(`../../js/ledger/${file}`))) {
      assert.ok(Object.hasOwn(shop, name), `export \`${name}\` from js/shop/index.js and index.d.ts`);
      assert.ok(Object.hasOwn(stores, name) || ["indexedDB", "remote"].includes(name), `add \`${name}\` to \`stores\``);
    }
  }
});

test("memory() may begin with records, and does not touch them", async () => {
  const records = /** @type {any} */ ([
    { id: "a", state: "armed", at: 1 },
    { id: "a", state: "reserved", at: 2 },
  ]);
  const store = memory(records);
  assert.deepEqual(await store.all(), [{ id: "a", state: "armed", at: 2, versionAt: 1 }]);
  assert.equal(records[0].at, 1);
});
