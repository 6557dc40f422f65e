// The store of `querencia serve`, `export`, `erase` and `import`: the PostgreSQL of DATABASE_URL, or an embedded one in a folder.

import { stat, statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { postgres } from "../store/postgres/index.js";
import { Locked, lock } from "./lock.js";

/** The store cannot be opened; the message says what would mend it. */
export class StoreError extends Error {
  name = "StoreError";
}

/** So many bytes are left to the log of an embedded database, four of its files: without room for it PGlite never answers again. */
const ROOM = 64 * 2 ** 20;

/** How many connections to a PostgreSQL there are. */
const CONNECTIONS = 10;

/**
 * @param {{ data?: string, url?: string }} options `url`: of a PostgreSQL; else `data`, a folder
 * @returns {Promise<{ store: import("../store.d.ts").ServerStore, about: string, close: () => Promise<void> }>} `close` once nothing uses the store
 */
export async function openStore({ data = "querencia-data", url }) {
  return url ? overUrl(url) : inFolder(data);
}

/** @param {string} url */
async function overUrl(url) {
  const { default: pg } = await packageOf("pg", "`DATABASE_URL` needs the package `pg`: npm install pg");
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, connectionTimeoutMillis: 10_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
  pool.on("error", () => {}); // an idle connection that the database ended; the next query opens another
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end().catch(() => {});
    throw new StoreError(`the PostgreSQL of \`DATABASE_URL\` does not answer (${/** @type {any} */ (error).code ?? "no code"}): is it running, and are host, user, password and database right?`);
  }
  const store = postgres(pool);
  return {
    store,
    about: "the PostgreSQL of DATABASE_URL",
    async close() {
      await store.close();
      await pool.end();
    },
  };
}

/** @param {string} data */
async function inFolder(data) {
  const { PGlite } = await packageOf(
    "@electric-sql/pglite",
    "the embedded database is the package `@electric-sql/pglite`: npm install @electric-sql/pglite@0.5; or give a PostgreSQL as DATABASE_URL",
  );
  /** @type {Awaited<ReturnType<typeof lock>>} */
  let held;
  try {
    held = await lock(data);
  } catch (error) {
    if (error instanceof Locked) throw new StoreError(error.message);
    throw new StoreError(`the folder \`${data}\` cannot be used (${/** @type {any} */ (error).code ?? "no code"}); give one that can be written as --data`);
  }
  if (!(await hasRoom(data))) {
    held.release();
    throw new StoreError(`the disk of \`${data}\` has less than ${ROOM / 2 ** 20} MiB left: make room, or give another folder as --data`);
  }
  try {
    const database = await embedded(PGlite, data, held);
    const store = postgres(database);
    return {
      store,
      about: `an embedded PostgreSQL in the folder \`${data}\``,
      async close() {
        await store.close();
        await database.close();
        held.release();
      },
    };
  } catch (error) {
    held.release();
    const { code, message } = Object(error);
    const isFile = await stat(join(data, "database")).then((known) => known.isFile(), () => false);
    throw new StoreError(`the database in \`${data}\` cannot be opened (${isFile ? "`database` is a file, and must be a folder" : code ?? message ?? "without a reason"}); take its folder from a backup, or begin with another as --data`);
  }
}

/** @param {string} data */
async function hasRoom(data) {
  const { bavail, bsize } = await statfs(data);
  return bavail * bsize >= ROOM;
}

/** Says what a PostgreSQL without room says: SQLSTATE disk_full. @param {string} data */
async function assertRoom(data) {
  if (!(await hasRoom(data))) throw Object.assign(new Error("no room"), { code: "53100" });
}

/**
 * A PGlite that asks before each use whether its folder is still ours, and before each transaction whether there is room.
 * @param {{ create: (options: { dataDir: string }) => Promise<any> }} PGlite
 * @param {string} data
 * @param {Awaited<ReturnType<typeof lock>>} held
 */
async function embedded(PGlite, data, held) {
  const database = await PGlite.create({ dataDir: join(data, "database") });
  return {
    query: (/** @type {unknown[]} */ ...given) => held.assert().then(() => database.query(...given)),
    transaction: (/** @type {unknown} */ work) => held.assert().then(() => assertRoom(data)).then(() => database.transaction(work)),
    // What is no longer ours is not written to.
    close: () => held.assert().then(() => database.close()).catch(() => {}),
  };
}

/**
 * A package that whoever runs the command has installed, beside this one or where they are.
 * @param {string} name
 * @param {string} missing
 * @returns {Promise<any>}
 */
async function packageOf(name, missing) {
  const isMissing = (/** @type {any} */ { code, message }) => /^(ERR_)?MODULE_NOT_FOUND$/.test(code) && message.includes(name);
  try {
    return await import(name);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    return await import(pathToFileURL(createRequire(join(process.cwd(), "package.json")).resolve(name)).href);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new StoreError(missing);
  }
}
