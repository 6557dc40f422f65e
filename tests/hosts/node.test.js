import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as querencia from "querencia";
import { differences } from "./cases.js";

test("Node decides as the native engine does", async () => {
  const { count, found } = await differences(await readFile(process.env.CASES ?? "", "utf8"), querencia);
  console.log(`${count} cases in Node`);
  // as many as the gate has; `--all` has more
  assert.ok(count >= 4_000, `${count} cases`);
  assert.deepEqual(found, []);
});
