import { product } from "./catalog.js";
import { FREE_FROM, SHIPPING } from "./facts.js";
import { keep, now, state } from "./state.js";

/** @returns {{ product: import("./catalog.js").Product, quantity: number }[]} */
export function lines() {
  return Object.entries(state().basket ?? {})
    .map(([sku, quantity]) => ({ product: product(sku), quantity }))
    .filter((line) => line.product && line.quantity > 0);
}

/** @param {string} sku @param {number} quantity */
export function put(sku, quantity) {
  const { [sku]: _, ...others } = state().basket ?? {};
  keep({ basket: quantity > 0 ? { ...others, [sku]: quantity } : others, left: now() });
  count();
}

/** @param {string} sku */
export function add(sku) {
  put(sku, (state().basket?.[sku] ?? 0) + 1);
}

/** What the lines cost, in cents; VAT is inside the prices, so it is taken out, not put on. */
export function sums() {
  let goods = 0;
  let tax = 0;
  for (const { product, quantity } of lines()) {
    goods += product.price * quantity;
    tax += Math.round((product.price * quantity * product.vat) / (100 + product.vat));
  }
  const shipping = goods === 0 || goods >= FREE_FROM ? 0 : SHIPPING;
  return { goods, tax, shipping, total: goods + shipping };
}

/** The number beside the basket in the header. */
export function count() {
  const pieces = lines().reduce((sum, line) => sum + line.quantity, 0);
  const badge = document.querySelector("#count");
  badge.textContent = String(pieces);
  badge.hidden = pieces === 0;
}
