// The store in Redis: every case over node-redis and over ioredis.

import { after, test } from "node:test";
import { redis } from "../../../js/server/store/redis/index.js";
import { cases } from "../../server/kit.js";
import { startRedis } from "../../server/redis.js";

const server = await startRedis();
after(() => server.stop());

const nodeRedis = await server.nodeRedis();
const clients = { "node-redis": nodeRedis, ioredis: server.ioredis() };

for (const [kind, client] of Object.entries(clients)) {
  for (const [name, run] of Object.entries(cases)) {
    test(`redis(${kind}) ${name}`, async () => {
      await nodeRedis.flushAll();
      await run(redis(client));
    });
  }
}
