// Shopify's Customer Privacy API. Its functions know the shop's settings, the visitor's region and their answer; the event tells that
// something changed.

/** @type {import("../index.js").Source} */
export function source({ window, changed, until }) {
  const api = () => {
    const found = window.Shopify?.customerPrivacy;
    return typeof found?.preferencesProcessingAllowed === "function" && found;
  };
  for (const name of ["visitorConsentCollected", "shopifyCustomerPrivacyApiLoaded"]) window.document.addEventListener(name, changed);
  until(
    () => api() || window.Shopify?.loadFeatures,
    () => (api() ? changed() : window.Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], changed)),
  );
  return () => {
    const found = api();
    if (!found) return undefined;
    const said = found.currentVisitorConsent?.() ?? {};
    /** @param {string} method @param {string} purpose */
    const ask = (method, purpose) => (found[method]?.() ? true : said[purpose] === "no" ? false : undefined);
    return {
      preferences: ask("preferencesProcessingAllowed", "preferences"),
      analytics: ask("analyticsProcessingAllowed", "analytics"),
      marketing: ask("marketingAllowed", "marketing"),
      saleOfData: ask("saleOfDataAllowed", "sale_of_data"),
    };
  };
}
