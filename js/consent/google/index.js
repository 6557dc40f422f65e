// Google Consent Mode v2: `gtag("consent", "default" | "update", { … })` in the data layer. A default is no answer of the shopper: `denied`
// there means that they were not asked yet, and one for a region counts only where it is a no, because nobody knows here where they are.

/** @type {import("../index.js").Source} */
export function source({ window, layer = "dataLayer", changed }) {
  /** @type {Record<string, boolean | null>} null: one default says no */
  const defaults = {};
  /** @type {Record<string, boolean>} */
  const updates = {};
  let waitsUntil = 0;
  let isThere = false;

  const hear = (/** @type {any} */ entry) => {
    // gtag() pushes its arguments
    if (entry?.[0] !== "consent") return;
    const [, command, told] = entry;
    isThere = true;
    const isUpdate = command === "update";
    for (const key of Object.keys(told)) {
      const said = told[key];
      if (isUpdate) updates[key] = said === "granted";
      else if (said === "denied") defaults[key] = null;
      else if (said === "granted" && !told.region) defaults[key] ??= key in defaults ? null : true;
    }
    const wait = Number(told.wait_for_update);
    if (isUpdate) waitsUntil = 0;
    else if (wait > 0) {
      waitsUntil = Date.now() + wait;
      setTimeout(changed, wait + 1);
    }
    changed();
  };

  const list = (window[layer] ??= []);
  for (const entry of [...list]) quietly(hear, entry);
  const { push } = list;
  /** @this {any} @param {...any} entries */
  const value = function (...entries) {
    const length = push.apply(this, entries);
    for (const entry of entries) quietly(hear, entry);
    return length;
  };
  // Where Array.prototype is frozen, a list takes no `push` by assignment.
  Object.defineProperty(list, "push", { value, writable: true, enumerable: true, configurable: true });

  /** @param {string} key */
  const answer = (key) => {
    // Templates of Tag Manager leave nothing in the data layer. What Google keeps of them is not documented: it may only say no.
    const isRefused = window.google_tag_data?.ics?.entries?.[key]?.update === false;
    return updates[key] ?? (isRefused ? false : (defaults[key] ?? undefined));
  };
  return () => {
    const [user, personal, stored] = ["ad_user_data", "ad_personalization", "ad_storage"].map(answer);
    const marketing = [user, personal, stored].includes(false) ? false : user && personal;
    const told = { preferences: answer("personalization_storage"), analytics: answer("analytics_storage"), marketing };
    return isThere && !(Date.now() < waitsUntil) ? told : Object.entries(told).some(([, said]) => said === false) ? told : undefined;
  };
}

/** The page's own `push` must go on. @param {(entry: any) => void} hear @param {any} entry */
function quietly(hear, entry) {
  try {
    hear(entry);
  } catch {
    // an entry of another shape
  }
}
