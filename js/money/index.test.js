import assert from "node:assert/strict";
import { test } from "node:test";
import { decimalsOf } from "./index.js";

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
