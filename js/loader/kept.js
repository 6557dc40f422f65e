// Where a page keeps what was said. Few pages ask first, or are a preview: what those need is downloaded there alone.

import { browserLedger } from "../shop/ledger.js";

/** Most editors show the shop in a frame. These do not; js/consent/edited.js knows them all. */
const EDITED = /[?&](et_fb|fl_builder|edit|live_configurator_token)\b/;

/**
 * @param {DOMStringMap} settings
 * @returns {Promise<{ ledger: import("../shop/index.d.ts").Store, consent?: import("../consent/index.js").Consent, isPreview?: boolean, facts?: () => boolean | undefined }>}
 */
export async function keptFor(settings) {
  const { consent, preview, now, store } = settings;
  const lasting = () => browserLedger(() => import("../ledger/fallen.js"), store || undefined);
  if (consent !== undefined || preview || now || self !== top || EDITED.test(location.search)) {
    return (await import("../consent/for.js")).keptElsewhere(settings, lasting);
  }
  return { ledger: await lasting() };
}
