// Many ask for one customer's present at once, in several processes' place, over a store in memory and over PostgreSQL; over Redis the same is done by
// tests/debian/redis/offers.test.js.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { memory } from "../../../js/server/store/memory.js";
import { postgres } from "../../../js/server/store/postgres/index.js";
import { startPostgres } from "../postgres.js";
import { CLIENTS, FEW_ROUNDS, SERVERS, forgetful, race, raceForBudget } from "./races.js";

race("memory", async () => Array(SERVERS).fill(memory()));

const server = await startPostgres();
after(() => server.stop());
const stores = async () => {
  const database = await server.database();
  return Array.from({ length: SERVERS }, () => postgres(server.pool({ max: 4, database })));
};
race("postgres", stores, FEW_ROUNDS);
raceForBudget("postgres", stores);

test("a server that looks and then asks the platform makes several", async () => {
  // What a shop writes by itself: is there a code? If not, ask for one, and keep it.
  /** @type {Map<string, string>} */
  const kept = new Map();
  const { made, issue } = forgetful();
  const naive = async (/** @type {string} */ customer) => {
    const known = kept.get(customer);
    if (known) return known;
    const { code } = await issue();
    kept.set(customer, code);
    return code;
  };
  await Promise.all(Array.from({ length: CLIENTS }, () => naive("ana")));
  assert.ok(made.length > 1);
});
