// A worker thread of a batch: an engine of its own, which decides chunk after chunk. What it throws ends the batch.

import { parentPort, workerData } from "node:worker_threads";
import { Encoded } from "../load/border.js";
import { load } from "../load/index.js";
import { columnsOf, verdictOf } from "./verdicts.js";

/** @typedef {import("./threads.js").Packed} Packed */

const { policy, shared, texts: sharedTexts } = workerData;
const engine = await load(policy);
const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
port.on("message", (/** @type {Packed[]} */ requests) => {
  port.postMessage(columnsOf(requests.map((packed) => verdictOf(engine, unpack(packed)))));
});

/** @param {Packed} packed */
function unpack({ customer, numbers, texts, isWhole }) {
  return { customer, request: isWhole ? new Encoded(numbers, texts) : new Encoded(joined(numbers), sharedTexts + texts) };
}

/**
 * The object that has what all requests share, and then a request's own. Both begin with the tag of an object and its number of fields.
 * @param {Float64Array} own
 */
function joined(own) {
  const numbers = new Float64Array(shared.length + own.length - 2);
  numbers.set(shared);
  numbers[1] += own[1];
  numbers.set(own.subarray(2), shared.length);
  return numbers;
}
