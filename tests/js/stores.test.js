import { memory } from "querencia/shop";
import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "./stores.js";

// Each makes an empty store. `indexedDB` keeps to the same cases in Chromium: tests/e2e/ledger.test.js.
const stores = { memory: () => memory() };

for (const [store, make] of Object.entries(stores)) {
  for (const [name, run] of Object.entries(cases)) test(`${store}() ${name}`, () => run(make()));
}

test("memory() may begin with records, and does not touch them", async () => {
  const records = /** @type {any} */ ([
    { id: "a", state: "armed", at: 1 },
    { id: "a", state: "reserved", at: 2 },
  ]);
  const store = memory(records);
  assert.deepEqual(await store.all(), [{ id: "a", state: "armed", at: 2, versionAt: 1 }]);
  assert.equal(records[0].at, 1);
});
