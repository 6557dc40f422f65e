// Sends what is reserved for a channel. Each contact is decided about again and armed in one transaction, then handed to the shop's `send`, and
// what became of it is noted. What was armed and has no outcome is not sent again, unless the shop asks for at least once.

import { SENT } from "./channels.js";
import { issueOne } from "./offers/issue.js";
import { Line } from "./delivery/line.js";
import { Breath, pause, Pace } from "./delivery/pace.js";
import { isCertainlyNotSent } from "./delivery/sent.js";
import { noted, take, Unwritten } from "./delivery/take.js";
import { ServerError, isMistake } from "./errors.js";
import { queued } from "./queued.js";
import { warnOf } from "./warn.js";
import { watch } from "./still.js";
import { tell } from "./tell.js";
import { LONGEST, timer } from "./timer.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./delivery.d.ts").DeliverOptions} DeliverOptions
 * @typedef {import("./delivery.d.ts").Delivery} Delivery
 * @typedef {import("./delivery.d.ts").DeliveryCounts} Counts
 * @typedef {import("./delivery/take.js").Taken} Taken
 * @typedef {import("./store.d.ts").Queued} Queued
 */

/** How long a `send` may take, in milliseconds. */
const TIMEOUT = 60_000;
/** How long the worker rests when nothing waits. */
const EVERY = 1000;
/** After a store that cannot be reached, and a message that cannot be written. */
const AGAIN = 5000;
const LATER = 3_600_000;
/** For so long after it was asked to stop a worker tries to note what it sent. */
const LAST = 10_000;
/** At least once: so long after the time-out a message is taken for lost, and at most so long between two attempts. */
const GRACE = 60_000;
const RARELY = 3_600_000;

/**
 * @param {Context} context
 * @param {DeliverOptions} options
 * @returns {Delivery}
 */
export function deliver(context, options) {
  const { channel, send, mode = "at-most-once", concurrency = 4, rate, timeout = TIMEOUT, every = EVERY, grace = GRACE } = options;
  if (!SENT.includes(channel)) throw new ServerError("invalid-value", "channel", "expected a channel that the shop sends on, such as `email`");
  if (typeof send !== "function") throw new ServerError("missing-field", "send", "expected a function that sends one message");
  if (mode !== "at-most-once" && mode !== "at-least-once") throw new ServerError("invalid-value", "mode", "expected `at-most-once` or `at-least-once`");
  for (const [name, value] of Object.entries({ concurrency, rate, timeout, every, grace })) {
    if (value !== undefined && !(typeof value === "number" && value > 0)) throw new ServerError("invalid-value", name, "expected a number above 0");
  }
  // What is reckoned with must be finite: the store is asked for what was armed so long ago.
  const worker = new Worker(context, { ...options, mode, concurrency, timeout: Math.min(timeout, LONGEST), every, grace: Math.min(grace, LONGEST) });
  const done = worker.run().finally(() => context.running.delete(delivery));
  /** @type {Delivery} */
  const delivery = {
    done,
    get counts() {
      return { ...worker.counts };
    },
    async status() {
      const waiting = await queued(context, [channel]);
      return { running: worker.isRunning, ...waiting[channel], counts: { ...worker.counts } };
    },
    stop() {
      worker.stop();
      return done;
    },
  };
  context.running.add(delivery);
  return delivery;
}

class Worker {
  /** @type {Counts} */
  counts = { delivered: 0, failed: 0, unknown: 0, refused: 0, waiting: 0, lapsed: 0, errors: 0 };
  isRunning = true;
  #context;
  #options;
  #pace;
  #breath = new Breath();
  #warn;
  #stopped = new AbortController();
  /** The store's clock when this process last asked it. */
  #clock = { at: 0, since: -Infinity };
  /** @type {{ line: Line, work: (queued: Queued) => Promise<void> }[]} */
  #lines;
  /** @type {Set<Promise<void>>} */
  #inHand = new Set();

