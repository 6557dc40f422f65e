// How often each caller may ask: a token bucket each, in this process. What is kept is bounded, whoever calls.

/**
 * @typedef {object} Rate
 * @property {number} perSecond how many requests a second in the long run
 * @property {number} burst how many at once
 */

export class Buckets {
  /** @type {Map<string, { left: number, at: number }>} the one that was used longest ago first */
  #buckets = new Map();
  #most;

  /** @param {number} [most] how many are kept; beyond it the one that was used longest ago begins anew */
  constructor(most = 10_000) {
    this.#most = most;
  }

  get size() {
    return this.#buckets.size;
  }

  /**
   * Takes one request. @returns 0, or after how many seconds to ask again
   * @param {string} caller
   * @param {Rate} rate
   * @param {number} now in milliseconds of a clock that never goes back
   */
  take(caller, { perSecond, burst }, now) {
    const bucket = this.#buckets.get(caller) ?? { left: burst, at: now };
    this.#buckets.delete(caller);
    this.#buckets.set(caller, bucket);
    if (this.#buckets.size > this.#most) this.#buckets.delete(/** @type {string} */ (this.#buckets.keys().next().value));
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
    bucket.left -= 1;
    return 0;
  }
}
