// The choice stays near the best that the limits allow: a small part of `cargo xtask bench quality`, with nearly the same aims.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MARKETS } from "../bench/markets.mjs";
import { measure, missed } from "../bench/measure.mjs";

/** Few, so that this takes seconds. Their campaigns and visits are the same in every run. */
const CUSTOMERS = 12;
/** So many points a few customers may lie below many. The weightiest first lies four to forty below. */
const SLACK = 1.5;

for (const market of MARKETS.filter(({ aim }) => aim !== undefined)) {
  test(`the value of what is said is near the best: ${market.name}`, async () => {
    const result = await measure(market, CUSTOMERS);
    assert.ok(result.querencia <= result.optimum, `better than the best: ${JSON.stringify(result)}`);
    assert.deepEqual(missed(market, result, SLACK), [], JSON.stringify(result));
  });
}
