// How near the engine comes to the best that a shop's limits allow, in generated markets. Fails if an aim is missed.
// `node tests/bench/quality.mjs [customers]`

import { mkdir, writeFile } from "node:fs/promises";
import { MARKETS } from "./markets.mjs";
import { measure, missed } from "./measure.mjs";

const customers = Number(process.argv[2] ?? 300);

const lines = [
  `# How near to the best? ${customers} customers, 60 days`,
  "",
  "Value is the sum of the weights that were spoken. Shares are of the optimum, which an integer program finds for one who knows all",
  "visits beforehand.",
  "",
  "| market | querencia | greedy by weight | first come first served | × first come | aims |",
  "|---|---|---|---|---|---|",
];
console.log(lines.join("\n"));
let failed = false;
const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
for (const market of MARKETS) {
  const result = await measure(market, customers);
  const misses = missed(market, result);
  failed ||= misses.length > 0;
  const { querencia, greedy, firstCome, optimum } = result;
  const aims = market.aim === undefined ? "reported" : misses.length > 0 ? `**missed**: ${misses.join(", ")}` : "held";
  const shares = [querencia, greedy, firstCome].map((value) => percent(value / optimum));
  const line = `| ${[market.name, ...shares, (querencia / firstCome).toFixed(2), aims].join(" | ")} |`;
  console.log(line);
  lines.push(line);
}
await mkdir("target/bench", { recursive: true });
await writeFile("target/bench/quality.md", `${lines.join("\n")}\n`);
process.exitCode = failed ? 1 : 0;
