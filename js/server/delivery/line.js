// The contacts of a channel that wait, as one worker goes through them: the oldest first, each once a round. One that must wait is held back,
// and does not keep those behind it from their turn.

/**
 * @typedef {import("../store.d.ts").Queued} Queued
 * @typedef {import("../store.d.ts").ServerStore} ServerStore
 */

/** So many are read at once. */
const PAGE = 200;
/** A contact may be stored so much later than the instant that it bears, in milliseconds: another transaction took so long. */
const LATE = 60_000;
/** At least so long one is held back, in milliseconds. */
const LEAST = 250;
/** So often everything is looked at again, whatever was seen before. */
const WHOLE = 300_000;
/** So many are held back by name; what is beyond is met again in the next round over everything. */
const MOST = 100_000;

export class Line {
  #store;
  #question;
  #age;
  /** Those to be met next, the first last. @type {Queued[]} */
  #page = [];
  /** Those that were held back until now, the first last. @type {Queued[]} */
  #due = [];
  /** Where the page began. @type {Queued | undefined} */
  #before;
  /** Where it ends. @type {Queued | undefined} */
  #last;
  /** @type {Map<string, { queued: Queued, until: number }>} */
  #held = new Map();
  /** When the first of them may be met again. */
  #dueAt = Infinity;
  /** Those that are in hand. @type {Set<string>} */
  #taken = new Set();
  /** Those that others had first: a state never goes back. @type {Set<string>} */
  #gone = new Set();
  /** When the latest was asked for. */
  #now = -Infinity;
  /** When the latest round over everything began. */
  #whole = -Infinity;

  /**
   * @param {ServerStore} store
   * @param {Pick<import("../store.d.ts").QueueOptions, "state" | "channel">} question
   * @param {number} [age] only those whose instant was at least so many milliseconds ago
   */
  constructor(store, question, age) {
    this.#store = store;
    this.#question = question;
    this.#age = age;
  }

  /**
   * The next one, which is then in hand; undefined at the end of the round.
   * @param {number} now by the store's clock
   * @returns {Promise<Queued | undefined>}
   */
  async next(now) {
    this.#now = now;
    if (this.#dueAt <= now) this.#release(now);
    do {
      for (const list of [this.#due, this.#page]) {
        for (let one; (one = list.pop()); ) {
          if (list === this.#page && (this.#held.has(one.id) || this.#taken.has(one.id) || this.#gone.has(one.id))) continue;
          this.#taken.add(one.id);
          return one;
        }
      }
    } while (await this.#read(now));
    return undefined;
  }

  /** @param {number} now */
  #release(now) {
    const due = [...this.#held.values()].filter(({ until }) => until <= now);
    for (const { queued } of due) this.#held.delete(queued.id);
    this.#due = [...due.map(({ queued }) => queued).reverse(), ...this.#due];
    this.#dueAt = [...this.#held.values()].reduce((least, { until }) => Math.min(least, until), Infinity);
  }

  /** @param {number} now @returns {Promise<boolean>} whether there was any */
  async #read(now) {
    if (this.#last === undefined) this.#whole = now;
    const until = this.#age === undefined ? {} : { until: now - this.#age };
    const page = await this.#store.queue({ ...this.#question, ...until, after: this.#last, limit: PAGE });
    this.#before = this.#last;
    this.#last = page.at(-1) ?? this.#last;
    // Workers side by side begin at different places, so that they do not all reach for the same one.
    const start = Math.floor(Math.random() * page.length);
    this.#page = [...page.slice(start), ...page.slice(0, start)].reverse();
    return page.length > 0;
  }

  /** It is no longer in hand. @param {Queued} queued */
  free({ id }) {
    this.#taken.delete(id);
  }

  /** Another worker had it first: what was read is no longer so. @param {Queued} queued */
  isBehind({ id }) {
    if (this.#gone.size >= MOST) this.#gone.clear();
    this.#gone.add(id);
    this.#page = [];
    this.#last = this.#before;
  }

  /** Begins the next round: with what is new, and now and then with everything. @param {number} now */
  again(now) {
    this.#last = now - this.#whole >= WHOLE || !this.#last ? undefined : { part: "", id: "", at: this.#last.at - LATE };
  }

  /**
   * Not to be met again before an instant.
   * @param {Queued} queued
   * @param {number} until
   */
  hold(queued, until) {
    if (this.#held.size >= MOST) return;
    // The store may not be as far as this process thinks: then it would be met again and again.
    const at = Math.max(until, this.#now + LEAST);
    this.#held.set(queued.id, { queued, until: at });
    this.#dueAt = Math.min(this.#dueAt, at);
  }

  /** To be met again at once. @param {Queued} queued */
  repeat(queued) {
    this.#due.push(queued);
  }
}
