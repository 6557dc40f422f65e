// How far a run over the customers came, and who holds it: one process at a time, and another goes on where it was interrupted. It stands in
// a part of its own, because a part is read and written in one transaction.

import { ServerError } from "../errors.js";

/**
 * @typedef {import("../store.d.ts").ServerStore} ServerStore
 * @typedef {object} Progress
 * @property {number} done customers, from the first on without a gap
 * @property {string} [after] the last of them: an id, or a part
 * @property {object} report
 */

/** A run that was interrupted longer ago is not gone on with: another night has come. */
const STALE = 20 * 3_600_000;

export class Run {
  #store;
  #part;
  #lease;
  #owner = crypto.randomUUID();
  #startedAt = 0;

  /**
   * @param {ServerStore} store
   * @param {string} name
   * @param {number} lease for how long it is held without a sign of life, in milliseconds
   */
  constructor(store, name, lease) {
    this.#store = store;
    this.#part = `run:${name}`;
    this.#lease = lease;
  }

  /**
   * @param {boolean} again whether to begin anew, whatever was done before
   * @returns {Promise<Progress | undefined>} what an earlier process did of it; undefined: it begins
   */
  begin(again) {
    return this.#change((run, now) => {
      if (run && run.until > now && run.owner !== this.#owner) {
        throw new ServerError("already-running", "name", "another process does this run; it is free once that ends, or a minute after it was killed");
      }
      const progress = !again && run && now - run.startedAt < STALE ? run.progress : undefined;
      this.#startedAt = progress ? run.startedAt : now;
      return { run: this.#held(now, progress), result: progress };
    });
  }

  /** @param {number} now @param {Progress | undefined} progress */
  #held(now, progress) {
    return { owner: this.#owner, until: now + this.#lease, startedAt: this.#startedAt, ...(progress && { progress }) };
  }

  /**
   * Notes how far it came, and that it lives.
   * @param {Progress} progress
   * @returns {Promise<void>}
   */
  keep(progress) {
    return this.#change((run, now) => {
      if (run?.owner !== this.#owner) throw new ServerError("taken-over", "name", "another process took this run over, because this one gave no sign of life for a minute");
      return { run: this.#held(now, progress), result: undefined };
    });
  }

  /**
   * It is over, or left to whoever begins next.
   * @param {Progress} [progress] absent: it came to its end
   * @returns {Promise<{ from: number, to: number }>}
   */
  end(progress) {
    return this.#change((run, now) => {
      const isOwn = run?.owner === this.#owner;
      const rest = progress && { ...this.#held(now, progress), until: 0 };
      return { ...(isOwn && { run: rest ?? null }), result: { from: this.#startedAt, to: now } };
    });
  }

  /**
   * @template T
   * @param {(run: any, now: number) => { run?: any, result: T }} change
   * @returns {Promise<T>}
   */
  #change(change) {
    return this.#store.transact((records, wishes, guests, seen, { facts, now }) => {
      const { run, result } = change(facts?.run, now);
      return { put: [], ...(run !== undefined && { facts: { run } }), result };
    }, this.#part);
  }
}
