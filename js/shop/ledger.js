import { indexedDB } from "../ledger/indexeddb.js";

/**
 * IndexedDB; if the browser refuses it, the page's memory.
 * @param {() => Promise<import("./index.d.ts").Store>} memory
 * @returns {Promise<import("./index.d.ts").Store>}
 */
export function browserLedger(memory) {
  const ledger = indexedDB();
  return ledger.all().then(() => ledger, memory);
}
