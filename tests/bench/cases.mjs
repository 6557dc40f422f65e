// What is measured beside the workload of peers/: a shop with everything switched on, and markets whose campaigns are planned. It is
// data, so instructions.mjs and speed.rs measure the same. `node tests/bench/cases.mjs` writes all of it for speed.rs.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { policy, requests } from "./peers/workload.mjs";

const DAY = 86_400_000;
const now = 1_795_341_600_000;
const zones = {
  "Europe/Madrid": [
    ["2025-10-26T01:00:00Z", 60],
    ["2026-03-29T01:00:00Z", 120],
    ["2026-10-25T01:00:00Z", 60],
    ["2027-03-28T01:00:00Z", 120],
  ],
};

const order = (/** @type {string} */ id, /** @type {number} */ days) => ({
  id,
  at: now - days * DAY,
  deliveredAt: now - (days - 4) * DAY,
  total: 4290,
  margin: 1500,
  items: [{ sku: "jug", family: "pottery", quantity: 1, price: 4290 }],
});

const customer = {
  id: "ana",
  givenName: "Ana",
  birthday: "--11-25",
  since: now - 400 * DAY,
  consent: { email: true, push: true },
  destination: { country: "ES", postcode: "46001" },
  orders: [order("o-1", 200), order("o-2", 120), order("o-3", 40)],
};

const ledger = Array.from({ length: 20 }, (_, index) => ({
  id: `r${index}`,
  campaign: `old${index % 7}`,
  class: index % 3 === 0 ? "relational" : "promotional",
  channel: "email",
  at: now - (8 + index * 5) * DAY,
  state: "delivered",
  reaction: "clicked",
}));

/**
 * Records of some campaigns over so many days. The ten newest are the same whatever the length.
 * @param {number} length
 * @param {number} days
 * @param {string[]} campaigns
 * @param {number} from the instant to count back from
 * @returns {any[]}
 */
export function longLedger(length, days, campaigns, from) {
  const recent = 10;
  return Array.from({ length }, (_, index) => ({
    id: `r${index}`,
    campaign: campaigns[index % campaigns.length],
    class: "promotional",
    channel: "email",
    at: index < recent ? from - (index + 1) * DAY : from - 30 * DAY - Math.floor(((index - recent) / length) * days * DAY),
    state: "delivered",
    occurrence: `o${index}`,
    variant: index % 3,
  }));
}

/** Campaigns of two channels, half of them with an end, a fifth of them ahead. @param {number} count @param {boolean} scarce */
function market(count, scarce) {
  const day = (/** @type {number} */ days) => new Date(now + days * DAY).toISOString().slice(0, 10);
  return {
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es"] },
    limits: [
      { id: "week", max: scarce ? 1 : 50, per: "7d" },
      { id: "email", max: scarce ? 1 : 20, per: "7d", channel: "email" },
    ],
    arbitration: { contacts: scarce ? 1 : 3 },
    campaigns: Array.from({ length: count }, (_, index) => ({
      id: `c${index}`,
      kind: "announcement",
      channel: index % 3 === 0 ? "email" : "onsite",
      placement: `p${index % 4}`,
      weight: (index * 37) % 101,
      message: "m",
      ...(index % 5 === 0 && { from: day(1 + (index % 20)) }),
      ...(index % 2 === 0 && { until: day((scarce ? 5 : 100) + (index % 40)) }),
    })),
    messages: { m: { es: [{ body: "Hola" }] } },
  };
}

export const casaLola = JSON.parse(await readFile(new URL("../../www/policies/casa-lola.json", import.meta.url), "utf8"));

const kept = { customer, ledger };
const moment = { now, zone: "Europe/Madrid", zones };
const purchase = { name: "purchase", order: { id: "o-9", total: 4290 } };

/** @type {{ name: string, policy: any, customer?: object, ledger?: any[], moment: any }[]} */
export const cases = [
  { name: "Casa Lola, a visit", policy: casaLola, ...kept, moment: { ...moment, placements: ["home", "workshop"] } },
  { name: "Casa Lola, a purchase", policy: casaLola, ...kept, moment: { ...moment, placements: ["thank-you"], event: purchase } },
  { name: "Casa Lola, the nightly round", policy: casaLola, ...kept, moment: { ...moment, placements: [], event: { name: "daily_round" } } },
  { name: "Casa Lola, a guest", policy: casaLola, moment: { ...moment, placements: ["home"] } },
  ...[10, 43, 200].flatMap((count) =>
    [true, false].map((scarce) => ({
      name: `${count} campaigns, ${scarce ? "scarce" : "plenty"}`,
      policy: market(count, scarce),
      ...kept,
      moment,
    })),
  ),
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir("target/bench", { recursive: true });
  await writeFile("target/bench/cases.json", JSON.stringify({ cases, policy, requests }));
}
