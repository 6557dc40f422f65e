import { indexedDB } from "../ledger/indexeddb.js";
import { memory } from "../ledger/memory.js";

/** IndexedDB; if the browser refuses it, the page's memory. @returns {Promise<import("./index.d.ts").Store>} */
export function browserLedger() {
  const ledger = indexedDB();
  return ledger.all().then(
    () => ledger,
    () => memory(),
  );
}
