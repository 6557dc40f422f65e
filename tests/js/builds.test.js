// The builds for pages decide as the full build does: every vector's policy, compiled by the full build, in each build that has what the
// policy needs; and bytes that are no policy do no harm to them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { vectorFiles } from "../vectors/files.js";

const dist = new URL("../../dist/", import.meta.url);
/** The glue keeps one instance, so each build has a copy of its own. @param {string} name @param {string} glue */
async function build(name, glue) {
  const module = await import(`../../dist/wasm/${glue}.js?${name}`);
  module.initSync({ module: await readFile(new URL(`wasm/${name}.wasm`, dist)) });
  return module;
}
const full = await build("querencia-full", "querencia-full");
const builds = JSON.parse(await readFile(new URL("builds.json", dist), "utf8"));
const pages = [
  { name: "page", has: builds.page, ...(await build("querencia-page", "querencia-page")) },
  { name: "core", has: builds.core, ...(await build("querencia-core", "querencia-page")) },
];

/**
 * What an engine says of a request, with the ledger kept.
 * @param {any} engine
 * @param {Record<string, any>} request
 */
function decided(engine, { customer, ledger, ...moment }) {
  let kept;
  try {
    kept = engine.customer(customer, ledger);
    const { contacts, ghosts, entitled, nextAt } = kept.decide({ ...moment, explain: false });
    return { contacts, ghosts, entitled, nextAt };
  } catch (problems) {
    // the small builds have no sentences
    if (!Array.isArray(problems)) throw problems;
    return problems.map(({ code, path }) => ({ code, path }));
  } finally {
    kept?.free();
  }
}

/** @param {any} given a vector @returns {Record<string, any>[]} its requests */
const requests = ({ request, story }) => (story ? [] : [request]);

for (const { name, has, Engine } of pages) {
  test(`${name} decides every vector that it can as the full build does`, async () => {
    let asked = 0;
    const needed = new Set();
    for (const { name: file, cases } of await vectorFiles()) {
      for (const given of cases.filter((given) => !given.problems)) {
        const whole = new full.Engine(given.policy);
        const lacks = whole.features().filter((/** @type {string} */ feature) => !has.includes(feature));
        for (const feature of lacks) needed.add(feature);
        if (lacks.length === 0) {
          const engine = new Engine(whole.compiled());
          for (const request of requests(given)) {
            const expected = decided(whole, request);
            // who need not look at tiers takes fewer steps
            if (expected[0]?.code === "too-large" && expected[0].path === "") continue;
            // core keeps nothing of the catalogue, so it sees no article twice and no region that is none
            if (name === "core" && expected[0]?.path?.startsWith("catalog.")) continue;
            assert.deepEqual(decided(engine, request), expected, `${file} · ${given.name}`);
            asked++;
          }
          engine.free();
        }
        whole.free();
      }
    }
    console.log(`${asked} vectors in ${name}; the others need ${[...needed].sort().join(", ")}`);
    assert.ok(asked > (name === "page" ? 1500 : 400) || process.env.VECTORS, `${asked} are too few to prove it`);
  });

  test(`${name} refuses bytes that are no policy, and decides on`, async () => {
    const policy = JSON.parse(await readFile(new URL("../../www/policies/starter.json", import.meta.url), "utf8"));
    const bytes = new full.Engine(policy).compiled();
    const engine = new Engine(bytes);
    let seed = 1;
    const dice = (/** @type {number} */ below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    let refused = 0;
    for (let round = 0; round < 10_000; round++) {
      let changed = bytes.slice(0, round % 3 ? bytes.length : dice(bytes.length));
      for (let flips = dice(4); flips >= 0; flips--) changed[dice(changed.length)] = dice(256);
      if (round % 5 === 0) changed.fill(dice(4), dice(changed.length));
      try {
        new Engine(changed).free();
      } catch (why) {
        assert.equal(why, null, "a trap");
        refused++;
      }
    }
    assert.ok(refused > 5_000, `${refused}`);
    const request = { now: "2026-11-24T10:00:00Z", zones: { "Europe/Madrid": [[0, 60]] }, placements: ["thank-you"],
      event: { name: "purchase", order: { id: "A-1", total: 100 } } };
    assert.equal(decided(engine, request).contacts[0].campaign, "thanks");
  });
}
