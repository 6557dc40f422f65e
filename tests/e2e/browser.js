// What the end-to-end tests look at: pages in profiles of their own.

import { launch } from "../chromium.js";
import { serve } from "../server.js";

/**
 * A browser and a server that give each test pages of their own, and end with `close()`.
 * @param {{ headers?: Record<string, string>, args?: string[] }} [options] `args` for the browser
 */
export async function start({ headers, args } = {}) {
  const browser = await launch(args);
  const server = await serve({ headers, roots: { "/": "tests/e2e/pages", "/tests/": "tests", "/js/": "js" } });
  return {
    url: server.url,
    browser,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * A page in a profile of its own, with all it says on the console.
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function fresh(browser, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  /** @type {string[]} */
  const warnings = [];
  /** @type {string[]} */
  const errors = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  return { context, page, warnings, errors };
}

/**
 * Opens the thank-you page, its HTML and its policy changed as wanted.
 * @param {Awaited<ReturnType<typeof start>>} stage
 * @param {(html: string) => string} [html]
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {Record<string, { status?: number, body?: string }>} [answers] by path
 */
export async function openThankYou(stage, html = (html) => html, options = {}, answers = {}) {
  const found = await fresh(stage.browser, options);
  await found.page.addInitScript(() => {
    const events = /** @type {any[]} */ (globalThis.events = []);
    for (const name of ["ready", "decision", "contact", "reaction"]) {
      document.addEventListener(`querencia:${name}`, (event) => events.push([name, event.detail]));
    }
  });
  for (const [path, answer] of Object.entries(answers))
    await found.page.route(`**${path}`, (route) => route.fulfill(answer));
  await found.page.route("**/thank-you.html", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: html(await response.text()) });
  });
  await found.page.goto(`${stage.url}/thank-you.html`);
  return found;
}
