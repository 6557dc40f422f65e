// The ledger of a page that asks first, or that is a preview.

import { memory } from "../ledger/memory.js";
import { isEdited } from "./edited.js";
import { consentOf } from "./index.js";
import { consented, hasDatabase } from "./store.js";

/**
 * @param {DOMStringMap} settings
 * @param {() => Promise<import("../shop/index.d.ts").Store>} lasting
 */
export async function keptElsewhere({ consent: sources, layer, preview, now, store: name = "querencia" }, lasting) {
  if (preview || now || isEdited()) return { ledger: { ...memory(), writes: /** @type {false} */ (false) }, isPreview: true };
  if (sources === undefined) return { ledger: await lasting() };
  // blank: what the page itself says
  const consent = await consentOf(sources.match(/\S+/g) ?? ["explicit"], { layer });
  return { consent, ledger: await consented({ lasting, exists: () => hasDatabase(name), memory, consent, forget }) };
}

/** Deletes what the page keeps besides the ledger: the beginning of the visit, and until when answers hold. */
function forget() {
  try {
    for (const key of ["querencia-asked", "querencia-pages", "querencia-writes"]) localStorage.removeItem(key);
    sessionStorage.removeItem("querencia");
  } catch {
    // no storage has nothing in it
  }
}
