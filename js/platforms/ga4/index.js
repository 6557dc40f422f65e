// Google Analytics 4: reads the entries of a data layer, those pushed before this file was loaded and those pushed later.

import { costOf, decimalsOf } from "../../money/index.js";
import { minor } from "./amount.js";
import { BARE, isObject, listOf, shapes } from "./shapes.js";

/** @typedef {import("../../shop/index.d.ts").Platform} Platform */
/** @typedef {import("../../shop/index.d.ts").Doubt} Doubt */

/**
 * @param {{ dataLayer?: unknown[] | string, currency?: string, exponent?: number, value?: string }} [options]
 * @returns {Platform}
 */
export function ga4({ dataLayer = "dataLayer", currency, exponent, value } = {}) {
  if (value !== undefined && value !== "total") throw new TypeError(`\`value\` is \`${value}\`; it can be \`total\`, or absent`);
  const name = typeof dataLayer === "string" ? dataLayer : "dataLayer";
  return {
    start(emit, shop, doubt = (code, what) => console.warn(`querencia: data layer, ${code}: ${what}`)) {
      const layer = layerOf(dataLayer);
      if (!layer) {
        doubt("layer", name);
        return () => {};
      }
      const read = reader(emit, codeOf(currency ?? shop?.currency), exponent, value === "total", doubt);
      const { push } = layer;
      const hadOwnPush = Object.hasOwn(layer, "push");
      /**
       * @this {any[]}
       * @param {...any} entries
       */
      const ownPush = function (...entries) {
        const length = push.apply(this, entries);
        if (!stopped) for (const entry of entries) read(entry);
        return length;
      };
      let stopped = false;
      try {
        // Where Array.prototype is frozen, a list takes no `push` by assignment.
        Object.defineProperty(layer, "push", { value: ownPush, writable: true, enumerable: true, configurable: true });
      } catch {
        doubt("locked", name);
      }
      readAll(layer, read);

      return () => {
        stopped = true;
        try {
          if (layer.push !== ownPush) return;
          if (hadOwnPush) layer.push = push;
          else delete (/** @type {any} */ (layer).push);
        } catch {
          // it has been locked since
        }
      };
    },
  };
}

/**
 * The data layer; undefined if it is none. What else has a `push` of its own is heard too.
 * @param {unknown} given the list, or the name of the page's
 * @returns {any[] | undefined}
 */
function layerOf(given) {
  try {
    const page = /** @type {any} */ (globalThis);
    const layer = typeof given === "string" ? (page[given] ??= []) : given;
    return typeof layer?.push === "function" ? layer : undefined;
  } catch {
    return undefined;
  }
}

/** @param {any[]} layer @param {(entry: any) => void} read */
function readAll(layer, read) {
  try {
    // By its index: a list of another library may have no iterator, and what it answers now may push.
    const { length } = layer;
    for (let index = 0; index < length; index++) read(layer[index]);
  } catch {
    // it answers nothing
  }
}

/** What happens in a cart and on its page may be told in several ways at once: within so many milliseconds it is one. */
const TOGETHER = 1000;

/**
 * Turns an entry of the data layer into events of Querencia. Other entries are ignored. It never throws: the page's own
 * `push` must go on.
 * @param {Parameters<Platform["start"]>[0]} emit
 * @param {string | undefined} currency the shop's
 * @param {number | undefined} exponent
 * @param {boolean} isPaid whether the `value` of a purchase is what was paid
 * @param {Doubt} doubt
 */
