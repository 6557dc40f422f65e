// Opens a visit: loads the policy, chooses the ledger, starts the session.

import { fallen } from "../ledger/fallen.js";
import { explained, load } from "../load/index.js";
import { PolicyError } from "../load/problems.js";
import { withFacts } from "./facts.js";
import { browserLedger } from "./ledger.js";
import { Session } from "./session.js";

/** @type {typeof import("./index.d.ts").open} */
export async function open(options) {
  const { policy } = options ?? {};
  if (policy == null) {
    throw new PolicyError([{ code: "missing-field", path: "policy", message: "it is required here; write `open({ policy })`" }]);
  }
  const engine = isEngine(policy) ? policy : await load(policy);
  const ledger = options.ledger ?? (await browserLedger(async () => ({ fallen }), options.store || undefined));
  try {
    return new Session(await withFacts(options, ledger, engine), engine, ledger, explained).start();
  } catch (error) {
    throw await explained(error);
  }
}

/**
 * @param {any} policy
 * @returns {policy is import("../index.d.ts").Engine}
 */
function isEngine(policy) {
  return typeof policy?.decide === "function";
}
