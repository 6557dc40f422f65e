// The commands about what is known: `querencia import`, `export` and `erase`, over the folder of `querencia serve` and over a server that runs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { open, postgres as pgStore } from "querencia/server";
import { Misuse } from "../../js/cli/input.js";
import { startPostgres } from "./postgres.js";
import { asker, shop } from "./serve.js";

/**
 * A command, in this process: another one takes a second to begin.
 * @param {string} folder @param {string[]} words @param {Record<string, string>} [env]
 */
async function run(folder, [name, ...words], env = {}) {
  const said = { out: "", err: "" };
  const before = process.cwd();
  Object.assign(process.env, { DATABASE_URL: "", QUERENCIA_SECRET: "", ...env });
  process.chdir(folder);
  try {
    const { run } = await import(`../../js/cli/${name}.js`);
    const code = await run(words, { out: (/** @type {string} */ line) => void (said.out += `${line}\n`), err: (/** @type {string} */ line) => void (said.err += `${line}\n`) });
    return { code, ...said };
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    return { code: error.exit, out: said.out, err: `${said.err}querencia: ${error.message}\n` };
  } finally {
    process.chdir(before);
  }
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
  await asker(running.url, secret)("POST", "/facts", [{ customer: { id: "ana", givenName: "Ana", consent: { email: true } } }, { customer: { id: "luis" } }]);
  const locked = await run(folder, ["export", "ana"]);
  assert.equal(locked.code, 2);
  assert.match(locked.err, /uses the folder .*--server http/);
  // What no server is asked for says how it runs beside one.
  await writeFile(join(folder, "sent.jsonl"), LINES);
  for (const words of [["prune", "policy.json"], ["import", "policy.json", "sent.jsonl"]]) {
    const { code, err } = await run(folder, words);
    assert.equal(code, 2);
    assert.match(err, /uses the folder .*stop it first.*beside the server .*DATABASE_URL/, words[0]);
    assert.doesNotMatch(err, /--server/);
  }
  const over = await run(folder, ["export", "ana", "--server", running.url]);
  assert.equal(JSON.parse(over.out).customer.givenName, "Ana", over.err);
  // While a new secret replaces the old one, the file and the environment have both, in whatever white space.
  const another = "the-new-secret-of-forty-characters-and-a-bit";
  for (const both of [`${secret}\n${another}\n`, `\r\n ${secret} ${another}`]) {
    await writeFile(join(folder, "both"), both);
    for (const [words, env] of [[["--secret-file", "both"], {}], [[], { QUERENCIA_SECRET: both.trim() }]]) {
      const found = await run(folder, ["export", "ana", "--server", running.url, .../** @type {string[]} */ (words)], /** @type {Record<string, string>} */ (env));
      assert.equal(found.code, 0, found.err);
    }
  }
  for (const none of ["", " \n", "señal-de-la-tienda-de-cuarenta-caracteres-o-mas"]) {
    await writeFile(join(folder, "none"), none);
    assert.match((await run(folder, ["export", "ana", "--server", running.url, "--secret-file", "none"])).err, /^querencia: `none` has no secret/);
  }
  for (const command of ["export", "erase"]) assert.match((await run(folder, [command, "..", "--server", running.url])).err, /over HTTP nobody can ask for the id `\.\.`; stop the server/);
  const unknown = await run(folder, ["export", "an", "--server", running.url]);
  assert.deepEqual([unknown.code, unknown.out], [1, ""]);
  assert.match(unknown.err, /nothing is known of this customer/);
  const gone = await run(folder, ["erase", "ana", "--server", running.url]);
  assert.deepEqual([gone.code, gone.out.split("\n")[0]], [0, "deleted: all that was known, with 0 contacts and 0 codes"]);
  running.child.kill("SIGTERM");
  await running.ended;
  assert.match((await run(folder, ["export", "ana", "--server", running.url])).err, /no server answers at/);
  assert.equal((await run(folder, ["erase", "luis"])).out.split("\n")[0], "deleted: all that was known, with 0 contacts and 0 codes");
});

test("over PostgreSQL: a list of mails, and what is known of one customer, until it is deleted", async (context) => {
  const { folder } = await shop(context);
  const postgres = await startPostgres();
  context.after(() => postgres.stop());
  const env = { DATABASE_URL: postgres.url };
  await writeFile(join(folder, "sent.jsonl"), LINES);
  await writeFile(join(folder, "good.jsonl"), LINES.split("\n").slice(0, 3).join("\n"));
  const taken = await run(folder, ["import", "policy.json", "sent.jsonl"], env);
  assert.equal(taken.out, "4 lines: 2 added, 0 known already, 2 refused\n");
  assert.equal(taken.code, 1);
  assert.match(taken.err, /sent\.jsonl:4: at: .*\(invalid-value\)/);
  assert.match(taken.err, /sent\.jsonl:5: no JSON/);
  const again = await run(folder, ["import", "policy.json", "good.jsonl"], env);
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

  const server = await open({ policy: await readFile(join(folder, "policy.json"), "utf8"), store: pgStore(postgres.pool({ max: 2 })) });
  const orders = [{ id: "1", at: "2015-01-01T00:00:00Z" }];
  await server.facts([{ customer: { id: "old", orders }, time: "2015-01-01T00:00:00Z" }, { customer: { id: "new", orders } }]);
  const short = await run(folder, ["prune", "policy.json", "--inactive", "7d"], env);
  assert.deepEqual([short.code, short.err], [2, "querencia: --inactive: expected a duration of at least 30 days, as `1095d`\n"]);
  const pruned = await run(folder, ["prune", "policy.json", "--inactive", "1095d"], env);
  assert.deepEqual([pruned.code, pruned.out], [0, "2 customers: 0 records deleted, 1 customers forgotten\n"], pruned.err);
  assert.equal(await server.export("old").catch(({ code }) => code), "unknown-customer");
  assert.equal((await server.export("new")).customer.id, "new");
  await server.close();
});

test("the command lists them", () => {
  const help = execFileSync(process.execPath, [resolve("js/cli/index.js"), "--help"], { encoding: "utf8" });
  for (const name of ["export", "erase", "import"]) assert.match(help, new RegExp(`^  ${name} <`, "m"));
});
