import assert from "node:assert/strict";
import { test } from "node:test";
import { costOf, decimalsOf } from "./index.js";

test("the decimals of ISO 4217, whatever Intl says", () => {
  const table = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "EUR USD GBP HUF COP PKR IDR RSD ALL AFN LAK LBP MGA MMK SOS SYP YER IRR KPW TWD CZK MRU ISO XXX",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
  };
  for (const [decimals, codes] of Object.entries(table)) {
    for (const code of codes.split(" ")) assert.equal(decimalsOf(code), Number(decimals), code);
  }
});

test("as platforms write it", () => {
  assert.deepEqual([decimalsOf("jpy"), decimalsOf(" kwd ")], [0, 3]);
  for (const none of [undefined, null, "", " "]) assert.equal(decimalsOf(none), 2);
});

test("what articles cost: a quantity has up to three decimals, and what is unknown is not guessed", () => {
  assert.equal(costOf([]), 0);
  assert.equal(costOf([{ price: 399, quantity: 2.5 }, { price: 100 }]), 998 + 100);
  assert.equal(costOf([{ price: 1000, quantity: null }, { price: 100, quantity: "2" }]), 1200);
  assert.equal(costOf([{ price: 1000, quantity: 0.0004 }]), undefined);
  assert.equal(costOf([{ price: 3333, quantity: 0.3333 }]), 1110);
  for (const item of [{}, { price: null }, { price: 5, quantity: "many" }, { price: 5, quantity: NaN }, { price: 5, quantity: Infinity }, { price: 5, quantity: -1 }, { price: 5, quantity: 0 }]) {
    assert.equal(costOf([{ price: 100 }, item]), undefined, JSON.stringify(item));
  }
  assert.equal(costOf([{ price: Number.MAX_SAFE_INTEGER, quantity: 2 }]), undefined);
});
