import assert from "node:assert/strict";
import { test } from "node:test";
import { minor } from "./amount.js";
import { ga4 } from "./index.js";

/** @param {object} [options] @param {any[]} [dataLayer] */
function listening(options, dataLayer = []) {
  /** @type {any[]} */
  const heard = [];
  const stop = ga4({ dataLayer, ...options }).start(
    (name, data) => heard.push([name, data]),
    /** @type {any} */ ({ currency: "EUR" }),
  );
  return { heard, stop, dataLayer };
}

/** The documented example of a purchase, shortened. */
const purchase = {
  transaction_id: "T_12345",
  value: 72.05,
  tax: 3.6,
  shipping: 5.99,
  currency: "EUR",
  items: [
    { item_id: "SKU_12345", item_name: "Stan and Friends Tee", item_category: "Apparel", price: 10.01, quantity: 3 },
    { item_name: "Friends Pants", price: "21.01", quantity: "2" },
  ],
};

const order = {
  id: "T_12345",
  total: 8164,
  items: [
    { sku: "SKU_12345", family: "Apparel", quantity: 3, price: 1001 },
    { sku: "Friends Pants", quantity: 2, price: 2101 },
  ],
};

/** gtag() pushes its arguments object. */
function gtag(/** @type {any[]} */ ..._words) {
  return arguments;
}

test("a purchase by Tag Manager, and one by gtag", () => {
  for (const entry of [{ event: "purchase", ecommerce: purchase }, gtag("event", "purchase", purchase)]) {
    const { heard, dataLayer } = listening();
    dataLayer.push({ ecommerce: null }, entry);
    assert.deepEqual(heard, [["purchase", { order }]]);
  }
});

test("what was pushed before we came is heard, and a transaction once", () => {
  const { heard, dataLayer } = listening({}, [{ event: "purchase", ecommerce: purchase }, { event: "gtm.js" }]);
  dataLayer.push({ event: "purchase", ecommerce: purchase });
  dataLayer.push({ event: "purchase", ecommerce: { ...purchase, transaction_id: 12 } });
  assert.deepEqual(
    heard.map(([name, data]) => [name, data.order.id]),
    [
      ["purchase", "T_12345"],
      ["purchase", "12"],
    ],
  );
});

test("refunds: their amount and their articles; the same one once", () => {
  const { heard, dataLayer } = listening();
  const push = (/** @type {object} */ ecommerce) => dataLayer.push({ event: "refund", ecommerce: { currency: "EUR", ...ecommerce } });
  push({ transaction_id: "a" });
  push({ transaction_id: "b", items: [{ item_id: "x" }] });
  push({ transaction_id: "c", value: 5 });
  push({ transaction_id: "c", value: 5 });
  push({ transaction_id: "c", value: 6 });
  assert.deepEqual(heard, [
    ["refund", { order: { id: "a" } }],
    ["refund", { order: { id: "b" }, items: [{ sku: "x", quantity: 1 }] }],
    ["refund", { order: { id: "c" }, value: 500 }],
    ["refund", { order: { id: "c" }, value: 600 }],
  ]);
});

test("a refund of nothing, or of a sum that nobody can read, is not one of the whole order", () => {
  const { heard, dataLayer } = listening({ currency: "EUR" });
  const push = (/** @type {object} */ ecommerce) => dataLayer.push({ event: "refund", ecommerce: { transaction_id: "a", currency: "EUR", ...ecommerce } });
  for (const value of ["2.000", "lots", -2, 0, NaN, {}, true]) push({ value });
  push({ value: 2, currency: "USD" });
  assert.equal(heard.length, 0);
  push({ value: "2.000", items: [{ item_id: "x" }] });
  push({ items: [null, "x"] });
  push({ value: "" });
  assert.deepEqual(heard.map(([, refund]) => refund), [{ order: { id: "a" }, items: [{ sku: "x", quantity: 1 }] }, { order: { id: "a" } }]);
});

test("looking, adding, taking out, and the cart", () => {
  const { heard, dataLayer } = listening();
  const ecommerce = { currency: "eur ", value: 7.5, items: [{ item_id: "x", price: 7.5 }] };
  const names = ["view_item", "add_to_cart", "remove_from_cart", "view_cart"];
  for (const event of [...names, "begin_checkout"]) dataLayer.push({ event, ecommerce });
  const data = { value: 750, items: [{ sku: "x", quantity: 1, price: 750 }] };
  assert.deepEqual(heard, names.map((name) => [name, data]));
});

