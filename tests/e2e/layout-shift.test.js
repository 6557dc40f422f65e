// How far a message pushes the page on a telephone: below 0.1 is good (web.dev/cls), where the theme keeps its room.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { serve } from "../server.js";
import { fresh, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const policy = await readFile(new URL("../../www/policies/starter.json", import.meta.url), "utf8");
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "es-ES" };
const FALLBACK = "<p>Hemos recibido el pedido.</p><p>Te escribimos en cuanto salga del taller.</p>";

/** Adds up how far the page moves. */
function watchShift() {
  const here = /** @type {any} */ (globalThis);
  here.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of /** @type {any[]} */ (list.getEntries())) here.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/**
 * Opens a page with a message near its top, and tells how far it moved.
 * @param {string} inner the element's own content
 * @param {string} style of the element
 */
async function shift(inner, style) {
  const { page, context } = await fresh(stage.browser, PHONE);
  await page.addInitScript(watchShift);
  await page.route("**/policy.json", (route) => route.fulfill({ body: policy, contentType: "application/json" }));
  await page.route("**/thank-you.html", async (route) => {
    const html = `<!doctype html><html lang="es-ES"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Pedido</title><style>body { margin: 1rem; font: 16px/1.5 sans-serif } querencia-message { display: block; ${style} }</style>
      <h1>Pedido A-1042</h1><querencia-message placement="thank-you">${inner}</querencia-message>
      ${"<p>Una jarra, dos platos y un paño, que salen el lunes del taller.</p>".repeat(20)}
      <script src="/purchase.js"></script><script type="module" src="/dist/querencia.js" data-policy="/policy.json" data-platform="ga4"></script></html>`;
    // Not before the page was painted: else nothing has moved.
    await route.fulfill({ body: html, contentType: "text/html" });
  });
  await page.route("**/dist/querencia-*.wasm", async (route) => {
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))).catch(() => {});
    await route.continue();
  });
  await page.goto(`${stage.url}/thank-you.html`);
  await page.locator("querencia-message [part=body]").waitFor();
  await page.waitForTimeout(600);
  const found = await page.evaluate(() => [/** @type {any} */ (globalThis).shift, document.querySelector("querencia-message")?.getBoundingClientRect().height]);
  await context.close();
  return found;
}

for (const [what, inner] of [
  ["an element without content", ""],
  ["an element with content", FALLBACK],
]) {
  test(`${what} that keeps room for its message moves the page by less than 0.1`, async (t) => {
    const [kept, room] = await shift(inner, "min-height: 15rem");
    t.diagnostic(`with min-height: ${kept.toFixed(4)}, ${room} px`);
    assert.ok(kept < 0.1, `${kept}, ${room} px`);
    const [moved, height] = await shift(inner, "");
    t.diagnostic(`without room: ${moved.toFixed(4)}, ${height} px`);
    // else nothing was measured
    assert.ok(moved > kept, `${moved}`);
  });
}

test("the pages of the demo move by less than 0.1 on a telephone, whatever their scripts draw", async (t) => {
  const server = await serve();
  for (const name of ["index.html", "year.html", "product.html", "search.html?q=zzz", "404.html", "basket.html"]) {
    const { page, context } = await fresh(stage.browser, PHONE);
    await page.addInitScript(watchShift);
    // painted before anything is drawn by a script
    await page.route(/\/dist\/.*\.wasm$/, async (route) => {
      await new Promise((later) => setTimeout(later, 300));
      await route.continue();
    });
    await page.goto(`${server.url}/${name}`);
    await page.waitForTimeout(2000);
    const moved = await page.evaluate(() => /** @type {any} */ (globalThis).shift);
    t.diagnostic(`${name}: ${moved.toFixed(4)}`);
    assert.ok(moved < 0.1, `${name}: ${moved}`);
    await context.close();
  }
  await server.close();
});
