import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { after, test } from "node:test";
import pg from "pg";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());

test("a PostgreSQL of one's own answers over its socket, and keeps what it has when it is killed", async () => {
  const client = await server.client();
  await client.query("create table kept (n int)");
  await client.query("insert into kept values (7)");
  await server.kill();
  await assert.rejects(client.query("select 1"));
  await server.start();
  const other = new pg.Client(server.url);
  await other.connect();
  assert.deepEqual((await other.query("select n from kept")).rows, [{ n: 7 }]);
  await other.end();
});

test("a test that is killed leaves no server and no folder", async () => {
  const script = `import { startPostgres } from ${JSON.stringify(new URL("./postgres.js", import.meta.url).href)};
    const server = await startPostgres(); console.log(server.folder); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const folder = String(line).trim();
  assert.ok(existsSync(folder));
  child.kill("SIGKILL");
  for (let tries = 0; existsSync(folder) && tries < 600; tries += 1) await wait(50);
  assert.ok(!existsSync(folder), `${folder} is still there`);
});
