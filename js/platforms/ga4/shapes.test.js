// What data layers of shops really push, as plugins and snippets write it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventIn } from "../../loader/heard.js";
import { ga4 } from "./index.js";

/** @param {any[]} entries @param {{ replayed?: boolean, options?: object }} [how] */
function hear(entries, { replayed = false, options } = {}) {
  /** @type {[string, any][]} */
  const heard = [];
  /** @type {string[]} */
  const doubts = [];
  /** @type {any[]} */
  const dataLayer = replayed ? [...entries] : [];
  ga4({ dataLayer, ...options }).start(
    (name, data) => heard.push([name, data]),
    /** @type {any} */ ({ currency: "EUR" }),
    (code, what) => doubts.push(`${code}: ${what}`),
  );
  if (!replayed) for (const entry of entries) dataLayer.push(entry);
  return { heard, doubts };
}

/** gtag() pushes its arguments object. @param {any[]} _words */
function gtag(..._words) {
  return arguments;
}

const JUG = { sku: "jug", quantity: 2, price: 1250 };
const BOUGHT = ["purchase", { order: { id: "A-17", items: [JUG] } }];
const PAID = ["purchase", { order: { id: "A-17", total: 2995, items: [JUG] } }];
const ADDED = ["add_to_cart", { value: 2500, items: [JUG] }];
const OLD = { name: "Jug", id: "jug", price: "12.50", quantity: 2 };
const NEW = { item_id: "jug", item_name: "Jug", price: 12.5, quantity: 2 };

