// How the time of `handle.decide` grows with the campaigns of the policy and the records of the ledger.

import { load } from "querencia";
import { campaigns, policy, requests } from "./peers/workload.mjs";

const DAY = 86_400_000;
const ROUNDS = 5;
const [{ customer, zone, zones, now }] = requests;

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

/** Records of all campaigns spread over `days`. The ten newest are the same whatever the length. */
function ledger(length, days = 3600) {
  const recent = 10;
  return Array.from({ length }, (_, index) => ({
    id: `r${index}`,
    campaign: campaigns[index % campaigns.length].id,
    class: "promotional",
    channel: "email",
    at: index < recent ? now - (index + 1) * DAY : now - 30 * DAY - Math.floor(((index - recent) / length) * days * DAY),
    state: "delivered",
    occurrence: `o${index}`,
    variant: index % 3,
  }));
}

/** The workload's campaigns repeated up to `count`, each with its own id. */
function policyOf(policy, count) {
  const list = Array.from({ length: count }, (_, index) => {
    const campaign = policy.campaigns[index % policy.campaigns.length];
    return { ...campaign, id: `${campaign.id}-${index}` };
  });
  return { ...policy, campaigns: list };
}

/** The shortest of some rounds, so that other work of the machine does not count. Slow work is repeated less often. */
function microseconds(work, most) {
  let shortest = Infinity;
  const start = performance.now();
  work();
  const times = Math.max(1, Math.min(most, Math.floor(400 / (performance.now() - start))));
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let time = 0; time < times; time++) work();
    shortest = Math.min(shortest, ((performance.now() - start) * 1000) / times);
  }
  return shortest;
}

function table(title, rows) {
  console.log(`\n${title}`);
  const [[, first]] = rows;
  for (const [size, time] of rows)
    console.log(`${String(size).padStart(9)} ${time.toFixed(0).padStart(9)} µs ${(time / first).toFixed(2).padStart(9)} ×`);
}

for (const [what, rules, days] of [
  ["", policy, 3600],
  [", with limits over a year and all rules of calm", longWindows, 300],
]) {
  const engine = await load(rules);
  const byLedger = [10, 100, 1_000, 10_000, 100_000].map((length) => {
    const handle = engine.customer(customer, ledger(length, days));
    return [length, microseconds(() => handle.decide({ now, zone, zones }), 200)];
  });
  table(`records in the ledger, handle.decide${what}`, byLedger);

  const byCampaigns = [];
  for (const count of [10, 30, 100, 300, 1_000]) {
    const handle = (await load(policyOf(rules, count))).customer(customer, ledger(100, days));
    byCampaigns.push([count, microseconds(() => handle.decide({ now, zone, zones }), Math.ceil(2000 / count))]);
  }
  table(`campaigns in the policy, handle.decide${what}`, byCampaigns);
}

// Every campaign speaks, each in its own placement: the most work for arbitration.
const byWinners = [];
for (const count of [10, 30, 100, 300, 1_000]) {
  const list = Array.from({ length: count }, (_, index) => ({
    id: `c${index}`, kind: "announcement", channel: "onsite", placement: `p${index}`, message: "hello",
  }));
  const limits = [{ id: "year", max: 1_000, per: "365d" }];
  const handle = (await load({ ...policy, limits, arbitration: { contacts: count }, campaigns: list })).customer(customer, []);
  byWinners.push([count, microseconds(() => handle.decide({ now, zone, zones }), Math.ceil(300 / count))]);
}
table("campaigns that all speak, handle.decide", byWinners);
