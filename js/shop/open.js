// Opens a visit: loads the policy, chooses the ledger, starts the session.

import { indexedDB } from "../ledger/indexeddb.js";
import { memory } from "../ledger/memory.js";
import { load } from "../load/index.js";
import { Session } from "./session.js";

/** @type {typeof import("./index.d.ts").open} */
export async function open(options) {
  const { policy } = options;
  const engine = isEngine(policy) ? policy : await load(policy);
  const ledger = options.ledger ?? (await browserLedger());
  return new Session(options, engine, ledger).start();
}

/**
 * @param {any} policy
 * @returns {policy is import("../index.d.ts").Engine}
 */
function isEngine(policy) {
  return typeof policy?.decide === "function";
}

/** IndexedDB; if the browser refuses it, the page's memory. */
function browserLedger() {
  const ledger = indexedDB();
  return ledger.all().then(
    () => ledger,
    () => memory(),
  );
}
