// The races of tests/server/offers/races.test.js over Redis: each server has a connection of its own.

import { after } from "node:test";
import { redis } from "../../../js/server/store/redis/index.js";
import { SERVERS, race, raceForBudget } from "../../server/offers/races.js";
import { startRedis } from "../../server/redis.js";

const server = await startRedis();
after(() => server.stop());

let shops = 0;
const stores = async () => {
  const prefix = `{shop-${(shops += 1)}}`;
  return Promise.all(Array.from({ length: SERVERS }, async (_, at) => redis(at % 2 ? server.ioredis() : await server.nodeRedis(), { prefix })));
};
race("redis", stores);
raceForBudget("redis", stores);
