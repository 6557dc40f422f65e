// The package as a stranger gets it: packed, installed, used from Node, from TypeScript, and from what Vite, esbuild and Rollup build, in
// Chromium. What takes longer is in runtimes.test.js.

import assert from "node:assert/strict";
import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { rollup } from "rollup";
import { build } from "vite";
import { files, run, stranger, titleOf } from "./stranger.js";
import { pageOf } from "./table.js";

/** @type {string} */
let folder;
/** @type {{ filename: string, files: { path: string }[] }} */
let packed;

before(async () => {
  ({ folder, packed } = await stranger());
});

after(() => rm(folder, { recursive: true, force: true }));

/** Speaks once and says which campaigns do, as a batch of one tells; the same lines for Node and for the browser. */
const decide = `
  import { load, render } from "querencia";
  export async function campaigns(policy, request, options) {
    const engine = await load(policy, options);
    const { contacts } = engine.decide(request);
    const spoken = [];
    for await (const { contacts, words } of engine.batch([request], { workers: options?.workers ?? 1 })) spoken.push(...Array.from(contacts.campaign, (index) => words[index]));
    return contacts.map((contact, index) => [spoken[index], render(contact).body]);
  }
`;

/** @type {unknown} */
let answerInNode;

test("Node makes a decision", async () => {
  await files(folder, {
    "decide.js": decide,
    "node.js": `import { readFileSync } from "node:fs";
     import { campaigns } from "./decide.js";
     const read = (name) => JSON.parse(readFileSync(name, "utf8"));
     console.log(JSON.stringify(await campaigns(read("policy.json"), read("purchase.json"))));`,
  });
  const { stdout, stderr } = await run(process.execPath, ["node.js"], { cwd: folder });
  assert.equal(stderr, "");
  const answer = JSON.parse(stdout);
  assert.equal(answer.length, 1, stdout);
  assert.match(answer[0][1], /1042/);
  answerInNode = answer;
});

test("Node takes the Wasm that it is given, in each form, and refuses another", async () => {
  await files(folder, {
    "given.js": `import { readFile } from "node:fs/promises";
     import { fileURLToPath } from "node:url";
     const bytes = await readFile(fileURLToPath(import.meta.resolve("querencia/querencia.wasm")));
     const policy = await readFile("policy.json", "utf8");
     const marked = Buffer.from(bytes);
     marked[marked.length - 1] ^= 1;
     // the build for browsers, this build by another compiler, and one without a mark
     const others = [await readFile("node_modules/querencia/dist/querencia.wasm"), marked, bytes.subarray(0, -28)];
     const forms = [bytes, new Uint8Array(bytes).buffer, await WebAssembly.compile(bytes), readFile("nowhere").catch(() => bytes),
       new Response(bytes), "data:application/wasm;base64," + bytes.toString("base64"), new URL("data:application/wasm;base64," + bytes.toString("base64")),
       7, new Uint8Array(8), ...others, ...await Promise.all(others.map((bytes) => WebAssembly.compile(bytes))), new Response(others[1])];
     const given = Number(process.argv[2]);
     const { load } = await import("querencia");
     const said = await load(policy, { wasm: forms[given] }).then(({ shop }) => shop.name, (error) => error.message);
     console.log(given === 0 ? forms.length + " " + said : said);`,
  });
  const said = async (/** @type {number} */ form) => (await run(process.execPath, ["given.js", String(form)], { cwd: folder })).stdout.trim();
  assert.equal(await said(0), "16 Casa Lola");
  for (const form of [1, 2, 3, 4, 5, 6]) assert.equal(await said(form), "Casa Lola", String(form));
  assert.match(await said(7), /give a WebAssembly\.Module/);
  for (const form of [8, 9, 10, 11, 12, 13, 14, 15]) assert.match(await said(form), /^the Wasm is not the engine of this version: take querencia\/querencia\.wasm/, String(form));
});

test("Node refuses the Wasm of another build that lies where its own should", async () => {
  const mixed = join(folder, "mixed");
  await cp(join(folder, "node_modules/querencia"), join(mixed, "node_modules/querencia"), { recursive: true });
  await cp(join(mixed, "node_modules/querencia/dist/querencia.wasm"), join(mixed, "node_modules/querencia/dist/querencia-full.wasm"));
  await files(mixed, { "load.mjs": `import { load } from "querencia"; await load("{}").catch(({ message }) => console.log(message));` });
  const { stdout } = await run(process.execPath, ["load.mjs"], { cwd: mixed });
  assert.match(stdout, /^the Wasm is not the engine of this version: take .* or dist\/, from the package/);
});

const page = `<!doctype html><title></title><script type="module" src="./main.js"></script>`;

