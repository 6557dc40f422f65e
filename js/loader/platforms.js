// The adapters that `data-platform` can name. Each is downloaded only by the pages that name it.
// A new adapter is a folder in js/platforms and a line here.

/** @type {Record<string, (settings: { value?: any, layer?: string }) => Promise<import("../shop/index.d.ts").Platform>>} */
export const PLATFORMS = {
  ga4: ({ value, layer }) => import("../platforms/ga4/index.js").then(({ ga4 }) => ga4({ value, dataLayer: layer })),
};
