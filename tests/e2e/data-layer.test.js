// Data layers as shops have them, on a page with the script tag.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** The page with another script where its data layer was. @param {string} script @param {string} [attributes] @param {boolean} [isPublished] */
const opened = async (script, attributes = "", isPublished = false) =>
  openThankYou(
    stage,
    (html) =>
      html
        .replace('<script src="/purchase.js"></script>', `<script>${script}</script>`)
        .replace("data-platform", `${attributes} data-platform`)
        .replace("/policy.json", (own) => (isPublished ? INDEX : own)),
    {},
    isPublished ? await published() : {},
  );

/** @type {[what: string, script: string, attributes?: string][]} */
const THANKED = [
  ["the older shape of Universal Analytics", `dataLayer = [{ ecommerce: { purchase: { actionField: { id: "A-1", revenue: "5,00" }, products: [{ id: "jug", quantity: "1" }] } } }]`],
  ["what came before its event", `dataLayer = [{ ecommerce: { transaction_id: "A-1" } }, { event: "purchase" }]`],
  ["a data layer with another name", `shopLayer = [{ event: "purchase", ecommerce: { transaction_id: "A-1" } }]; dataLayer = Object.freeze({})`, 'data-layer="shopLayer"'],
  ["a frozen data layer", `dataLayer = Object.freeze([{ event: "purchase", transaction_id: "A-1", items: [] }])`],
  ["entries that throw", `dataLayer = [{ get event() { throw 1; } }, { event: "purchase", ecommerce: { get transaction_id() { throw 2; } } }, { event: "purchase", ecommerce: { transaction_id: "A-1" } }]`],
];
/** The loader of a published policy reads entries too. @type {typeof THANKED} */
const PUBLISHED = THANKED.map(([what, ...how]) => [`${what}, published`, ...how]);
for (const [what, script, attributes] of [...THANKED, ...PUBLISHED]) {
  test(`a purchase is thanked for: ${what}`, async () => {
    const { page, context, errors } = await opened(script, attributes, what.endsWith("published"));
    await page.getByText("Gracias, Ana").waitFor();
    assert.deepEqual(errors, []);
    await context.close();
  });
}

/** @type {[what: string, script: string, told: RegExp][]} */
const LEFT_ALONE = [
  ["an object", `dataLayer = { push: 5 }`, /the data layer `dataLayer` is no list/],
  ["a property that throws", `Object.defineProperty(window, "dataLayer", { get() { throw new Error("no"); } })`, /the data layer `dataLayer` is no list/],
  ["a function", `dataLayer = () => {}`, /the data layer `dataLayer` is no list/],
];
for (const [what, script, told] of LEFT_ALONE) {
  test(`a data layer that is none does not stop the visit: ${what}`, async () => {
    const { page, context, warnings, errors } = await opened(script);
    await page.getByText("Hoy se abre el taller.").waitFor();
    assert.match(warnings.join(), told);
    assert.deepEqual(errors, []);
    await context.close();
  });
}
