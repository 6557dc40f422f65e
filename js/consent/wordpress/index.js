// The WP Consent API, which the consent plugins of WordPress share. It says yes to everything where no such plugin has set a type of consent:
// that is no yes of the shopper.

/** @type {import("../index.js").Source} */
export function source({ window, changed, until }) {
  const { document } = window;
  for (const name of ["wp_listen_for_consent_change", "wp_consent_type_defined"]) document.addEventListener(name, changed);
  until(() => window.wp_has_consent, changed);
  /** @param {string} category */
  const ask = (category) => {
    if (window.wp_has_consent(category)) return true;
    // not allowed: refused, or not asked yet
    return new RegExp(`_${category}=deny\\b`).test(document.cookie) ? false : undefined;
  };
  return () => {
    const type = window.wp_consent_type || (!window.waitfor_consent_hook && window.wp_fallback_consent_type);
    if (!window.wp_has_consent || !type) return undefined;
    return { preferences: ask("preferences"), analytics: ask("statistics"), marketing: ask("marketing") };
  };
}
