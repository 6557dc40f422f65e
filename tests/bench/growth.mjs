// How a decision's time grows with the campaigns of the policy and the records of the ledger, through a kept customer.

import { load } from "querencia";
import { campaigns, policy, requests } from "./workload.mjs";

const DAY = 86_400_000;
const ROUNDS = 5;
const [{ customer, zone, zones, now }] = requests;

/** So many records over ten years, of all campaigns; the latest days have the same whatever the length. */
function ledger(length) {
  const recent = 10;
  return Array.from({ length }, (_, index) => ({
    id: `r${index}`,
    campaign: campaigns[index % campaigns.length].id,
    class: "promotional",
    channel: "email",
    at: index < recent ? now - (index + 1) * DAY : now - 30 * DAY - Math.floor(((index - recent) / length) * 3600 * DAY),
    state: "delivered",
    occurrence: `o${index}`,
    variant: index % 3,
  }));
}

/** The workload's campaigns again and again, with ids of their own. */
function policyOf(count) {
  const list = Array.from({ length: count }, (_, index) => {
    const campaign = policy.campaigns[index % policy.campaigns.length];
    return { ...campaign, id: `${campaign.id}-${index}` };
  });
  return { ...policy, campaigns: list };
}

/** The least of some rounds: what the machine adds is left out. */
function microseconds(work, times) {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let time = 0; time < times; time++) work();
    least = Math.min(least, ((performance.now() - start) * 1000) / times);
  }
  return least;
}

function table(title, rows) {
  console.log(`\n${title}`);
  const [[, first]] = rows;
  for (const [size, time] of rows)
    console.log(`${String(size).padStart(9)} ${time.toFixed(0).padStart(9)} µs ${(time / first).toFixed(2).padStart(9)} ×`);
}

const engine = await load(policy);
const byLedger = [10, 100, 1_000, 10_000, 100_000].map((length) => {
  const handle = engine.customer(customer, ledger(length));
  return [length, microseconds(() => handle.decide({ now, zone, zones }), 200)];
});
table("records in the ledger, handle.decide", byLedger);

const byCampaigns = [];
for (const count of [10, 30, 100, 300, 1_000]) {
  const handle = (await load(policyOf(count))).customer(customer, ledger(100));
  byCampaigns.push([count, microseconds(() => handle.decide({ now, zone, zones }), Math.ceil(2000 / count))]);
}
table("campaigns in the policy, handle.decide", byCampaigns);
