// Measures a market, and says which aims it misses.

import { worlds } from "./markets.mjs";
import { firstCome, greedy, optimum, querencia, valueOf } from "./schedule.mjs";

/** How much more than first come first served is worth where slots are scarce and weights differ. */
const SCARCE = 1.2;

/**
 * The value that each way to choose has over all customers.
 * @param {import("./markets.mjs").Market} market
 * @param {number} customers
 */
export async function measure(market, customers) {
  const sum = { querencia: 0, greedy: 0, firstCome: 0, optimum: 0 };
  for (const world of worlds(market, customers)) {
    sum.querencia += valueOf(await querencia(world));
    sum.greedy += valueOf(greedy(world));
    sum.firstCome += valueOf(firstCome(world));
    sum.optimum += optimum(world);
  }
  return sum;
}

/**
 * @param {import("./markets.mjs").Market} market
 * @param {Awaited<ReturnType<typeof measure>>} sum
 * @param {number} [slack] how many points of the optimum may be missing
 * @returns {string[]} what is missed
 */
export function missed({ aim, scarce }, { querencia, firstCome, optimum }, slack = 0) {
  if (aim === undefined) return [];
  return [
    ...(querencia * 100 < optimum * (aim - slack) ? [`${aim} % of the optimum`] : []),
    ...(querencia < firstCome ? ["first come first served"] : []),
    ...(scarce && querencia < firstCome * SCARCE ? [`${SCARCE} × first come first served`] : []),
  ];
}
