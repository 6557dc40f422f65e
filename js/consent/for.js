// The ledger of a page that asks first, or that is a preview.

import { DEFAULT, forgetBeside, withKept } from "../ledger/kept.js";
import { memory } from "../ledger/memory.js";
import { isEdited } from "./edited.js";
import { consentOf } from "./index.js";
import { consented, hasDatabase } from "./store.js";

/**
 * @param {DOMStringMap} settings
 * @param {() => Promise<import("../shop/index.d.ts").Store>} lasting
 */
export async function keptElsewhere({ consent: sources, layer, preview, now, store }, lasting) {
  if (preview || now || isEdited()) {
    import("../debug/note.js").then(({ note }) => note({ preview, now })).catch(() => {});
    return { ledger: { ...memory(), writes: /** @type {false} */ (false) }, isPreview: true };
  }
  if (sources === undefined) return { ledger: await lasting() };
  const name = store || DEFAULT;
  // blank: what the page itself says
  const consent = await consentOf(sources.match(/\S+/g) ?? ["explicit"], { layer });
  return { consent, facts: factsOf(consent), ledger: await consented({ lasting, exists: () => hasDatabase(name), memory, consent, kept: (part) => withKept({}, name, part), forget: (mark) => forget(name, mark) }) };
}

/**
 * Whether what the page sees of the customer may be kept: what it remembers of a shopper needs their yes, and no marketing against their no.
 * @param {import("./index.js").Consent} consent
 */
function factsOf({ state, onChange }) {
  const isAllowed = () => {
    const { preferences, marketing } = state();
    if (preferences === "denied" || marketing === "denied") return false;
    return preferences === "granted" || undefined;
  };
  return Object.assign(isAllowed, { onChange });
}

/** Deletes what the page keeps besides the ledger: the beginning of the visit, and until when answers hold. @param {string} name @param {true} [mark] only that something was written */
function forget(name, mark) {
  try {
    localStorage.removeItem("querencia-writes");
    if (mark) return;
    forgetBeside(name);
    localStorage.removeItem("querencia-facts");
    sessionStorage.removeItem("querencia");
  } catch {
    // no storage has nothing in it
  }
}
