// Sixteen servers decide at once over one Redis. With PROVE or ROUNDS more rounds.

import { after } from "node:test";
import { redis } from "../../../js/server/store/redis/index.js";
import { SERVERS, raceDecisions } from "../../server/decide-races.js";
import { redisNotes } from "../../server/naive.js";
import { startRedis } from "../../server/redis.js";

const server = await startRedis();
after(() => server.stop());

raceDecisions(
  "redis",
  () => Promise.all(Array.from({ length: SERVERS }, async (_, at) => redis(at % 2 ? server.ioredis() : await server.nodeRedis()))),
  async () => Array.from({ length: SERVERS }, () => redisNotes(server.ioredis())),
  { few: 8, many: 2000 },
);
