// Whether somebody is at work on the page: a theme editor or a customizer shows it in a frame. What is said there is said to nobody.

/** What editors add to the address: WordPress, Elementor, Divi, Beaver Builder, PrestaShop. */
const ADDRESS = /[?&](customize_changeset_uuid|customize_theme|wp_site_preview|elementor-preview|et_fb|fl_builder|live_configurator_token)\b/;
/** The hosts of editors that show the shop in a frame. */
const HOSTS = /^https:\/\/(admin\.shopify\.com|editor\.wix\.com|([\w-]+\.)*(design\.webflow\.com|mybigcommerce\.com|squarespace\.com))(\/|$)/;

/** @param {any} [window] */
export function isEdited(window = self) {
  try {
    const { Shopify, Webflow, location, document } = window;
    if (Shopify?.designMode || ADDRESS.test(location.search) || /\bsqs-edit-mode/.test(document.body?.className)) return true;
    if (Webflow?.env?.("design") || Webflow?.env?.("editor")) return true;
    return window.parent !== window && [...(location.ancestorOrigins ?? []), document.referrer].some((host) => HOSTS.test(host));
  } catch {
    return false;
  }
}
