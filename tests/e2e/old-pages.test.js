// Old and strange pages: what their libraries replace, what their browsers lack.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { LIBRARIES, library } from "./libraries.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es-ES", "en"], signer: "Lola" },
  offers: { "birthday-10": { percent: 10, validFor: "14d", code: "VELAS10" } },
  campaigns: [
    { id: "thanks", kind: "thankYou", channel: "onsite", placement: "thank-you", message: "thanks", topic: "news" },
    { id: "birthday", kind: "birthday", channel: "onsite", placement: "top", grace: "7d", offer: "birthday-10", message: "birthday", topic: "news" },
  ],
  messages: {
    thanks: { "es-ES": [{ title: "Gracias, {givenName}", body: "Tu pedido ya está en el taller." }], en: [{ body: "Thank you." }] },
    birthday: { "es-ES": [{ title: "Felicidades", body: "Un {offer.percent} con {offer.code}." }], en: [{ body: "{offer.code}" }] },
  },
};
const ANSWERS = { "/policy.json": { body: JSON.stringify(policy) }, ...(await published(policy)) };

/**
 * The thank-you page of Ana, on her birthday.
 * @param {string[]} scripts run before everything else
 * @param {string} at where the policy is
 * @param {(html: string) => string} [html]
 */
async function opened(scripts, at, html = (html) => html) {
  const files = scripts.map((body, index) => [`/library-${index}.js`, { body, contentType: "text/javascript" }]);
  const tags = scripts.map((_, index) => `<script src="/library-${index}.js"></script>`).join("");
  const found = await openThankYou(
    stage,
    (page) =>
      html(
        page
          .replace(/(?=<meta)/, tags)
          .replace('"/policy.json"', `"${at}" data-decide="always"`)
          .replace(/{ "id": "ana".*}/, `{ "id": "ana", "givenName": "Ana", "birthday": "${new Date().toISOString().slice(4, 10).replace(/^/, "-")}", "since": "2020-01-01T00:00:00Z" }`)
          .replace("<h1>", "<querencia-offers></querencia-offers><h1>"),
      ),
    { timezoneId: "UTC" },
    { ...ANSWERS, ...Object.fromEntries(files) },
  );
  found.page.setDefaultTimeout(8000);
  return { ...found, thanks: found.page.locator("querencia-message[placement=thank-you]"), top: found.page.locator("querencia-message[placement=top]") };
}

/** Everything that ships is used once: tag, messages, code, list, dialog, wishes, ledger. @param {Awaited<ReturnType<typeof opened>>} found */
async function used({ page, thanks, top }) {
  await thanks.getByText("Gracias, Ana").waitFor();
  await top.getByText("Un 10 % con VELAS10.").waitFor();
  await top.getByRole("button", { name: "Copiar el código VELAS10" }).click();
  await top.getByText(/Código copiado|seleccionado/).waitFor();
  await page.locator("querencia-offers").getByText("VELAS10").waitFor();
  await thanks.getByRole("button", { name: "¿Por qué aparece esto?" }).click();
  await thanks.getByText("Porque hay un pedido").waitFor();
  await thanks.getByRole("button", { name: "Mis preferencias" }).click();
  await page.getByLabel("Una vez por semana, como mucho").check();
  await page.getByRole("combobox").selectOption("10:00");
  await page.getByRole("button", { name: "Guardar" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const { lessOften, quiet } = await page.evaluate(() => globalThis.events[0][1].shop.wishes());
  assert.deepEqual([lessOften, quiet[0].to], ["7d", "10:00"]);
  await thanks.getByRole("button", { name: "Cerrar" }).click();
  const records = await page.evaluate(() => globalThis.events[0][1].shop.ledger.all());
  assert.deepEqual(records.map((/** @type {any} */ { campaign, reaction }) => [campaign, reaction]).sort(), [["birthday", "clicked"], ["thanks", "dismissed"]]);
  await page.reload();
  await page.waitForFunction(() => globalThis.events.some((/** @type {any[]} */ [name]) => name === "decision"));
  assert.equal(await thanks.innerText(), "Pedido recibido", "nobody is thanked twice");
}

for (const name of Object.keys(LIBRARIES)) {
  for (const at of ["/policy.json", INDEX]) {
    test(`beside ${name}, ${at === INDEX ? "published" : "not published"}`, async (t) => {
      const scripts = await library(name);
      if (!scripts) return t.skip("it is in Debian alone, and there is no apt-get here that knows it");
      const found = await opened(scripts, at);
      await used(found);
      assert.deepEqual([found.warnings, found.errors], [[], []]);
      await found.context.close();
    });
  }
}

test("the panel of data-debug opens beside each library", async (t) => {
  for (const name of ["Prototype.js 1.7", "MooTools Core and More 1.4", "built-ins of 2010", "enumerable fields of everything", "frozen built-ins"]) {
    const scripts = await library(name);
    if (!scripts) continue;
    const { thanks, context, errors } = await opened(scripts, INDEX, (html) => html.replace("data-decide", "data-debug data-decide"));
    await thanks.getByText("Gracias, Ana").waitFor();
    assert.deepEqual(errors, [], name);
    await context.close();
  }
  t.diagnostic("looked at");
});

test("what the libraries added to the page is what it was: a shop's own script sees nothing of us", async () => {
  const { page, thanks, context } = await opened([await read("built-ins of 2010")], INDEX);
  await thanks.getByText("Gracias, Ana").waitFor();
  assert.deepEqual(await page.evaluate(() => [JSON.stringify([[1]]), Array.from({ length: 1, 0: "a" }), [1, 2].reduce(() => 0)]), ['"[\\"[1]\\"]"', ["a"], [1, 2]]);
  await context.close();
});

/** @param {string} name */
const read = async (name) => String((await library(name))?.[0]);

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
  assert.deepEqual([quiet.warnings, quiet.errors], [[], []]);
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
