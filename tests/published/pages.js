// Whether the builds for pages decide by the published part of a policy as the full build does by the whole, asked about pages alone; and
// whether a row of the table fits wherever they speak, as the loader asks it. compare.rs asks the native engine the same.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { mayMatter } from "../../js/loader/may-matter.js";

const dist = new URL("../../dist/", import.meta.url);
/** The glue keeps one instance, so each build has a copy of its own. @param {string} name @param {string} glue */
async function build(name, glue) {
  const module = await import(`../../dist/wasm/${glue}.js?published-${name}`);
  module.initSync({ module: await readFile(new URL(`wasm/${name}.wasm`, dist)) });
  return module;
}
const full = await build("querencia-full", "querencia-full");
const builds = JSON.parse(await readFile(new URL("builds.json", dist), "utf8"));
export const pages = [
  { name: "page", has: builds.page, ...(await build("querencia-page", "querencia-page")) },
  { name: "core", has: builds.core, ...(await build("querencia-core", "querencia-page")) },
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

/**
 * Whether a record tells of a present that the part does not know; compare.rs says when.
 * @param {any} whole
 * @param {any} part
 * @param {any} request
 */
function isToldOfMore(whole, part, { ledger }) {
  const isOf = (/** @type {any} */ policy, /** @type {string} */ campaign) =>
    policy.campaigns.some((/** @type {any} */ { id, channel }) => id === campaign && channel === "onsite");
  return (Array.isArray(ledger) ? ledger : []).some(
    (record) =>
      whole.offers?.[record?.offer] &&
      isOf(whole, record.campaign) &&
      !(part.offers?.[record.offer] && isOf(part, record.campaign)),
  );
}

/**
 * Compares one case. Undefined if the build does not have what the policy needs, or the whole refuses the request; else whether it speaks.
 * @param {typeof pages[number]} page a build
 * @param {any} policy
 * @param {any} request
 * @param {string} name of the case
 */
export function compare({ has, Engine }, policy, request, name) {
  if (policy.seal || policy.elsewhere) return undefined;
  const { policy: part, rows, leftOut } = full.publish(policy, {});
  /** @type {any[]} */
  const engines = [];
  try {
    const reader = new full.Engine(part);
    engines.push(reader);
    if (!reader.features().every((/** @type {string} */ feature) => has.includes(feature))) return undefined;
    const moved = withoutSecrets(policy, leftOut);
    const whole = new full.Engine(moved);
    engines.push(whole);
    const page = new Engine(reader.compiled());
    engines.push(page);
    for (const engine of [whole, page]) engine.setPolicyHash("feed");
    const expected = decided(whole, request);
    if (!expected) return undefined;
    const found = decided(page, request);
    if (found && isToldOfMore(moved, part, request)) expected.entitled = found.entitled;
    assert.deepEqual(found, expected, name);
    const [said] = [...expected.contacts, ...expected.ghosts];
    if (said) assert.ok(fits(rows, request, said.at), `${name}: no row fits`);
    return said !== undefined;
  } finally {
    for (const engine of engines) engine.free();
  }
}
