// Runs the script over whichever client the shop has, and again where the connection broke: with the same id, so that it is done once.

import { Thrown, failure, isForeign, sleep, within } from "../failures.js";
import { SCRIPT } from "./script.js";

/** @typedef {(args: string[]) => Promise<any>} Command sends one command */

/**
 * @param {any} client node-redis, ioredis, or what has a method `command(args)`
 * @returns {Command}
 */
function commandOf(client) {
  if (typeof client?.call === "function") return ([name, ...args]) => client.call(name, ...args);
  // A node-redis cluster wants to know the key and who may answer.
  if (typeof client?.sendCommand === "function" && typeof client.masters !== "object") return (args) => client.sendCommand(args);
  // Last: to those clients `command` is a command of Redis.
  if (typeof client?.command === "function" && typeof client.sendCommand !== "function") return (args) => client.command(args);
  throw new TypeError("redis(client): give a client of node-redis or ioredis, or an object with a method `command(args)` that sends a list of texts");
}

/** @param {string} text */
async function sha1(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {any} client
 * @param {string} prefix
 * @param {number} patience
 */
export function runOf(client, prefix, patience) {
  const command = commandOf(client);
  // An error that nobody listens to ends the process. A connection that breaks is seen by who uses it next.
  if (typeof client.on === "function" && !client.listenerCount?.("error")) client.on("error", () => {});
  /** @type {Promise<string> | undefined} */
  let hash;
  /** @type {Promise<void> | undefined} */
  let checked;

  /** A Redis that makes room by deleting keys would forget what was said. Who may not ask is not told. */
  const check = async () => {
    const said = await command(["INFO", "memory"]).catch((error) => (/NOPERM|ERR/.test(error?.message) ? "" : Promise.reject(error)));
    const [, policy] = /maxmemory_policy:(allkeys\S*)/.exec(String(said)) ?? [];
    if (policy) throw new Thrown(failure("store-evicts"));
  };

  /** Whether the shop has closed the client: of node-redis, of ioredis. One that only lost its connection makes another. */
  const isEnded = () => client.isOpen === false || client.status === "end";

  /** @param {string[]} args */
  const once = async (args) => {
    const given = ["1", prefix, ...args];
    try {
      return await command(["EVALSHA", await (hash ??= sha1(SCRIPT)), ...given]);
    } catch (error) {
      if (!/^NOSCRIPT/.test(/** @type {any} */ (error)?.message)) throw error;
      return command(["EVAL", SCRIPT, ...given]);
    }
  };

  /** @param {string[]} args @param {number} [patient] in milliseconds */
  return async function run(args, patient = patience) {
    const until = Date.now() + patient;
    for (let tried = 0; ; tried += 1) {
      try {
        await within((checked ??= check().catch((error) => ((checked = undefined), Promise.reject(error)))), Math.max(50, until - Date.now()));
        return await within(once(args), Math.max(50, until - Date.now()));
      } catch (error) {
        if (error instanceof Thrown) throw error.reason;
        const message = String(/** @type {any} */ (error)?.message ?? error);
        // Not done, and not to be done: there is no memory, or no room on the disk.
        if (/OOM|MISCONF|maxmemory/.test(message)) throw failure("store-full", error);
        if (isForeign(error)) throw failure("store-foreign", error);
        // The script is wrong, or the user may not: no use in trying again.
        if (/^(ERR|WRONGTYPE|NOPERM|NOAUTH|WRONGPASS)/.test(message) && !/max number of clients/.test(message)) throw error;
        if (Date.now() >= until || isEnded()) throw failure("store-unreachable", error);
      }
      await sleep(Math.random() * Math.min(500, 10 * 2 ** Math.min(tried, 10)));
    }
  };
}
