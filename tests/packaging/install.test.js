// The package as a stranger gets it: packed, installed, used from Node, from TypeScript and from a Vite build in Chromium.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { build } from "vite";
import { serve } from "../server.js";

const run = promisify(execFile);
const windows = process.platform === "win32";

/** @param {string[]} words @param {string} cwd */
const npm = (words, cwd) => run(windows ? "npm.cmd" : "npm", words, { cwd, shell: windows });

/** @type {string} */
let folder;
/** @type {{ filename: string, files: { path: string }[] }} */
let packed;

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "querencia-")));
  const { stdout } = await npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], ".");
  [packed] = JSON.parse(stdout);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  await npm(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${packed.filename}`], folder);
  await cp("www/policies/casa-lola.json", join(folder, "policy.json"));
  await cp("tests/xtask/purchase.json", join(folder, "purchase.json"));
});

after(() => rm(folder, { recursive: true, force: true }));

/** Speaks once and says which campaigns do, as a batch of one tells; the same lines for Node and for the browser. */
const decide = `
  import { load, render } from "querencia";
  export async function campaigns(policy, request) {
    const engine = await load(policy);
    const { contacts } = engine.decide(request);
    const spoken = [];
    for await (const { contacts, words } of engine.batch([request], { workers: 1 })) spoken.push(...Array.from(contacts.campaign, (index) => words[index]));
    return contacts.map((contact, index) => [spoken[index], render(contact).body]);
  }
`;

/** @type {unknown} */
let answerInNode;

test("Node makes a decision", async () => {
  await writeFile(join(folder, "decide.js"), decide);
  await writeFile(
    join(folder, "node.js"),
    `import { readFileSync } from "node:fs";
     import { campaigns } from "./decide.js";
     const read = (name) => JSON.parse(readFileSync(name, "utf8"));
     console.log(JSON.stringify(await campaigns(read("policy.json"), read("purchase.json"))));`,
  );
  const { stdout, stderr } = await run(process.execPath, ["node.js"], { cwd: folder });
  assert.equal(stderr, "");
  const answer = JSON.parse(stdout);
  assert.equal(answer.length, 1, stdout);
  assert.match(answer[0][1], /1042/);
  answerInNode = answer;
});

test("a Vite build makes the same decision in Chromium, under a strict Content-Security-Policy", async () => {
  const app = join(folder, "app");
  await mkdir(join(app, "public"), { recursive: true });
  await writeFile(join(app, "public", "favicon.ico"), ""); // a browser asks for it, and its absence would be a complaint
  await writeFile(join(app, "decide.js"), decide);
  await writeFile(join(app, "index.html"), `<!doctype html><title></title><script type="module" src="./main.js"></script>`);
  await writeFile(
    join(app, "main.js"),
    `import "querencia/element";
     import policy from "../policy.json";
     import request from "../purchase.json";
     import { campaigns } from "./decide.js";
     campaigns({ ...policy, limitz: 1 }, request)
       .catch((error) => error.message)
       .then(async (message) => { document.title = JSON.stringify([message, await campaigns(policy, request)]); });`,
  );
  await build({ root: app, configFile: false, logLevel: "warn", build: { outDir: join(folder, "built"), emptyOutDir: true } });

  const server = await serve({
    roots: { "/": join(folder, "built") },
    headers: { "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, chromiumSandbox: false });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(server.url);
    await page.waitForFunction(() => document.title !== "", undefined, { timeout: 20_000 }).catch(() => {});
    assert.deepEqual(complaints, []);
    const [message, answer] = JSON.parse(await page.title());
    assert.deepEqual(answer, answerInNode);
    assert.match(message, /did you mean `limits`\?/, "the full build explains a refused policy");
  } finally {
    await browser.close();
    await server.close();
  }
});

test("TypeScript reads the types, whichever way it resolves modules", async () => {
  await writeFile(
    join(folder, "use.ts"),
    `import { load, render } from "querencia";
     import { open, memory, indexedDB, ga4 } from "querencia/shop";
     import "querencia/element";
     const engine = await load({ querencia: 1, shop: { name: "a", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] }, campaigns: [], messages: {} });
     const decision = engine.decide({ now: 0 });
     const bodies: string[] = decision.contacts.map((contact) => render(contact).body);
     const again: (number | null)[] = decision.refused.map((refusal) => refusal.retryAt);
     const shop = await open({ policy: engine, ledger: memory(), platform: ga4() });
     // @ts-expect-error a misspelt field
     engine.decide({ nwo: 0 });
     // @ts-expect-error no such kind of thing
     await load(7);
     export { again, bodies, indexedDB, shop };`,
  );
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

test("nothing but the product is packed", () => {
  const strange = packed.files
    .map(({ path }) => path)
    .filter((path) => !/^(js|dist)\/|^(package\.json|README\.md|CHANGELOG\.md|LICENSE-\w+|www\/policy\.schema\.json)$/.test(path))
    .concat(packed.files.map(({ path }) => path).filter((path) => path.endsWith(".test.js")));
  assert.deepEqual(strange, []);
});
