import assert from "node:assert/strict";
import { test } from "node:test";
import { eventIn } from "./heard.js";

/** @type {[string, any, string | undefined][]} */
const cases = [
  ["a purchase in Google's shape", { event: "purchase", ecommerce: { transaction_id: "A-17" } }, "purchase"],
  ["a purchase alone", { event: "purchase" }, "purchase"],
  ["an article in Google's shape", { event: "view_item", ecommerce: { items: [] } }, "view_item"],
  ["an article that an entry before it may tell of", { event: "view_item" }, "*"],
  ["what has no shape", { event: "no_results" }, "no_results"],
  ["a page that is missing", { event: "page_not_found" }, "page_not_found"],
  ["a list is no article", { event: "view_item_list", ecommerce: { items: [] } }, undefined],
  ["the way to the till is no cart", { event: "begin_checkout", ecommerce: { items: [] } }, undefined],
  ["a wish list is no cart", { event: "add_to_wishlist", ecommerce: { items: [] } }, undefined],
  ["another plugin's prefix", { event: "dl_purchase", ecommerce: {} }, "*"],
  ["another plugin's suffix", { event: "add_to_cart_stape", ecommerce: {} }, "*"],
  ["camel case", { event: "addToCart", ecommerce: {} }, "*"],
  ["the older shape", { event: "gtm4wp.orderCompletedEEC", ecommerce: { purchase: {} } }, "*"],
  ["the older shape of a cart, without a name", { ecommerce: { currencyCode: "EUR", add: {} } }, "*"],
  ["the oldest shape", { transactionId: "A-17" }, "*"],
  ["Tag Manager's own", { event: "gtm.js", "gtm.start": 1 }, undefined],
  ["a text", "purchased", undefined],
  ["nothing", null, undefined],
];
for (const [name, entry, expected] of cases) {
  test(`an entry of the data layer: ${name}`, () => assert.equal(eventIn(entry, entry?.event, entry?.ecommerce), expected));
}
