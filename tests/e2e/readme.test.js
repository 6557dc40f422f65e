// The README's script tag thanks for a purchase, as it stands there.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../server.js";

test("the README's script tag thanks for the purchase", async () => {
  const readme = await readFile("README.md", "utf8");
  const [, html] = readme.match(/<!-- test: script tag -->\n```html\n([^]*?)```/) ?? [];
  assert.ok(html, "README.md has no such example");
  const server = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, chromiumSandbox: false });
  try {
    const page = await browser.newPage({ locale: "es-ES" });
    await page.route("**/readme.html", (route) =>
      route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><html lang="es">${html}</html>` }),
    );
    await page.goto(`${server.url}/readme.html`);
    const body = page.locator("querencia-message [part=body]");
    await body.waitFor({ timeout: 20_000 });
    assert.match((await body.textContent()) ?? "", /pedido/i);
  } finally {
    await browser.close();
    await server.close();
  }
});
