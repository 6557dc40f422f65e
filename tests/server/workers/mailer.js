// A process that delivers, for tests that kill it. What it sends goes into a file, as the mails of a provider would, and so does what the store
// acknowledged. Its clock may be wrong. The store is in PostgreSQL (`config`) or in Redis (`redis`, the path of its socket, and `prefix`).

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";

const { config, redis: path, prefix, folder, policy, skew, options, hang } = JSON.parse(process.argv[2]);

const RealDate = Date;
// @ts-expect-error the rest of Date is inherited
globalThis.Date = class extends RealDate {
  /** @param {...any} given */
  constructor(...given) {
    // @ts-expect-error any arguments of Date
    super(...(given.length > 0 ? given : [RealDate.now() + skew]));
  }
  static now() {
    return RealDate.now() + skew;
  }
};

const { open, postgres, redis } = await import("querencia/server");
/** @returns {{ store: import("querencia/server").ServerStore, close: () => unknown }} */
function connected() {
  const client = path ? new Redis({ path }) : new pg.Pool({ ...config, max: 4 });
  client.on("error", () => {});
  return client instanceof Redis ? { store: redis(client, { prefix }), close: () => client.disconnect() } : { store: postgres(client), close: () => client.end() };
}
const { store, close } = connected();
const witnessed = {
  ...store,
  /** @param {any} work @param {string} [part] */
  async transact(work, part) {
    /** @type {any[]} */
    let put = [];
    const result = await store.transact((...given) => {
      const done = work(...given);
      put = done.put;
      return done;
    }, part);
    for (const { id, state } of put) appendFileSync(join(folder, "acknowledged"), `${id} ${state}\n`);
    return result;
  },
};
const server = await open({ policy, store: witnessed });
const delivery = server.deliver({
  channel: "email",
  ...options,
  async send(_contact, _text, { customer, idempotencyKey }) {
    // One write of a line, which a SIGKILL does not tear.
    appendFileSync(join(folder, "sent"), `${idempotencyKey} ${customer.id}\n`);
    if (Math.random() < hang) return new Promise(() => {});
    await sleep(Math.random() * 4);
  },
});
// The end of the input, which also comes when the test is killed.
process.stdin.on("end", async () => {
  await delivery.stop();
  await close();
  process.exit();
});
process.stdin.resume();
process.stdout.write("ready\n");
