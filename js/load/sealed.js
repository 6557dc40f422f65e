// The engine of a page: it reads a compiled policy, that a publisher has checked, and nothing else. js/load/index.js is the one that reads
// and checks every policy.

import { Engine as Core, __wbg_reset_state as resetInstance, initSync } from "../../dist/wasm/querencia-page.js";
import { zonesFor } from "../zones/index.js";

/** @typedef {import("../types.d.ts").Problem} Problem */

/** Counts the instances. An object of an earlier instance no longer exists. */
let instance = 0;

/** A refused request, without sentences: js/loader/page.js has it explained. */
export class RequestError extends Error {
  name = "RequestError";

  /** @param {Problem[]} problems at least one @param {unknown} request */
  constructor(problems, request) {
    const [{ code, path }] = problems;
    super(`${path}: ${code}`);
    this.code = code;
    this.path = path;
    this.problems = problems;
    this.request = request;
  }
}

/** An object inside the Wasm. After a trap the instance is replaced, and the object is made again. @template {{ free(): void }} T */
class Kept {
  #make;
  /** @type {T} */
  #made;
  #instance = -1;

  /** @param {() => T} make */
  constructor(make) {
    this.#make = make;
    this.#made = this.made;
  }

  get made() {
    if (this.#instance !== instance) {
      this.#made = this.#make();
      this.#instance = instance;
    }
    return this.#made;
  }

  /**
   * The core throws a list of problems to refuse; any other error is a trap.
   * @template R
   * @param {(core: T) => R} ask
   * @param {unknown} request
   */
  call(ask, request) {
    try {
      return ask(this.made);
    } catch (cause) {
      if (Array.isArray(cause)) throw new RequestError(cause, request);
      instance++;
      resetInstance();
      throw new Error(`the engine failed and was restarted: ${cause}`, { cause });
    }
  }

  free() {
    if (this.#instance === instance) this.#made.free();
    this.#instance = -1;
  }
}

/**
 * @param {WebAssembly.Module} module
 * @param {{ seal: { policy: string }, shop: any, topics: readonly string[], keep?: object }} head the first line of a compiled policy
 * @param {Uint8Array} bytes the others
 * @returns {any} what a session needs of an engine
 */
export function unsealed(module, { seal: { policy }, shop, topics, keep }, bytes) {
  initSync({ module });
  const engine = new Kept(() => {
    const core = new Core(bytes);
    core.setPolicyHash(policy);
    return core;
  });
  return { policyHash: policy, shop, topics, keep, customer: (/** @type {any} */ ...known) => new Handle(engine, shop, known), free: () => engine.free() };
}

/** A customer and a ledger that the engine keeps. */
class Handle {
  #kept;
  #known;
  #shop;
  /** @type {object | undefined} the zone tables that this customer has inside the Wasm */
  #zones;

  /** @param {Kept<any>} engine @param {any} shop @param {any[]} known the customer and the ledger */
  constructor(engine, shop, known) {
    this.#shop = shop;
    this.#known = known;
    this.#kept = engine.call(
      () =>
        new Kept(() => {
          this.#zones = undefined;
          return engine.made.customer(...this.#known);
        }),
      { now: 0, customer: known[0], ledger: known[1] },
    );
  }

  /** @param {any} moment */
  decide(moment) {
    const [customer, ledger] = this.#known;
    const zones = zonesFor(moment, customer, this.#shop);
    const ask = (/** @type {any} */ core) => {
      const inside = this.#zones;
      // If the call fails, the tables inside are unknown, and the next call passes them again.
      this.#zones = undefined;
      const answer = core.decide(zones && zones !== inside ? { ...moment, zones } : moment);
      this.#zones = zones;
      return answer;
    };
    return this.#kept.call(ask, { ...moment, customer, ledger });
  }

  /** @param {object[]} ledger */
  ledger(ledger) {
    this.#kept.call((core) => core.ledger(ledger), { now: 0, ledger });
    // its own list: records are added
    this.#known = [this.#known[0], [...ledger]];
  }

  /** Merges one record. @param {object} record */
  record(record) {
    this.#kept.call((core) => core.record(record), { now: 0, ledger: [record] });
    this.#known[1].push(record);
  }

  /** @param {any} patch */
  update(patch) {
    const customer = { ...this.#known[0], ...patch };
    this.#kept.call((core) => core.update(customer), { now: 0, customer });
    this.#known = [customer, this.#known[1]];
  }

  free() {
    this.#kept.free();
  }
}
