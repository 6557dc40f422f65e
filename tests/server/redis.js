// A Redis of the test's own: `const server = await startRedis()`, and `after(() => server.stop())`.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "redis";
import { Redis } from "ioredis";
import { Foreign, own } from "./process.js";

/** @param {{ settings?: Record<string, string> }} [options] such as `{ appendfsync: "always" }` */
export async function startRedis({ settings = {} } = {}) {
  const server = await own("redis", ["redis", "nobody"], "KILL");
  const path = join(server.folder, "redis.sock");
  const pid = join(server.folder, "redis.pid");
  const all = { port: "0", unixsocket: path, unixsocketperm: "700", dir: server.folder, pidfile: pid, appendonly: "yes", appendfsync: "everysec", save: "", ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  /** @type {Set<{ destroy?: () => void, disconnect?: () => void }>} */
  const open = new Set();

  const ready = async () => {
    const client = new Redis({ path, lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
    client.on("error", () => {});
    try {
      await client.connect();
      const [, folder] = /** @type {string[]} */ (await client.call("config", "get", "dir"));
      if (folder !== server.folder) throw new Foreign(`another Redis answers: its data is in ${folder}`);
      return (await client.ping()) === "PONG";
    } finally {
      client.disconnect();
    }
  };
  const start = () => server.start([process.env.REDIS_SERVER ?? "redis-server", ...options], ready);
  await start();

  return {
    /** The path of its socket. */
    path,
    folder: server.folder,
    /** A client of node-redis, closed with the server. */
    async nodeRedis() {
      const client = createClient({ socket: { path } });
      client.on("error", () => {});
      await client.connect();
      open.add(client);
      return client;
    },
    /** A client of ioredis, closed with the server. */
    ioredis() {
      const client = new Redis({ path });
      client.on("error", () => {});
      open.add(client);
      return client;
    },
    async kill() {
      process.kill(Number(await readFile(pid, "utf8")), "SIGKILL");
      await server.ended();
    },
    start,
    async stop() {
      for (const client of open) (client.destroy ?? client.disconnect)?.call(client);
      await server.stop();
    },
  };
}