/** @type {[what: string, entries: any[], heard: any[]][]} */
const SHAPES = [
  // Google Analytics 4
  ["`ecommerce` before its event", [{ ecommerce: { transaction_id: "A-17", items: [NEW] } }, { event: "gtm.js" }, { event: "purchase" }], [BOUGHT]],
  ["`ecommerce` in two pieces", [{ ecommerce: { transaction_id: "A-17" } }, { ecommerce: { items: [NEW] } }, { event: "purchase" }], [BOUGHT]],
  ["`ecommerce` that was cleared", [{ ecommerce: { items: [NEW] } }, { ecommerce: null }, { event: "add_to_cart" }], []],
  ["`ecommerce` of another event is not this one's", [{ event: "view_item_list", ecommerce: { items: [NEW] } }, { event: "add_to_cart" }], []],
  ["what came before ends with the next `ecommerce`", [{ ecommerce: { items: [NEW] } }, { event: "view_item_list", ecommerce: {} }, { event: "view_item" }], []],
  ["an event that lost its `ecommerce`", [{ event: "purchase", ecommerce: undefined }], []],
  ["top-level fields", [{ event: "purchase", transaction_id: "A-17", value: 25, tax: 0, shipping: 4.95, currency: "EUR", items: [NEW] }], [PAID]],
  ["gtag's own event as Tag Manager writes it down", [{ event: "purchase", eventModel: { transaction_id: "A-17", items: [NEW] } }], [BOUGHT]],
  ["gtag with `ecommerce` inside", [gtag("event", "purchase", { ecommerce: { transaction_id: "A-17", items: [NEW] } })], [BOUGHT]],
  ["gtag as the plugin of WooCommerce writes it", [gtag("event", "purchase", { transaction_id: "A-17", affiliation: "Casa", value: "25.00", tax: "0.00", shipping: "4.95", currency: "EUR", items: [{ id: "jug", name: "Jug", price: "12.50", quantity: "2" }] })], [PAID]],
  ["items as an object", [{ event: "purchase", ecommerce: { transaction_id: "A-17", items: { 0: NEW } } }], [BOUGHT]],
  ["one item alone", [{ event: "purchase", ecommerce: { transaction_id: "A-17", items: NEW } }], [BOUGHT]],
  ["`products` for `items`", [{ event: "purchase", ecommerce: { transaction_id: "A-17", products: [OLD] } }], [BOUGHT]],
  ["items with a name alone", [{ event: "add_to_cart", ecommerce: { value: 25, items: [{ name: "jug", price: 12.5, quantity: 2 }] } }], [ADDED]],
  ["camel case", [{ event: "addToCart", ecommerce: { value: 25, items: [NEW] } }], [ADDED]],
  ["capitals", [{ event: "AddToCart", ecommerce: { value: 25, items: [NEW] } }, { event: "Purchase", ecommerce: { transaction_id: "A-17", items: [NEW] } }], [ADDED, BOUGHT]],
  ["Stape", [{ event: "add_to_cart_stape", ecommerce: { currency: "EUR", value: "25.00", items: [NEW] } }], [ADDED]],
  ["Elevar on Shopify", [{ event: "dl_purchase", ecommerce: { currencyCode: "EUR", purchase: { actionField: { id: "A-17", revenue: "29.95", tax: "0", shipping: "4.95" }, products: [OLD] } } }], [PAID]],
  ["amounts with commas", [{ event: "purchase", ecommerce: { transaction_id: "A-17", value: "25,00", tax: "0", shipping: "4,95", items: [{ ...NEW, price: "12,50" }] } }], [PAID]],
  ["the currency in small letters, with blanks", [{ event: "purchase", ecommerce: { transaction_id: "A-17", value: 25, tax: 0, shipping: 4.95, currency: " eur ", items: [NEW] } }], [PAID]],
  ["an id with blanks", [{ event: "purchase", ecommerce: { transaction_id: " A-17\n", items: [NEW] } }], [BOUGHT]],
  // Universal Analytics
  ["the older purchase", [{ event: "eec.purchase", ecommerce: { currencyCode: "EUR", purchase: { actionField: { id: "A-17", revenue: "29.95", tax: "4.34", shipping: "4.95", coupon: "" }, products: [OLD] } } }], [PAID]],
  ["the older purchase without an event, then with one", [{ ecommerce: { purchase: { actionField: { id: "A-17", revenue: 29.95, shipping: 4.95 }, products: [OLD] } } }, { event: "purchase" }, { event: "eec.purchase" }], [PAID]],
  ["the older purchase, paid otherwise", [{ event: "transaction", ecommerce: { purchase: { actionField: { id: "A-17", revenue: 25, shipping: 4.95 }, products: [OLD] } } }], [BOUGHT]],
  ["the older purchase, its article no list", [{ event: "x", ecommerce: { purchase: { actionField: { id: "A-17" }, products: OLD } } }], [BOUGHT]],
  ["GTM4WP before 1.19", [{ event: "gtm4wp.addProductToCartEEC", ecommerce: { currencyCode: "EUR", add: { products: [OLD] } } }], [["add_to_cart", { items: [JUG] }]]],
  ["Magento's own", [{ event: "addToCart", ecommerce: { currencyCode: "EUR", add: { products: [OLD] } } }], [["add_to_cart", { items: [JUG] }]]],
  ["the older add before its event", [{ ecommerce: { add: { products: [OLD] } } }, { event: "gtm.load" }, { event: "addToCart" }], [["add_to_cart", { items: [JUG] }]]],
  ["the older add without its event", [{ ecommerce: { add: { products: [OLD] } } }, { event: "gtm.load" }], []],
  ["the older removal", [{ event: "eec.remove", ecommerce: { remove: { products: [OLD] } } }], [["remove_from_cart", { items: [JUG] }]]],
  ["the older page of an article", [{ ecommerce: { detail: { actionField: { list: "x" }, products: [OLD] }, impressions: [] } }], [["view_item", { items: [JUG] }]]],
  ["the older cart, once", [1, 2].map((step) => ({ event: "checkout", ecommerce: { checkout: { actionField: { step }, products: [OLD] } } })), [["view_cart", { items: [JUG] }]]],
  ["a step of the checkout without articles", [{ event: "checkout", ecommerce: { checkout: { actionField: { step: 1 } } } }], []],
  ["the older refund of all", [{ event: "refund", ecommerce: { refund: { actionField: { id: "A-17" } } } }], [["refund", { order: { id: "A-17" } }]]],
  ["the older refund of a part", [{ ecommerce: { refund: { actionField: { id: "A-17" }, products: [{ id: "jug", quantity: 2 }] } } }], [["refund", { order: { id: "A-17" }, items: [{ sku: "jug", quantity: 2 }] }]]],
  ["impressions and clicks", [{ event: "productClick", ecommerce: { click: { products: [OLD] } } }, { ecommerce: { impressions: [OLD] } }], []],
  // its first, flat shape
  ["the flat order, without an event", [{ transactionId: "A-17", transactionTotal: 29.95, transactionTax: 0, transactionShipping: 4.95, transactionProducts: [{ sku: "jug", name: "Jug", price: 12.5, quantity: 2 }] }, { event: "trackTrans" }], [PAID]],
  ["the flat order of VTEX", [{ event: "orderPlaced", transactionId: "A-17", transactionCurrency: "EUR", transactionTotal: 29.95, transactionShipping: 4.95, transactionProducts: [OLD], ecommerce: { purchase: { actionField: { id: "A-17", revenue: 29.95, shipping: 4.95 }, products: [OLD] } } }], [PAID]],
  ["an order's number alone", [{ event: "addTrans", transactionId: "A-17" }], []],
  // the same, told twice
  ["GTM4WP tells both shapes", [{ event: "gtm4wp.addProductToCartEEC", ecommerce: { add: { products: [OLD] } } }, { event: "add_to_cart", ecommerce: { value: 25, items: [NEW] } }], [["add_to_cart", { items: [JUG] }]]],
  ["two of one article, each told twice", [1, 2].flatMap(() => [gtag("event", "add_to_cart", { items: [NEW] }), { event: "add_to_cart", ecommerce: { items: [NEW] } }]), [1, 2].map(() => ["add_to_cart", { items: [JUG] }])],
  ["three of one article", [1, 2, 3].map(() => ({ event: "add_to_cart", ecommerce: { items: [NEW] } })), [1, 2, 3].map(() => ["add_to_cart", { items: [JUG] }])],
  ["an order by Google Ads without its articles, then with them", [gtag("event", "purchase", { send_to: "AW-1", transaction_id: "A-17", value: 29.95 }), { event: "transaction", ecommerce: { purchase: { actionField: { id: "A-17" }, products: [OLD] } } }, { event: "purchase", ecommerce: { transaction_id: "A-17" } }], [["purchase", { order: { id: "A-17" } }], BOUGHT]],
  // ids that are none
  ...[undefined, null, "", "  ", "undefined", "null", "NaN", NaN, 0, "(not set)", "{{DLV - id}}", "[object Object]", {}, true].map(
    (id) => /** @type {[string, any[], any[]]} */ ([`no id: ${String(id)}`, [{ event: "purchase", ecommerce: { transaction_id: id, value: 5 } }], []]),
  ),
  ["an article whose id is none has its name", [{ event: "view_item", ecommerce: { items: [{ item_id: "undefined", item_name: "jug" }] } }], [["view_item", { items: [{ sku: "jug", quantity: 1 }] }]]],
];

