// What the server knows of the whole shop, for a decision.

/**
 * @param {import("./context.js").Context} context
 * @param {Readonly<Record<string, number>>} live the store's counters
 * @param {number} now
 * @returns {import("../types.d.ts").ShopNow}
 */
export function shopOf({ options }, live, now) {
  const given = typeof options.shop === "function" ? options.shop() : options.shop;
  return { unanswered: Math.max(0, live["live.unanswered"] ?? 0), ...given };
}
