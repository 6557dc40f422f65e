// Google Analytics 4: reads the entries of `dataLayer`, those pushed before this file was loaded and those pushed later.

/** @typedef {import("../../shop/index.d.ts").Platform} Platform */

/**
 * @param {{ dataLayer?: any[], currency?: string, exponent?: number }} [options]
 * @returns {Platform}
 */
export function ga4({ dataLayer, currency, exponent } = {}) {
  return {
    start(emit, shop) {
      const layer = (dataLayer ??= /** @type {any} */ (globalThis).dataLayer ??= []);
      if (!Array.isArray(layer)) throw new TypeError("dataLayer is not an array");
      const read = reader(emit, currency ?? shop?.currency ?? undefined, exponent);

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
      layer.push = ownPush;
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
 */
function reader(emit, currency, exponent) {
  const seen = new Set();

  return (/** @type {any} */ entry) => {
    try {
      // gtag() pushes its arguments, Tag Manager pushes an object.
      const [name, facts] = entry?.[0] === "event" ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce];
      // Google has no event for these (`view_search_results` has no count): the names are Querencia's, without `ecommerce`.
      if (["page_not_found", "no_results", "lost"].includes(name)) return emit(name);
      if (Object(facts) !== facts) return;
      const digits = exponent ?? exponentOf(currency ?? facts.currency);
      const ours = currency == null || facts.currency == null || facts.currency === currency;
      const money = (/** @type {unknown} */ amount) => (ours ? minor(amount, digits) : undefined);
      /** @type {any[]} */
      const listed = Array.isArray(facts.items) ? facts.items : [];
      const items = listed.filter((item) => Object(item) === item).map((item) => itemOf(item, money));
      const id = facts.transaction_id == null ? "" : String(facts.transaction_id);

      if (name === "purchase" && id && !seen.has(id)) {
        seen.add(id);
        emit("purchase", { order: present({ id, total: money(facts.value), items }) });
      } else if (name === "refund" && id) {
        emit("refund", present({ order: { id }, partial: items.length > 0 || undefined }));
      } else if (["view_item", "add_to_cart", "view_cart"].includes(name)) {
        emit(name, present({ value: money(facts.value), items }));
      }
    } catch {
      // an entry of another shape
    }
  };
}

/**
 * @param {any} item
 * @param {(amount: unknown) => number | undefined} money
 */
function itemOf(item, money) {
  const quantity = Number(item.quantity);
  return present({
    sku: text(item.item_id ?? item.item_name),
    family: text(item.item_category),
    quantity: Number.isSafeInteger(quantity) && quantity > 0 ? quantity : 1,
    price: money(item.price),
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

/** @param {string} [currency] */
function exponentOf(currency = "EUR") {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
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
