// What one page saw is known on the next: a guest who bought yesterday.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const BOUGHT = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;
const CATALOG = { products: [{ sku: "cup", family: "clay", name: "la taza", price: 900 }, { sku: "jug", family: "clay", name: "la jarra", price: 7000 }] };
const CUP = { transaction_id: "A-17", items: [{ item_id: "cup", item_category: "clay", price: 9, quantity: 1 }] };

const pages = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
const top = (/** @type {object} */ more) => ({ ...pages, ...more, messages: { ...pages.messages, next: { "es-ES": [{ body: "Mira: {product.name}" }], en: [{ body: "See {product.name}" }] } } });
const [thanks, hello] = pages.campaigns;
/** Promotions, and calm after a purchase. */
const CALM = top({ calm: { until: "3d" }, campaigns: [thanks, { ...hello, class: "promotional" }] });
/** An article is suggested. */
const SUGGESTS = top({ campaigns: [thanks, { ...hello, class: "promotional", suggest: {}, message: "next" }] });

/** A guest's thank-you page. @param {any} policy @param {boolean} isPublished @param {string} answer */
async function bought(policy, isPublished, answer) {
  let [script, consent, at] = [`dataLayer = [${JSON.stringify({ event: "purchase", ecommerce: CUP })}]`, answer, BOUGHT];
  const answers = isPublished ? await published(policy) : { "/policy.json": { body: JSON.stringify(policy) } };
  const html = (/** @type {string} */ page) =>
    page
      .replace('<html lang="es-ES">', `<html lang="es-ES" data-consent="${consent}">`)
      .replace('<script src="/purchase.js"></script>', `<script>${script}</script><script type="application/json" id="catalog">${JSON.stringify(CATALOG)}</script>`)
      .replace(/<script type="application\/json" id="customer">.*<\/script>/, "")
      .replace('data-policy="/policy.json"', `data-policy="${isPublished ? INDEX : "/policy.json"}" data-consent="explicit" data-catalog="#catalog"`)
      // what is said once must not be said before
      .replace('<querencia-message placement="top">Bienvenida</querencia-message>', (element) => (at === BOUGHT ? "" : element))
      .replace("<head>", `<head><script>Date.now = () => ${at} + Math.floor(performance.now())</script>`);
  const found = await openThankYou(stage, html, {}, answers);
  await found.page.locator("querencia-message[placement=thank-you]").getByText("Gracias").waitFor();
  return {
    ...found,
    /** The same guest, a day later. @param {string} [now] what they answer now */
    async nextDay(now = consent) {
      [script, consent, at] = ["", now, at + DAY];
      await found.page.goto(`${stage.url}/thank-you.html`);
    },
  };
}

/** @param {import("playwright-core").Page} page */
const isKept = (page) => page.waitForFunction(() => localStorage["querencia-facts"]);
/** @param {import("playwright-core").Page} page */
const decided = (page) => page.waitForFunction(() => /** @type {any} */ (globalThis).events.some((/** @type {any[]} */ [name]) => name === "decision"));
/** @param {import("playwright-core").Page} page */
const spoken = (page) => page.locator("querencia-message[placement=top]").innerText();

for (const isPublished of [false, true]) {
  const how = isPublished ? "published" : "not published";

  test(`a guest who bought yesterday is left in peace today (${how})`, async () => {
    const { page, context, nextDay, errors } = await bought(CALM, isPublished, "granted");
    await isKept(page);
    await nextDay();
    await decided(page);
    await page.waitForTimeout(300);
    assert.equal(await spoken(page), "Bienvenida");
    assert.deepEqual(errors, []);
    await context.close();
  });

  test(`and is not offered what they bought (${how})`, async () => {
    const { page, context, nextDay } = await bought(SUGGESTS, isPublished, "granted");
    await isKept(page);
    await nextDay();
    await page.getByText("Mira: la jarra").waitFor();
    await context.close();
  });

  test(`without a yes nothing is known of yesterday, and a no deletes (${how})`, async () => {
    const { page, context, nextDay } = await bought(SUGGESTS, isPublished, "granted");
    await isKept(page);
    await nextDay("denied");
    await page.waitForFunction(() => !localStorage["querencia-facts"]);
    await nextDay("granted");
    await page.getByText("Mira: la taza").waitFor();
    await context.close();
  });
}
