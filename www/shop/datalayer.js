import { say } from "./language.js";

/** Where a shop speaks to Google Analytics 4. Querencia only listens to what is said here anyway. */
const layer = (globalThis.dataLayer ??= []);

/** @param {import("./catalog.js").Product} product @param {number} quantity */
export function item(product, quantity) {
  return {
    item_id: product.sku,
    item_name: say(product.name),
    item_category: product.family,
    price: product.price / 100,
    quantity,
  };
}

/** @param {string} event @param {object} ecommerce */
export function push(event, ecommerce) {
  layer.push({ ecommerce: null });
  layer.push({ event, ecommerce });
}

/** What Google has no event for, and Querencia has. @param {string} event */
export function tell(event) {
  layer.push({ event });
}