test("Vite: a build makes the same decision in Chromium, under a strict Content-Security-Policy", async () => {
  const app = join(folder, "app");
  await files(app, {
    "public/favicon.ico": "", // a browser asks for it, and its absence would be a complaint
    "decide.js": decide,
    "index.html": page,
    "main.js": `import "querencia/element";
     import policy from "../policy.json";
     import request from "../purchase.json";
     import { campaigns } from "./decide.js";
     campaigns({ ...policy, limitz: 1 }, request)
       .catch((error) => error.message)
       .then(async (message) => { document.title = JSON.stringify([message, await campaigns(policy, request)]); });`,
  });
  await build({ root: app, configFile: false, logLevel: "warn", build: { outDir: join(folder, "built"), emptyOutDir: true } });
  const [message, answer] = await titleOf({ root: join(folder, "built") });
  assert.deepEqual(answer, answerInNode);
  assert.match(message, /did you mean `limits`\?/, "the full build explains a refused policy");
});

test("two versions in one bundle: each finds its own Wasm, and of the element the first acts", async () => {
  const app = join(folder, "two");
  const other = join(app, "node_modules/querencia-other");
  await cp(join(folder, "node_modules/querencia"), other, { recursive: true });
  const description = JSON.parse(await readFile(join(other, "package.json"), "utf8"));
  await files(other, { "package.json": { ...description, name: "querencia-other", version: "0.0.1" } });
  // another build: its mark, in the Wasm and in the glue
  const glue = await readFile(join(other, "dist/wasm/querencia.js"), "utf8");
  const [, mark] = /^export const BUILD = "(\w+)"/m.exec(glue) ?? assert.fail("the glue has no mark");
  const wasm = await readFile(join(other, "dist/querencia.wasm"));
  assert.equal(wasm.subarray(-mark.length).toString(), mark);
  wasm.fill("0", wasm.length - mark.length);
  await writeFile(join(other, "dist/querencia.wasm"), wasm);
  await files(other, { "dist/wasm/querencia.js": glue.replace(mark, "0".repeat(mark.length)) });
  await files(app, {
    "public/favicon.ico": "",
    "decide.js": decide,
    "other.js": decide.replace('"querencia"', '"querencia-other"'),
    "index.html": page,
    "warned.js": `globalThis.warned = []; console.warn = (text) => warned.push(text);`,
    "main.js": `import "./warned.js";
     import "querencia/element";
     import "querencia-other/element";
     import policy from "../policy.json";
     import request from "../purchase.json";
     import { campaigns } from "./decide.js";
     import { campaigns as others } from "./other.js";
     Promise.all([campaigns(policy, request), others(policy, request), warned]).then((answers) => { document.title = JSON.stringify(answers); });`,
  });
  await build({ root: app, configFile: false, logLevel: "warn", build: { outDir: join(folder, "built-two"), emptyOutDir: true } });
  assert.equal((await readdir(join(folder, "built-two/assets"))).filter((name) => /^querencia-[^.]*\.wasm$/.test(name) && !name.includes("full")).length, 2);
  const warning = "querencia: two copies of the package are on this page; the element of the first acts: keep one";
  assert.deepEqual(await titleOf({ root: join(folder, "built-two") }), [answerInNode, answerInNode, [warning]]);
});

const documents = `import policy from "./policy.js"; import request from "./purchase.js"; import { campaigns } from "./decide.js";`;
const show = (/** @type {string} */ options = "") => `campaigns(policy, request${options}).then((answer) => { document.title = JSON.stringify(answer); });`;

/** Writes what esbuild and Rollup read. @param {string} main */
async function written(main) {
  const document = async (/** @type {string} */ name) => `export default ${await readFile(join(folder, name), "utf8")};`;
  await files(folder, { "main.js": main, "policy.js": await document("policy.json"), "purchase.js": await document("purchase.json") });
}

test("esbuild: `querencia/inline` is found in Chromium, and so is a Wasm that its loader reads", async () => {
  for (const [name, main] of [
    ["inline", `import "querencia/inline"; ${documents} ${show()}`],
    ["loader", `import wasm from "querencia/querencia.wasm"; ${documents} ${show(", { wasm }")}`],
  ]) {
    await written(main);
    const out = join(folder, `esbuild-${name}`);
    await files(out, { "index.html": page, "favicon.ico": "" });
    const options = { entryPoints: [join(folder, "main.js")], outfile: join(out, "main.js"), bundle: true, minify: true };
    await esbuild({ ...options, format: "esm", logLevel: "silent", ...(name === "loader" ? { loader: { ".wasm": "binary" } } : {}) });
    assert.deepEqual(await titleOf({ root: out }), answerInNode, name);
  }
});

