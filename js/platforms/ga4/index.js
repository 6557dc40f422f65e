// Google Analytics 4: reads the entries of `dataLayer`, those pushed before this file was loaded and those pushed later.

import { costOf, decimalsOf } from "../../money/index.js";

/** @typedef {import("../../shop/index.d.ts").Platform} Platform */

/**
 * @param {{ dataLayer?: any[], currency?: string, exponent?: number, value?: string }} [options]
 * @returns {Platform}
 */
export function ga4({ dataLayer, currency, exponent, value } = {}) {
  if (value !== undefined && value !== "total") throw new TypeError(`\`value\` is \`${value}\`; it can be \`total\`, or absent`);
  return {
    start(emit, shop) {
      const layer = (dataLayer ??= /** @type {any} */ (globalThis).dataLayer ??= []);
      if (!Array.isArray(layer)) throw new TypeError("dataLayer is not an array");
      const read = reader(emit, codeOf(currency ?? shop?.currency), exponent, value === "total");

      const push = layer.push;
      const hadOwnPush = Object.hasOwn(layer, "push");
      /**
       * @this {any[]}
       * @param {...any} entries
       */
      const ownPush = function (...entries) {
        const length = push.apply(this, entries);
        if (!stopped) entries.forEach(read);
        return length;
      };
      let stopped = false;
      try {
        layer.push = ownPush;
      } catch {
        console.warn("querencia: dataLayer.push is locked: events that come later are not heard");
      }
      [...layer].forEach(read);

      return () => {
        stopped = true;
        if (layer.push !== ownPush) return;
        if (hadOwnPush) layer.push = push;
        else delete (/** @type {any} */ (layer).push);
      };
    },
  };
}

/**
 * Turns an entry of `dataLayer` into an event of Querencia. Other entries are ignored. It never throws: the page's own
 * `push` must go on.
 * @param {Parameters<Platform["start"]>[0]} emit
 * @param {string | undefined} currency the shop's
 * @param {number | undefined} exponent
 * @param {boolean} isPaid whether the `value` of a purchase is what was paid
 */
function reader(emit, currency, exponent, isPaid) {
  const seen = new Set();

  return (/** @type {any} */ entry) => {
    try {
      // gtag() pushes its arguments, Tag Manager pushes an object.
      const [name, facts] = entry?.[0] === "event" ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce];
      // Google has no event for these (`view_search_results` has no count): the names are Querencia's, without `ecommerce`.
      if (["page_not_found", "no_results", "lost"].includes(name)) return emit(name);
      if (Object(facts) !== facts) return;
      const digits = exponent ?? decimalsOf(currency ?? facts.currency);
      const ours = !currency || !codeOf(facts.currency) || codeOf(facts.currency) === currency;
      const money = (/** @type {unknown} */ amount) => (ours ? minor(amount, digits) : undefined);
      /** @type {any[] | undefined} */
      const listed = Array.isArray(facts.items) ? facts.items : undefined;
      const items = listed?.filter((item) => Object(item) === item).map((item) => itemOf(item, money));
      const value = money(facts.value);
      const id = facts.transaction_id == null ? "" : String(facts.transaction_id);

      if (name === "purchase" && id && !seen.has(id)) {
        seen.add(id);
        const total = isPaid ? value : paid(value, items, money(facts.tax), money(facts.shipping));
        emit("purchase", { order: present({ id, total, items }) });
      } else if (name === "refund" && id) {
        // Nothing was given back, or a sum that nobody can read: without a sum it would be the whole order.
        if (!value && !items?.length && facts.value != null && facts.value !== "") return;
        const refund = present({ order: { id }, value, items });
        // A page that is loaded again may push the same refund again.
        const key = JSON.stringify(refund);
        if (!seen.has(key)) emit("refund", refund);
        seen.add(key);
      } else if (["view_item", "add_to_cart", "remove_from_cart", "view_cart"].includes(name)) {
        emit(name, present({ value, items }));
      }
    } catch {
      // an entry of another shape
    }
  };
}

/**
 * What was paid for an order. Google's `value` is what the articles cost, without tax and postage; many shops push something else.
 * So the sum is known only where `value` is Google's, and tax and postage are told.
 * @param {number} [value]
 * @param {any[]} [items]
 * @param {number} [tax]
 * @param {number} [shipping]
 */
function paid(value, items = [], tax = NaN, shipping = NaN) {
  const total = value === costOf(items) ? Number(value) + tax + shipping : NaN;
  return Number.isSafeInteger(total) ? total : undefined;
}

/**
 * @param {any} item
 * @param {(amount: unknown) => number | undefined} money
 */
function itemOf(item, money) {
  const thousandths = item.quantity == null || item.quantity === "" ? 1000 : minor(item.quantity, 3);
  return present({
    sku: text(item.item_id ?? item.item_name),
    family: text(item.item_category),
    // 0: nobody knows how many, so nobody knows what they cost
    quantity: thousandths ? thousandths / 1000 : 0,
    price: thousandths ? money(item.price) : undefined,
  });
}

/** @param {unknown} value */
function text(value) {
  return value == null ? undefined : String(value);
}

/**
 * @template {object} T
 * @param {T} fields
 */
function present(fields) {
  return /** @type {T} */ (Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}

/** A currency as ISO 4217 writes it. @param {unknown} currency */
function codeOf(currency) {
  return text(currency)?.trim().toUpperCase();
}

/**
 * A decimal amount in minor units, digit by digit: 19.99 is 1999, and 1.005 is 101 (a product of floats would give 100).
 * @param {unknown} amount a number or its text
 * @param {number} exponent
 * @returns {number | undefined} undefined: no amount
 */
export function minor(amount, exponent) {
  // Such numbers are written with an exponent (1e-7). No currency has that many decimals.
  if (typeof amount === "number" && Math.abs(amount) < 1e-6) return 0;
  const [whole, units = "", decimals = ""] = /^\s*(\d*)(?:\.(\d*))?\s*$/.exec(String(amount)) ?? [];
  if (!whole || !(units || decimals)) return undefined;
  const digits = decimals.padEnd(exponent + 1, "0");
  const value = Number(units + digits.slice(0, exponent)) + (digits[exponent] >= "5" ? 1 : 0);
  return Number.isSafeInteger(value) ? value : undefined;
}
