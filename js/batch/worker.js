// A worker thread of a batch: an engine of its own, which decides chunk after chunk. What it throws ends the batch.

import { parentPort, workerData } from "node:worker_threads";
import { load } from "../load/index.js";
import { columnsOf, verdictOf } from "./verdicts.js";

const { policy, moment } = workerData;
const engine = await load(policy);
const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
port.on("message", (/** @type {unknown[]} */ requests) => {
  port.postMessage(columnsOf(requests.map((request) => verdictOf(engine, moment, request))));
});
