// The builds for pages decide generated cases by the published part of their policies. `tests/published/` says what is compared.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { compare, pages } from "../published/pages.js";

/** Enough to meet each rule often; more would take a minute. */
const MOST = 4_000;

for (const page of pages) {
  test(`${page.name} decides generated cases by the part as the full build does by the whole`, async () => {
    const all = (await readFile(process.env.CASES ?? "", "utf8")).split("\n").filter(Boolean);
    const every = Math.ceil(all.length / MOST);
    const lines = all.filter((_, index) => index % every === 0);
    let [asked, spoken] = [0, 0];
    for (const [index, line] of lines.entries()) {
      const { policy, request } = JSON.parse(line);
      // half of the campaigns are for the page: the generator gives most policies few channels
      policy.campaigns.forEach((/** @type {any} */ campaign, /** @type {number} */ place) => {
        if (index % 2) Object.assign(campaign, { channel: ((index >> (1 + place)) & 1) === 0 ? "onsite" : "email", placement: "home" });
      });
      const speaks = compare(page, policy, request, `case ${index * every}: ${line}`);
      asked += Number(speaks !== undefined);
      spoken += Number(speaks === true);
    }
    console.log(`${asked} cases in ${page.name}, ${spoken} speak`);
    assert.ok(page.name === "core" || (asked > 2_000 && spoken > 300), `${asked}, ${spoken}: too few to prove it`);
  });
}
