// The commands about what is known: `querencia import`, `export` and `erase`, over the folder of `querencia serve` and over a server that runs.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { startPostgres } from "./postgres.js";
import { asker, shop } from "./serve.js";

/** @param {string} folder @param {string[]} words @param {Record<string, string>} [env] @param {string} [input] */
async function run(folder, words, env = {}, input = "") {
  const child = spawn(process.execPath, [resolve("js/cli/index.js"), ...words], { cwd: folder, env: { ...process.env, DATABASE_URL: "", QUERENCIA_SECRET: "", ...env } });
  child.stdin.end(input);
  const said = { out: "", err: "" };
  child.stdout.on("data", (data) => void (said.out += data));
  child.stderr.on("data", (data) => void (said.err += data));
  const [code] = await once(child, "close");
  return { code, ...said };
}

const LINES = `{ "customer": "ana", "campaign": "survey", "occurrence": "CL-1", "at": "2026-03-01T10:00:00Z" }

{ "customer": "ana", "campaign": "spring letter", "channel": "email", "at": "2026-03-08T10:00:00Z" }
{ "customer": "luis", "campaign": "survey", "at": 1772359200 }
{ "customer": "luis", "campaign": "survey"
`;

test("over the folder of `serve`, and over a server that has it", async (context) => {
  const { folder, serve } = await shop(context);
  assert.match((await run(folder, ["export", "ana"])).err, /there is no database in the folder `querencia-data`/);
  assert.match((await run(folder, ["export"])).err, /give one id: <customer>/);

  const running = await serve();
  const secret = (await readFile(join(folder, "querencia-data/secret"), "utf8")).trim();
  await asker(running.url, secret)("POST", "/facts", { customer: { id: "ana", givenName: "Ana", consent: { email: true } } });
  const locked = await run(folder, ["export", "ana"]);
  assert.equal(locked.code, 2);
  assert.match(locked.err, /uses the folder .*--server http/);
  const over = await run(folder, ["export", "ana", "--server", running.url]);
  assert.equal(JSON.parse(over.out).customer.givenName, "Ana", over.err);
  const unknown = await run(folder, ["export", "an", "--server", running.url]);
  assert.deepEqual([unknown.code, unknown.out], [1, ""]);
  assert.match(unknown.err, /nothing is known of this customer/);
  running.child.kill("SIGTERM");
  await running.ended;
  assert.match((await run(folder, ["export", "ana", "--server", running.url])).err, /no server answers at/);

  const erased = await run(folder, ["erase", "ana"]);
  assert.deepEqual([erased.code, erased.out.split("\n")[0]], [0, "deleted: all that was known, with 0 contacts and 0 codes"]);
});

test("over PostgreSQL: a list of mails, and what is known of one customer, until it is deleted", async (context) => {
  const { folder } = await shop(context);
  const postgres = await startPostgres();
  context.after(() => postgres.stop());
  const env = { DATABASE_URL: postgres.url };
  await writeFile(join(folder, "sent.jsonl"), LINES);
  const taken = await run(folder, ["import", "policy.json", "sent.jsonl"], env);
  assert.equal(taken.out, "4 lines: 2 added, 0 known already, 2 refused\n");
  assert.equal(taken.code, 1);
  assert.match(taken.err, /sent\.jsonl:4: at: .*\(invalid-value\)/);
  assert.match(taken.err, /sent\.jsonl:5: no JSON/);
  const again = await run(folder, ["import", "policy.json", "-"], env, LINES.split("\n").slice(0, 3).join("\n"));
  assert.deepEqual([again.code, again.out], [0, "2 lines: 0 added, 2 known already, 0 refused\n"]);
  assert.match((await run(folder, ["import", "policy.json", "none.jsonl"], env)).err, /there is no file `none.jsonl`/);

  const { out } = await run(folder, ["export", "ana"], env);
  assert.deepEqual(JSON.parse(out).contacts.map((/** @type {any} */ { campaign }) => campaign).sort(), ["spring letter", "survey"]);
  const erased = await run(folder, ["erase", "ana"], env);
  assert.deepEqual([erased.code, erased.out.split("\n")[0]], [0, "deleted: all that was known, with 2 contacts and 0 codes"]);
  const twice = await run(folder, ["erase", "ana"], env);
  assert.equal(twice.code, 1);
  assert.match(twice.err, /nothing is known/);
  assert.equal((await run(folder, ["export", "ana"], env)).code, 1);
});
