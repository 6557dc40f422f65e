// Decides for many customers, and reserves what is to be said: each night, or after an import.

import { decide } from "./decide.js";
import { Breath, pause } from "./delivery/pace.js";
import { ServerError, isMistake } from "./errors.js";
import { facts as take } from "./facts.js";
import { forgetOldUnits } from "./offers/budget.js";
import { issuePending } from "./offers/issue.js";
import { dryOf } from "./nightly/dry.js";
import { Run } from "./nightly/run.js";
import { stream } from "./nightly/stream.js";
import { fieldOf, tell } from "./tell.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./night.d.ts").NightlyOptions} Options
 * @typedef {import("./night.d.ts").NightlyReport} Report
 * @typedef {import("./nightly/stream.js").One} One
 */

/** How far it came is noted so often, in milliseconds; what was done since is done again after a SIGKILL, which changes nothing. */
const NOTED = 2000;
/** So long after the last sign of life a run is another process's. */
const LEASE = 60_000;
/** A store that does not answer is waited for so long, in milliseconds. */
const PATIENCE = 60_000;

/**
 * @param {Context} context
 * @param {Options} [options]
 * @returns {Promise<Report>}
 */
export async function nightly(context, options = {}) {
  const { customers, concurrency = 4, name = "nightly", lease = LEASE, dryRun = false } = options;
  if (customers !== undefined && typeof customers !== "function" && !isIterable(customers)) {
    throw new ServerError("wrong-type", "customers", "expected a list, an iterator or a query of ids, or a function that makes one");
  }
  for (const [field, value] of Object.entries({ concurrency, lease })) {
    if (!(typeof value === "number" && value >= 1)) throw new ServerError("invalid-value", field, "expected a number from 1 on");
  }
  const night = new Night(context, { ...options, concurrency, lease }, dryRun ? dryOf(context) : { context, run: new Run(context.store, name, lease) });
  context.running.add(night);
  try {
    return await night.run();
  } finally {
    context.running.delete(night);
  }
}

/** @param {any} value */
const isIterable = (value) => typeof value !== "string" && (typeof value?.[Symbol.iterator] === "function" || typeof value?.[Symbol.asyncIterator] === "function");

class Night {
  #context;
  #options;
  #run;
  /** Of a run that stores nothing: forgets what it would have stored of a customer. */
  #forget;
  #stopped = new AbortController();
  /** @type {Promise<unknown>} */
  #done = Promise.resolve();
  /** Counted of the customers who are done without a gap. */
  #counts = { customers: 0, contacts: 0, reserved: tally(), refused: tally(), errors: tally() };
  /** @type {string | undefined} */
  #after;
  /** @type {Promise<void>} */
  #noting = Promise.resolve();
  #isNoting = false;
  /** Another process has the run. @type {unknown} */
  #lost;

