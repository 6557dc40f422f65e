// Under a strict Content-Security-Policy the script tag works; where Wasm is forbidden the page stays as it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, start } from "./browser.js";

/** @param {string} policy @param {(page: Awaited<ReturnType<typeof fresh>>) => Promise<void>} look */
async function under(policy, look) {
  const stage = await start({ headers: { "content-security-policy": policy } });
  try {
    const opened = await fresh(stage.browser);
    await opened.page.goto(`${stage.url}/thank-you.html`);
    await look(opened);
  } finally {
    await stage.close();
  }
}

const STRICTEST =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

for (const policy of ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'", STRICTEST]) {
  test(`speaks under ${policy}`, () =>
    under(policy, async ({ page, warnings, errors }) => {
      await page.getByText("Gracias, Ana").waitFor();
      const card = page.locator("querencia-message[placement=thank-you] [part=message]");
      assert.notEqual(
        await card.evaluate((card) => getComputedStyle(card).borderTopWidth),
        "0px",
        "its style is applied",
      );
      await page.getByRole("button", { name: "Mis preferencias" }).last().click();
      const save = page.getByRole("dialog").getByRole("button", { name: "Guardar" });
      assert.notEqual(await save.evaluate((save) => getComputedStyle(save).backgroundColor), "rgba(0, 0, 0, 0)");
      assert.deepEqual([warnings, errors], [[], []]);
    }));
}

test("speaks under a policy of nonces: the adapter and the words are allowed by the script's own", async () => {
  const stage = await start({ headers: { "content-security-policy": "script-src 'nonce-n0' 'wasm-unsafe-eval'" } });
  try {
    const { page, warnings, errors } = await fresh(stage.browser);
    await page.route("**/thank-you.html", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll("<script", '<script nonce="n0"') });
    });
    await page.goto(`${stage.url}/thank-you.html`);
    await page.getByText("Gracias, Ana").waitFor();
    await page.getByRole("button", { name: "Mis preferencias" }).last().waitFor();
    assert.deepEqual([warnings, errors], [[], []]);
  } finally {
    await stage.close();
  }
});

test("the problems of a policy have their full sentences under the strictest", async () => {
  const stage = await start({ headers: { "content-security-policy": STRICTEST } });
  try {
    const { page, warnings, errors } = await fresh(stage.browser);
    await page.route("**/policy.json", (route) => route.fulfill({ body: '{ "querencia": 1, "shopp": {} }' }));
    await page.goto(`${stage.url}/thank-you.html`);
    for (let wait = 0; warnings.length === 0 && wait < 100; wait++) await page.waitForTimeout(50);
    assert.match(warnings.join(), /^querencia: shopp: no such field; did you mean `shop`\?; expected `\$schema`/);
    assert.deepEqual(errors, []);
  } finally {
    await stage.close();
  }
});

test("stays silent under script-src 'self', with one warning that says what to add", () =>
  under("script-src 'self'", async ({ page, warnings, errors }) => {
    for (let wait = 0; warnings.length === 0 && wait < 100; wait++) await page.waitForTimeout(50);
    await page.waitForTimeout(200);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], /^querencia: .*'wasm-unsafe-eval'/);
    assert.deepEqual(errors, []);
    assert.equal(await page.locator("querencia-message").last().innerText(), "Pedido recibido");
    assert.equal(await page.getByText("Gracias").count(), 0);
  }));
