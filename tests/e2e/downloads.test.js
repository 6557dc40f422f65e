// What the script tag downloads of a policy that was not published, and when: adapter, words and engine. (Of a published one: loader.test.js.)

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fresh, openThankYou, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** @param {...any} how as `openThankYou` */
const opened = (...how) => openThankYou(stage, ...how);

/** The page as it is without us. @param {import("playwright-core").Page} page */
const untouched = async (page) =>
  assert.deepEqual(await page.locator("querencia-message").allInnerTexts(), ["Bienvenida", "Pedido recibido"]);

test("a server that calls Wasm something else serves it all the same", async () => {
  const found = await fresh(stage.browser);
  await found.page.route("**/dist/querencia-whole-*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await found.page.goto(`${stage.url}/thank-you.html`);
  await found.page.getByText("Gracias, Ana").waitFor();
  assert.deepEqual(found.warnings, []);
  await found.context.close();
});

/**
 * The paths that a page downloads, apart from those of the theme.
 * @param {(page: import("playwright-core").Page) => Promise<void>} prepare
 * @param {string} [text] the text that is waited for; absent: one decision
 */
async function downloads(prepare, text) {
  const found = await fresh(stage.browser);
  /** @type {string[]} */
  const asked = [];
  found.page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace(/-[0-9a-f]{8}(?=\.)/, "")));
  await found.page.addInitScript(() => {
    document.addEventListener("querencia:decision", () => (globalThis.decided = true));
  });
  await prepare(found.page);
  await found.page.goto(`${stage.url}/thank-you.html`);
  await (text ? found.page.getByText(text).first().waitFor() : found.page.waitForFunction(() => globalThis.decided));
  await found.page.waitForTimeout(200);
  await found.context.close();
  const theme = ["/favicon.ico", "/policy.json", "/purchase.js", "/thank-you.html"];
  return asked.filter((path) => !theme.includes(path)).sort();
}

// over a policy that was not published: doubts.js says what its developer may wonder about
const every = ["/dist/doubts.js", "/dist/platforms/ga4.js", "/dist/querencia-whole.wasm", "/dist/querencia.js", "/dist/whole.js"];

test("a page downloads its platform's adapter, and the words of its language with the first message", async () => {
  assert.deepEqual(await downloads(async () => {}, "Gracias, Ana"), [...every, "/dist/words/es.js"]);
  const english = async (/** @type {import("playwright-core").Page} */ page) =>
    page.route("**/thank-you.html", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("data-platform", 'data-locale="en" data-platform') });
    });
  assert.deepEqual(await downloads(english, "Thank you"), [...every, "/dist/words/en.js"]);
});

test("a page that shows nothing downloads no words; one without a platform downloads no adapter", async () => {
  const policy = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
  const silent = JSON.stringify({ ...policy, campaigns: [], messages: {} });
  const answer = async (/** @type {import("playwright-core").Page} */ page) =>
    page.route("**/policy.json", (route) => route.fulfill({ body: silent }));
  assert.deepEqual(await downloads(answer), every);
  const bare = async (/** @type {import("playwright-core").Page} */ page) => {
    await answer(page);
    await page.route("**/thank-you.html", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('data-platform="ga4"', "") });
    });
  };
  assert.deepEqual(await downloads(bare), every.filter((path) => !path.includes("ga4")));
});

