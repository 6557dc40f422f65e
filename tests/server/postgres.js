// A PostgreSQL of the test's own: `const server = await startPostgres()`, and `after(() => server.stop())`.

import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { Foreign, own } from "./process.js";

/** What makes tests fast. None of it matters when processes die; it does when the machine does. */
const FAST = { fsync: "off", full_page_writes: "off", shared_buffers: "32MB", max_connections: "120", autovacuum_naptime: "10s" };

/**
 * @param {{ settings?: Record<string, string> }} [options] settings of postgresql.conf, instead of those for speed
 */
export async function startPostgres({ settings = FAST } = {}) {
  const programs = folderOfPrograms();
  const server = await own("pg", ["postgres", "nobody"], "QUIT");
  const data = join(server.folder, "data");
  await promisify(execFile)(join(programs, "initdb"), ["-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"], {
    ...server.user,
    cwd: server.folder,
  });
  const options = Object.entries({ listen_addresses: "", unix_socket_directories: server.folder, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const config = { host: server.folder, port: 5432, user: "postgres", database: "postgres" };
  /** @type {Set<{ end: () => Promise<void> }>} */
  const open = new Set();

  /** Whether it answers, and is ours. */
  const ready = async () => {
    const client = new pg.Client({ ...config, connectionTimeoutMillis: 2000 });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query("show data_directory");
      if (rows[0].data_directory !== data) throw new Foreign(`another PostgreSQL answers: its data is in ${rows[0].data_directory}`);
      return true;
    } finally {
      await client.end().catch(() => {});
    }
  };
  const start = () => server.start([join(programs, "postgres"), "-D", data, ...options], ready);
  await start();

  let databases = 0;
  return {
    /** For `new pg.Pool(config)`. */
    config,
    /** The same as DATABASE_URL. */
    url: `postgresql://postgres@${encodeURIComponent(server.folder)}:5432/postgres`,
    folder: server.folder,
    /** A pool that is closed with the server. @param {import("pg").PoolConfig | any} [more] */
    pool(more) {
      const pool = new pg.Pool({ ...config, max: 16, ...more });
      // A connection that broke while nobody used it: the pool makes another.
      pool.on("error", () => {});
      open.add(pool);
      return pool;
    },
    /** One connection, closed with the server. @param {any} [more] */
    async client(more) {
      const client = new pg.Client({ ...config, ...more });
      client.on("error", () => {});
      await client.connect();
      open.add(client);
      return client;
    },
    /** An empty database: @returns {Promise<string>} its name, for `pool({ database })`. */
    async database() {
      const name = `d${(databases += 1)}`;
      const client = new pg.Client(config);
      await client.connect();
      await client.query(`create database ${name} template template0`);
      await client.end();
      return name;
    },
    /** Kills all of it at once; with `SIGINT` it ends as for a restart, which breaks all connections. `start()` begins it again. */
    async kill(signal = "SIGKILL") {
      process.kill(Number((await readFile(join(data, "postmaster.pid"), "utf8")).split("\n")[0]), signal);
      await server.ended();
    },
    start,
    async stop() {
      await Promise.all([...open].map((client) => Promise.race([client.end().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1000).unref())])));
      await server.stop();
    },
  };
}

/** Where initdb and postgres are. Debian keeps them out of the PATH. */
function folderOfPrograms() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [process.env.POSTGRES_BIN ?? "", ...versions.map((version) => join(debian, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  const found = folders.find((folder) => folder && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
  if (!found) throw new Error("PostgreSQL is missing: install it (Debian: `apt-get install postgresql`), or name the folder of its programs in POSTGRES_BIN");
  return found;
}
