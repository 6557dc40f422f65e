// What it means when a database does not do what it was asked: try again, or tell the shop.

import { ServerError } from "../errors.js";
import { timer } from "../timer.js";

/** What the shop's own work threw: the database is not to blame, and nothing is tried again. */
export class Thrown extends Error {
  /** @param {unknown} reason */
  constructor(reason) {
    super("the work of a transaction threw");
    this.reason = reason;
  }
}

/**
 * `again`: the database undid it, and another try may pass. `lost`: the connection is gone. `full`: there is no room. `taken`: another grant has
 * the code. `other`: to be told as it is.
 * @param {any} error
 * @returns {"again" | "lost" | "full" | "taken" | "other"}
 */
export function kindOf(error) {
  const code = String(error?.code ?? "");
  // SQLSTATE has five letters; EPIPE has too.
  if (!/^([0-9]|F0|HV|P0|XX)[0-9A-Z]+$/.test(code) || code.length !== 5) {
    return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError ? "other" : "lost";
  }
  // transaction_rollback, serialization_failure, deadlock_detected, lock_not_available, query_canceled (a statement took longer than the database
  // allows); and the connection was left with a transaction open, which is rolled back now
  if (/^(40000|40001|40P01|55P03|57014|25001|25P02)$/.test(code)) return "again";
  // connection exceptions, too many connections, the server is stopped or begins, a transaction that stood still or took too long, a COMMIT of which
  // nobody knows, a server that only reads: one that was the first and is a standby now
  if (/^(08...|53300|57000|57P0.|25P03|25P04|25006|40003)$/.test(code)) return "lost";
  // insufficient_resources, disk_full, out_of_memory, configuration_limit_exceeded, and what cannot be read or written
  if (/^(530..|531..|532..|534..|58030)$/.test(code)) return "full";
  if (code === "23505" && /grants_code/.test(`${error.constraint} ${error.message}`)) return "taken";
  return "other";
}

/** @param {"store-unreachable" | "store-full" | "store-newer" | "store-evicts" | "store-foreign" | "busy"} code @param {unknown} [cause] */
export function failure(code, cause) {
  const error = new ServerError(code);
  if (cause) Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
  return error;
}

/**
 * Whether there is something else under the names of ours: a table with other columns, a table that is there before its migration or is gone
 * after it (SQLSTATE 42P07, 42P01, 42703, 42804, 42883), a key of another type.
 * @param {any} error
 */
export function isForeign(error) {
  if (/^(42P07|42P01|42703|42804|42883)$/.test(String(error?.code))) return true;
  return /WRONGTYPE|attempt to (compare|index|perform|concatenate)|(value|hash value) is not (an integer|a valid float|a float)/.test(String(error?.message));
}

/**
 * What a store holds of us. What cannot be read somebody else wrote: to ask again does not help, and nothing may be stored over it.
 * @param {string | null | undefined} json
 */
export function written(json) {
  try {
    return JSON.parse(json ?? "");
  } catch (error) {
    throw failure("store-foreign", error);
  }
}

/** The same of an object: a record, a grant, wishes. @param {string | null | undefined} json */
export function writtenObject(json) {
  const value = written(json);
  if (Object(value) !== value) throw failure("store-foreign");
  return value;
}

/** Nothing came in time. */
export class Silent extends Error {
  constructor() {
    super("no answer in time");
  }
}

/** @param {number} milliseconds */
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits no longer than so many milliseconds. A client may wait for a connection for ever.
 * @template T
 * @param {Promise<T>} answer
 * @param {number} milliseconds
 * @param {(late: T) => void} [end] what to do with an answer that comes later
 * @returns {Promise<T>}
 */
export async function within(answer, milliseconds, end) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let ending;
  let isLate = false;
  const late = new Promise((_, reject) => {
    ending = timer(() => {
      // A process that stood still itself reads first what came meanwhile.
      ending = setTimeout(() => {
        isLate = true;
        reject(new Silent());
      }, 1);
    }, milliseconds);
  });
  answer.then((value) => void (isLate && end?.(value)), () => {});
  try {
    return await Promise.race([answer, /** @type {Promise<never>} */ (late)]);
  } finally {
    clearTimeout(ending);
  }
}