  /**
   * @param {Context} context
   * @param {Options & { concurrency: number, lease: number }} options
   * @param {{ context: Context, run: Pick<Run, "begin" | "keep" | "end">, forget?: (customer: unknown) => void }} over whose context is another where nothing is stored
   */
  constructor(context, options, over) {
    this.#context = over.context;
    this.#options = options;
    this.#run = over.run;
    this.#forget = over.forget;
    const { signal } = options;
    if (signal?.aborted) this.#stopped.abort();
    else signal?.addEventListener("abort", () => this.#stopped.abort(), { once: true });
  }

  /** Finishes the customers in hand, and notes how far it came. */
  stop() {
    this.#stopped.abort();
    return this.#done;
  }

  /** @returns {Promise<Report>} */
  run() {
    const done = this.#decideAll();
    this.#done = done.catch(() => {});
    return done;
  }

  async #decideAll() {
    const { signal } = this.#stopped;
    if (!this.#forget) {
      // What a crash left without its code.
      await issuePending(this.#context);
      await forgetOldUnits(this.#context);
    }
    const before = await this.#run.begin(this.#options.again === true);
    if (before) {
      this.#after = before.after;
      const { reserved, refused, errors, ...counts } = /** @type {any} */ (before.report);
      this.#counts = { ...counts, reserved: tally(reserved), refused: tally(refused), errors: tally(errors) };
    }
    const resumedFrom = this.#counts.customers;
    const source = stream(this.#context.store, this.#options.customers, before);
    /** @type {{ one: One, decided: Promise<Decided> }[]} in the order of the customers */
    const inHand = [];
    let isOver = false;
    const breath = new Breath();
    const life = setInterval(() => this.#live(), Math.min(NOTED, this.#options.lease / 3));
    try {
      while (!isOver && !signal.aborted) {
        await breath.draw();
        const { value: one, done } = await source.next();
        if (done || !one) isOver = true;
        else {
          const decided = this.#decide(one).finally(() => this.#forget?.(one.id));
          decided.catch(() => {}); // thrown below, in its turn
          inHand.push({ one, decided });
        }
        while (inHand.length >= (isOver ? 1 : this.#options.concurrency)) await this.#finish(inHand);
      }
      while (inHand.length > 0) await this.#finish(inHand);
      if (this.#lost) throw this.#lost;
    } catch (error) {
      // Whoever begins next goes on from here, at once. If the store does not answer, when the lease has ended.
      await Promise.allSettled(inHand.map(({ decided }) => decided));
      if (code(error) !== "taken-over") await this.#run.end(this.#progress()).catch(() => {});
      throw error;
    } finally {
      clearInterval(life);
      await this.#noting;
      await source.return(undefined);
    }
    const { from, to } = await this.#run.end(isOver ? undefined : this.#progress());
    return { ...this.#report(), ...(this.#forget && { dryRun: /** @type {const} */ (true) }), resumedFrom, finished: isOver, from, to };
  }

  /** @param {{ one: One, decided: Promise<Decided> }[]} inHand */
  async #finish(inHand) {
    const { one, decided } = inHand[0];
    const { decision, error } = await decided;
    inHand.shift();
    const counts = this.#counts;
    counts.customers++;
    this.#after = one.position;
    if (error) counts.errors[error] = (counts.errors[error] ?? 0) + 1;
    for (const { campaign } of decision?.contacts ?? []) {
      counts.contacts++;
      counts.reserved[campaign] = (counts.reserved[campaign] ?? 0) + 1;
    }
    for (const { gate, code } of decision?.refused ?? []) {
      const name = `${gate}/${code}`;
      counts.refused[name] = (counts.refused[name] ?? 0) + 1;
    }
  }

  /** Notes how far it came, also while one customer or the query takes long: else another process would think that this one died. */
  #live() {
    if (this.#isNoting) return;
    this.#isNoting = true;
    const ended = (/** @type {any} */ error) => {
      this.#isNoting = false;
      // A store that does not answer is waited for where the customers are decided.
      if (code(error) !== "taken-over") return;
      this.#lost = error;
      this.#stopped.abort();
    };
    this.#noting = this.#run.keep(this.#progress()).then(() => ended(undefined), ended);
    tell(this.#options.onProgress, this.#report());
  }

  /** As it is now: it is stored later, and meanwhile more customers are done. */
  #progress() {
    return { done: this.#counts.customers, ...(this.#after !== undefined && { after: this.#after }), report: this.#report() };
  }

  #report() {
    return structuredClone(this.#counts);
  }

  /**
   * A mistake in what is known of a customer is counted, and ends nothing. A store that does not answer is waited for: it is nobody's mistake.
   * @param {One} one
   * @returns {Promise<Decided>}
   */
  async #decide({ id, facts }) {
    const { channels } = this.#options;
    for (let wait = 100, since = performance.now(), tries = 1; ; wait = Math.min(5000, 2 * wait), tries++) {
      try {
        if (facts) await take(this.#context, { customer: { id, ...facts } });
        return { decision: await decide(this.#context, /** @type {any} */ (id), { channels }, { isKnown: true }) };
      } catch (error) {
        if (isMistake(error)) return { error: code(error) };
        const answers = await this.#context.store.now().then(() => true, () => false);
        if (answers && tries >= 3) return { error: code(error) };
        if (!answers && performance.now() - since > PATIENCE) throw error;
        await pause(wait, this.#stopped.signal);
        if (this.#stopped.signal.aborted) throw error;
      }
    }
  }
}

/** @typedef {{ decision?: import("../types.d.ts").Decision, error?: string }} Decided */

/** @param {Record<string, number>} [counts] @returns {Record<string, number>} */
const tally = (counts) => Object.assign(Object.create(null), counts);

/** @param {unknown} error @returns {string} */
function code(error) {
  const own = fieldOf(error, "code");
  return typeof own === "string" ? own : "internal";
}
