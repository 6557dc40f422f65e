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
  const own = options.ledger ?? (await browserLedger(async () => ({ fallen }), options.store || undefined));
  const server = await linkOf(options, own);
  const ledger = server?.ledger ?? own;
  /** What is given is the giver's to close. @type {any} */
  const given = { ...options, server, ledger: options.ledger && ledger };
  try {
    return new Session(await withFacts(given, ledger, engine), engine, ledger, explained).start();
  } catch (error) {
    throw await explained(error);
  }
}

/** @param {import("./index.d.ts").Options} options @param {import("./index.d.ts").Store} ledger */
async function linkOf({ server, store }, ledger) {
  // The tag has made its own.
  if (!server || !("url" in server)) return /** @type {Partial<import("../remote/link.js").Link> | undefined} */ (server);
  return (await import("../remote/link.js")).linked(server, ledger, store || undefined);
}

/**
 * @param {any} policy
 * @returns {policy is import("../index.d.ts").Engine}
 */
function isEngine(policy) {
  return typeof policy?.decide === "function";
}
