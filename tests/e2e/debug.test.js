// `data-debug`: the panel says what was heard, who speaks and why each other does not, in the page's language.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const debugged = (/** @type {string} */ html) => html.replace("data-platform", 'data-debug data-platform');

/** The policy of the page, with campaigns that stay silent. */
async function policyWithSilence() {
  const policy = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
  policy.campaigns.push(
    { id: "birthday", kind: "birthday", channel: "onsite", placement: "top", message: "hello" },
    { id: "sale", kind: "announcement", channel: "onsite", placement: "top", message: "hello" },
    { id: "cart", kind: "announcement", class: "relational", channel: "onsite", placement: "basket", message: "hello" },
    { id: "letter", kind: "announcement", channel: "email", message: "hello" },
  );
  policy.calm = { until: "3d" };
  return policy;
}

/** @param {(html: string) => string} [html] @param {import("playwright-core").BrowserContextOptions} [options] */
const opened = async (html = debugged, options = {}) => openThankYou(stage, html, options, { "/policy.json": { body: JSON.stringify(await policyWithSilence()) } });
/** @param {import("playwright-core").Page} page */
const panelOf = (page) => page.locator("querencia-debug");
/** @param {import("playwright-core").Page} page */
const textOf = (page) => panelOf(page).evaluate((host) => /** @type {HTMLElement} */ (host.shadowRoot?.querySelector(".body")).innerText);

test("it says what was heard, who speaks and why each other does not, in Spanish and with the instant", async () => {
  const { page, context, errors } = await opened();
  const panel = panelOf(page);
  await panel.getByText("Gracias, Ana").waitFor();
  const text = await textOf(page);
  for (const part of ["¿Qué se muestra?", "Qué se calla y por qué", "Qué se ha oído", "purchase", '"id":"A-1042"', "Ana (ana)", "sale: calm, after-purchase", "no-place", "letter (email)", "top: hello, birthday, sale", "en este navegador"]) {
    assert.ok(text.includes(part), `${part}\n${text}`);
  }
  assert.match(text, /Podría salir el .*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
  assert.deepEqual(errors, []);
  await context.close();
});

test("it speaks English on an English page, and over a published policy it has the reasons too", async () => {
  const html = (/** @type {string} */ html) => debugged(html).replace('lang="es-ES"', 'lang="en"').replace(/data-policy="[^"]*"/, `data-policy="${INDEX}"`);
  const { page, context } = await openThankYou(stage, html, {}, await published(await policyWithSilence()));
  await panelOf(page).getByText("What is held back, and why").waitFor();
  assert.match(await textOf(page), /sale: calm, after-purchase/);
  await context.close();
});

test("?querencia-debug does the same on a local address", async () => {
  const { page, context } = await opened((html) => html);
  assert.equal(await panelOf(page).count(), 0);
  await page.goto(`${page.url()}?querencia-debug`);
  await page.route("**/thank-you.html?*", (route) => route.continue());
  await panelOf(page).waitFor();
  await context.close();
});

test("it can be folded and closed with the keyboard", async () => {
  const { page, context } = await opened(debugged, { viewport: { width: 1280, height: 800 } });
  const panel = panelOf(page);
  await panel.getByText("Qué se ha oído").waitFor();
  const fold = panel.getByRole("button", { name: "Plegar" });
  await fold.focus();
  await page.keyboard.press("Escape");
  assert.equal(await panel.getByText("Qué se ha oído").isVisible(), false);
  const unfold = panel.getByRole("button", { name: "Desplegar" });
  assert.equal(await unfold.getAttribute("aria-expanded"), "false");
  assert.equal(await page.evaluate(() => document.querySelector("querencia-debug")?.shadowRoot?.activeElement?.getAttribute("aria-label")), "Desplegar");
  await page.keyboard.press("Enter");
  await panel.getByText("Qué se ha oído").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await panel.count(), 0);
  await context.close();
});

test("on a narrow page it begins folded and takes room of its own", async () => {
  const { page, context } = await opened(debugged, { viewport: { width: 390, height: 700 } });
  const panel = panelOf(page);
  const summary = panel.getByText(/hablan: \d+ · callan: \d+/);
  await summary.waitFor();
  assert.ok(await summary.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), "it is not cut off");
  assert.equal(await panel.getByText("Qué se ha oído").isVisible(), false);
  await page.addStyleTag({ content: "main { block-size: 1500px }" });
  await page.evaluate(() => scrollTo(0, 99_999));
  const [bar, main] = await page.evaluate(() => ["querencia-debug", "main"].map((name) => document.querySelector(name)?.getBoundingClientRect().toJSON()));
  assert.ok(bar.height <= 50 && bar.top >= main.bottom && bar.bottom <= 701, JSON.stringify([bar, main]));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await context.close();
});

test("what the console says is in it, what the theme tells by itself too, and what is not heard is named", async () => {
  const { page, context } = await opened((html) => debugged(html).replace("data-debug", 'data-debug data-chanels="x"').replace("</head>", '<script>window.dataLayer.push({ event: "page_view" });</script></head>'));
  const panel = panelOf(page);
  await panel.getByText("page_view").waitFor();
  await page.waitForFunction(() => /** @type {any} */ (globalThis).events.some((/** @type {any} */ [name]) => name === "ready"));
  await page.evaluate(() => /** @type {any} */ (globalThis).events.find((/** @type {any} */ [name]) => name === "ready")[1].shop.track("sign_up", { from: "footer" }));
  await panel.getByText("sign_up").waitFor();
  const text = await textOf(page);
  assert.ok(text.includes("data-chanels"), text);
  assert.equal(text.match(/\d purchase/g)?.length, 1, "what the platform told is told once");
  await context.close();
});

test("it names the data layer, and says that one which nobody has is empty", async () => {
  const { page, context } = await opened((html) => debugged(html).replace("data-debug", 'data-debug data-layer="shpLayer"'));
  await panelOf(page).getByText("`shpLayer` está vacía").waitFor();
  await context.close();
});

test("it says what each source of consent answered", async () => {
  const { page, context } = await opened((html) => debugged(html).replace("data-debug", 'data-debug data-consent="explicit tcf gpc"'));
  const panel = panelOf(page);
  await panel.getByText("tcf no ha contestado").waitFor();
  await page.evaluate(() => (document.documentElement.dataset.consent = "preferences"));
  await panel.getByText("explicit dice preferences: sí").waitFor();
  await context.close();
});
