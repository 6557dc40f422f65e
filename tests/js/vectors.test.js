// The contract, over the built package in Node.

import * as querencia from "querencia";
import { readFile, readdir } from "node:fs/promises";
import { describe, test } from "node:test";
import { casesOf, check } from "../vectors/match.js";

const folder = new URL("../vectors/", import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
if (names.length === 0) throw new Error("there are no vectors");

for (const name of names) {
  const cases = casesOf(JSON.parse(await readFile(new URL(name, folder), "utf8")));
  describe(name, () => {
    for (const given of cases) test(given.name, () => check(given, querencia));
  });
}
