// www/docs/server.md shows programs and commands: the programs are those that tests/server/examples.test.js runs, and the commands do what the
// page says. www/docs/server-promises.md names tests: they exist.

import assert from "node:assert/strict";
import { execSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { npm } from "../packaging/stranger.js";

const page = await readFile("www/docs/server.md", "utf8");

/** The blocks of a language, each with the line above it. @param {string} language */
const blocks = (language) => [...page.matchAll(new RegExp(`(.*)\n\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map(([, marker, text]) => ({ marker, text }));

test("the programs of the page are those that the tests run, to the letter", async () => {
  const quoted = blocks("js").flatMap(({ marker, text }) => {
    const [, file] = /it is (tests\/server\/examples\/\w+\.js)/.exec(marker) ?? [];
    return file ? [{ file, text }] : [];
  });
  assert.deepEqual(quoted.map(({ file }) => file), ["express", "fastify", "node", "nightly"].map((name) => `tests/server/examples/${name}.js`));
  for (const { file, text } of quoted) assert.equal(text, await readFile(file, "utf8"), file);
  const [policy] = blocks("json").filter(({ marker }) => marker.includes("test: policy"));
  assert.equal(policy.text, await readFile("tests/server/examples/policy.json", "utf8"));
});

test("so many lines of a shop in Express are Querencia's as the page says", async () => {
  const program = await readFile("tests/server/examples/express.js", "utf8");
  const [worker] = /^server\.deliver\(\{\n[^]*?^\}\);\n/m.exec(program) ?? [""];
  const others = program.replace(worker, "").split("\n").filter((line) => /\bserver\b/.test(line));
  const lines = worker.trim().split("\n").length + others.length;
  assert.ok(lines <= 15, `${lines}`);
  const words = ["Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen"];
  assert.ok(page.includes(`${words[lines - 10]} of these lines are Querencia's`), `${lines}`);
});

test("the two lines of the page start a server, and its curl tells of a paid order: once", async () => {
  const [commands, curl] = blocks("sh").map(({ text }) => text);
  assert.match(commands, /^npm i querencia @electric-sql\/pglite@0\.5\nnpx querencia serve policy\.json --own-codes\n$/);
  const [, json] = /-d '([^]*?)' http/.exec(curl) ?? [];
  const [, path] = /http:\/\/127\.0\.0\.1:8787(\S+)/.exec(curl) ?? [];
  assert.match(curl, /-H "Authorization: Bearer \$\(head -n 1 querencia-data\/secret\)" -H "Content-Type: application\/json"/);

  const folder = await mkdtemp(join(tmpdir(), "querencia-page-"));
  await writeFile(join(folder, "policy.json"), await readFile("tests/server/examples/policy.json"));
  const child = spawn(process.execPath, [resolve("js/cli/index.js"), "serve", "policy.json", "--own-codes", "--port", "0"], { cwd: folder, env: { ...process.env, DATABASE_URL: "", QUERENCIA_SECRET: "" } });
  try {
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => void (said += chunk));
    const address = await new Promise((found, failed) => {
      const look = () => {
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
        if (url) found(url);
      };
      child.stderr.on("data", look);
      child.once("exit", () => failed(new Error(`it ended: ${said}`)));
    });
    // What the shell puts into the header, also while the file has two secrets.
    const [, read] = /Bearer \$\((.*?)\)/.exec(curl) ?? [];
    const secret = execSync(read, { cwd: folder, encoding: "utf8" }).trim();
    await appendFile(join(folder, "querencia-data/secret"), `${"o".repeat(40)}\n`);
    assert.equal(execSync(read, { cwd: folder, encoding: "utf8" }).trim(), secret);
    const tell = async (/** @type {string} */ bearer) => {
      const answer = await fetch(address + path, { method: "POST", headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" }, body: json });
      return { status: answer.status, body: /** @type {any} */ (await answer.json()) };
    };
    const first = await tell(secret);
    assert.equal(first.status, 200, JSON.stringify(first.body));
    assert.deepEqual(first.body.decision.contacts.map((/** @type {any} */ { campaign }) => campaign), ["thanks"]);
    const second = await tell(secret);
    assert.equal(second.body.replayed, true);
    assert.equal(second.body.decision, undefined);
    const guess = await tell("x".repeat(43));
    assert.equal(guess.status, 401);
    assert.equal(guess.body.problems[0].code, "not-authenticated");
  } finally {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    await rm(folder, { recursive: true, force: true });
  }
});

test("the lines that the page shows are those of the page in Spanish, and install a PGlite that the package goes with", async () => {
  const spanish = await readFile("www/docs/es/servidor.md", "utf8");
  for (const { text } of blocks("sh").slice(0, 2)) assert.ok(spanish.includes(text), text);
  const manifest = JSON.parse(await readFile("package.json", "utf8"));
  const name = "@electric-sql/pglite";
  const places = ["www/docs/server.md", "www/docs/es/servidor.md", "www/docs/command-line.md", "js/server/node/store.js"];
  for (const place of places) assert.match(await readFile(place, "utf8"), /npm (i|install)( querencia)? @electric-sql\/pglite@0\.5\b/, place);
  // As npm resolves it: the version of the tests, a later one, and one that speaks otherwise.
  const folder = await mkdtemp(join(tmpdir(), "querencia-peer-"));
  const { version, peerDependencies, peerDependenciesMeta } = manifest;
  try {
    /** Packs a package without code. @param {object} manifest @param {string} within */
    const packed = async (manifest, within) => {
      await mkdir(within);
      await writeFile(join(within, "package.json"), JSON.stringify(manifest));
      return join(within, (await npm(["pack", "--silent"], within)).stdout.trim());
    };
    const own = await packed({ name: "querencia", version, peerDependencies, peerDependenciesMeta }, join(folder, "querencia"));
    const installs = async (/** @type {string} */ version) => {
      const shop = join(folder, version);
      await mkdir(shop);
      await writeFile(join(shop, "package.json"), JSON.stringify({ name: "shop", private: true }));
      const pglite = await packed({ name, version }, join(shop, "pglite"));
      const words = ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", own, pglite];
      return npm(words, shop).then(() => "installed", ({ stderr }) => /ERESOLVE|ENOTCACHED/.exec(stderr)?.[0] ?? stderr);
    };
    const pinned = manifest.devDependencies[name];
    assert.match(pinned, /^0\.5\.\d+$/);
    assert.equal(await installs(pinned), "installed");
    assert.equal(await installs("0.5.99"), "installed");
    assert.match(await installs("0.4.9"), /^(ERESOLVE|ENOTCACHED)$/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("each test that the promises name is there", async () => {
  const promises = await readFile("www/docs/server-promises.md", "utf8");
  const named = [...new Set([...promises.matchAll(/`(tests\/[\w./-]+)`/g)].map(([, file]) => file))];
  assert.ok(named.length > 5, `${named}`);
  assert.deepEqual(named.filter((file) => !existsSync(file)), []);
});
