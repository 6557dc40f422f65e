// Most page views download the loader and the table of the policy, and no more. `node tests/bench/views.mjs` prints the figures over more
// visitors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ASSUMED, MIX, OTHERS, views } from "../bench/views.mjs";

for (const [preset, least] of Object.entries({ starter: 95, "casa-lola": 75 })) {
  test(`${preset}.json: ${least} of 100 views download nothing beyond the loader and the table`, async () => {
    const { saved, bytes, ...counts } = await views(`www/policies/${preset}.json`, { visitors: 600 });
    console.log(`${preset}: ${(saved * 100).toFixed(1)} % of ${counts.views} views; ${bytes.cold} bytes a view on average, ${bytes.kept} with a browser's cache`);
    assert.ok(saved * 100 >= least, `${saved}`);
    assert.ok(bytes.cold < OTHERS["Braze (in-app)"] * 1000);
  });
}

for (const preset of ["starter", "casa-lola"]) {
  test(`${preset}.json: where the engine is spared it has nothing to say`, async () => {
    const { spared, lost } = await views(`www/policies/${preset}.json`, { visitors: 150, seed: 7, proved: true });
    assert.ok(spared > 1000, String(spared));
    assert.equal(lost, 0);
  });
}

test("the mix is of 100 pages", () => {
  assert.equal(Object.values(MIX).reduce((sum, share) => sum + share), 100);
  assert.ok(ASSUMED.days > 30, "longer than any answer is kept");
});
