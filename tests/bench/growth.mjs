// How time grows: with the campaigns of the policy, with the records of the ledger, with the orders of the customer.

import { load } from "querencia";
import { casaLola, longLedger } from "./cases.mjs";
import { cpu } from "./peers/node.mjs";
import { campaigns, policy, requests } from "./peers/workload.mjs";

const DAY = 86_400_000;
const ROUNDS = 5;
const [{ customer, zone, zones, now }] = requests;
const moment = { now, zone, zones };

/** The workload's policy with limits over a year and all rules of `calm`: more records of the ledger matter. */
const longWindows = {
  ...policy,
  limits: [
    ...policy.limits,
    { id: "year", max: 100_000, per: "365d" },
    { id: "promotions-of-the-year", max: 100_000, per: "year", class: "promotional" },
    { id: "mails-of-the-year", max: 20, per: "365d", channel: "email" },
  ],
  calm: {
    until: "3d",
    backOff: { ignored: 3, for: "14d" },
    balance: { promotions: 3, per: "365d" },
    largeOrder: { percent: 300, for: "7d" },
  },
};

/** Every campaign speaks, each in its own placement: the most work for arbitration. @param {number} count */
const allSpeak = (count) => ({
  ...policy,
  limits: [{ id: "year", max: 1_000, per: "365d" }],
  arbitration: { contacts: count },
  campaigns: Array.from({ length: count }, (_, index) => ({
    id: `c${index}`,
    kind: "announcement",
    channel: "onsite",
    placement: `p${index}`,
    message: "hello",
  })),
});

/** @param {number} length @param {number} [days] */
const ledger = (length, days = 3600) => longLedger(length, days, campaigns.map(({ id }) => id), now);

/** A customer with so many orders, one every hour. @param {number} count */
const buyer = (count) => ({
  ...customer,
  orders: Array.from({ length: count }, (_, index) => ({
    id: `o${index}`,
    at: now - 40 * DAY - index * 3_600_000,
    deliveredAt: now - 36 * DAY - index * 3_600_000,
    total: 2490,
    items: [{ sku: `s${index % 50}`, family: "oil", quantity: 1, price: 2490 }],
  })),
});

/** The workload's campaigns repeated up to `count`, each with its own id. @param {typeof policy} rules @param {number} count */
function policyOf(rules, count) {
  const list = Array.from({ length: count }, (_, index) => {
    const campaign = rules.campaigns[index % rules.campaigns.length];
    return { ...campaign, id: `${campaign.id}-${index}` };
  });
  return { ...rules, campaigns: list };
}

/**
 * The least processor time of some rounds, in microseconds: other work of the machine makes a round slower, never quicker. Slow work is
 * repeated less often.
 * @param {() => unknown} work
 */
async function microseconds(work) {
  const time = async (/** @type {number} */ times) => {
    const start = cpu();
    for (let nth = 0; nth < times; nth++) await work();
    return (cpu() - start) / times;
  };
  const first = await time(1);
  // Quick work is slow at first, until V8 knows it.
  const times = Math.max(1, Math.min(200, Math.floor(400_000 / first)));
  let least = first;
  for (let round = 0; round < ROUNDS && (round === 0 || first < 2_000_000); round++) least = Math.min(least, await time(times));
  return least;
}

/** @param {any} rules @param {any} customer @param {any[]} records */
async function decide(rules, customer, records) {
  const engine = await load(rules);
  const handle = engine.customer(customer, records);
  const time = await microseconds(() => handle.decide(moment));
  handle.free();
  engine.free();
  return time;
}

/** @typedef {{ what: string, sizes: number[], microseconds: number[] }} Row */

/** @param {string} what @param {number[]} sizes @param {(size: number) => Promise<number>} measure @returns {Promise<Row>} */
async function row(what, sizes, measure) {
  /** @type {number[]} */
  const microseconds = [];
  for (const size of sizes) microseconds.push(await measure(size));
  console.log(`${what}: ${sizes.map((size, index) => `${size}: ${microseconds[index].toFixed(0)} µs`).join(", ")}`);
  return { what, sizes, microseconds };
}

/** Every row of growth. */
export async function growth() {
  const records = [10, 100, 1_000, 10_000, 100_000];
  const counts = [10, 100, 1_000];
  const engine = await load(policy);
  const oneShot = (/** @type {any[]} */ records) => {
    const request = { ...moment, customer, ledger: records };
    return microseconds(() => engine.decide(/** @type {any} */ (request)));
  };
  return [
    await row("campaigns: load", counts, (count) => microseconds(async () => (await load(policyOf(policy, count))).free())),
    await row("campaigns: `handle.decide`", counts, (count) => decide(policyOf(policy, count), customer, ledger(100))),
    await row("campaigns that all speak: `handle.decide`", counts, (count) => decide(allSpeak(count), customer, [])),
    await row("records: `engine.customer`", records, (length) => {
      const long = ledger(length);
      return microseconds(() => engine.customer(customer, long).free());
    }),
    await row("records: `handle.decide`", records, (length) => decide(policy, customer, ledger(length))),
    await row("records, with limits over a year and all of `calm`: `handle.decide`", records, (length) =>
      decide(longWindows, customer, ledger(length, 300)),
    ),
    await row("records: `engine.decide`", records.slice(0, -1), (length) => oneShot(ledger(length))),
    await row("orders: `handle.decide`", [0, 10, 100, 1_000, 10_000], (count) => decide(policy, buyer(count), ledger(20))),
  ];
}

/** A load of Casa Lola, after others, in microseconds. */
export const loadOfCasaLola = () => microseconds(async () => (await load(casaLola)).free());
