// What the tests of the loader look at, and the pages that they change.

import assert from "node:assert/strict";

/** The parts that were loaded, but what says that a page is spared. @param {string[]} loaded */
export const parts = (loaded) => loaded.map((path) => /^\/dist\/(?!question)(\w+-?\w*)-[0-9a-f]{8,16}\.(js|wasm)$/.exec(path)?.[1]).filter(Boolean).sort();
/** @param {import("playwright-core").Page} page */
export const untouched = async (page) => assert.deepEqual(await page.locator("querencia-message").allInnerTexts(), ["Bienvenida", "Pedido recibido"]);
/** @param {() => boolean} is */
export async function until(is) {
  for (let wait = 0; !is() && wait < 1600; wait++) await new Promise((later) => setTimeout(later, 25));
}
export const NO_PURCHASE = (/** @type {string} */ html) => html.replace('<script src="/purchase.js"></script>', "");
/** No row of the table fits: nothing has happened, nobody is known, and the greeting has no place. @param {string} html */
export const QUIET = (html) => NO_TOP(NO_PURCHASE(html)).replace('data-customer="#customer"', "");
export const NO_TOP = (/** @type {string} */ html) => html.replace('<querencia-message placement="top">Bienvenida</querencia-message>', "<p>Bienvenida</p>");
