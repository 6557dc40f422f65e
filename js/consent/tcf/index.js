// IAB Transparency and Consent Framework, 2.2 and later. A stub keeps our call until the platform is there. Purposes: 1 store on the device,
// 4 personal advertising, 6 personal content, 8 measure content.

/** @type {import("../index.js").Source} */
export function source({ window, changed, until }) {
  /** @type {import("../index.js").Told | undefined} */
  let told;
  const hear = (/** @type {any} */ data, /** @type {boolean} */ isRight) => {
    if (!isRight) return;
    const isOutside = data.gdprApplies === false;
    // while the dialog is open (`cmpuishown`), what was said before holds
    if (!isOutside && !/^(tcloaded|useractioncomplete)$/.test(data.eventStatus)) return;
    // the shop's own purposes say more than those of its partners, and either may say no
    const [partners, own] = [data.purpose?.consents ?? {}, data.publisher?.consents ?? {}];
    const may = (/** @type {number} */ purpose) => isOutside || (partners[purpose] === true && own[purpose] !== false);
    const stored = may(1);
    told = { preferences: stored && may(6), analytics: stored && may(8), marketing: stored && may(4) };
    changed();
  };
  until(
    () => window.__tcfapi,
    (api) => api("addEventListener", 2, hear),
  );
  return () => told;
}
