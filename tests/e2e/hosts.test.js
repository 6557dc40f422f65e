// The same names and the same answer in Node, on a page with a bundle, on a page without one, and in a worker.

import { load } from "querencia";
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { serve } from "../server.js";
import { fresh, start } from "./browser.js";

const policy = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
const now = Date.parse("2026-11-22T10:00:00Z");
const request = {
  now,
  zone: "Atlantic/Canary",
  customer: { id: "ana", givenName: "Ana", locale: "es-ES" },
  ledger: [],
  event: { name: "purchase", order: { id: "o1", at: now } },
};

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
/** @type {any} */
let expected;
before(async () => {
  stage = await start();
  expected = (await load(policy)).decide(request);
  assert.ok(expected.contacts.length > 0);
});
after(() => stage.close());

test("on a page, from the bundle", async () => {
  const { page, context } = await fresh(stage.browser);
  await page.goto(`${stage.url}/blank.html`);
  const decision = await page.evaluate(
    async ([policy, request]) => (await (await import("/dist/index.js")).load(policy)).decide(request),
    [policy, request],
  );
  assert.deepEqual(decision, expected);
  await context.close();
});

test("on a page, from the sources, with an import map", async () => {
  const server = await serve({ roots: { "/": "tests/e2e/pages", "/js/": "js" } });
  const { page, context } = await fresh(stage.browser);
  await page.goto(`${server.url}/blank.html`);
  const decision = await page.evaluate(
    async ([policy, request]) => {
      const map = Object.assign(document.createElement("script"), {
        type: "importmap",
        textContent: '{ "imports": { "#wasm": "/js/load/browser.js", "#glue": "/dist/wasm/querencia.js" } }',
      });
      document.head.append(map);
      return (await (await import("/js/index.js")).load(policy)).decide(request);
    },
    [policy, request],
  );
  assert.deepEqual(decision, expected);
  await context.close();
  await server.close();
});

test("on a page a refused policy has full sentences, a refused request short ones", async () => {
  const { page, context } = await fresh(stage.browser);
  await page.goto(`${stage.url}/blank.html`);
  const errors = await page.evaluate(async (policy) => {
    const { load } = await import("/dist/index.js");
    const refusal = await load({ ...policy, limitz: [] }).catch((/** @type {any} */ error) => error);
    const engine = await load(policy);
    try {
      engine.decide({ now: 0, nwo: 0 });
    } catch (error) {
      return [refusal, error].map(({ name, code, path, message, problems }) => [name, code, path, message, problems]);
    }
  }, policy);
  const full = "limitz: no such field; did you mean `limits`?; expected `$schema`, `seal`, `querencia`, ";
  assert.equal(errors[0][3].slice(0, full.length), full);
  const short = "no such field; see the schema";
  const problem = { code: "unknown-field", path: "nwo", message: short };
  assert.deepEqual(errors[1], ["RequestError", problem.code, problem.path, `nwo: ${short}`, [problem]]);
  await context.close();
});

test("without a bundler each file that index.js fetches has its hash in its name, and is refused when it is another", async () => {
  const wasms = (await readdir("dist")).filter((name) => /^querencia-(whole|full)-\w+\.wasm$/.test(name));
  assert.equal(wasms.length, 2);
  /** What two policies are told, where a file is another. @param {string} [changed] */
  const told = async (changed) => {
    const { page, context } = await fresh(stage.browser);
    /** @type {string[]} */
    const fetched = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    if (changed) await page.route(`**/${changed}`, (route) => route.fulfill({ path: "dist/wasm/querencia-page.wasm", contentType: "application/wasm" }));
    await page.goto(`${stage.url}/blank.html`);
    const messages = await page.evaluate(async (policy) => {
      const { load } = await import("/dist/index.js");
      const said = [];
      for (const each of [policy, { ...policy, limitz: [] }]) said.push(await load(each).then(() => "accepted", (/** @type {any} */ { message }) => message));
      return said;
    }, policy);
    await context.close();
    return { messages, fetched };
  };
  const { messages, fetched } = await told();
  assert.equal(messages[0], "accepted");
  assert.match(messages[1], /did you mean `limits`/);
  assert.deepEqual(fetched.filter((path) => path.startsWith("/dist/") && !/-[0-9a-zA-Z]{8}\.\w+$/.test(path)), ["/dist/index.js"]);
  assert.ok(wasms.every((name) => fetched.includes(`/dist/${name}`)), String(fetched));
  for (const name of wasms) {
    const { messages } = await told(name);
    if (name.includes("full")) assert.match(messages[1], /^limitz: no such field; see the schema/);
    else assert.match(messages[0], /was changed, or is of another release than the script: copy dist\/ whole/);
  }
});

test("in a worker, which can keep a shop as well", async () => {
  const { page, context } = await fresh(stage.browser);
  await page.goto(`${stage.url}/blank.html`);
  const answer = await page.evaluate(
    ([policy, request]) =>
      new Promise((resolve, reject) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ policy, request });
      }),
    [policy, request],
  );
  assert.deepEqual(answer, { decision: expected, kind: "indexedDB", reserved: 2 });
  await context.close();
});
