// The wishes that the server was not told. They wait where the ledger's other small things are, so that the next page tells them.

import { DEFAULT, keyOf } from "../ledger/kept.js";
import { isObject } from "./readable.js";
import { joinChanges } from "./change.js";

/**
 * @typedef {import("../shop/index.d.ts").Store} Store
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 */

export class Outbox {
  #ledger;
  #key;
  /** By part; an empty change: the server knows all. @type {Record<string, Partial<Wishes>>} */
  #page = {};

  /** @param {Store} ledger @param {string} [name] */
  constructor(ledger, name = DEFAULT) {
    this.#ledger = ledger;
    this.#key = keyOf(name, "unsent");
  }

  /**
   * What the server must be told; undefined: nothing. A server that was told nothing yet is told all that was wished here.
   * @param {string} part
   * @returns {Promise<Partial<Wishes> | undefined>}
   */
  async change(part) {
    const known = this.#read()[part] ?? (await this.#ledger.transact((_, wishes) => ({ put: [], result: wishes }), part));
    return Object.keys(known).length > 0 ? known : undefined;
  }

  /** @param {string} part @param {Partial<Wishes>} change @param {Wishes} after all wishes with it */
  add(part, change, after) {
    const before = this.#read()[part];
    // nothing was told yet: all is
    this.#write(part, joinChanges(before ?? after, change, after));
  }

  /** The server has it. What was wished meanwhile stays. @param {string} part @param {Partial<Wishes>} [change] */
  sent(part, change) {
    const now = this.#read()[part];
    if (!now || JSON.stringify(now) === JSON.stringify(change)) this.#write(part, {});
  }

  get #isKept() {
    return this.#ledger.writes !== false && this.#ledger.lasting !== false;
  }

  /** @returns {Record<string, Partial<Wishes>>} */
  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      if (!isObject(kept)) return this.#page;
      // Another tab may have told the server since; but what may not be kept stands only here.
      return this.#isKept ? { ...this.#page, ...kept } : { ...kept, ...this.#page };
    } catch {
      return this.#page;
    }
  }

  /** @param {string} part @param {Partial<Wishes>} change */
  #write(part, change) {
    this.#page[part] = change;
    if (!this.#isKept) return;
    try {
      localStorage.setItem(this.#key, JSON.stringify({ ...this.#read(), [part]: change }));
    } catch {
      // It is told from this page.
    }
  }
}