  /**
   * @param {Context} context
   * @param {DeliverOptions & Required<Pick<DeliverOptions, "mode" | "concurrency" | "timeout" | "every" | "grace">>} options
   */
  constructor(context, options) {
    this.#context = context;
    this.#options = options;
    this.#pace = new Pace(options.rate);
    this.#warn = warnOf(`delivering on the channel \`${options.channel}\` failed`, "deliver({ onError })");
    const { channel, mode, timeout, grace, signal } = options;
    const { store } = context;
    const reserved = new Line(store, { state: "reserved", channel });
    this.#lines = [{ line: reserved, work: (one) => this.#handle(reserved, one) }];
    if (mode === "at-least-once") {
      const lost = new Line(store, { state: "armed", channel }, timeout + grace);
      this.#lines.push({ line: lost, work: (one) => this.#handle(lost, one, (record) => this.#lostAt(record)) });
    }
    if (signal?.aborted) this.stop();
    else signal?.addEventListener("abort", () => this.stop(), { once: true });
  }

  stop() {
    this.#stopped.abort();
  }

  /** @returns {Promise<Counts>} */
  async run() {
    const { every, concurrency, once } = this.#options;
    const { signal } = this.#stopped;
    for (let isOver = false; !signal.aborted && !isOver; ) {
      try {
        await this.#breath.draw();
        const now = await this.#now();
        let isEnd = true;
        for (const { line, work } of this.#lines) {
          await pause(this.#pace.wait(performance.now()), signal);
          if (signal.aborted) break;
          const one = await line.next(now);
          if (!one) continue;
          isEnd = false;
          const working = work(one).finally(() => {
            line.free(one);
            this.#inHand.delete(working);
          });
          this.#inHand.add(working);
          if (this.#inHand.size >= concurrency) await Promise.race(this.#inHand);
        }
        if (!isEnd) continue;
        // Who is asked to deliver once ends after a round in which nothing was sent: what is in hand may free what waits.
        if (once && this.#inHand.size === 0) isOver = true;
        else if (once) await Promise.all(this.#inHand);
        else await pause(every, signal);
        for (const { line } of this.#lines) line.again(now);
      } catch (error) {
        this.#tell(error);
        await pause(AGAIN, signal);
      }
    }
    await Promise.all(this.#inHand);
    this.isRunning = false;
    return { ...this.counts };
  }

  /** The store's clock: that of this machine may be wrong. */
  async #now() {
    const since = performance.now();
    if (since - this.#clock.since > AGAIN) this.#clock = { at: await this.#context.store.now(), since };
    return this.#clock.at + (performance.now() - this.#clock.since);
  }

  /** @param {unknown} error @param {string} [contact] */
  #tell(error, contact) {
    this.counts.errors++;
    tell(this.#options.onError ?? this.#warn, error, { contact });
  }

  /**
   * When a message that was armed is taken for lost: each time later, and not once its reservation would have ended.
   * @param {import("../types.d.ts").LedgerRecord} record
   */
  #lostAt({ at, leaseUntil }) {
    const { timeout, grace } = this.#options;
    const reservedAt = Number(leaseUntil) - this.#context.lease;
    const lostAt = Number(at) + Math.max(timeout + grace, Math.min(RARELY, Number(at) - reservedAt));
    return lostAt < Number(leaseUntil) ? lostAt : Infinity;
  }

  /**
   * @param {Line} line
   * @param {Queued} one
   * @param {(record: import("../types.d.ts").LedgerRecord) => number} [lostAt]
   */
  async #handle(line, one, lostAt) {
    const until = (/** @type {number} */ ms) => line.hold(one, this.#clock.at + (performance.now() - this.#clock.since) + ms);
    this.#pace.take(performance.now());
    const stoodStill = watch();
    let taken;
    try {
      taken = await this.#context.withinPart(one.part, (account) => take(account, one, lostAt, this.#options.mode === "at-least-once"));
    } catch (error) {
      this.#pace.giveBack();
      this.#tell(error, one.id);
      return until(error instanceof Unwritten || isMistake(error) ? LATER : AGAIN);
    }
    if (taken.armed && stoodStill()) return this.#leave(taken.armed);
    if (taken.armed) return this.#send(taken.armed);
    this.#pace.giveBack();
    const { code, retryAt } = taken.refused;
    if (code === "awaiting-code") {
      this.counts.waiting++;
      return (await this.#isIssued(one, taken.waits)) ? line.repeat(one) : until(AGAIN);
    }
    if (retryAt !== undefined) {
      if (!lostAt) this.counts.waiting++;
      return line.hold(one, retryAt);
    }
    // What may not be said any longer stays armed: it may have been said.
    if (lostAt) return until(RARELY);
    if (code === "not-reserved") line.isBehind(one);
    else this.counts[code]++;
  }

  /** @param {Queued} one @param {{ customer: string, key: string }} [waits] */
  async #isIssued({ id }, waits) {
    try {
      return waits !== undefined && (await issueOne(this.#context, waits.customer, waits.key)).state === "issued";
    } catch (error) {
      this.#tell(error, id);
      return false;
    }
  }

  /**
   * It was armed long ago. A person may have found that it never went, and then it is being sent as another contact: so it stays armed, and
   * becomes a task.
   * @param {Taken} taken
   */
  #leave({ contact }) {
    this.counts.unknown++;
    this.#tell(new ServerError("stood-still", "send"), contact.id);
  }

  /** @param {Taken} taken */
  async #send(taken) {
    const { contact, text, parts, customer } = taken;
    const { timeout, send } = this.#options;
    const late = new AbortController();
    const more = { customer, idempotencyKey: contact.id, parts, signal: late.signal };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let ending;
    let isLate = false;
    const outcome = (/** @type {Promise<void>} */ noted) => {
      // The answer came after all.
      if (isLate) this.counts.unknown--;
      return noted;
    };
    const sent = (async () => send(contact, text, more))().then(
      () => outcome(this.#went(taken)),
      (error) => outcome(this.#threw(taken, error)),
    );
    const tooLate = new Promise((resolve) => {
      ending = timer(() => resolve("late"), timeout);
    });
    if ((await Promise.race([sent, tooLate])) === "late") {
      // Nobody knows whether it went. If the answer comes after all it is noted then.
      isLate = true;
      this.counts.unknown++;
      this.#pace.failed(performance.now());
      late.abort(new ServerError("send-timeout", "send"));
      this.#tell(new ServerError("send-timeout", "send"), taken.ids[0]);
    }
    clearTimeout(ending);
  }

  /** @param {Taken} taken */
  async #went(taken) {
    this.#pace.went();
    if (await this.#note(taken, "delivered")) this.counts.delivered++;
  }

  /** @param {Taken} taken @param {unknown} error */
  async #threw(taken, error) {
    this.#pace.failed(performance.now());
    this.#tell(error, taken.ids[0]);
    if (isCertainlyNotSent(error) && (await this.#note(taken, "failed"))) this.counts.failed++;
    else this.counts.unknown++;
  }

  /**
   * Notes what became of a message, however long the store takes to come back.
   * @param {Taken} taken
   * @param {"delivered" | "failed"} outcome
   * @returns {Promise<boolean>} whether it is noted
   */
  async #note(taken, outcome) {
    const { signal } = this.#stopped;
    let until = Infinity;
    for (let wait = 100; ; wait = Math.min(AGAIN, 2 * wait)) {
      try {
        return await this.#context.withinPart(taken.part, (account) => noted(account, taken, outcome));
      } catch (error) {
        this.#tell(error, taken.ids[0]);
        if (signal.aborted) until = Math.min(until, performance.now() + LAST);
        // It stays armed, and becomes a task.
        if (isMistake(error) || performance.now() >= until) return false;
        await pause(signal.aborted ? Math.min(wait, 1000) : wait, signal.aborted ? new AbortController().signal : signal);
      }
    }
  }
}
