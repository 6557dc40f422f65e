// The worker threads of Node.

import { Worker } from "node:worker_threads";

/**
 * @typedef {import("./verdicts.js").Columns} Columns
 * @typedef {{ decide(requests: unknown[]): Promise<Columns> }} Thread
 */

export class Threads {
  #count;
  #data;
  #thread;
  #stop;
  /** @type {{ worker: Worker, waiting: ((columns: Columns) => void)[] }[]} */
  #hired = [];
  #next = 0;

  /**
   * @param {number} count
   * @param {object} data what worker.js needs
   * @param {Thread} thread the host's
   * @param {AbortController} stop
   */
  constructor(count, data, thread, stop) {
    this.#count = count;
    this.#data = data;
    this.#thread = thread;
    this.#stop = stop;
    // Beside the chunk that a worker decides, one waits there, so that the worker never does.
    this.ahead = 2 * count;
  }

  /**
   * The workers have their turns. One starts with its first chunk.
   * @param {unknown[]} requests
   * @returns {Promise<Columns>}
   */
  async decide(requests) {
    const { worker, waiting } = (this.#hired[this.#next] ??= this.#hire());
    try {
      worker.postMessage(requests);
    } catch {
      // What cannot be copied, such as a function, is refused here.
      return this.#thread.decide(requests);
    }
    worker.ref();
    this.#next = (this.#next + 1) % this.#count;
    return new Promise((resolve) => waiting.push(resolve));
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
