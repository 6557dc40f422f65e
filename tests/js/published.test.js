// The builds for pages decide every vector by the published part of its policy. `tests/published/` says what is compared.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, pages } from "../published/pages.js";
import { vectorFiles } from "../vectors/files.js";

const LEAST = /** @type {Record<string, number>} */ ({ page: 1_000, core: 300 });

for (const page of pages) {
  test(`${page.name} decides by the part as the full build does by the whole`, async () => {
    let [asked, spoken] = [0, 0];
    for (const { name: file, cases } of await vectorFiles()) {
      for (const { name, policy, request, problems } of cases) {
        const speaks = problems ? undefined : compare(page, policy, request ?? {}, `${file} · ${name}`);
        asked += Number(speaks !== undefined);
        spoken += Number(speaks === true);
      }
    }
    console.log(`${asked} vectors in ${page.name}, ${spoken} speak`);
    const least = LEAST[page.name];
    assert.ok((asked > least && spoken > least / 4) || process.env.VECTORS, `${asked}, ${spoken}: too few to prove it`);
  });
}
