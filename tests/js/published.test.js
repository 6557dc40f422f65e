// The builds for pages decide by the published part of each vector's policy as the full build does by the whole, asked about pages alone.
// And wherever one speaks, a row of the table fits, as the loader asks it. `tests/published/` asks the native engine the same, and
// generated cases.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { mayMatter } from "../../js/loader/may-matter.js";
import { vectorFiles } from "../vectors/files.js";

const dist = new URL("../../dist/", import.meta.url);
/** The glue keeps one instance, so each build has a copy of its own. @param {string} name @param {string} glue */
async function build(name, glue) {
  const module = await import(`../../dist/wasm/${glue}.js?published-${name}`);
  module.initSync({ module: await readFile(new URL(`wasm/${name}.wasm`, dist)) });
  return module;
}
const full = await build("querencia-full", "querencia-full");
const builds = JSON.parse(await readFile(new URL("builds.json", dist), "utf8"));
const pages = [
  { name: "page", has: builds.page, least: 1_000, ...(await build("querencia-page", "querencia-page")) },
  { name: "core", has: builds.core, least: 300, ...(await build("querencia-core", "querencia-page")) },
];

/**
 * What an engine says of a request; undefined if it refuses it.
 * @param {any} engine
 * @param {Record<string, any>} request
 */
function decided(engine, { customer, ledger, ...moment }) {
  let kept;
  try {
    kept = engine.customer(customer, ledger);
    const { contacts, ghosts, entitled, nextAt, policy } = kept.decide({ ...moment, channels: ["onsite"], explain: false });
    return { contacts, ghosts, entitled, nextAt, policy };
  } catch (problems) {
    if (!Array.isArray(problems)) throw problems;
    return undefined;
  } finally {
    kept?.free();
  }
}

/** A channel that no page asks about, for what stays with the server: its contacts count as before. @param {any} policy @param {any[]} leftOut */
function withoutSecrets(policy, leftOut) {
  const moved = structuredClone(policy);
  for (const { path, why } of leftOut) {
    const [, index] = /^campaigns\[(\d+)\]$/.exec(path) ?? [];
    if (index && why !== "it is paused" && moved.campaigns[index].channel === "onsite") moved.campaigns[index].channel = "post";
  }
  return moved;
}

/**
 * Whether the loader would let the engine be asked.
 * @param {any[]} rows
 * @param {any} request
 * @param {number} now
 */
function fits(rows, { placements, event, customer }, now) {
  const says = Object.entries(customer ?? {}).filter(([key, value]) => value !== null && !["locale", "form", "consent", "wishes"].includes(key));
  const page = {
    placements: Array.isArray(placements) ? placements : rows.map(({ placement }) => placement),
    events: event?.name ? [event.name] : [],
    now,
    customer: says.length > 0 || Boolean(event?.order),
  };
  return mayMatter(rows, page);
}

for (const { name, has, least, Engine } of pages) {
  test(`${name} decides by the part as the full build does by the whole`, async () => {
    let [asked, spoken] = [0, 0];
    for (const { name: file, cases } of await vectorFiles()) {
      for (const given of cases.filter(({ problems, policy }) => !problems && !policy.seal && !policy.elsewhere)) {
        const { policy: part, rows, leftOut } = full.publish(given.policy, {});
        const reader = new full.Engine(part);
        if (reader.features().every((/** @type {string} */ feature) => has.includes(feature))) {
          const whole = new full.Engine(withoutSecrets(given.policy, leftOut));
          const page = new Engine(reader.compiled());
          for (const engine of [whole, page]) engine.setPolicyHash("feed");
          const expected = decided(whole, given.request ?? {});
          if (expected) {
            // what a record tells of an offer that stays with the server, the server tells
            expected.entitled = expected.entitled.filter((/** @type {any} */ { offer }) => part.offers?.[offer]);
            assert.deepEqual(decided(page, given.request), expected, `${file} · ${given.name}`);
            asked++;
            const [said] = [...expected.contacts, ...expected.ghosts];
            if (said) {
              assert.ok(fits(rows, given.request, said.at), `${file} · ${given.name}: no row fits`);
              spoken++;
            }
          }
          page.free();
          whole.free();
        }
        reader.free();
      }
    }
    console.log(`${asked} vectors in ${name}, ${spoken} speak`);
    assert.ok((asked > least && spoken > least / 4) || process.env.VECTORS, `${asked}, ${spoken}: too few to prove it`);
  });
}
