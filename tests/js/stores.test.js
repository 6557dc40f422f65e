import { memory } from "querencia/shop";
import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "./stores.js";

for (const [name, run] of Object.entries(cases)) {
  test(`memory() ${name}`, () => run(memory()));
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