test("quantities have three decimals; of one that nobody can read, nobody knows what it costs", () => {
  const { heard, dataLayer } = listening();
  const quantities = [undefined, null, "", 2, "2", 1.5, "0.3333", 1e-9, 0, -1, "2,5", "many", true, NaN, {}];
  const items = quantities.map((quantity) => ({ item_id: "x", price: 1, quantity }));
  dataLayer.push({ event: "view_cart", ecommerce: { items } });
  assert.deepEqual(heard[0][1].items.map((/** @type {any} */ { quantity }) => quantity), [1, 1, 1, 2, 2, 1.5, 0.333, 0, 0, 0, 2.5, 0, 0, 0, 0]);
  assert.deepEqual(heard[0][1].items.map((/** @type {any} */ { price }) => price), [...Array(7).fill(100), undefined, undefined, undefined, 100, ...Array(4).fill(undefined)]);
});

test("what was paid is known where `value` is Google's and tax and postage are told, or where the shop says that it is `value`", () => {
  const paid = (/** @type {object} */ more, /** @type {object} */ options = {}) => {
    const { heard, dataLayer } = listening(options);
    dataLayer.push({ event: "purchase", ecommerce: { ...purchase, ...more } });
    return heard[0][1].order.total;
  };
  assert.equal(paid({}), 8164);
  assert.equal(paid({ tax: 0, shipping: 0 }), 7205);
  assert.equal(paid({ tax: undefined }), undefined);
  assert.equal(paid({ shipping: null }), undefined);
  assert.equal(paid({ shipping: "free" }), undefined);
  assert.equal(paid({ value: 81.64 }), undefined, "tax and postage are in it already");
  assert.equal(paid({ value: undefined }), undefined);
  assert.equal(paid({ items: undefined }), undefined);
  assert.equal(paid({ items: [{ item_id: "a", price: 72.05, quantity: "x" }] }), undefined);
  assert.equal(paid({ tax: undefined, value: 81.64 }, { value: "total" }), 8164);
  assert.equal(paid({ value: undefined }, { value: "total" }), undefined);
  assert.throws(() => ga4(/** @type {any} */ ({ value: "gross" })), /`value` is `gross`; it can be `total`, or absent/);
});

test("an event that Google does not have is read by its name alone", () => {
  const { heard, dataLayer } = listening();
  for (const event of ["page_not_found", "no_results", "lost", "view_search_results"]) {
    dataLayer.push({ event }, gtag("event", event, { search_term: "bike" }));
  }
  const names = ["page_not_found", "no_results", "lost"];
  assert.deepEqual(heard, names.flatMap((name) => [[name, undefined], [name, undefined]]));
});

test("amounts in another currency are left out, the rest is kept", () => {
  const { heard, dataLayer } = listening();
  dataLayer.push({ event: "purchase", ecommerce: { ...purchase, currency: "USD" } });
  assert.deepEqual(heard, [
    ["purchase", { order: { id: "T_12345", items: order.items.map(({ price, ...item }) => item) } }],
  ]);
});

test("the currency says how many decimals there are, unless the shop does", () => {
  for (const [options, total] of /** @type {const} */ ([
    [{ currency: "JPY" }, 1235],
    [{ currency: "KWD" }, 1234500],
    [{ currency: "HUF" }, 123450],
    [{ currency: "huf" }, 123450],
    [{ exponent: 4 }, 12345000],
  ])) {
    const { heard, dataLayer } = listening({ ...options, value: "total" });
    dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "a", value: 1234.5 } });
    assert.equal(heard[0][1].order.total, total);
  }
});

test("push keeps its this and its value, and gets back its own self", () => {
  class Layer extends Array {
    push(/** @type {any[]} */ ...entries) {
      assert.equal(this, dataLayer);
      return super.push(...entries) * 100;
    }
  }
  const dataLayer = new Layer();
  const { heard, stop } = listening({}, dataLayer);
  assert.equal(dataLayer.push({ event: "purchase", ecommerce: purchase }), 100);
  stop();
  assert.equal(Object.hasOwn(dataLayer, "push"), false);
  dataLayer.push({ event: "purchase", ecommerce: { ...purchase, transaction_id: "late" } });
  assert.equal(heard.length, 1);
});

test("a push wrapped by another after us still works when we have stopped, and is not heard", () => {
  const { heard, stop, dataLayer } = listening();
  const ours = dataLayer.push;
  dataLayer.push = function (...entries) {
    return ours.apply(this, entries);
  };
  stop();
  assert.equal(dataLayer.push({ event: "purchase", ecommerce: purchase }), 1);
  assert.deepEqual(heard, []);
});

test("a data layer that is none is not touched, and one line says so", (t) => {
  const { mock } = t.mock.method(console, "warn", () => {});
  for (const odd of /** @type {any[]} */ ([{ push: 5 }, {}, 7, null, () => {}])) {
    const { heard, stop } = listening({}, odd);
    stop();
    assert.deepEqual(heard, []);
    assert.match(mock.calls.at(-1)?.arguments[0] ?? "", /data layer, layer: dataLayer/);
  }
});