function reader(emit, currency, exponent, isPaid, doubt) {
  const said = shapes();
  const isHeard = once();
  const doubted = new Set();
  /** One of each kind is enough. @param {Parameters<Doubt>[0]} code @param {string} where @param {unknown} [what] */
  const tell = (code, where, what = "") => {
    if (doubted.size === doubted.add(code + where).size) return;
    try {
      doubt(code, `${where} ${isObject(what) ? "{}" : String(what).slice(0, 40)}`);
    } catch {
      // the event counts, not what is said of it
    }
  };

  /** @param {import("./shapes.js").Said} one */
  const hear = ({ name, way, isGrand, ...told }) => {
    if (BARE.test(name)) return emit(name);
    const listed = listOf(told.items);
    const code = codeOf(told.currency) ?? codeOf(listed?.[0]?.currency);
    const ours = !currency || !code || code === currency;
    const digits = exponent ?? decimalsOf(currency ?? code);
    if (!ours) tell("currency", name, code);
    const money = (/** @type {unknown} */ amount, field = "price") => {
      const units = ours ? minor(amount, digits) : undefined;
      if (ours && amount != null && amount !== "" && units === undefined) tell("amount", `${name}.${field}`, amount);
      return units;
    };
    const items = listed?.map((item) => itemOf(item, money));
    const value = money(told.value, "value");
    const id = idOf(told.id);

    if (name === "purchase") {
      if (!id) return tell("id", name, told.id);
      const amounts = { value, tax: money(told.tax, "tax"), shipping: money(told.shipping, "shipping") };
      const order = present({ id, total: isPaid ? value : paid(amounts, items, isGrand), items });
      // Another tag of the page may tell the same order without its articles.
      const known = isHeard.orders.get(id);
      if (known && !Object.keys(order).some((key) => !(key in known))) return;
      isHeard.orders.set(id, { ...known, ...order });
      emit(name, { order: /** @type {any} */ ({ ...known, ...order }) });
    } else if (name === "refund") {
      // Nothing was given back, or what nobody can read: without a sum and a list it would be the whole order.
      const isNothing = (isObject(told.items) && Object.keys(told.items).length > 0) || (told.value != null && told.value !== "");
      if (!id || (!value && !items?.length && isNothing)) return;
      const refund = present({ order: { id }, value, items });
      // A page that is loaded again may push the same refund again.
      if (isHeard.same(JSON.stringify(refund)) && isHeard.first(`refund ${id}`, way)) emit(name, refund);
    } else if (isHeard.first(name + JSON.stringify(items?.map(({ quantity, price }) => [quantity, price]) ?? value), way)) {
      emit(name, present({ value, items }));
    }
  };

  return (/** @type {any} */ entry) => {
    try {
      for (const one of said(entry)) hear(one);
    } catch {
      // an entry of another shape
    }
  };
}

/** What was heard already. */
function once() {
  const all = new Set();
  /** @type {Map<string, any>} */
  const orders = new Map();
  /** @type {Map<string, { at: number, most: number, ways: Record<string, number> }>} */
  const times = new Map();
  return {
    orders,
    /** Whether this is new. @param {string} key */
    same: (key) => all.size < all.add(key).size,
    /**
     * Whether this happens for the first time. A page may tell it in several ways, by Google's shape and by the older one: it happened as often as
     * the most talkative way tells.
     * @param {string} key
     * @param {string} way
     */
    first(key, way) {
      const now = Date.now();
      let known = times.get(key);
      if (!known || Math.abs(now - known.at) > TOGETHER) times.set(key, (known = { at: now, most: 0, ways: {} }));
      const count = (known.ways[way] = (known.ways[way] ?? 0) + 1);
      if (count <= known.most) return false;
      known.most = count;
      return true;
    },
  };
}

/**
 * What was paid for an order. Google's `value` is what the articles cost, without tax and postage; many shops push something else.
 * So the sum is known only where `value` is Google's, and tax and postage are told. The older `revenue` is what was paid: it is believed
 * where it is the sum of the articles and the postage, with the tax or with the tax in the prices.
 * @param {{ value?: number, tax?: number, shipping?: number }} amounts
 * @param {any[]} [items]
 * @param {boolean} [isGrand]
 */
function paid({ value, tax = NaN, shipping = NaN }, items = [], isGrand) {
  const cost = costOf(items) ?? NaN;
  if (isGrand) return value === cost + shipping || value === cost + shipping + tax ? value : undefined;
  const total = value === cost ? value + tax + shipping : NaN;
  return Number.isSafeInteger(total) ? total : undefined;
}

/**
 * @param {any} item
 * @param {(amount: unknown) => number | undefined} money
 */
function itemOf(item, money) {
  const thousandths = item.quantity == null || item.quantity === "" ? 1000 : minor(item.quantity, 3);
  const { item_category: family = item.category } = item;
  return present({
    sku: [item.item_id, item.id, item.sku, item.item_name, item.name].map(idOf).find(Boolean),
    family: idOf(Array.isArray(family) ? family[0] : family),
    // 0: nobody knows how many, so nobody knows what they cost
    quantity: thousandths ? thousandths / 1000 : 0,
    price: thousandths ? money(item.price) : undefined,
  });
}

/** What a script writes where it has no id, and a template that nobody filled in. */
const NO_ID = /^(|0|undefined|null|nan|none|false|true|\(not set\)|\[object .*|\{\{.*|<\?.*)$/is;

/** @param {unknown} value */
function idOf(value) {
  const id = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  return NO_ID.test(id) ? undefined : id;
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
  return idOf(currency)?.toUpperCase();
}
