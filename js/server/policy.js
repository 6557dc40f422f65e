// Another policy, while the server runs and contacts wait.

import { load } from "../load/index.js";
import { Fatigue } from "./fatigue.js";

/** An engine is kept for so many milliseconds after the switch: what had begun with it ends with it. */
const LINGER = 60_000;

/**
 * The policy is read whole before anything changes: one that is refused changes nothing. Each transaction is decided wholly by one policy.
 * What is reserved is decided again before it is said, so a contact that the new policy does not have is released then.
 * @param {import("./context.js").Context} context
 * @param {import("../types.d.ts").Policy | string} next
 * @returns {Promise<import("./index.d.ts").Switched>}
 * @throws {import("../load/problems.js").PolicyError}
 */
export function policy(context, next) {
  // Who switches last wins, not who is read last.
  const switched = context.switching.catch(() => {}).then(() => switchTo(context, next));
  context.switching = switched;
  return switched;
}

/** @param {import("./context.js").Context} context @param {import("../types.d.ts").Policy | string} next */
async function switchTo(context, next) {
  const engine = await load(next, { wasm: context.options.wasm });
  const read = /** @type {import("../types.d.ts").Policy} */ (typeof next === "string" ? JSON.parse(next) : structuredClone(next));
  const fatigue = new Fatigue(context.store, read.care?.fatigueBrake != null);
  try {
    await fatigue.freshen();
  } catch (error) {
    engine.free();
    throw error;
  }
  const before = { engine: context.engine, policy: context.policy };
  Object.assign(context, { engine, policy: read, fatigue });
  context.free(before.engine, LINGER);
  const ids = new Set(read.campaigns.map(({ id }) => id));
  return {
    policy: engine.policyHash,
    before: before.engine.policyHash,
    gone: before.policy.campaigns.map(({ id }) => id).filter((id) => !ids.has(id)),
    warnings: engine.warnings,
  };
}
