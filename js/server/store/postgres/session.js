// Transactions over whichever client the shop has: a pool, one connection, or PGlite. What failed for reasons of the database is tried again; what
// was stored is stored once, also where the answer to COMMIT was lost.

import { Silent, Thrown, failure, isForeign, kindOf, sleep, within } from "../failures.js";
import { serial } from "../serial.js";

/**
 * @typedef {(text: string, values?: unknown[], limit?: number) => Promise<any[]>} Query resolves with the rows. A connection that does not answer in
 *   `limit` milliseconds is lost
 * @typedef {{ result: any, wrote?: "noted" | "repeatable" }} Done what a transaction gave. `noted`: it stored its token too, so it is done once;
 *   `repeatable`: done twice is as done once; absent: it stored nothing
 * @typedef {(query: Query, token: string) => Promise<Done>} Body of a transaction
 * @typedef {(id: string, wait: string) => [text: string, values: unknown[], limit?: number]} Lock the statement that it begins with; it waits for each
 *   lock so many milliseconds
 * @typedef {ReturnType<typeof sessionOf>} Session
 */

const BEGIN = "begin isolation level read committed read write";

/** A wait for a lock ends after this, and is begun anew. */
const WAIT = 5000;

/** A transaction whose process stands still ends after this, with its connection: else it would hold its customer for ever. */
const STILL = 10_000;

/** For so long at least a statement is waited for, whatever the patience is. */
const LEAST = 500;

/** What reads or changes all parts may take so long, and a step of a migration. */
export const WHOLE = 600_000;
export const STEP = 3_600_000;

/**
 * Sets for this transaction alone: how long ($1) a wait for a lock may last, the above, and that an answer means that it is on the disk, whatever the
 * database's default is.
 */
export const SETTINGS = `set_config('lock_timeout', $1::text, true), set_config('idle_in_transaction_session_timeout', '${STILL}', true),
  set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end, true)`;

/** What was done is found by its token, for a while: a COMMIT that was not answered may have been done. */
const FIND = "select token from querencia_done where token in (select json_array_elements_text($1::text::json))";

/** Queues of connections, which several stores may share. @type {WeakMap<object, ReturnType<typeof serial>>} */
const queues = new WeakMap();

/** Connections of which an answer is missing. Nothing more is asked of them until it came. @type {WeakSet<object>} */
const silent = new WeakSet();

const ignore = () => {};

/**
 * @param {any} client
 * @param {number} patience for so many milliseconds it is tried again
 */
