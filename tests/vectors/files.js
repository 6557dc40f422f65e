// The vector files, for the test runners in Node.

import { readFile, readdir } from "node:fs/promises";
import { casesOf, matching } from "./match.js";

/**
 * Every file with its cases; with the environment variable `VECTORS=text` only those whose file or name contains the text.
 * @param {string} [text]
 * @returns {Promise<{ name: string, cases: import("./match.js").Case[] }[]>}
 */
export async function vectorFiles(text = process.env.VECTORS ?? "") {
  const folder = new URL("./", import.meta.url);
  const files = [];
  for (const name of (await readdir(folder)).filter((name) => name.endsWith(".json")).sort()) {
    const all = casesOf(JSON.parse(await readFile(new URL(name, folder), "utf8")));
    const cases = matching(name.replace(/\.json$/, ""), all, text);
    if (cases.length > 0) files.push({ name, cases });
  }
  if (files.length === 0) throw new Error(`no vector has \`${text}\` in its file's name or in its own`);
  return files;
}
