// The README's example in code does what the README says it does, and the tests that CONTRIBUTING runs by name exist.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
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

test("the first page in Spanish pastes the lines of the README", async () => {
  const [, tag] = (await readFile("README.md", "utf8")).match(/<!-- test: script tag -->\n```html\n([^]*?)```/) ?? [];
  const [, pasted] = (await readFile("www/docs/es/index.md", "utf8")).match(/```html\n([^]*?) *```/) ?? [];
  assert.equal(pasted?.replace(/^ {3}/gm, ""), tag);
});

test("each command of CONTRIBUTING that runs one test finds it", async () => {
  const contributing = await readFile("CONTRIBUTING.md", "utf8");
  /** @param {string} folder @param {string} end */
  const textOf = async (folder, end) => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(end));
    return (await Promise.all(names.map((name) => readFile(`${folder}/${name}`, "utf8")))).join("\n");
  };
  const [native, vectors] = await Promise.all([textOf("src", ".rs"), textOf("tests/vectors", ".json")]);
  let commands = 0;
  /** @param {RegExp} command @param {(...parts: string[]) => boolean | Promise<boolean>} finds */
  const check = async (command, finds) => {
    for (const [line, ...parts] of contributing.matchAll(command)) {
      commands += 1;
      assert.ok(await finds(...parts), `no test has the name in \`${line}\``);
    }
  };
  await check(/cargo test --test (\w+) (\w+)/g, async (file, name) => (await readFile(`tests/${file}.rs`, "utf8")).includes(`fn ${name}`));
  await check(/cargo test --lib (\w+)/g, (name) => native.includes(`fn ${name}`));
  await check(/--test-name-pattern="(.+?)" (\S+)/g, async (name, file) => (await readFile(file, "utf8")).includes(name));
  await check(/(?:xtask vectors |VECTORS=)"(.+?)"/g, (name) => vectors.includes(`"name": "${name}`));
  assert.ok(commands >= 6, `${commands}`);
});
