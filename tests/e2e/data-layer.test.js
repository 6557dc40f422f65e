// Data layers as shops have them, on a page with the script tag.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { QUIET } from "./loaded.js";
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
  ["a proxy that throws", `dataLayer = new Proxy([], { get() { throw new Error("no"); } })`, /the data layer `dataLayer` is no list/],
  ["a length that throws", `dataLayer = { push() {}, get length() { throw new Error("no"); } }`, /^$/],
];
/** @type {typeof LEFT_ALONE} */
const LEFT_ALONE_PUBLISHED = LEFT_ALONE.map(([what, ...how]) => [`${what}, published`, ...how]);
for (const [what, script, told] of [...LEFT_ALONE, ...LEFT_ALONE_PUBLISHED]) {
  test(`a data layer that is none does not stop the visit: ${what}`, async () => {
    const { page, context, warnings, errors } = await opened(script, "", what.endsWith("published"));
    await page.getByText("Hoy se abre el taller.").waitFor();
    assert.match(warnings.join(), told);
    assert.deepEqual(errors, []);
    await context.close();
  });
}

test("the entries of a long data layer are read once, not at each change of the page; an emptied one is read anew", async () => {
  const script = `reads = 0; dataLayer = []; for (let one = 0; one < 5000; one++) dataLayer.push({ get event() { reads++; return "gtm.scroll"; } })`;
  const files = await published();
  const { page, context } = await openThankYou(
    stage,
    // nothing can be said: the loader alone is there
    (html) => html.replace('<script src="/purchase.js"></script>', `<script>${script}</script>`).replace("/policy.json", INDEX).replace(/<querencia-message placement="top">.*/, "").replace('data-customer="#customer"', ""),
    {},
    files,
  );
  await page.waitForFunction(() => /** @type {any} */ (globalThis).reads > 0 && !/native/.test(String(/** @type {any} */ (globalThis).dataLayer.push)));
  const before = await page.evaluate(() => /** @type {any} */ (globalThis).reads);
  await page.evaluate(async () => {
    for (let turn = 0; turn < 10; turn++) {
      document.body.append(document.createElement("p"));
      await new Promise((later) => setTimeout(later, 5));
    }
  });
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).reads), before);
  await page.evaluate(() => {
    const { dataLayer } = /** @type {any} */ (globalThis);
    dataLayer.length = 0;
    dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "A-1" } });
  });
  await page.getByText("El pedido ya está en el taller.").waitFor();
  await context.close();
});

test("a long catalogue is not joined to a text at each change of the page", async () => {
  const script = `joined = 0; const { stringify } = JSON; JSON.stringify = (what, ...more) => { if (what?.some?.((one) => one?.length > 1e5)) joined++; return stringify(what, ...more); }`;
  const catalog = JSON.stringify({ products: Array.from({ length: 5000 }, (_, at) => ({ sku: `jug-${at}`, family: "clay" })) });
  const { page, context } = await openThankYou(stage, (html) =>
    html
      .replace('<script src="/purchase.js"></script>', `<script>${script}</script><script type="application/json" id="catalog">${catalog}</script>`)
      .replace("data-platform", 'data-catalog="#catalog" data-platform'),
  );
  await page.getByText("Hoy se abre el taller.").waitFor();
  await page.evaluate(async () => {
    for (let turn = 0; turn < 10; turn++) {
      document.body.append(document.createElement("p"));
      await new Promise((later) => setTimeout(later, 5));
    }
  });
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).joined), 0);
  await context.close();
});

test("a page that empties its data layer is heard all the same, however few entries it had", async () => {
  const { page, context } = await openThankYou(stage, (html) => QUIET(html).replace("/policy.json", INDEX), {}, await published());
  await page.waitForFunction(() => !/native/.test(String(globalThis.dataLayer?.push ?? "native")));
  await page.evaluate(() => {
    globalThis.dataLayer.length = 0;
    globalThis.dataLayer.push({ event: "scroll" });
    globalThis.dataLayer.length = 0;
    globalThis.dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "A-1042", value: 1, currency: "EUR" } });
  });
  await page.getByText("Gracias", { exact: true }).waitFor();
  await context.close();
});
