import assert from "node:assert/strict";
import { test } from "node:test";
import { ga4, minor } from "./index.js";

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
  total: 7205,
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

test("refunds: whole, and of some items", () => {
  const { heard, dataLayer } = listening();
  dataLayer.push({ event: "refund", ecommerce: { transaction_id: "a" } });
  dataLayer.push({ event: "refund", ecommerce: { transaction_id: "b", items: [{ item_id: "x" }] } });
  assert.deepEqual(heard, [
    ["refund", { order: { id: "a" } }],
    ["refund", { order: { id: "b" }, partial: true }],
  ]);
});

test("looking, adding, and the cart", () => {
  const { heard, dataLayer } = listening();
  const ecommerce = { currency: "EUR", value: 7.5, items: [{ item_id: "x", price: 7.5 }] };
  for (const event of ["view_item", "add_to_cart", "view_cart", "begin_checkout"]) dataLayer.push({ event, ecommerce });
  const data = { value: 750, items: [{ sku: "x", quantity: 1, price: 750 }] };
  assert.deepEqual(heard, [
    ["view_item", data],
    ["add_to_cart", data],
    ["view_cart", data],
  ]);
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
    [{ exponent: 4 }, 12345000],
  ])) {
    const { heard, dataLayer } = listening(options);
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

test("a data layer that is none is not touched", () => {
  const odd = /** @type {any} */ ({ push: 5 });
  assert.throws(() => listening({}, odd), /dataLayer is not an array/);
  assert.deepEqual(odd, { push: 5 });
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
  assert.deepEqual(heard.at(-1), ["purchase", { order: { id: "a", items: [{ quantity: 1 }] } }]);
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
    ["1,50", 2, undefined],
    ["1.234,50", 2, undefined],
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
