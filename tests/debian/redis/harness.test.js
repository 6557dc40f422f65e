import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startRedis } from "../../server/redis.js";

const server = await startRedis({ settings: { appendfsync: "always" } });
after(() => server.stop());

test("a Redis of one's own answers to both clients over its socket, and keeps what it has when it is killed", async () => {
  const client = await server.nodeRedis();
  await client.set("kept", "7");
  assert.equal(await server.ioredis().get("kept"), "7");
  await server.kill();
  await server.start();
  assert.equal(await server.ioredis().get("kept"), "7");
});
