// Writes dist/integrity.json: for each file in dist/ what a page writes into `integrity`.

import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";

const paths = (await readdir("dist", { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name !== "integrity.json")
  .map(({ parentPath, path, name }) => `${parentPath ?? path}/${name}`.replaceAll("\\", "/").replace(/^dist\//, ""))
  .sort();
const rows = await Promise.all(
  paths.map(async (path) => [path, `sha384-${createHash("sha384").update(await readFile(`dist/${path}`)).digest("base64")}`]),
);
await writeFile("dist/integrity.json", `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
