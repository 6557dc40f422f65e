// Most page views download the loader and the table of the policy, and no more. `node tests/bench/views.mjs` prints the figures over more
// visitors.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ASSUMED, MIX, OTHERS, averaged, views } from "../bench/views.mjs";

/** Of 100 views: on average, and with each seed. The gate has the hardest alone. @type {[preset: string, catalogue: boolean, average: number, each: number][]} */
const LEAST = [
  ["casa-lola", true, 73, 72],
  ["casa-lola", false, 75, 74],
  ["starter", true, 95, 95],
];
for (const [preset, catalogue, average, each] of process.env.ALL ? LEAST : LEAST.slice(0, 1)) {
  test(`${preset}.json, ${catalogue ? "with" : "without"} a catalogue: ${average} of 100 views download nothing beyond the loader and the table`, async () => {
    const { saved, band, bytes } = await averaged(preset, { visitors: 600, catalogue });
    console.log(`${preset}: ${saved} % (${band.join(" to ")}); ${bytes.cold} bytes a view on average, ${bytes.kept} with a browser's cache`);
    assert.ok(saved >= average, String(saved));
    assert.ok(band[0] >= each, String(band));
    assert.ok(bytes.cold < OTHERS["Braze (in-app)"] * 1000);
  });
}

/** Casa Lola with campaigns whose silence depends on the articles of the page. @returns {Promise<any>} */
async function suggesting() {
  const policy = JSON.parse(await readFile("www/policies/casa-lola.json", "utf8"));
  const own = { kind: "announcement", channel: "onsite", placement: "product", event: "view_item", weight: 99 };
  policy.campaigns.push(
    { ...own, id: "beside", message: "arrivals", suggest: { families: ["ceramics"] }, repeat: "2d" },
    { ...own, id: "jugs", message: "jugs", repeat: "3d" },
  );
  const jugs = [{ body: "Quedan pocas jarras.", benefit: "Saberlo.", claims: [{ stock: { sku: "jug", atMost: 3 } }] }];
  policy.messages.jugs = { "es-ES": jugs, en: jugs };
  return policy;
}

/** By claims on one article, without a suggestion that reads all. */
async function claiming() {
  const policy = await suggesting();
  policy.campaigns = policy.campaigns.filter((/** @type {any} */ { id }) => id !== "beside");
  return policy;
}

/** @type {[string, string | (() => Promise<any>)][]} */
const PROVED = [
  ["starter.json", "www/policies/starter.json"],
  ["casa-lola.json", "www/policies/casa-lola.json"],
  ["a policy that suggests articles", suggesting],
  ["a policy that claims something of one article", claiming],
];
for (const [what, policy] of PROVED) {
  test(`${what}: where the engine is spared it has nothing to say, whatever the catalogue says`, async () => {
    const { spared, lost, catalogues } = await views(typeof policy === "string" ? policy : await policy(), { visitors: 150, seed: 7, proved: true });
    assert.ok(spared > 1000, String(spared));
    assert.ok(catalogues > 100, String(catalogues));
    assert.equal(lost, 0);
  });
}

test("the proof sees what a key without the catalogue would lose", async () => {
  for (const policy of [suggesting, claiming]) {
    const { lost } = await views(await policy(), { visitors: 150, seed: 7, proved: true, reads: { shop: true } });
    assert.ok(lost > 0, policy.name);
  }
});

test("the mix is of 100 pages", () => {
  assert.equal(Object.values(MIX).reduce((sum, share) => sum + share), 100);
  assert.ok(ASSUMED.days > 30, "longer than any answer is kept");
});
