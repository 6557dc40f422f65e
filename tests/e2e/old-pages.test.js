// Old and strange pages: what their libraries replace, what their browsers lack. The libraries that Debian alone has are in
// tests/debian/libraries.test.js.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LIBRARIES } from "./libraries.js";
import { opened, tryBeside, used } from "./old-pages.js";
import { INDEX } from "./published.js";

tryBeside(LIBRARIES);

test("what the libraries added to the page is what it was: a shop's own script sees nothing of us", async () => {
  const { page, thanks, context } = await opened(await LIBRARIES["built-ins of 2010"](), INDEX);
  await thanks.getByText("Gracias, Ana").waitFor();
  assert.deepEqual(await page.evaluate(() => [JSON.stringify([[1]]), Array.from({ length: 1, 0: "a" }), [1, 2].reduce(() => 0)]), ['"[\\"[1]\\"]"', ["a"], [1, 2]]);
  await context.close();
});

test("`es_ES` is Spanish wherever a language is read", async () => {
  const guest = (/** @type {string} */ html) => html.replace('<html lang="es-ES"', '<html lang="es_ES"');
  const page = await opened([], INDEX, guest);
  await used(page);
  await page.context.close();
  // the dialog without a message, in the page's language
  const quiet = await opened([], "/policy.json", (html) => guest(html).replace('placement="thank-you"', 'placement="nothing"'));
  await quiet.top.getByText("VELAS10").waitFor();
  await quiet.page.locator("querencia-message[placement=nothing]").evaluate((/** @type {any} */ element) => element.preferences());
  await quiet.page.getByRole("dialog", { name: "Mis preferencias" }).getByText("No antes de las 10:00").waitFor({ state: "attached" });
  assert.match(quiet.warnings.join(), /^querencia: no campaign has the placement `nothing`[^,]*, top$/);
  assert.deepEqual(quiet.errors, []);
  await quiet.context.close();
  for (const change of [
    (/** @type {string} */ html) => html.replace('lang="es-ES"', 'lang="en"').replace('"givenName"', '"locale": "es_ES", "givenName"'),
    (/** @type {string} */ html) => html.replace('lang="es-ES"', 'lang="en"').replace("data-decide", 'data-locale="es_ES" data-decide'),
  ]) {
    const { page, thanks, context, warnings } = await opened([], "/policy.json", change);
    await thanks.getByText("Gracias, Ana").waitFor();
    await thanks.getByRole("button", { name: "Mis preferencias" }).waitFor();
    await page.locator("querencia-offers").getByText(/Hasta el .* de /).waitFor();
    assert.deepEqual(warnings, []);
    await context.close();
  }
  const words = await opened([], "/policy.json", (html) =>
    html.replace("data-decide", 'data-words="#words" data-decide').replace("<h1>", '<script type="application/json" id="words">{ "es_ES": { "dismiss": "Ocultar" } }</script><h1>'),
  );
  await words.thanks.getByRole("button", { name: "Ocultar" }).waitFor();
  await words.context.close();
});

test("without light-dark() and color-mix() there are colours that can be read", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const found = await opened([], "/policy.json", (html) => html.replace("<title>", '<meta name="color-scheme" content="light dark"><title>'));
    await found.page.emulateMedia({ colorScheme });
    await found.page.route("**/dist/*.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll("light-dark(", "no-light-dark(").replaceAll("color-mix(", "no-color-mix(") });
    });
    await found.page.reload();
    await found.top.getByRole("button", { name: /Copiar/ }).waitFor();
    const colours = await found.top.evaluate((element) => {
      const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (element.shadowRoot?.querySelector(selector)));
      const card = style(".card");
      return { card: card.backgroundColor, text: card.color, border: card.borderTopStyle + card.borderTopColor, copy: style("[part=copy]").color, why: style("[part=why]").color };
    });
    const [light, dark] = ["rgb(255, 255, 255)", "rgb(18, 18, 18)"];
    const [back, text] = colorScheme === "light" ? [light, "rgb(0, 0, 0)"] : [dark, "rgb(255, 255, 255)"];
    assert.deepEqual(colours, { card: back, text, border: "solidrgb(184, 92, 52)", copy: "rgb(184, 92, 52)", why: text });
    await found.context.close();
  }
});

test("without sheets that scripts make, every root has a style of its own", async () => {
  for (const script of [
    'delete window.CSSStyleSheet.prototype.replaceSync;',
    'window.CSSStyleSheet = function () { throw new TypeError("Illegal constructor") };',
    'delete ShadowRoot.prototype.adoptedStyleSheets;',
  ]) {
    const found = await opened([script], "/policy.json");
    await found.top.getByRole("button", { name: /Copiar/ }).waitFor();
    await found.top.getByRole("button", { name: "Mis preferencias" }).click();
    await found.page.getByRole("dialog").waitFor();
    await found.page.locator("querencia-offers").getByText("VELAS10").waitFor();
    assert.deepEqual(await found.top.evaluate((element) => [getComputedStyle(/** @type {any} */ (element.shadowRoot?.querySelector(".card"))).position, element.shadowRoot?.querySelectorAll("style").length]), ["relative", 3]);
    assert.deepEqual([found.warnings, found.errors], [[], []], script);
    await found.context.close();
  }
});
