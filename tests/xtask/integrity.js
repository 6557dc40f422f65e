// For each file in dist/ what a page writes into `integrity`. As a program it writes dist/integrity.json.

import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

/** @returns {Promise<Record<string, string>>} by path below dist/ */
export async function integrity() {
  const paths = (await readdir("dist", { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== "integrity.json")
    .map(({ parentPath, path, name }) => `${parentPath ?? path}/${name}`.replaceAll("\\", "/").replace(/^dist\//, ""))
    .sort();
  const rows = paths.map(async (path) => [path, `sha384-${createHash("sha384").update(await readFile(`dist/${path}`)).digest("base64")}`]);
  return Object.fromEntries(await Promise.all(rows));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writeFile("dist/integrity.json", `${JSON.stringify(await integrity(), null, 2)}\n`);
}
