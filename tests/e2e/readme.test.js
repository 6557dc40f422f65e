// The script tags of the README and of the page about the script tag do what stands beside them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "../chromium.js";
import { serve } from "../server.js";

const PAGE = "www/docs/script-tag.md";

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** What the README's command writes. @type {string} */
let published;
before(async () => {
  published = await mkdtemp(join(tmpdir(), "querencia-readme-"));
  const written = spawnSync(process.execPath, ["js/cli/index.js", "publish", "www/policies/starter.json", "--out", published], { encoding: "utf8" });
  assert.equal(written.status, 0, written.stderr);
  browser = await launch();
  server = await serve({ roots: { "/loyalty/": published } });
});
after(async () => {
  await browser.close();
  await server.close();
  await rm(published, { recursive: true, force: true });
});

/**
 * The block below a marker.
 * @param {string} file
 * @param {string} marker
 */
async function example(file, marker) {
  const text = await readFile(file, "utf8");
  const [, block] = text.split(`<!-- test: ${marker} -->\n`)[1]?.match(/^```\w+\n([^]*?)```/) ?? [];
  assert.ok(block, `${file} has no such example`);
  return block;
}

/**
 * A page that has the example and nothing else, once it speaks.
 * @param {string} html
 * @param {string} lang
 * @param {(page: import("playwright-core").Page, message: import("playwright-core").Locator) => Promise<void>} look
 */
async function speaks(html, lang, look) {
  const page = await browser.newPage();
  await page.route("**/example.html", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><html lang="${lang}">${html}</html>` }),
  );
  await page.route("**/policies/catalan.json", async (route) =>
    route.fulfill({ contentType: "application/json", body: await example(PAGE, "policy") }),
  );
  await page.goto(`${server.url}/example.html`);
  const message = page.locator("querencia-message");
  await message.locator("[part=body]").waitFor({ timeout: 20_000 });
  await look(page, message);
  await page.close();
}

test("the README's script tag thanks for the purchase", async () => {
  await speaks(await example("README.md", "script tag"), "es", async (_, message) => {
    assert.match((await message.locator("[part=body]").textContent()) ?? "", /pedido/i);
  });
});

test("the first script tag of its page thanks, in the page's language", async () => {
  await speaks(await example(PAGE, "script tag thanks"), "en", async (_, message) => {
    assert.match((await message.locator("[part=title]").textContent()) ?? "", /Thank you for your order|You made our day/);
  });
});

test("with the customer's island Ana is congratulated on the day of the preview", async () => {
  await speaks(await example(PAGE, "script tag congratulates"), "es", async (_, message) => {
    assert.match((await message.locator("[part=body]").textContent()) ?? "", /VELAS10/);
  });
});

test("the theme's words are in the language of the message", async () => {
  await speaks(await example(PAGE, "script tag words"), "es", async (_, message) => {
    await message.getByText("La teva comanda").waitFor();
    await message.getByRole("button", { name: "Per què ho veig?" }).waitFor();
    await message.getByRole("button", { name: "Les meves preferències" }).waitFor();
  });
});

test("with `data-debug`, as the page about silence says, the panel tells who speaks and who is held back", async () => {
  assert.match(await readFile("www/docs/why-silent.md", "utf8"), /`data-debug`/);
  const page = await browser.newPage();
  const html = (await example(PAGE, "script tag thanks")).replace("data-platform", "data-debug data-platform");
  await page.route("**/example.html", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><html lang="es">${html}</html>` }),
  );
  await page.goto(`${server.url}/example.html`);
  const panel = page.locator("querencia-debug");
  await panel.getByText("thanks").first().waitFor({ timeout: 20_000 });
  await panel.getByText("birthday: occasion, none").waitFor();
  await page.close();
});
