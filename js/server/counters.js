// What is counted by day, for reports and for the shop's fatigue. It is summed here and stored each second: were it stored in each customer's
// transaction, all customers would wait for one row. A process that is killed loses the counts of its last second, and nothing else.

import { STATES } from "../constants.js";
import { changeWishes } from "../ledger/wishes.js";

/** @typedef {import("./account.js").Changed} Changed */

const EVERY = 1000;

/** The day of an instant, in UTC. @param {number} at */
export const dayOf = (at) => new Date(at).toISOString().slice(0, 10);

export class Counters {
  #store;
  /** @type {Record<string, number>} */
  #waiting = {};
  /** @type {Promise<void> | undefined} */
  #stored;
  /** @type {any} */
  #timer;

  /** What was counted since this process began, without the days: for metrics. @type {Record<string, number>} */
  total = {};

  /** @param {import("./store.d.ts").ServerStore} store */
  constructor(store) {
    this.#store = store;
  }

  /** @param {Record<string, number>} counts */
  add(counts) {
    for (const [name, by] of Object.entries(counts)) {
      const own = name.replace(/^day\.[0-9-]+\./, "");
      this.total[own] = (this.total[own] ?? 0) + by;
    }
    this.#wait(counts);
  }

  /** @param {Record<string, number>} counts */
  #wait(counts) {
    for (const [name, by] of Object.entries(counts)) this.#waiting[name] = (this.#waiting[name] ?? 0) + by;
    if (this.#timer !== undefined || Object.keys(counts).length === 0) return;
    this.#timer = setTimeout(() => void this.flush().catch(() => {}), EVERY);
    this.#timer?.unref?.();
  }

  /** Stores what waits. What the store refuses waits for the next time. */
  async flush() {
    await this.#stored?.catch(() => {});
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counts = this.#waiting;
    if (Object.keys(counts).length === 0) return;
    this.#waiting = {};
    this.#stored = this.#store.count(counts).catch((error) => {
      this.#wait(counts);
      throw error;
    });
    await this.#stored;
  }
}

/**
 * What a transaction adds to the counts of its day: contacts by channel and state, reactions, and who left.
 * @param {import("./account.js").Account} before what the transaction was given
 * @param {Changed} changed
 * @returns {Record<string, number>}
 */
export function countsOf({ records, now, given: { wishes, facts } }, { put = [], wish, facts: after }) {
  /** @type {Record<string, number>} */
  const counts = {};
  const day = `day.${dayOf(now)}`;
  const count = (/** @type {string} */ name) => void (counts[`${day}.${name}`] = (counts[`${day}.${name}`] ?? 0) + 1);
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const record of put) {
    const { id, state, reaction, channel, campaign, digest = id } = /** @type {any} */ (record);
    const known = byId.get(id);
    if (STATES.indexOf(state) > STATES.indexOf(known?.state ?? "")) count(`contact.${channel}.${state}`);
    if (reaction && reaction !== known?.reaction) count(`reaction.${channel}.${reaction}`);
    // A later part of a digest is no contact of its own.
    if (isSaid(state) && !isSaid(known?.state) && digest === id) {
      count("said");
      count(`saidBy.${campaign}`);
    }
  }
  const gone = leaves(wishes, wish ? changeWishes(wishes, wish) : wishes, facts?.customer?.consent, (after ?? facts)?.customer?.consent);
  if (gone.length > 0) {
    count("left");
    const last = records.filter((record) => gone.includes(record.channel) && isSaid(record.state)).sort((a, b) => Number(b.at) - Number(a.at))[0];
    if (last) count(`leftBy.${last.campaign}`);
  }
  return counts;
}

/** Whether a contact was sent, as far as is known. @param {string} [state] */
const isSaid = (state) => state === "armed" || state === "delivered";

/**
 * The channels that the customer left: they unsubscribed, reported spam, or took their consent back.
 * @param {any} before @param {any} after wishes
 * @param {any} had @param {any} has consent
 * @returns {string[]}
 */
function leaves(before, after, had = {}, has = {}) {
  const news = ["unsubscribed", "spam"].flatMap((field) => (after[field] ?? []).filter((/** @type {string} */ channel) => !before[field]?.includes(channel)));
  const withdrawn = Object.keys(has).filter((channel) => has[channel] === false && had[channel] === true);
  return [...new Set([...news, ...withdrawn])];
}

/** What a decision adds: that it was made, and each refusal by gate and code. @param {import("../types.d.ts").Decision} decision @param {number} now */
export function countsOfDecision({ refused }, now) {
  const day = `day.${dayOf(now)}`;
  /** @type {Record<string, number>} */
  const counts = { [`${day}.decisions`]: 1 };
  for (const { gate, code } of refused ?? []) counts[`${day}.refused.${gate}.${code}`] = (counts[`${day}.refused.${gate}.${code}`] ?? 0) + 1;
  return counts;
}
