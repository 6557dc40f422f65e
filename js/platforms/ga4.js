// Google's data layer as a source of events: what was pushed before we came, and what is pushed from now on.

/** @typedef {import("../shop/index.d.ts").Platform} Platform */

/**
 * @param {{ dataLayer?: any[], currency?: string, exponent?: number }} [options]
 * @returns {Platform}
 */
export function ga4({ dataLayer, currency, exponent } = {}) {
  return {
    start(emit, shop) {
      const layer = (dataLayer ??= /** @type {any} */ (globalThis).dataLayer ??= []);
      if (!Array.isArray(layer)) throw new TypeError("dataLayer is not a list");
      const tell = reader(emit, currency ?? shop?.currency ?? undefined, exponent);

      const push = layer.push;
      const own = Object.hasOwn(layer, "push");
      /**
       * @this {any[]}
       * @param {...any} entries
       */
      const heard = function (...entries) {
        const length = push.apply(this, entries);
        if (!stopped) entries.forEach(tell);
        return length;
      };
      let stopped = false;
      layer.push = heard;
      [...layer].forEach(tell);

      return () => {
        stopped = true;
        if (layer.push !== heard) return;
        if (own) layer.push = push;
        else delete (/** @type {any} */ (layer).push);
      };
    },
  };
}

/**
 * Turns an entry of the data layer into an event of ours, if it is one; never throws into the page's push.
 * @param {Parameters<Platform["start"]>[0]} emit
 * @param {string | undefined} currency the shop's
 * @param {number | undefined} exponent
 */
function reader(emit, currency, exponent) {
  const seen = new Set();

  return (/** @type {any} */ entry) => {
    try {
      // gtag pushes its arguments as they are; Tag Manager an object.
      const [name, facts] = entry?.[0] === "event" ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce];
      // Google has no event for these, and no count in `view_search_results`: the names are ours, without facts.
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
      // an entry of another shape is not for us
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
 * A decimal in minor units, digit by digit: 19.99 is 1999, and 1.005 is 101 though no float is.
 * @param {unknown} amount a number or its text
 * @param {number} exponent
 * @returns {number | undefined} nothing when it is no amount
 */
export function minor(amount, exponent) {
  // Below this, numbers write themselves with an exponent; no currency has that many decimals.
  if (typeof amount === "number" && Math.abs(amount) < 1e-6) return 0;
  const [whole, units = "", decimals = ""] = /^\s*(\d*)(?:\.(\d*))?\s*$/.exec(String(amount)) ?? [];
  if (!whole || !(units || decimals)) return undefined;
  const digits = decimals.padEnd(exponent + 1, "0");
  const value = Number(units + digits.slice(0, exponent)) + (digits[exponent] >= "5" ? 1 : 0);
  return Number.isSafeInteger(value) ? value : undefined;
}
