// How fast a worker sends: not more than so many a second, and more and more slowly while nothing can be sent.

import { timer } from "../timer.js";

/** After so many in a row that were not sent, what is beyond the first pause doubles it. */
const FEW = 5;
const FIRST = 1000;
const LONGEST = 300_000;

export class Pace {
  #gap;
  #next = -Infinity;
  #wrong = 0;

  /** @param {number} [rate] sends a second; absent: as fast as it goes */
  constructor(rate = Infinity) {
    this.#gap = 1000 / rate;
  }

  /** How many milliseconds until the next may be sent. @param {number} now of a clock that never goes back */
  wait(now) {
    return Math.max(0, this.#next - now);
  }

  /** One is sent. @param {number} now */
  take(now) {
    this.#next = Math.max(this.#next, now) + this.#gap;
  }

  /** It was not, because it may not be said any longer. */
  giveBack() {
    this.#next -= this.#gap;
  }

  went() {
    this.#wrong = 0;
  }

  /** @param {number} now */
  failed(now) {
    this.#wrong++;
    if (this.#wrong >= FEW) this.#next = Math.max(this.#next, now + Math.min(LONGEST, FIRST * 2 ** (this.#wrong - FEW)));
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal ends it early
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(ending);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const ending = timer(end, ms);
    signal.addEventListener("abort", end);
  });
}

/** How long this thread works before others have their turn, in milliseconds: a store in memory never waits, and the server answers meanwhile. */
const SLICE = 10;

/** Lets everything run that waits for its turn, if it has waited for a slice. */
export class Breath {
  #until = performance.now() + SLICE;

  async draw() {
    if (performance.now() < this.#until) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#until = performance.now() + SLICE;
  }
}
