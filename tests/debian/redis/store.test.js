// The store in Redis: every case over node-redis and over ioredis.

import { after, test } from "node:test";
import { redis } from "../../../js/server/store/redis/index.js";
import { cases } from "../../server/kit.js";
import { startRedis } from "../../server/redis.js";

const server = await startRedis();
after(() => server.stop());

const nodeRedis = await server.nodeRedis();
const clients = { "node-redis": nodeRedis, ioredis: server.ioredis() };

/** The client of another process, which waits before it stores a decision. @param {any} client @param {() => Promise<void>} between */
const slow = (client, between) => ({
  /** @param {string[]} args */
  async command(args) {
    if (args.includes("write")) await between();
    return client.call ? client.call(...args) : client.sendCommand(args);
  },
});

for (const [kind, client] of Object.entries(clients)) {
  for (const [name, run] of Object.entries(cases)) {
    test(`redis(${kind}) ${name}`, async () => {
      await nodeRedis.flushAll();
      await run(redis(client), { paused: (between) => redis(slow(client, between)) });
    });
  }
}
