// What all functions of a server share: the engine, the store, and how one customer's transaction runs.

import { partOf } from "../ledger/part.js";
import { load } from "../load/index.js";
import { Account } from "./account.js";
import { Counters, countsOf } from "./counters.js";
import { Fatigue } from "./fatigue.js";
import { ServerError } from "./errors.js";
import { isPromise } from "./tell.js";
import { warnOf } from "./warn.js";

/**
 * @typedef {import("./index.d.ts").Options} Options
 * @typedef {import("./account.js").Changed} Changed
 */

const LEASE = 86_400_000;

export class Context {
  /** @type {import("../index.d.ts").Engine} */
  engine;
  /** The policy as it was given, read. @type {import("../types.d.ts").Policy} */
  policy;
  store;
  options;
  /** What runs until the server is closed. @type {Set<{ stop(): Promise<unknown> }>} */
  running = new Set();
  /** The latest change of the policy. @type {Promise<unknown>} */
  switching = Promise.resolve();
  /** Engines of earlier policies. @type {Map<import("../index.d.ts").Engine, any>} */
  #earlier = new Map();
  warnOfIssue = warnOf("the platform made no code", "open({ onIssueError })");
  /** The codes that the platform is being asked for, by their keys. @type {Map<string, Promise<import("./offers/issue.js").Issued>>} */
  issuing = new Map();

  /**
   * @param {Options} options
   * @param {import("../index.d.ts").Engine} engine
   * @param {import("../types.d.ts").Policy} policy
   */
  constructor(options, engine, policy) {
    this.options = options;
    this.store = options.store;
    this.engine = engine;
    this.policy = policy;
    this.counters = new Counters(options.store);
    this.fatigue = new Fatigue(options.store, policy.care?.fatigueBrake != null);
  }

  /** Frees an engine that is no longer asked, in some time. @param {import("../index.d.ts").Engine} engine @param {number} after milliseconds */
  free(engine, after) {
    const timer = setTimeout(() => {
      this.#earlier.delete(engine);
      engine.free();
    }, after);
    /** @type {any} */ (timer).unref?.();
    this.#earlier.set(engine, timer);
  }

  /** Frees all engines: the server is closed. */
  freeAll() {
    for (const [engine, timer] of this.#earlier) {
      clearTimeout(timer);
      engine.free();
    }
    this.#earlier.clear();
    this.engine.free();
  }

  /** How long a contact is reserved for who delivers it, in milliseconds. */
  get lease() {
    return this.options.lease ?? LEASE;
  }

  /** What the shop says of itself now. @returns {import("../types.d.ts").ShopNow} */
  get given() {
    const { shop } = this.options;
    const given = (typeof shop === "function" ? shop() : shop) ?? {};
    if (typeof given === "object" && !isPromise(given)) return given;
    throw new TypeError("`shop` gives an object or undefined, and no promise: a decision is one step of the database; keep what it gives up to date beside it");
  }

  /** The articles as they are now. @returns {import("../types.d.ts").Catalog | undefined} */
  get catalog() {
    const { catalog } = this.options;
    if (typeof catalog !== "function") return catalog;
    const now = catalog();
    if (isPromise(now)) throw new TypeError("`catalog` returned a promise: nothing waits inside a transaction. Keep the catalogue in a variable, and read it again by a timer");
    return now;
  }

  /** The channels that a server speaks on: all of the policy but that of the pages. */
  get channels() {
    const all = this.policy.campaigns.map(({ channel }) => channel);
    return [...new Set(all)].filter((channel) => channel !== "onsite");
  }

  /**
   * One customer's transaction: no other transaction of theirs runs meanwhile, in whatever process.
   * @template T
   * @param {unknown} customer the id
   * @param {(account: Account) => Changed & { result: T }} work is synchronous, and may be called again if the store failed
   * @returns {Promise<T>}
   */
  async within(customer, work) {
    const id = idOf(customer);
    return this.#transact(partOf({ id }), () => id, (account) => work(/** @type {Account} */ (account)));
  }

  /**
   * The same for a customer of whom the part is known: the id stands among the facts.
   * @template T
   * @param {string} part
   * @param {(account: Account | undefined) => Changed & { result: T }} work undefined: nothing is known of anybody there
   * @returns {Promise<T>}
   */
  withinPart(part, work) {
    return this.#transact(part, (facts) => facts?.customer?.id, work);
  }

  /**
   * @template T
   * @param {string} part
   * @param {(facts: any) => string | undefined} idOf
   * @param {(account: Account | undefined) => Changed & { result: T }} work
   * @returns {Promise<T>}
   */
  async #transact(part, idOf, work) {
    await this.fatigue.freshen();
    /** @type {Record<string, number>} */
    let counts = {};
    const result = await this.store.transact((records, wishes, guests, seen, kept) => {
      const id = idOf(kept.facts);
      const account = id === undefined ? undefined : new Account(this, id, records, wishes, kept);
      const changed = work(account);
      counts = account ? { ...changed.tally, ...countsOf(account, changed) } : {};
      return { put: [], ...changed };
    }, part);
    // What was not stored is not counted, and what was tried twice once.
    this.counters.add(counts);
    return result;
  }
}

/**
 * Over HTTP a customer is part of an address, where `.` and `..` mean something else, however they are written: of such an id nothing could be
 * given out or deleted.
 * @param {string} id
 */
export const isDots = (id) => id === "." || id === "..";

/** @param {unknown} customer @returns {string} */
export function idOf(customer) {
  const id = anyIdOf(customer);
  if (isDots(id)) throw new ServerError("invalid-value", "customer", DOTS);
  return id;
}

export const DOTS = "`.` and `..` cannot be the id of a customer, because no address can carry them; give another one";

/** The same, also of who is kept under an id that is refused today: to give out and to delete. @param {unknown} customer @returns {string} */
export function anyIdOf(customer) {
  if (typeof customer !== "string" || partOf({ id: customer }) === "") {
    throw new ServerError(customer == null || customer === "" ? "missing-field" : "invalid-value", "customer", "expected the id of a customer, a text that is not blank");
  }
  return customer;
}

/**
 * @param {Options} options
 * @returns {Promise<Context>}
 */
export async function contextOf(options) {
  const { policy, wasm } = options;
  const engine = await load(policy, { wasm });
  return new Context(options, engine, typeof policy === "string" ? JSON.parse(policy) : policy);
}
