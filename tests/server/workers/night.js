// A process that does the nightly run, for tests that kill it. Each customer whom it reads goes into a file.

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { open, postgres } from "querencia/server";

const { config, folder, policy, ids, lease } = JSON.parse(process.argv[2]);
process.stdin.on("end", () => process.exit());
process.stdin.resume();
process.stdin.unref?.();

const pool = new pg.Pool({ ...config, max: 4 });
pool.on("error", () => {});
const server = await open({ policy, store: postgres(pool) });

async function* customers() {
  for (const id of ids) {
    appendFileSync(join(folder, "read"), `${id}\n`);
    yield id;
  }
}

for (;;) {
  try {
    const report = await server.nightly({ customers: customers(), lease });
    process.stdout.write(`${JSON.stringify(report)}\n`);
    break;
  } catch (error) {
    // The one before was killed, and its lease has not ended.
    if (/** @type {any} */ (error).code !== "already-running") throw error;
    await sleep(50);
  }
}
await server.close();
await pool.end();
