import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import * as shop from "../shop/index.js";
import { PLATFORMS } from "./platforms.js";

test("every folder of js/platforms is an adapter that `data-platform` can name and programs can import", async () => {
  const entries = await readdir(new URL("../platforms/", import.meta.url), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(Object.keys(PLATFORMS).sort(), folders.sort());
  for (const [name, load] of Object.entries(PLATFORMS)) assert.equal(typeof (await load({})).start, "function", name);
  for (const name of folders) assert.ok(Object.hasOwn(shop, name), `export \`${name}\` from js/shop/index.js and index.d.ts`);
});
