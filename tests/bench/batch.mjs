// `engine.batch` over the peers' workload, with and without workers, beside a loop over the function by hand. What counts is the time that
// passes, so a busy machine has no figures.

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

/** @typedef {{ workers: number | null, microseconds: number, processor: number, byHand: number, speedUp: number }} Row null: by hand */

/** Decides all of them, `told` after so many. @param {(told: (decided: number) => void) => unknown} decide */
async function timeOf(decide) {
  let from = { decided: 0, time: 0, processor: 0 };
  let to = from;
  await decide((decided) => {
    to = { decided, time: performance.now() * 1000, processor: cpu() };
    if (from.decided === 0 && decided >= WARM_UP) from = to;
  });
  const count = to.decided - from.decided;
  return { microseconds: (to.time - from.time) / count, processor: (to.processor - from.processor) / count };
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
    /** @type {Map<number | null, { microseconds: number, processor: number }>} */
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
    return [...quickest].map(([workers, { microseconds, processor }]) => ({
      ...{ workers, microseconds, processor },
      ...{ byHand: microseconds / hand, speedUp: one / microseconds },
    }));
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
