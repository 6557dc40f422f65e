// Transactions over whichever client the shop has: a pool, one connection, or PGlite. What failed for reasons of the database is tried again; what
// was stored is stored once, also where the answer to COMMIT was lost.

import { Thrown, failure, kindOf, sleep, within } from "../failures.js";
import { serial } from "../serial.js";

/**
 * @typedef {(text: string, values?: unknown[]) => Promise<any[]>} Query resolves with the rows
 * @typedef {{ result: any, wrote?: "noted" | "repeatable" }} Done what a transaction gave. `noted`: it stored its token too, so it is done once;
 *   `repeatable`: done twice is as done once; absent: it stored nothing
 * @typedef {(query: Query, token: string) => Promise<Done>} Body of a transaction
 * @typedef {(id: string) => [text: string, values?: unknown[]]} Lock the statement that it begins with
 * @typedef {ReturnType<typeof sessionOf>} Session
 */

const BEGIN = "begin isolation level read committed read write";

/** A wait for a lock ends after this, and is begun anew. */
const WAIT = 5000;

/** A transaction whose process stands still ends after this, with its connection: else it would hold its customer for ever. */
const STILL = 10_000;

/**
 * Sets for this transaction alone: the above, and that an answer means that it is on the disk, whatever the database's default is.
 */
export const SETTINGS = `set_config('lock_timeout', '${WAIT}', true), set_config('idle_in_transaction_session_timeout', '${STILL}', true),
  set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end, true)`;

/** What was done is found by its token, for a while: a COMMIT that was not answered may have been done. */
const FIND = "select token from querencia_done where token in (select json_array_elements_text($1::text::json))";

/** Queues of connections, which several stores may share. @type {WeakMap<object, ReturnType<typeof serial>>} */
const queues = new WeakMap();

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

  /** @param {any} connection @returns {Query} */
  const queryOf = (connection) => async (text, values = []) => (await connection.query(text, values)).rows;

  /**
   * One try. `done` has what the body gave, from when COMMIT is sent on.
   * @param {(query: Query) => Promise<Done>} body
   * @param {{ done?: Done, broken?: boolean }} outcome
   */
  const attempt = async (body, outcome) => {
    if (isPglite) {
      await client.transaction(async (/** @type {any} */ transaction) => {
        await transaction.query("set transaction isolation level read committed, read write");
        const done = await body(queryOf(transaction));
        outcome.done = done;
      });
      return;
    }
    const run = async (/** @type {any} */ connection) => {
      const query = queryOf(connection);
      try {
        await query(BEGIN);
        const done = await body(query);
        outcome.done = done;
        await query("commit");
      } catch (error) {
        if (!outcome.done) await query("rollback").catch(() => (outcome.broken = true));
        throw error;
      }
    };
    if (!isPool) return queue(client, () => run(client));
    const connection = await within(client.connect(), patience, (/** @type {any} */ late) => late.release());
    connection.on?.("error", ignore);
    /** @type {unknown} */
    let broken;
    try {
      await run(connection);
    } catch (error) {
      // A connection in doubt is not given to the next.
      const isDoubtful = outcome.broken || (!(error instanceof Thrown) && kindOf(error) === "lost");
      broken = isDoubtful ? error : undefined;
      throw error;
    } finally {
      connection.off?.("error", ignore);
      connection.release(broken);
    }
  };

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
      for (let tried = 0; ; tried += 1) {
        /** @type {{ done?: Done, broken?: boolean }} */
        const outcome = {};
        const token = `${id}.${tried}`;
        try {
          await attempt(async (query) => {
            await query(...lock(id));
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
          if (kind === "lost" && !isPool) throw failure("store-unreachable", error);
          if (kind === "full") throw failure("store-full", error);
          if (kind === "other" || kind === "taken") throw error;
          if (Date.now() > until) throw failure(kind === "lost" || unknown.size > 0 ? "store-unreachable" : "busy", error);
        }
        await sleep(Math.random() * Math.min(1000, 10 * 2 ** Math.min(tried, 10)));
      }
    },

    /**
     * Reads outside of a transaction.
     * @param {string} text
     * @param {unknown[]} [values]
     * @param {number} [limit] it ends after so many milliseconds, and is not asked again
     */
    async query(text, values, limit) {
      const until = Date.now() + (limit ? 0 : patience);
      for (let tried = 0; ; tried += 1) {
        try {
          const query = () => queryOf(client)(text, values);
          const answer = isPool || isPglite ? query() : queue(client, query);
          return await (limit ? within(answer, limit) : answer);
        } catch (error) {
          const kind = kindOf(error);
          if (kind === "full") throw failure("store-full", error);
          if (kind === "other" || kind === "taken") throw error;
          // The first time it may have been a connection of the pool that broke while nobody used it.
          if (!isPool || (tried > 0 && Date.now() > until)) throw failure("store-unreachable", error);
        }
        await sleep(Math.random() * Math.min(500, 10 * 2 ** Math.min(tried, 10)));
      }
    },
  };
}
