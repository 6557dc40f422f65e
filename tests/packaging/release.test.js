// The files of a release: the same bytes twice, and a newcomer's first line works with them.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, mkdir, readFile, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { unzipSync } from "fflate";
import { launch } from "../chromium.js";
import { serve } from "../server.js";
import { npm, run } from "./stranger.js";

/** @type {string} */
let folder;
const { version } = JSON.parse(await readFile("package.json", "utf8"));

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "querencia-release-")));
  for (const name of ["once", "twice"]) await run(process.execPath, ["tests/xtask/release.js", join(folder, name)], {});
});

after(() => rm(folder, { recursive: true, force: true }));

const bytes = (/** @type {string} */ name, run = "once") => readFile(join(folder, run, name));

test("two runs give the same bytes, and SHA256SUMS has their sums", async () => {
  const names = (await readdir(join(folder, "once"))).sort();
  assert.deepEqual(names, ["SHA256SUMS", "integrity.json", `querencia-${version}.tgz`, `querencia-theme-${version}.zip`]);
  const sums = [];
  for (const name of names) {
    const once = await bytes(name);
    assert.ok(once.equals(await bytes(name, "twice")), name);
    if (name !== "SHA256SUMS") sums.push(`${createHash("sha256").update(once).digest("hex")}  ${name}\n`);
  }
  assert.equal(await bytes("SHA256SUMS").then(String), sums.join(""));
});

test("the README's first line installs the package, and its example runs", async () => {
  const readme = await readFile("README.md", "utf8");
  const [line] = readme.match(/npm i \.\/querencia-\S+\.tgz/) ?? [];
  assert.ok(line, "README.md has no such line");
  const project = join(folder, "project");
  await mkdir(project);
  // without it npm would take the first folder above that has one
  await writeFile(join(project, "package.json"), "{}");
  await cp(join(folder, "once", `querencia-${version}.tgz`), join(project, `querencia-${version}.tgz`));
  await npm([...line.replace("<version>", version).split(" ").slice(1), "--offline", "--no-audit", "--no-fund"], project);
  const [, source] = readme.match(/<!-- test: javascript -->\n```js\n([^]*?)```/) ?? [];
  await writeFile(join(project, "first.mjs"), source);
  const { stdout } = await run(process.execPath, ["first.mjs"], { cwd: project });
  assert.match(stdout, /^Gracias\. /);
});

test("the zip for themes has the script, the presets, the docs, the licences, and a tag with its integrity", async () => {
  const zip = unzipSync(new Uint8Array(await bytes(`querencia-theme-${version}.zip`)));
  const root = `querencia-${version}`;
  for (const name of ["dist/querencia.js", "dist/index.js", "dist/THIRD-PARTY.txt", "www/policies/starter.json", "www/docs/index.md", "LICENSE-MIT", "loyalty/index.json", "script-tag.html"]) {
    assert.ok(zip[`${root}/${name}`], name);
  }
  const tag = Buffer.from(zip[`${root}/script-tag.html`]).toString();
  const [, integrity] = /integrity="([^"]+)"/.exec(tag) ?? [];
  const sum = createHash("sha384").update(zip[`${root}/dist/querencia.js`]).digest("base64");
  assert.equal(integrity, `sha384-${sum}`);
  const listed = JSON.parse(await bytes("integrity.json").then(String));
  for (const path of Object.keys(zip).filter((path) => path.startsWith(`${root}/dist/`) && !path.endsWith("integrity.json"))) {
    assert.equal(listed[path.slice(`${root}/dist/`.length)], `sha384-${createHash("sha384").update(zip[path]).digest("base64")}`, path);
  }
});

