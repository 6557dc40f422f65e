// How many customers leave: of 1,000 contacts of the last four weeks, of the whole shop and of each campaign.

import { dayOf } from "./counters.js";

/** @typedef {{ fatigue?: number, fatigueBy?: Record<string, number> }} Leaving */

const DAY = 86_400_000;
/** So many days back, and today. */
const DAYS = 28;
/** With fewer contacts a single customer would weigh too much: then it is not known. */
export const FEWEST = 200;
/** Read again after so many milliseconds. */
const EVERY = 60_000;

export class Fatigue {
  #store;
  /** Whether the policy asks. */
  #isRead;
  /** @type {Map<string, Record<string, number>>} the counters of days that are over */
  #over = new Map();
  #at = -Infinity;
  /** @type {Promise<void> | undefined} */
  #reading;
  /** @type {Leaving} */
  now = {};

  /** @param {import("./store.d.ts").ServerStore} store @param {boolean} isRead */
  constructor(store, isRead) {
    this.#store = store;
    this.#isRead = isRead;
  }

  /** Reads it if it is old. Who comes meanwhile does not wait, but for the first time. */
  async freshen() {
    if (!this.#isRead || Date.now() - this.#at < EVERY) return;
    const isFirst = this.#at === -Infinity;
    this.#reading ??= this.read().finally(() => (this.#reading = undefined));
    const reading = this.#reading.catch((error) => {
      // What is known stays. Without any the decision itself says that the store does not answer.
      if (isFirst) throw error;
    });
    if (isFirst) await reading;
  }

  async read() {
    const now = await this.#store.now();
    /** @type {Record<string, number>} */
    const sums = {};
    for (let back = 0; back <= DAYS; back += 1) {
      const day = dayOf(now - back * DAY);
      const counts = this.#over.get(day) ?? without(await this.#store.counters(`day.${day}.`), `day.${day}.`);
      // Of yesterday some counts may still come.
      if (back > 1) this.#over.set(day, counts);
      for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
    }
    for (const day of this.#over.keys()) if (day < dayOf(now - (DAYS + 1) * DAY)) this.#over.delete(day);
    this.now = leavingOf(sums);
    this.#at = Date.now();
  }
}

/** Only what is asked. @param {Record<string, number>} counters @param {string} prefix */
function without(counters, prefix) {
  const own = Object.entries(counters).map(([name, count]) => [name.slice(prefix.length), count]);
  return Object.fromEntries(own.filter(([name]) => /^(said|left)/.test(`${name}`)));
}

/** @param {Record<string, number>} sums @returns {Leaving} */
export function leavingOf(sums) {
  const rate = (/** @type {number} */ left, /** @type {number} */ said) => (said >= FEWEST ? Math.round((left / said) * 10_000) / 10 : undefined);
  const by = Object.entries(sums).flatMap(([name, said]) => {
    if (!name.startsWith("saidBy.")) return [];
    const campaign = name.slice("saidBy.".length);
    const fatigue = rate(sums[`leftBy.${campaign}`] ?? 0, said);
    return fatigue === undefined ? [] : [/** @type {[string, number]} */ ([campaign, fatigue])];
  });
  const fatigue = rate(sums.left ?? 0, sums.said ?? 0);
  return { ...(fatigue !== undefined && { fatigue, fatigueBy: Object.fromEntries(by) }) };
}
