// The README's example in code does what the README says it does.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

test("the README's JavaScript prints what the README says", async () => {
  const readme = await readFile("README.md", "utf8");
  const [, source] = readme.match(/<!-- test: javascript -->\n```js\n([^]*?)```/) ?? [];
  assert.ok(source, "README.md has no such example");
  assert.ok(source.trim().split("\n").length <= 16, "it is longer than a reader wants");
  /** @type {string[]} */
  const printed = [];
  const { log } = console;
  console.log = (...words) => void printed.push(words.join(" "));
  try {
    const here = new URL("../../js/index.js", import.meta.url).href;
    await import("data:text/javascript," + encodeURIComponent(source.replace('"querencia"', JSON.stringify(here))));
  } finally {
    console.log = log;
  }
  const [, said] = readme.match(/It prints `([^`]*)`/) ?? [];
  assert.deepEqual(printed, [said?.replace("24,90 €", "24,90\u00a0€")]);
});
