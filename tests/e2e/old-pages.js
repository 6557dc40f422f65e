// A page on which everything that ships is used, beside a library of old pages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
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
export async function opened(scripts, at, html = (html) => html) {
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
export async function used({ page, thanks, top }) {
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

/**
 * Tries everything beside each of these libraries: as shops have it, published. `cargo xtask test --all` tries the policy as it is too, and the panel.
 * @param {Record<string, () => Promise<string[]>>} libraries
 */
export function tryBeside(libraries) {
  for (const [name, scripts] of Object.entries(libraries)) {
    for (const at of process.env.ALL ? ["/policy.json", INDEX] : [INDEX]) {
      test(`beside ${name}, ${at === INDEX ? "published" : "not published"}`, async () => {
        const found = await opened(await scripts(), at);
        await used(found);
        assert.deepEqual([found.warnings, found.errors], [[], []]);
        await found.context.close();
      });
    }
    if (!process.env.ALL) continue;
    test(`the panel of data-debug opens beside ${name}`, async () => {
      const { page, thanks, context, errors } = await opened(await scripts(), INDEX, (html) => html.replace("data-decide", "data-debug data-decide"));
      await thanks.getByText("Gracias, Ana").waitFor();
      await page.locator("querencia-debug").getByText("thanks").first().waitFor();
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
}