for (const [what, entries, expected] of SHAPES) {
  test(`a data layer: ${what}`, () => {
    for (const replayed of [false, true]) assert.deepEqual(hear(entries, { replayed }).heard, expected, replayed ? "before we came" : "later");
  });
}

/** What the loader makes of an entry. @param {any} entry */
const loaded = (entry) => (entry?.[0] === "event" ? eventIn(entry, entry[1], entry[2]) : eventIn(entry, entry?.event, entry?.ecommerce));

test("the loader hears whatever the adapter hears, by its name or as any event", () => {
  for (const [what, entries] of SHAPES) {
    const events = entries.map(loaded);
    for (const [name] of hear(entries).heard) assert.ok(events.includes(name) || events.includes("*"), `${what}: ${name}`);
  }
});

test("what cannot be used is told once a kind", () => {
  const push = (/** @type {object} */ ecommerce) => hear([1, 2].map(() => ({ event: "purchase", ecommerce }))).doubts;
  assert.deepEqual(push({ transaction_id: "a", value: "lots" }), ["amount: purchase.value lots"]);
  assert.deepEqual(push({ transaction_id: "a", value: "1.234", shipping: {} }), ["amount: purchase.value 1.234", "amount: purchase.shipping {}"]);
  assert.deepEqual(push({ transaction_id: "a", value: 5, currency: "usd" }), ["currency: purchase USD"]);
  assert.deepEqual(push({ transaction_id: "undefined", value: 5 }), ["id: purchase undefined"]);
  assert.deepEqual(push({ transaction_id: "a", value: 5, currency: "undefined" }), [], "no currency is told");
});

