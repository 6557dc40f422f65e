// The worker threads of Node. A request crosses as the numbers and the text that an engine reads: this thread encodes it, as for an engine
// of its own, so a worker's engine reads the same, and nothing is copied that is encoded later.

import { Worker } from "node:worker_threads";
import { encode, encodedTexts, isPlain } from "../load/border.js";
import { zonesFor } from "../zones/index.js";
import { complete } from "./verdicts.js";

/**
 * @typedef {import("./verdicts.js").Columns} Columns
 * @typedef {{ customer: string | null, numbers: Float64Array<ArrayBuffer>, texts: string, isWhole: boolean }} Packed
 *   a request; one that is not whole lacks what all share
 */

export class Threads {
  #count;
  #engine;
  #moment;
  #stop;
  /** @type {Map<string, number>} the keys of what all requests share, which comes before the rest of each */
  #keys = new Map();
  #data;
  /** @type {{ worker: Worker, waiting: ((columns: Columns) => void)[] }[]} */
  #hired = [];
  #next = 0;
  /** @type {Packed[]} the chunk that is being read */
  #packed = [];

  /**
   * @param {number} count
   * @param {import("../index.d.ts").Engine} engine
   * @param {string} policy the engine's
   * @param {Record<string, unknown>} moment what all requests share
   * @param {AbortController} stop
   */
  constructor(count, engine, policy, moment, stop) {
    this.#count = count;
    this.#engine = engine;
    this.#moment = moment;
    this.#stop = stop;
    this.#data = { policy, shared: encode(moment, this.#keys), texts: encodedTexts() };
    // Beside the chunk that a worker decides, one waits there, so that the worker never does.
    this.ahead = 2 * count;
  }

  /** How many bytes of the request are kept until it is decided. @param {unknown} request */
  add(request) {
    const packed = this.#pack(request);
    this.#packed.push(packed);
    return packed.numbers.byteLength + packed.texts.length;
  }

  /**
   * The workers have their turns. One starts with its first chunk.
   * @returns {Promise<Columns>}
   */
  async decide() {
    const { worker, waiting } = (this.#hired[this.#next] ??= this.#hire());
    this.#next = (this.#next + 1) % this.#count;
    const packed = this.#packed.splice(0);
    worker.postMessage(packed, packed.map(({ numbers }) => numbers.buffer));
    worker.ref();
    return new Promise((resolve) => waiting.push(resolve));
  }

  /**
   * @param {any} given
   * @returns {Packed}
   */
  #pack(given) {
    const { request, customer } = complete(this.#moment, given);
    const zones = zonesFor(request, request?.customer, this.#engine.shop);
    const withZones = (/** @type {any} */ fields) => (zones ? { ...fields, zones } : fields);
    const own = withZones(given);
    // A request that replaces what all share, or that the engine will refuse, is encoded with all it has.
    const isWhole = request === null || !isPlain(given) || Object.keys(own).some((field) => Object.hasOwn(this.#moment, field));
    const numbers = isWhole ? encode(withZones(request)) : encode(own, new Map(this.#keys));
    return { customer, numbers: Float64Array.from(numbers), texts: encodedTexts(), isWhole };
  }

  #hire() {
    // Without `execArgv`, flags of the host's process that are for its own file would end the worker, such as `--input-type`.
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: this.#data, execArgv: [] });
    /** @type {((columns: Columns) => void)[]} */
    const waiting = [];
    worker.on("message", (columns) => {
      waiting.shift()?.(columns);
      // A host that forgets the batch can end.
      if (waiting.length === 0) worker.unref();
    });
    worker.on("error", (error) => this.#stop.abort(error));
    worker.on("messageerror", (error) => this.#stop.abort(error));
    worker.on("exit", (code) => this.#stop.abort(new Error(`a worker of the batch ended before its work was done, with the code ${code}`)));
    return { worker, waiting };
  }

  async end() {
    const ended = this.#hired.map(({ worker }) => worker.removeAllListeners("message").removeAllListeners("exit").terminate());
    await Promise.all(ended);
  }
}
