// A policy as `querencia publish` writes it, into a folder that is read back and deleted.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../js/cli/publish.js";

/**
 * @param {any} policy an object, or the path of a file
 * @returns {Promise<{ index: any, files: Record<string, Buffer> }>} the files by name, `index.json` among them
 */
export async function publishedFiles(policy) {
  const folder = await mkdtemp(join(tmpdir(), "querencia-"));
  try {
    const path = typeof policy === "string" ? policy : join(folder, "policy.json");
    if (path !== policy) await writeFile(path, JSON.stringify(policy));
    const out = join(folder, "out");
    /** @type {string[]} */
    const said = [];
    const say = (/** @type {string} */ line) => void said.push(line);
    assert.equal(await run([path, "--out", out], { out: say, err: say }), 0, said.join("\n"));
    const names = await readdir(out);
    const files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(out, name))])));
    return { index: JSON.parse(String(files["index.json"])), files };
  } finally {
    await rm(folder, { recursive: true });
  }
}
