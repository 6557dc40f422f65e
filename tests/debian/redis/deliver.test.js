// Processes that deliver from one Redis and are killed, Redis itself too.

import { after } from "node:test";
import { redis } from "../../../js/server/store/redis/index.js";
import { killedWhileDelivering } from "../../server/deliver-kills.js";
import { redisNotes } from "../../server/naive.js";
import { startRedis } from "../../server/redis.js";

// What is acknowledged is on the disk.
const server = await startRedis({ settings: { appendfsync: "always" } });
after(() => server.stop());

let shops = 0;
killedWhileDelivering({
  name: "redis",
  async empty() {
    const prefix = `{shop-${(shops += 1)}}`;
    return { store: redis(server.ioredis(), { prefix }), given: { redis: server.path, prefix }, notes: async () => redisNotes(server.ioredis()) };
  },
  kill: () => server.kill(),
  start: () => server.start(),
});