/** Holds the answer to a path back. @param {import("playwright-core").Page} page @param {string} path @returns {Promise<() => void>} lets it go */
async function held(page, path) {
  /** @type {() => void} */
  let release = () => {};
  const released = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route(path, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("a purchase that is pushed while the adapter is being downloaded is thanked for", async () => {
  const found = await fresh(stage.browser);
  const release = await held(found.page, "**/platforms/ga4-*.js");
  await found.page.route("**/purchase.js", (route) => route.fulfill({ body: "" }));
  const asked = found.page.waitForRequest("**/platforms/ga4-*.js");
  await found.page.goto(`${stage.url}/thank-you.html`, { waitUntil: "commit" });
  await asked;
  await found.page.addScriptTag({ content: await readFile(new URL("pages/purchase.js", import.meta.url), "utf8") });
  await untouched(found.page);
  release();
  await found.page.getByText("Gracias, Ana").waitFor();
  await found.context.close();
});

test("a message and its buttons appear together, once the words are there", async () => {
  const found = await fresh(stage.browser);
  const release = await held(found.page, "**/words/es-*.js");
  const asked = found.page.waitForRequest("**/words/es-*.js");
  await found.page.goto(`${stage.url}/thank-you.html`);
  await asked;
  await found.page.waitForTimeout(200);
  await untouched(found.page);
  await found.page.evaluate(() => {
    const seen = /** @type {Set<string>} */ (globalThis.seen = new Set());
    const root = document.querySelector("querencia-message[placement=thank-you]").shadowRoot;
    const look = () => {
      seen.add(`${root.querySelectorAll("p:not([hidden])").length} ${root.querySelectorAll("button").length}`);
      requestAnimationFrame(look);
    };
    look();
  });
  release();
  await found.page.getByText("Gracias, Ana").waitFor();
  await found.page.waitForTimeout(100);
  assert.deepEqual(await found.page.evaluate(() => [...globalThis.seen]), ["0 0", "3 3"]);
  await found.context.close();
});

test("when the words cannot be loaded the message is shown all the same, with symbols and one warning", async () => {
  const { page, context, warnings, errors } = await opened((html) => html, {}, { "/dist/words/es-*.js": { status: 404 } });
  await page.getByText("Gracias, Ana").waitFor();
  const message = page.locator("querencia-message[placement=thank-you]");
  assert.deepEqual(await message.getByRole("button").evaluateAll((all) => all.map((one) => one.ariaLabel ?? one.textContent)), ["⚙", "×"]);
  await message.getByRole("button", { name: "×" }).click();
  assert.equal(await page.getByText("Gracias, Ana").count(), 0);
  assert.equal(warnings.length, 1, warnings.join("\n"));
  assert.match(warnings[0], /^querencia: .*words\/es-\w+\.js/);
  assert.deepEqual(errors, []);
  await context.close();
});

test("words that do not arrive in five seconds hold no message back, nor the decisions after it", async () => {
  const found = await fresh(stage.browser);
  await held(found.page, "**/words/es-*.js");
  await found.page.goto(`${stage.url}/thank-you.html`);
  await found.page.getByText("Gracias, Ana").waitFor();
  await found.page.locator("querencia-message[placement=thank-you]").getByRole("button", { name: "×" }).waitFor();
  assert.deepEqual(found.warnings, ["querencia: the words did not arrive in 5000 ms"]);
  await found.page.evaluate(() => {
    document.addEventListener("querencia:decision", () => (globalThis.again = true));
    globalThis.dataLayer.push({ event: "lost" });
  });
  await found.page.waitForFunction(() => globalThis.again);
  await found.context.close();
});

test("data-words names the theme's own words: one replaced, a whole language added, and none is HTML", async () => {
  const island = (/** @type {object} */ words) => (/** @type {string} */ html) =>
    html
      .replace("<main>", `<script type="application/json" id="words">${JSON.stringify(words).replaceAll("<", "\\u003c")}</script><main>`)
      .replace("data-policy", 'data-words="#words" data-policy');
  const spanish = await opened(island({ es: { preferences: "<b>Menos mensajes</b>" } }));
  const message = spanish.page.locator("querencia-message[placement=thank-you]");
  await message.getByRole("button", { name: "<b>Menos mensajes</b>" }).waitFor();
  await message.getByRole("button", { name: "¿Por qué aparece esto?" }).waitFor();
  assert.deepEqual(spanish.warnings, []);
  await spanish.context.close();

  const policy = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
  // `qaa` is reserved for private use, so that no table is ever called so.
  policy.shop.locales.push("qaa");
  for (const locales of Object.values(policy.messages)) locales.qaa = [{ body: "Gràcies" }];
  const html = (/** @type {string} */ page) => island({ qaa: { why: "Per què ho veig?" } })(page.replace("data-platform", 'data-locale="qaa-ES" data-platform'));
  const catalan = await opened(html, {}, { "/policy.json": { body: JSON.stringify(policy) } });
  const why = catalan.page.getByRole("button", { name: "Per què ho veig?" }).last();
  assert.equal(await why.getAttribute("lang"), "qaa");
  await catalan.context.close();
});