test("esbuild: a server is bundled into one file", async () => {
  await written(`${documents} console.log(JSON.stringify(await campaigns(policy, request, { workers: 0 })));`);
  const out = join(folder, "esbuild-server");
  await esbuild({
    entryPoints: [join(folder, "main.js")], outfile: join(out, "main.js"), bundle: true, format: "esm", platform: "node", logLevel: "silent",
  });
  assert.deepEqual(JSON.parse((await run(process.execPath, [join(out, "main.js")], { cwd: out })).stdout), answerInNode);
});

test("Rollup: `querencia/inline` is found in Chromium", async () => {
  await written(`import "querencia/inline"; ${documents} ${show()}`);
  const out = join(folder, "rollup");
  await files(out, { "index.html": page, "favicon.ico": "" });
  const bundle = await rollup({ input: join(folder, "main.js"), plugins: [nodeResolve({ browser: true })], onLog: (level, log) => assert.fail(`${level}: ${log.message}`) });
  await bundle.write({ dir: out, format: "es", inlineDynamicImports: true });
  assert.deepEqual(await titleOf({ root: out }), answerInNode);
});

test("TypeScript reads the types, whichever way it resolves modules", async () => {
  await files(folder, {
    "use.ts": `import { load, render } from "querencia";
     import { load as inline } from "querencia/inline";
     import wasm from "querencia/querencia.wasm";
     import { open, memory, indexedDB, ga4 } from "querencia/shop";
     import { unite } from "querencia/identity";
     import "querencia/element";
     import "querencia/script";
     const engine = await load({ querencia: 1, shop: { name: "a", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] }, campaigns: [], messages: {} }, { wasm });
     const decision = engine.decide({ now: 0 });
     const bodies: string[] = decision.contacts.map((contact) => render(contact).body);
     const again: (number | null)[] = decision.refused.map((refusal) => refusal.retryAt);
     const shop = await open({ policy: engine, ledger: memory(), platform: ga4() });
     // @ts-expect-error a misspelt field
     engine.decide({ nwo: 0 });
     // @ts-expect-error no such kind of thing
     await load(7);
     // @ts-expect-error no Wasm
     await inline("{}", { wasm: 7 });
     export { again, bodies, indexedDB, shop, unite };`,
  });
  const tsc = resolve("node_modules/typescript/bin/tsc");
  for (const [module, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
    const words = ["use.ts", "--strict", "--noEmit", "--target", "es2022", "--types", "", "--module", module, "--moduleResolution", resolution];
    await run(process.execPath, [tsc, ...words], { cwd: folder }).catch((error) => assert.fail(`${module}: ${error.stdout}`));
  }
});

test("publint finds nothing", async () => {
  const pkg = { name: "querencia" };
  const { messages } = await publint({ pkgDir: join(folder, "node_modules", pkg.name), strict: true });
  const found = messages.map((message) => formatMessage(message, pkg, { color: false }));
  assert.deepEqual(found, []);
});

test("the command runs from the installed package", async () => {
  const command = join(folder, "node_modules/.bin/querencia");
  const { stdout } = await run(process.platform === "win32" ? `${command}.cmd` : command, ["check", "policy.json"], { cwd: folder, shell: process.platform === "win32" });
  assert.match(stdout, /^policy\.json is accepted/);
  // What the server's embedded database needs is not installed with the package.
  const serving = run(process.execPath, ["node_modules/querencia/js/cli/index.js", "serve", "policy.json", "--port", "0"], { cwd: folder, env: { ...process.env, DATABASE_URL: "" } });
  await assert.rejects(serving, /querencia: the embedded database is the package `@electric-sql\/pglite`: npm install @electric-sql\/pglite@0\.5; or give/);
});

test("every subpath has types, or is a file that needs none", async () => {
  const { exports } = JSON.parse(await readFile(join(folder, "node_modules/querencia/package.json"), "utf8"));
  const without = Object.entries(exports).filter(([name, way]) => !(/\.json$/.test(name) || Object.keys(way)[0] === "types"));
  assert.deepEqual(without.map(([name]) => name), []);
});

test("nothing but the product is packed", () => {
  const product = /^(js|dist)\/|^www\/(docs\/|policies\/|(policy\.schema|openapi)\.json$)|^(package\.json|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|LICENSE-\w+|THIRD-PARTY\.md)$/;
  const paths = packed.files.map(({ path }) => path);
  assert.deepEqual(paths.filter((path) => !product.test(path) || path.endsWith(".test.js")), []);
});

test("www/docs/runtimes.md has the table of these tests, and each row its test", async () => {
  const path = "www/docs/runtimes.md";
  const text = await readFile(path, "utf8");
  assert.equal(text, await pageOf(text), `run \`node tests/packaging/table.js\``);
});
