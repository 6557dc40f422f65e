// A nightly run over PostgreSQL whose process is killed again and again: each customer is decided for, and nothing is reserved twice.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { postgres } from "querencia/server";
import { dice } from "../js/dice.js";
import { openOver, POLICY, tell } from "./mails.js";
import { startPostgres } from "./postgres.js";

const KILLS = Number(process.env.KILLS ?? (process.env.PROVE ? 50 : 2));
const EACH = 100;
const { below } = dice(41);

/** @type {Awaited<ReturnType<typeof startPostgres>>} */
let server;
/** @type {import("node:child_process").ChildProcess | undefined} */
let child;
const folder = mkdtempSync(join(tmpdir(), "querencia-night-"));

before(async () => {
  server = await startPostgres();
});
after(async () => {
  child?.kill("SIGKILL");
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test(`a nightly run is killed ${KILLS} times, and goes on each time`, { timeout: 3_600_000 }, async (context) => {
  const store = postgres(server.pool());
  const office = await openOver(store);
  const ids = Array.from({ length: EACH * (KILLS + 1) }, (_, i) => `c-${String(i).padStart(6, "0")}`);
  const left = [...ids];
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (let id; (id = left.pop()) !== undefined; ) await tell(store, id);
  }));
  const read = () => (existsSync(join(folder, "read")) ? readFileSync(join(folder, "read"), "utf8").split("\n").length - 1 : 0);
  const given = { config: server.config, folder, policy: POLICY, ids, lease: 300 };
  let report;
  for (let kills = 0; report === undefined; kills++) {
    const night = spawn(process.execPath, [new URL("workers/night.js", import.meta.url).pathname, JSON.stringify(given)], { stdio: ["pipe", "pipe", "inherit"] });
    child = night;
    let said = "";
    night.stdout.on("data", (text) => (said += text));
    const exit = once(night, "close");
    if (kills < KILLS) {
      const noted = async () => (await store.facts?.("run:nightly"))?.run?.progress?.done ?? 0;
      const reserved = async () => (await store.queue({ state: "reserved", limit: 10_000 })).length;
      const [before, from] = [await noted(), (await reserved()) + below(EACH / 2)];
      while (((await reserved()) <= from || (await noted()) <= before) && night.exitCode === null) await sleep(20);
      night.kill("SIGKILL");
    }
    await exit;
    if (said) report = JSON.parse(said);
    else assert.ok(kills < KILLS, `the run ended without a report: ${night.exitCode} ${night.signalCode}`);
  }
  assert.deepEqual([report.customers, report.finished], [ids.length, true]);
  const records = await store.all();
  assert.equal(records.length, ids.length);
  assert.ok(records.every(({ state, campaign }) => state === "reserved" && campaign === "oranges"));
  assert.ok(report.resumedFrom > 0, "it began anew");
  await office.close();
  context.diagnostic(`${KILLS} SIGKILLs of a nightly run over ${ids.length} customers: each reserved once; ${read()} read in all, with those that were passed over`);
});
