// `data-preview`, `data-now` and the frames of editors: what is said there is said to nobody, and nothing of it is kept.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** @param {string} attributes */
const withTag = (attributes) => (/** @type {string} */ html) => html.replace("data-platform", `${attributes} data-platform`);

async function policyWith() {
  const policy = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
  policy.calm = { until: "30d" };
  policy.campaigns.push(
    { id: "birthday", kind: "birthday", channel: "onsite", placement: "top", message: "birthday" },
    { id: "vip", kind: "announcement", channel: "onsite", placement: "top", message: "cart", audience: { "orders.count": { $gte: 9 } }, paused: true },
    { id: "letter", kind: "announcement", channel: "email", message: "hello" },
    { id: "lost", kind: "announcement", channel: "onsite", placement: "nowhere", message: "hello" },
  );
  policy.campaigns.push({ id: "bill", kind: "thankYou", channel: "onsite", placement: "thank-you", message: "bill", paused: true });
  policy.messages.bill = { "es-ES": [{ body: "{givenName}: {order.id}, {order.total}." }], en: [{ body: "{order.total}" }] };
  policy.messages.birthday = { "es-ES": [{ body: "Felicidades, {givenName}." }], en: [{ body: "Happy birthday, {givenName}." }] };
  policy.messages.cart = { "es-ES": [{ body: "{givenName}, te faltan {shipping.missing}." }], en: [{ body: "{givenName}" }] };
  return policy;
}

/** @param {string} attributes @param {(html: string) => string} [more] */
const opened = async (attributes, more = (html) => html) =>
  openThankYou(stage, (html) => more(withTag(attributes)(html)), {}, { "/policy.json": { body: JSON.stringify(await policyWith()) } });

/** All that the page has written. @param {import("playwright-core").Page} page */
const written = (page) => page.evaluate(async () => [(await indexedDB.databases()).length, Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]);
const NOTHING = [0, [], [], ""];

test("data-preview shows the message of a campaign whose time has not come, and no other; nothing is kept", async () => {
  const { page, context, warnings, errors } = await opened('data-preview="birthday"');
  await page.getByText("Felicidades, Ana.").waitFor();
  assert.equal(await page.getByText("Gracias").count(), 0);
  const note = page.locator("querencia-note");
  await note.getByText("Vista previa de «birthday». Nada cuenta ni se guarda.").waitFor();
  await page.locator("querencia-message[placement=top]").getByRole("button", { name: /Ocultar|Cerrar|×|Quitar/ }).last().click();
  await page.evaluate(() => /** @type {any} */ (globalThis).events.find((/** @type {any} */ [name]) => name === "ready")[1].shop.wish({ unsubscribed: ["onsite"] }));
  await page.waitForTimeout(1300);
  assert.deepEqual(await written(page), NOTHING);
  assert.deepEqual([warnings, errors], [[], []]);
  await page.reload();
  await page.getByText("Felicidades, Ana.").waitFor();
  await context.close();
});

test("a campaign that is paused and for others is shown too; what nobody knows is named, in the text and once on the console", async () => {
  const { page, context, warnings } = await opened('data-preview="vip"');
  await page.getByText("Ana, te faltan ‹shipping.missing›.").waitFor();
  assert.equal(warnings.length, 1, warnings.join("\n"));
  assert.match(warnings[0], /data-preview: the page does not know {shipping\.missing}: /);
  await page.locator("querencia-note").getByText("Esta página no sabe").waitFor();
  await context.close();
});

test("without its occasion the message is shown all the same", async () => {
  const { page, context, warnings } = await opened('data-preview="bill"', (html) => html.replace('<script src="/purchase.js"></script>', ""));
  await page.getByText("Ana: ‹order.id›, ‹order.total›.").waitFor();
  assert.equal(warnings.length, 1, warnings.join("\n"));
  await context.close();
});

