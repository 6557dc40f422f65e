// Which pages of other origins may ask. None, unless the shop names them.

/** What a page may send besides what every page may. */
const HEADERS = "authorization, content-type";

/** @param {readonly string[]} origins as `https://shop.example` */
export function corsOf(origins) {
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new TypeError("an origin of `origins` is written as `https://shop.example`: scheme, host, no path and no `*`");
    }
  }
  const known = new Set(origins);
  const isOpen = (/** @type {Request} */ request) => known.has(request.headers.get("origin") ?? "");
  return {
    /** @param {Request} request @param {string} allow @returns {Record<string, string>} */
    preflight(request, allow) {
      if (!isOpen(request) || !request.headers.has("access-control-request-method")) return {};
      return { "access-control-allow-methods": allow, "access-control-allow-headers": HEADERS, "access-control-max-age": "600" };
    },
    /** @param {Request} request @param {Headers} headers of the answer */
    open(request, headers) {
      if (known.size === 0) return;
      headers.append("vary", "Origin");
      if (!isOpen(request)) return;
      headers.set("access-control-allow-origin", request.headers.get("origin") ?? "");
      headers.set("access-control-expose-headers", "retry-after");
    },
  };
}
