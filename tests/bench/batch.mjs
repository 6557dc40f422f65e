// `engine.batch` over the peers' workload, with and without workers, beside a loop over the function by hand. The time that passes tells
// something only where nothing else runs; the processor time of the threads tells on every machine how far the work is shared.

import { readFileSync } from "node:fs";
import { load } from "querencia";
import { decideByHand } from "./peers/byhand.mjs";
import { cpu } from "./peers/node.mjs";
import { policy, requests } from "./peers/workload.mjs";

const ROUNDS = 5;
const CUSTOMERS = 20_000;
/** The customers before those that count: workers start, and the code gets warm. */
const WARM_UP = 5_000;
const WORKERS = [0, 1, 2];

const [{ zones }] = requests;
const own = requests.map(({ zones, ...request }) => request);

function* customers() {
  for (let index = 0; index < CUSTOMERS; index++) yield own[index % own.length];
}

/**
 * @typedef {{ microseconds: number, processor: number, here: number }} Time of a customer: what passes, what all threads need, and what this
 *   thread alone needs
 * @typedef {Time & { workers: number | null, byHand: number, speedUp: number }} Row null: by hand
 */

/** The processor time of this thread in microseconds; NaN where the system does not tell. */
function cpuHere() {
  try {
    const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, "utf8").split(") ")[1].split(" ");
    // Linux counts hundredths of a second
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return NaN;
  }
}

/**
 * Decides all of them, `told` after so many.
 * @param {(told: (decided: number) => void) => unknown} decide
 * @returns {Promise<Time>}
 */
async function timeOf(decide) {
  let from = { decided: 0, microseconds: 0, processor: 0, here: 0 };
  let to = from;
  await decide((decided) => {
    to = { decided, microseconds: performance.now() * 1000, processor: cpu(), here: cpuHere() };
    if (from.decided === 0 && decided >= WARM_UP) from = to;
  });
  const each = (/** @type {keyof Time} */ time) => (to[time] - from[time]) / (to.decided - from.decided);
  return { microseconds: each("microseconds"), processor: each("processor"), here: each("here") };
}

/** @param {(decided: number) => void} told */
function byHand(told) {
  let decided = 0;
  for (const request of customers()) {
    decideByHand({ ...request, zones });
    decided += 1;
    if (decided % 500 === 0) told(decided);
  }
}

/** @param {number} [rounds] @returns {Promise<Row[]>} */
export async function batches(rounds = ROUNDS) {
  const engine = await load(policy);
  try {
    await agree(engine);
    /** @type {Map<number | null, Time>} */
    const quickest = new Map();
    for (let round = 0; round < rounds; round++) {
      for (const workers of [null, ...WORKERS]) {
        const time = await timeOf(
          workers === null
            ? byHand
            : async (told) => {
                for await (const { first, customer } of engine.batch(customers(), { zones, workers })) told(first + customer.length);
              },
        );
        if (time.microseconds < (quickest.get(workers)?.microseconds ?? Infinity)) quickest.set(workers, time);
      }
    }
    const [hand, one] = [null, 0].map((workers) => quickest.get(workers)?.microseconds ?? NaN);
    return [...quickest].map(([workers, time]) => {
      return { ...time, workers, byHand: time.microseconds / hand, speedUp: one / time.microseconds };
    });
  } finally {
    engine.free();
  }
}

/** The batch must contact whom the function by hand contacts. @param {import("querencia").Engine} engine */
export async function agree(engine) {
  const right = requests.map((request) => decideByHand(request).contacts);
  for (const workers of WORKERS) {
    /** @type {(string | null)[][]} */
    const found = requests.map(() => []);
    for await (const { first, contacts, words } of engine.batch(own, { zones, workers })) {
      contacts.row.forEach((row, index) => found[first + row].push(words[contacts.campaign[index]]));
    }
    if (JSON.stringify(found) !== JSON.stringify(right)) throw new Error(`a batch with ${workers} workers decides differently than by hand`);
  }
}