test("what has a push of its own is heard, whatever else it is", () => {
  const silent = { dataLayer: { push: () => "done" } };
  for (const layer of /** @type {any[]} */ ([silent.dataLayer, Object.assign(() => {}, { push() {} }), new Proxy([], {}), { length: 1e9, push() {}, get 0() { throw 1; } }])) {
    const { heard, stop } = listening({}, layer);
    layer.push({ event: "lost" });
    stop();
    layer.push({ event: "lost" });
    assert.deepEqual(heard, [["lost", undefined]]);
  }
});

test("the data layer may have another name", () => {
  const page = /** @type {any} */ (globalThis);
  page.shopLayer = [{ event: "lost" }];
  const { heard, stop } = listening({ dataLayer: "shopLayer" });
  page.shopLayer.push({ event: "lost" });
  stop();
  delete page.shopLayer;
  assert.equal(heard.length, 2);
});

test("entries of another shape pass by and never throw", () => {
  const { heard, dataLayer } = listening();
  const odd = [
    null,
    undefined,
    5,
    "event",
    [],
    {},
    ["event"],
    ["event", "purchase"],
    { event: "purchase" },
    { event: "purchase", ecommerce: 5 },
    { event: "purchase", ecommerce: { value: 5 } },
    { event: "purchase", ecommerce: { transaction_id: Symbol("a"), items: {} } },
    { event: "refund", ecommerce: {} },
    {
      get event() {
        throw new Error("no");
      },
    },
    gtag("consent", "default", {}),
    () => {},
    { event: "view_item", ecommerce: { currency: "no such" } },
  ];
  assert.equal(dataLayer.push(...odd), odd.length);
  assert.deepEqual(
    heard.filter(([name]) => name !== "purchase" && name !== "view_item"),
    [],
  );
  dataLayer.push({
    event: "purchase",
    ecommerce: { transaction_id: "a", value: "lots", items: [null, 7, { price: {}, quantity: -2 }] },
  });
  assert.deepEqual(heard.at(-1), ["purchase", { order: { id: "a", items: [{ quantity: 0 }] } }]);
});

test("decimals become minor units digit by digit, half up", () => {
  const samples = /** @type {[unknown, number, number | undefined][]} */ ([
    [19.99, 2, 1999],
    [4.35, 2, 435],
    [1.005, 2, 101],
    [0.1 + 0.2, 2, 30],
    [1.115, 2, 112],
    [8.345, 2, 835],
    ["35.0000", 2, 3500],
    ["12.50", 2, 1250],
    [" 7 ", 2, 700],
    [".5", 2, 50],
    ["5.", 2, 500],
    [0, 2, 0],
    [1e-7, 2, 0],
    [0.004999, 2, 0],
    [12.5, 0, 13],
    [0.5, 0, 1],
    [1.2345, 3, 1235],
    ["90071992547409.91", 2, 9007199254740991],
    ["90071992547409.92", 2, undefined],
    [1e21, 2, undefined],
    [-1, 2, undefined],
    ["-0.5", 2, undefined],
    ["1,50", 2, 150],
    [",5", 2, 50],
    ["1.234,50", 2, 123450],
    ["1,234.50", 2, 123450],
    ["1 234,50", 2, 123450],
    ["1\u202f234,50", 2, 123450],
    ["1'234.50", 2, 123450],
    ["1.234.567", 2, 123456700],
    ["1,23,456.00", 2, 12345600],
    ["1.234", 2, undefined],
    ["1,234", 2, undefined],
    [1.234, 2, 123],
    ["0,125", 2, 13],
    ["1234.567", 2, 123457],
    ["1.234", 3, 1234],
    ["1,234", 3, undefined],
    ["12.990", 0, 12990],
    ["12.34.56", 2, undefined],
    ["1.23.456", 2, undefined],
    ["1,2,3", 2, undefined],
    ["1.234.567.89", 2, undefined],
    ["9".repeat(100_000), 2, undefined],
    ["€5", 2, undefined],
    ["", 2, undefined],
    [".", 2, undefined],
    [NaN, 2, undefined],
    [Infinity, 2, undefined],
    [null, 2, undefined],
    [undefined, 2, undefined],
    [true, 2, undefined],
    [{}, 2, undefined],
  ]);
  for (const [amount, exponent, units] of samples) assert.equal(minor(amount, exponent), units, String(amount));
});

test("a data layer whose push is locked is read all the same, and one line says what is not heard", (t) => {
  const { mock } = t.mock.method(console, "warn", () => {});
  const dataLayer = [{ event: "purchase", ecommerce: purchase }];
  Object.defineProperty(dataLayer, "push", { value: Array.prototype.push });
  assert.deepEqual(listening({}, dataLayer).heard, [["purchase", { order }]]);
  assert.match(mock.calls[0].arguments[0], /data layer, locked: dataLayer/);
});
