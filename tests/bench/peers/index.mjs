// All peers over the one workload. First they must decide the same; then their time is measured in turns, in Node and in a browser.

import { peers as byHand } from "./byhand.mjs";
import { peers as cedar } from "./cedar.mjs";
import { peers as growthbook } from "./growthbook.mjs";
import { peers as jsonRulesEngine } from "./jsonRulesEngine.mjs";
import { peers as querencia } from "./querencia.mjs";
import { requests } from "./workload.mjs";
import { peers as zen } from "./zen.mjs";

/**
 * What differs between Node and a browser.
 * @typedef {object} Host
 * @property {typeof import("querencia").load} load
 * @property {(path: string) => Promise<Uint8Array<ArrayBuffer>>} bytes a file of node_modules/
 *
 * @typedef {object} Contender
 * @property {(index: number) => unknown} decide decides the request of that index
 * @property {(decision: any) => import("./byhand.mjs").Answer} [told] what peers tell too, if the decision says more
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} does what it decides itself; the rest is written by hand
 * @property {(host: Host) => Promise<Contender>} open
 *
 * @typedef {() => number | Promise<number>} Clock microseconds of processor time: what other programs do meanwhile does not count
 *
 * @typedef {{ name: string, does: string, microseconds: number, byHand: number, byRules: number }} Row the two last are ratios: how
 *   much slower than by hand, how much faster than json-rules-engine
 */

/** @type {Peer[]} */
const PEERS = [...byHand, ...growthbook, ...zen, ...jsonRulesEngine, ...cedar, ...querencia];
const RULES = jsonRulesEngine[0].name;

/** How long a turn takes, in microseconds, and how many decisions it has at least. */
const TURN = 30_000;
const LEAST = 12;
/** Rounds before those that count. */
const WARM_UP = 3;

/** @param {Host} host @returns {Promise<(Peer & Contender)[]>} */
export async function openAll(host) {
  const open = [];
  for (const peer of PEERS) open.push({ ...peer, ...(await peer.open(host)) });
  return open;
}

/**
 * All contenders decide the first requests as the function by hand: who is contacted, and the reason of every other campaign.
 * @param {(Peer & Contender)[]} contenders
 * @param {number} count
 */
export async function agree(contenders, count = requests.length) {
  const [expected] = contenders;
  for (const { name, decide, told = (/** @type {any} */ decision) => decision } of contenders) {
    for (let index = 0; index < count; index++) {
      const right = /** @type {import("./byhand.mjs").Answer} */ (expected.decide(index));
      const found = told(await decide(index));
      const same = JSON.stringify(found.contacts) === JSON.stringify(right.contacts) && (!found.refused || JSON.stringify(found.refused) === JSON.stringify(right.refused));
      if (!same) throw new Error(`${name} decides request ${index} differently: ${JSON.stringify(found)} in place of ${JSON.stringify(right)}`);
    }
  }
}

/**
 * In each round every contender decides as many requests as take about one turn. Contenders that agree have decided every request
 * once, so they are warm. A busy machine makes a turn slower, never quicker, so the quickest tenth of the turns tells.
 *
 * No garbage is collected on demand between turns: V8 then forgets what it has learnt about the code, and what is written in JavaScript
 * becomes five times slower.
 * @param {(Peer & Contender)[]} contenders
 * @param {Clock} clock
 * @param {number} rounds
 * @returns {Promise<Row[]>}
 */
export async function measure(contenders, clock, rounds) {
  const runners = contenders.map((contender) => ({ ...contender, next: 0, count: LEAST, times: /** @type {number[]} */ ([]) }));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const runner of runners) {
      const time = await turn(runner, clock);
      if (round >= 0) runner.times.push(time);
      // A clock may be too coarse for the first turn of a quick one: 0.
      else runner.count = Math.min(100 * runner.count, Math.max(LEAST, Math.round(TURN / time)));
    }
  }
  const quick = (/** @type {number[]} */ times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 10)];
  const byHand = quick(runners[0].times);
  const byRules = quick((runners.find(({ name }) => name === RULES) ?? runners[0]).times);
  return runners.map(({ name, does, times }) => {
    const microseconds = quick(times);
    return { name, does, microseconds, byHand: microseconds / byHand, byRules: byRules / microseconds };
  });
}

/**
 * The microseconds of one decision, over some.
 * @param {Contender & { next: number, count: number }} runner
 * @param {Clock} clock
 */
async function turn(runner, clock) {
  const start = await clock();
  for (let nth = 0; nth < runner.count; nth++) {
    const decision = runner.decide(runner.next);
    if (decision instanceof Promise) await decision;
    runner.next = (runner.next + 1) % requests.length;
  }
  return ((await clock()) - start) / runner.count;
}