test("what is told of an event that cannot be told does not stop it", () => {
  /** @type {string[]} */
  const heard = [];
  const dataLayer = [{ event: "purchase", ecommerce: { transaction_id: "a", value: "lots" } }];
  ga4({ dataLayer }).start((name) => heard.push(name), /** @type {any} */ ({ currency: "EUR" }), () => {
    throw new Error("no console");
  });
  assert.deepEqual(heard, ["purchase"]);
});

/** A generator with a seed. @param {number} seed */
function dice(seed) {
  return () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
}

test("whatever is pushed, nothing throws, and the next good event is heard", () => {
  const next = dice(17);
  const one = (/** @type {any[]} */ list) => list[Math.floor(next() * list.length)];
  const thrower = { get id() { throw 1; }, get items() { throw 2; }, toString() { throw 3; } };
  const hostile = new Proxy({}, { get() { throw 4; }, has() { throw 5; }, ownKeys() { throw 6; } });
  const leaves = [null, undefined, 0, -1, NaN, "", "undefined", "A-17", "1.234,5", "x".repeat(1e4), [], {}, thrower, hostile, Symbol("s"), 10n, () => {}, true, new Date(NaN)];
  const keys = ["event", "ecommerce", "items", "products", "transaction_id", "transactionId", "transactionTotal", "transactionProducts", "value", "currency", "price", "quantity", "item_id", "id", "actionField", "purchase", "refund", "add", "remove", "detail", "checkout", "eventModel", "0", "1", "2", "length"];
  const names = ["purchase", "refund", "add_to_cart", "view_cart", "lost", "addToCart", "gtm.js", "dl_purchase", 5, null];
  /** @param {number} depth @returns {any} */
  const value = (depth) => {
    if (depth > 3 || next() < 0.4) return one(leaves);
    if (next() < 0.2) return Array.from({ length: 3 }, () => value(depth + 1));
    /** @type {any} */
    const made = {};
    for (let index = 0; index < 4; index++) made[one(keys)] = value(depth + 1);
    if (next() < 0.7) made.event = one(names);
    return made;
  };
  for (let round = 0; round < 3_000; round++) {
    const id = `good-${round}`;
    const entries = [...Array.from({ length: 4 }, () => value(0)), gtag("event", one(names), value(1)), { event: "purchase", ecommerce: { transaction_id: id } }];
    const { heard } = hear(entries, { replayed: round % 2 > 0 });
    const events = entries.map((entry) => {
      try {
        return loaded(entry);
      } catch {
        return "*"; // the loader loads where it cannot read
      }
    });
    for (const [name] of heard) assert.ok(events.includes(name) || events.includes("*"), name);
    assert.ok(heard.some(([name, data]) => name === "purchase" && data.order.id === id), id);
    for (const [, data] of heard) JSON.stringify(data);
  }
});

test("of a data layer of 10,000 entries each is read as often as of one of ten", () => {
  const readsOf = (/** @type {number} */ length) => {
    let reads = 0;
    const noise = Array.from({ length }, (_, index) => ({
      get event() {
        reads += 1;
        return index % 3 ? `gtm.${index}` : "view_item_list";
      },
      ecommerce: { items: Array(20).fill(NEW) },
    }));
    const { heard } = hear([...noise, { event: "purchase", ecommerce: { transaction_id: "A-17", items: [NEW] } }], { replayed: true });
    assert.deepEqual(heard, [BOUGHT]);
    return reads / length;
  };
  assert.ok(readsOf(10_000) <= readsOf(9) + 1, `${readsOf(10_000)} and ${readsOf(9)}`);
});