test("over a published policy it is the same", async () => {
  const { page, context } = await openThankYou(stage, (html) => withTag('data-preview="birthday"')(html).replace(/data-policy="[^"]*"/, `data-policy="${INDEX}"`), {}, await published(await policyWith()));
  await page.getByText("Felicidades, Ana.").waitFor();
  assert.deepEqual(await written(page), NOTHING);
  await context.close();
});

test("an unknown campaign, one of a letter, and a place that is not there: one line each", async () => {
  for (const [campaign, line] of [
    ["brithday", "querencia: data-preview: there is no campaign `brithday`; known are: thanks, hello, birthday, vip, lost, bill"],
    ["letter", "querencia: data-preview: `letter` is for email, which no page shows; known are: thanks, hello, birthday, vip, lost, bill"],
    ["lost", 'querencia: data-preview: `lost` speaks in `nowhere`, and the page has no <querencia-message placement="nowhere">'],
  ]) {
    const { page, context, warnings } = await opened(`data-preview="${campaign}"`);
    await page.locator("querencia-note").waitFor();
    await page.waitForTimeout(700);
    assert.deepEqual(warnings, [line]);
    assert.deepEqual(await page.locator("querencia-message").allInnerTexts(), ["Bienvenida", "Pedido recibido"]);
    await context.close();
  }
});

test("data-now previews another instant, says which, and keeps nothing", async () => {
  const { page, context } = await opened('data-now="2030-01-01T00:00:00Z"');
  await page.getByText("Gracias, Ana").waitFor();
  await page.locator("querencia-note").getByText("1 de enero de 2030").waitFor();
  await page.waitForTimeout(1300);
  assert.deepEqual(await written(page), NOTHING);
  await page.reload();
  await page.getByText("Gracias, Ana").waitFor();
  await context.close();
});

test("a page in an editor keeps nothing, whoever made the editor", async () => {
  for (const [address, script] of [
    ["?customize_changeset_uuid=1", ""],
    ["?elementor-preview=12", ""],
    ["", "window.Shopify = { designMode: true }"],
    ["", 'document.documentElement.addEventListener("x", () => {}); addEventListener("DOMContentLoaded", () => document.body.classList.add("sqs-edit-mode-active"))'],
  ]) {
    for (const policy of ["/policy.json", INDEX]) {
      const answers = policy === INDEX ? await published() : {};
      const { page, context } = await openThankYou(stage, (html) => html, {}, answers);
      await page.goto("about:blank");
      await page.route("**/editor.html", (route) => route.fulfill({ contentType: "text/html", body: `<iframe src="/framed.html${address}" style="inline-size: 900px; block-size: 600px"></iframe>` }));
      await page.route(/\/framed\.html/, async (route) => {
        const html = await readFile(new URL("pages/thank-you.html", import.meta.url), "utf8");
        await route.fulfill({ contentType: "text/html", body: html.replace("<head>", `<head><script>${script}</script>`).replace(/data-policy="[^"]*"/, `data-policy="${policy}"`) });
      });
      await page.goto(`${stage.url}/blank.html`);
      await page.evaluate(async () => {
        localStorage.clear();
        sessionStorage.clear();
        for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(String(name));
      });
      await page.goto(`${stage.url}/editor.html`);
      const frame = page.frameLocator("iframe");
      await frame.getByText("Gracias, Ana").waitFor();
      await frame.locator("querencia-note").waitFor();
      await page.waitForTimeout(1300);
      assert.deepEqual(await written(page), NOTHING, `${address} ${script} ${policy}`);
      await context.close();
    }
  }
});

test("a frame that is no editor is a page like others", async () => {
  const { page, context } = await openThankYou(stage);
  await page.route("**/frame.html", (route) => route.fulfill({ contentType: "text/html", body: '<iframe src="/thank-you.html"></iframe>' }));
  await page.goto(`${stage.url}/frame.html`);
  await page.frameLocator("iframe").locator("querencia-message").first().waitFor({ state: "attached" });
  await page.waitForFunction(async () => (await indexedDB.databases()).length > 0);
  assert.equal(await page.frameLocator("iframe").locator("querencia-note").count(), 0);
  await context.close();
});
