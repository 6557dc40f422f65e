// The policy of tests/e2e/pages, published: the answers of a server that has the folder at /loyalty/.

import { readFile } from "node:fs/promises";
import { publishedFiles } from "../published.js";

export const INDEX = "/loyalty/index.json";

/** @param {any} [policy] @returns {Promise<Record<string, { body: string | Buffer }>>} */
export async function published(policy) {
  policy ??= JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
  const { files } = await publishedFiles(policy);
  return Object.fromEntries(Object.entries(files).map(([name, body]) => [`/loyalty/${name}`, { body }]));
}
