import { say } from "./language.js";

/** The data layer that a shop fills for Google Analytics 4. Querencia reads it. */
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

/** An event of Querencia for which Google has none. @param {string} event */
export function pushName(event) {
  layer.push({ event });
}
