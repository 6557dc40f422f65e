// What a decision reads anew: the answers about consent, and of the ledger's records those that changed, whichever tab wrote them.

import { SKEW } from "../constants.js";
import { dateOf } from "../ledger/record.js";
import { present, told } from "../told/index.js";

/**
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("./index.d.ts").Seen} Seen
 */

/** What is thrown where a record cannot be read, and what reads it is not there yet. */
const UNREAD = new Error("a record cannot be read");
/** @type {typeof import("../ledger/readable.js") | undefined} */
let reader;
/** A ledger of fewer records is not looked through for those that no decision reads. */
const LONG = 200;

/**
 * Runs a transaction. What reads records that the engine refuses is downloaded by who has one; then it runs again.
 * @template T
 * @param {() => Promise<T>} run
 */
export async function readably(run) {
  try {
    return await run();
  } catch (error) {
    if (error !== UNREAD) throw error;
    reader = await import("../ledger/readable.js");
    return run();
  }
}

/** The answers about consent as they are now, and as JSON. @param {import("./index.d.ts").Options["consent"]} consent */
export function answersOf(consent) {
  const current = present(told(typeof consent === "function" ? consent() : consent));
  return { current, text: JSON.stringify(current ?? {}) };
}

/**
 * How long a store keeps wishes.
 * @param {import("./index.d.ts").Store} store
 * @param {boolean} [isTold] whether the shop's server hears of them
 * @returns {Pick<import("./index.d.ts").Preferences, "kept" | "keptForGood">}
 */
export function keptBy(store, isTold) {
  if (isTold) return { kept: "shop", keptForGood: "shop" };
  const { kind, lasting } = store;
  // A shop's own store has stored a wish when it says so.
  const kept = lasting === false || kind === "memory" ? "page" : kind === "indexedDB" ? "browser" : "shop";
  return { kept, keptForGood: kept === "page" && store.keepsWishes?.() ? "browser" : kept };
}

export class Records {
  #handle;
  #server;
  #warn;
  /** Which records the engine has: a token of the store. @type {unknown} */
  #applied;
  /** The latest date of a record. */
  #latest = -Infinity;
  #isLong = false;
  #isPruned = false;

  /**
   * @param {any} handle
   * @param {LedgerRecord[]} server the records that the page's server knows
   * @param {(error: unknown) => void} warn
   */
  constructor(handle, server, warn) {
    this.#handle = handle;
    this.#server = server;
    this.#warn = warn;
  }

  /**
   * Deletes the records that no decision reads any longer, once.
   * @param {import("./display.js").Transact} transact
   * @param {import("../ledger/prune.js").Keep | undefined} keep
   * @param {() => number} clock
   */
  async prune(transact, keep, clock) {
    if (!this.#isLong || this.#isPruned || !keep) return;
    this.#isPruned = true;
    const { prunable } = await import("../ledger/prune.js");
    await transact((records) => ({ put: [], drop: prunable(records, keep, clock()), result: undefined }));
  }

  /**
   * Gives the engine the records: all, or those that changed since it was given all. A record of a clock that runs ahead counts from the time
   * it was first seen, by a clock that was right.
   * @param {number} now
   * @param {LedgerRecord[]} records
   * @param {Seen} [seen]
   * @returns {LedgerRecord[]} what the ledger must store
   */
  apply(now, records, seen) {
    const known = this.#applied;
    // If this throws, the next decision gives all.
    this.#applied = undefined;
    const news = known === undefined ? undefined : seen?.since(known);
    if (!news) this.#latest = -Infinity;
    for (const record of news ?? records) this.#latest = Math.max(this.#latest, dateOf(record) || 0);
    const ahead = this.#latest > now + SKEW ? records.filter((record) => dateOf(record) > now + SKEW) : [];
    /** @type {LedgerRecord[]} */
    const put = ahead.map((record) => ({ ...record, seenAt: now }));
    if (news) {
      for (const record of [...news, ...put]) this.#give([record], (all) => all.forEach((one) => this.#handle.record(one)), now, put);
    } else {
      const all = put.length > 0 ? [...new Map([...records, ...put].map((record) => [record.id, record])).values()] : records;
      this.#isLong ||= records.length >= LONG;
      this.#give([...all, ...this.#server], (all) => this.#handle.ledger(all), now, put);
    }
    this.#applied = seen?.token;
    return put;
  }

  /**
   * Gives the engine some records. Of those that it refuses, for example of a later release, it is given what it can read, with one warning.
   * If it cannot read even that, this throws and nothing is decided.
   * @param {LedgerRecord[]} records
   * @param {(records: LedgerRecord[]) => void} give
   * @param {number} now
   * @param {LedgerRecord[]} put what the ledger must store: when an undated record was first seen
   */
  #give(records, give, now, put) {
    try {
      give(records);
    } catch (error) {
      /** @type {import("../types.d.ts").Problem[]} */
      const problems = /** @type {any} */ (error)?.problems ?? [];
      const refused = new Set(problems.map(({ path }) => Number(/^ledger\[(\d+)\]/.exec(path)?.[1] ?? (records.length === 1 ? 0 : NaN))));
      if (!records.some((_, index) => refused.has(index))) throw error;
      if (!reader) throw UNREAD;
      const { isUndated, readable } = reader;
      this.#warn(error);
      put.push(...records.filter((record, index) => refused.has(index) && isUndated(record)).map((record) => ({ ...record, seenAt: now })));
      give(records.flatMap((record, index) => (refused.has(index) ? readable(record, now) : record)));
    }
  }
}