export function sessionOf(client, patience) {
  if (typeof client?.query !== "function") {
    throw new TypeError("postgres(client): the client has no method `query(text, values)`: give a pg.Pool, a pg.Client or a PGlite");
  }
  const isPool = typeof client.connect === "function" && typeof client.totalCount === "number";
  const isPglite = !isPool && typeof client.transaction === "function";
  // Between the pool that hands a connection out and the promise of it nobody listens, and what says that it is ready may say in one breath that it ended.
  if (isPool && !queues.has(client)) client.on?.("acquire", (/** @type {any} */ one) => void (one.listeners("error").includes(ignore) || one.on("error", ignore)));
  const queue = queues.get(client) ?? serial();
  queues.set(client, queue);
  // An error that nobody listens to ends the process. A connection that breaks is seen by who uses it next.
  if (typeof client.on === "function" && !client.listenerCount?.("error")) client.on("error", ignore);

  /** A statement is answered in so many milliseconds; one that has nothing to do, in less; one that waits for two locks, in more. */
  const usual = Math.max(LEAST, patience);
  const short = Math.max(LEAST, patience / 3);
  const wait = Math.min(WAIT, usual);
  const locked = 2 * wait + usual;

  /**
   * What is late is waited for, apart from the caller. A connection that comes back is rolled back: it may be in the middle of something.
   * @param {Promise<unknown>} late
   */
  const heal = (late) => {
    silent.add(client);
    const again = () => void silent.delete(client);
    late.then(ignore, ignore).then(() => isPglite || client.query("rollback")).then(again, again);
  };

  /** @param {any} connection @returns {Query} */
  const queryOf = (connection) => async (text, values = [], limit = usual) => {
    const answer = connection.query(text, values);
    try {
      return (await within(answer, limit)).rows;
    } catch (error) {
      if (error instanceof Silent && !isPool) heal(answer);
      throw error;
    }
  };

  /** Over the one connection there is, when it is free. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  const inTurn = (work) =>
    queue(client, async () => {
      await client.waitReady;
      if (silent.has(client)) throw new Silent();
      return work();
    });

  /**
   * Over a connection of the pool. One in doubt is ended, and not given to the next.
   * @template T
   * @param {number} limit for so many milliseconds it may wait for one
   * @param {(connection: any) => Promise<T>} work
   * @param {{ broken?: boolean }} [outcome]
   * @returns {Promise<T>}
   */
  const pooled = async (limit, work, outcome) => {
    const connection = await within(client.connect(), limit, (/** @type {any} */ late) => late.release());
    connection.on?.("error", ignore);
    /** @type {unknown} */
    let broken;
    try {
      return await work(connection);
    } catch (error) {
      // 25...: somebody left it in a transaction.
      if (outcome?.broken || (!(error instanceof Thrown) && (kindOf(error) === "lost" || /^25/.test(/** @type {any} */ (error)?.code)))) broken = error;
      throw error;
    } finally {
      connection.off?.("error", ignore);
      connection.release(broken);
    }
  };

  /**
   * PGlite answers always, but may be in a transaction of the shop's that does not end.
   * @param {(query: Query) => Promise<void>} body
   */
  const inPglite = async (body) => {
    let isLate = false;
    /** @type {Promise<void>} */
    let ended = Promise.resolve();
    const begun = new Promise((resolve) => {
      ended = client.transaction(async (/** @type {any} */ transaction) => {
        if (isLate) throw new Silent();
        resolve(undefined);
        await transaction.query("set transaction isolation level read committed, read write");
        await body(async (text, values = []) => (await transaction.query(text, values)).rows);
      });
    });
    try {
      await within(Promise.race([begun, ended]), usual);
    } catch (error) {
      isLate = true;
      if (error instanceof Silent) heal(ended);
      throw error;
    }
    await ended;
  };

  /**
   * One try. `done` has what the body gave, from when COMMIT is sent on.
   * @param {(query: Query) => Promise<Done>} body
   * @param {{ done?: Done, broken?: boolean, isSilent?: boolean }} outcome
   */
  const attempt = async (body, outcome) => {
    if (isPglite) return inTurn(() => inPglite(async (query) => void (outcome.done = await body(query))));
    const run = async (/** @type {any} */ connection) => {
      const query = queryOf(connection);
      try {
        await query(BEGIN, [], short).catch(standby);
        const done = await body(query);
        outcome.done = done;
        await query("commit");
      } catch (error) {
        if (error instanceof Silent) outcome.broken = outcome.isSilent = true;
        else if (!outcome.done) await query("rollback", [], short).catch(() => (outcome.broken = true));
        throw error;
      }
    };
    return isPool ? pooled(usual, run, outcome) : inTurn(() => run(client));
  };

  /** Only a pool makes another connection, until it is ended: then whoever asked it again would keep the process. */
  const isLastTry = () => !isPool || client.ending === true;

  return {
    /**
     * Runs a transaction, and again where the database undid it. `body` may be called several times; what one call wrote is stored, and that of
     * the others is not. Where COMMIT was not answered, the next try looks, under the same lock, whether it was done: whoever holds the lock still
     * is the one that was not heard of.
     *
     * (The number of a transaction does not say: after a crash another one may have it.)
     * @param {Lock} lock
     * @param {Body} body
     */
    async transaction(lock, body) {
      const until = Date.now() + patience;
      const id = crypto.randomUUID();
      /** @type {Map<string, any>} the results of those that were not heard of, by token */
      const unknown = new Map();
      let isLast = false;
      for (let tried = 0; ; tried += 1) {
        /** @type {{ done?: Done, broken?: boolean, isSilent?: boolean }} */
        const outcome = {};
        const token = `${id}.${tried}`;
        try {
          await attempt(async (query) => {
            const [text, values, limit = locked] = lock(id, String(wait));
            await query(text, values, limit);
            if (unknown.size > 0) {
              const [found] = await query(FIND, [JSON.stringify([...unknown.keys()])]);
              if (found) return { result: unknown.get(found.token) };
            }
            return body(query, token);
          }, outcome);
          return outcome.done?.result;
        } catch (error) {
          if (error instanceof Thrown) throw error.reason;
          const kind = kindOf(error);
          if (kind === "lost" && outcome.done) {
            if (!outcome.done.wrote) return outcome.done.result;
            if (outcome.done.wrote === "noted") unknown.set(token, outcome.done.result);
          }
          if (kind === "lost" && isLastTry()) throw failure("store-unreachable", error);
          if (kind === "full") throw failure("store-full", error);
          if (kind === "other" || kind === "taken") throw isForeign(error) ? failure("store-foreign", error) : error;
          if (Date.now() > until) {
            // The silence of one connection took all the time. Another one is asked once: whether it was done, or to do it.
            if (isLast || !outcome.isSilent) throw failure(kind === "lost" || unknown.size > 0 ? "store-unreachable" : "busy", error);
            isLast = true;
          }
        }
        await sleep(Math.random() * Math.min(1000, 10 * 2 ** Math.min(tried, 10)));
      }
    },

    /**
     * Reads outside of a transaction.
     * @param {string} text
     * @param {unknown[]} [values]
     * @param {number} [limit] for so many milliseconds an answer is waited for
     * @param {boolean} [isAll] and not longer, however often it is asked
     */
    async query(text, values, limit = usual, isAll = false) {
      const until = Date.now() + (isAll ? limit : patience);
      for (let tried = 0; ; tried += 1) {
        try {
          const left = isAll ? Math.max(1, until - Date.now()) : limit;
          const ask = (/** @type {any} */ connection) => queryOf(connection)(text, values, left);
          if (isPool) return await pooled(isAll ? left : usual, ask);
          const answer = inTurn(() => ask(client));
          return await (isAll ? within(answer, left) : answer);
        } catch (error) {
          const kind = kindOf(error);
          if (kind === "full") throw failure("store-full", error);
          if (kind === "other" || kind === "taken") throw isForeign(error) ? failure("store-foreign", error) : error;
          // The first time it may have been a connection of the pool that broke while nobody used it.
          const isOver = Date.now() > until && (isAll || tried > 0);
          if (isOver || (kind === "lost" && isLastTry())) throw failure(kind === "lost" ? "store-unreachable" : "busy", error);
        }
        await sleep(Math.random() * Math.min(500, 10 * 2 ** Math.min(tried, 10)));
      }
    },
  };
}

/** A server that only reads refuses a transaction that writes as a thing it does not know. @param {any} error */
function standby(error) {
  throw error?.code === "0A000" ? Object.assign(new Error("the server only reads", { cause: error }), { code: "25006" }) : error;
}