test("the tag of the zip thanks for a purchase, and a script that was changed does not run", async () => {
  const root = join(folder, "shop");
  const zip = unzipSync(new Uint8Array(await bytes(`querencia-theme-${version}.zip`)));
  for (const [path, content] of Object.entries(zip)) {
    // dist/ and loyalty/ go to the server, as the file with the tag says
    const target = join(root, path.replace(`querencia-${version}/`, ""));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const purchase = `<script>dataLayer = [{ event: "purchase", ecommerce: { transaction_id: "A-17", value: 24.9, currency: "EUR" } }];</script>`;
  await writeFile(join(root, "index.html"), `<!doctype html><html lang="es">${purchase}${await readFile(join(root, "script-tag.html"), "utf8")}`);
  const browser = await launch();
  const server = await serve({ roots: { "/": root, "/dist/": join(root, "dist") } });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.locator("querencia-message [part=body]").waitFor({ timeout: 20_000 });
    const script = join(root, "dist/querencia.js");
    await writeFile(script, `${await readFile(script, "utf8")} `);
    const complaint = page.waitForEvent("console", { predicate: (message) => /integrity/.test(message.text()), timeout: 20_000 });
    await page.reload();
    await complaint;
    assert.equal(await page.locator("querencia-message [part=body]").count(), 0);
  } finally {
    await browser.close();
    await server.close();
  }
});

test("the notices name the crates inside, with the text of their licences", async () => {
  const notices = await readFile("dist/THIRD-PARTY.txt", "utf8");
  for (const name of ["chrono", "serde", "talc", "wasm-bindgen"]) assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ `, "m"));
  assert.doesNotMatch(notices, /^(syn|quote|walrus|serde_json) /m);
  assert.match(notices, /Permission is hereby granted, free of charge/);
});

test("npm packs nothing without a build, and says what to run", async () => {
  const bare = join(folder, "bare");
  await mkdir(join(bare, "tests/xtask"), { recursive: true });
  for (const name of ["package.json", "README.md", "CHANGELOG.md", "js", "www/docs", "www/policies", "tests/xtask/prepack.js", "tests/xtask/integrity.js"]) {
    await cp(name, join(bare, name), { recursive: true });
  }
  await assert.rejects(npm(["pack"], bare), ({ stderr }) => /run `cargo xtask build`/.test(stderr) && /dist\/querencia\.wasm is not there/.test(stderr));
  await mkdir(join(bare, "www/docs/more"));
  await writeFile(join(bare, "www/docs/more/page.md"), "[a](../none.md) [b](../../../CONTRIBUTING.md)\n[c](https://github.com/querencia-dev/querencia/blob/main/none.md)\n");
  await assert.rejects(npm(["pack"], bare), ({ stderr }) => {
    assert.match(stderr, /page\.md: \.\.\/none\.md leads nowhere/);
    assert.match(stderr, /none\.md is no file of the repository/);
    return true;
  });
});

test("npm packs no build that lacks a file, has one too many, or another one", async () => {
  const half = join(folder, "half");
  for (const name of ["package.json", "README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "js", "dist", "www/docs", "www/policies", "www/policy.schema.json", "tests/xtask/prepack.js", "tests/xtask/integrity.js"]) {
    await cp(name, join(half, name), { recursive: true });
  }
  /** What is wrong with dist/: the docs name files of the repository that are not here. */
  const said = () => npm(["pack", "--dry-run"], half).then(() => [], ({ stderr }) => /** @type {string} */ (stderr).match(/(?<=^ *)dist\/.*/gm) ?? []);
  assert.deepEqual(await said(), []);
  const names = await readdir(join(half, "dist"));
  const named = (/** @type {RegExp} */ pattern) => names.find((name) => pattern.test(name)) ?? assert.fail(String(pattern));
  const [page, core, whole] = [named(/^page-/), named(/^querencia-core-/), named(/^whole-/)];
  for (const name of [page, core]) await rm(join(half, "dist", name));
  await writeFile(join(half, "dist", whole), "garbage");
  await writeFile(join(half, "dist/words/xx-1.js"), "");
  const faults = [`${page} is not there`, `${core} is not there`, `${whole} is not the file that was built`, "words/xx-1.js is of no build"];
  assert.deepEqual([...(await said())].sort(), faults.map((fault) => `dist/${fault}`).sort());
});

