// Decides for many customers. At most `ahead` chunks wait at any time, and none holds more than some megabytes of requests, so the memory
// does not grow with the number of customers: the next are read when a chunk is taken.

import { Threads } from "#threads";
import { Source } from "./source.js";
import { columnsOf, complete, verdictOf } from "./verdicts.js";

/**
 * @typedef {import("../index.d.ts").Engine} Engine
 * @typedef {import("./index.d.ts").BatchChunk} Chunk
 * @typedef {import("./verdicts.js").Columns} Columns
 */

/** Later than the first row of any zone table, in 2100: stands in for `now` where each customer has its own. */
const LATE = 4_102_444_800_000;

/** How long this thread decides before others have their turn, in milliseconds. */
const SLICE = 10;

/**
 * @param {Engine} engine
 * @param {string} policy its JSON text, for the workers
 * @param {Parameters<Engine["batch"]>[0]} customers
 * @param {Parameters<Engine["batch"]>[1]} [options]
 * @returns {AsyncGenerator<Chunk, void, void>}
 */
export async function* batch(engine, policy, customers, { workers = 0, size = 500, signal, onProgress, ...shared } = {}) {
  if (!Number.isInteger(workers) || workers < 0) throw new RangeError(`\`workers\` is no whole number from 0 on: ${workers}`);
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`\`size\` is no whole number from 1 on: ${size}`);
  signal?.throwIfAborted();
  const moment = { ...shared, explain: shared.explain ?? false, nextAt: shared.nextAt ?? false };
  // What is wrong with what all share is said once, and not of each customer. It throws too if the engine was freed.
  engine.decide(/** @type {any} */ ({ ...moment, now: moment.now ?? LATE }));
  const source = new Source(customers, size);
  // Whatever ends the batch early: the host's signal, or a worker that fails.
  const stop = new AbortController();
  const cancel = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", cancel);
  const threads = Threads && workers > 0 ? new Threads(workers, engine, policy, moment, stop) : new Thread(engine, moment, stop.signal);
  /** @type {Promise<Columns>[]} the chunks that are being decided, in the order of the customers */
  const waiting = [];
  let done = 0;
  try {
    for (;;) {
      while (waiting.length < threads.ahead && !source.isOver) {
        const taken = source.take(stop.signal, (request) => threads.add(request));
        if ((await orStopped(taken, stop.signal)) === 0) break;
        const chunk = threads.decide();
        chunk.catch(() => {}); // thrown below, in its turn
        waiting.push(chunk);
      }
      const chunk = waiting.shift();
      if (!chunk) return;
      const columns = await orStopped(chunk, stop.signal);
      const first = done;
      done += columns.customer.length;
      onProgress?.({ done, total: source.total });
      yield { first, ...columns };
    }
  } finally {
    signal?.removeEventListener("abort", cancel);
    await Promise.all([threads.end(), source.close(stop.signal)]);
  }
}

/** The thread of the host. It decides in slices, so that a page stays responsive and a server answers; a request as soon as it is read. */
class Thread {
  ahead = 1;
  #engine;
  #moment;
  #signal;
  /** @type {ReturnType<typeof verdictOf>[]} those of the chunk that is being read */
  #verdicts = [];
  /** when others have their turn */
  #until = 0;

  /**
   * @param {Engine} engine
   * @param {object} moment
   * @param {AbortSignal} signal
   */
  constructor(engine, moment, signal) {
    this.#engine = engine;
    this.#moment = moment;
    this.#signal = signal;
  }

  /** How many bytes of the request are kept: none. @param {unknown} request */
  async add(request) {
    if (performance.now() > this.#until) {
      await pause();
      this.#signal.throwIfAborted();
      this.#until = performance.now() + SLICE;
    }
    this.#verdicts.push(verdictOf(this.#engine, complete(this.#moment, request)));
    return 0;
  }

  async decide() {
    return columnsOf(this.#verdicts.splice(0));
  }

  end() {}
}

/** Lets everything run that waits for its turn. A browser has no `setImmediate`, and that of Next's edge throws. */
const pause = () =>
  new Promise((resolve) => {
    try {
      setImmediate(resolve);
    } catch {
      setTimeout(resolve);
    }
  });

/**
 * What the promise gives; or it throws the signal's reason, if that comes first.
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
function orStopped(promise, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
