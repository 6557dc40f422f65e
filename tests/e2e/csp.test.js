// The script tag under each Content-Security-Policy: it speaks, or the page stays as it was and one line says what to allow.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fresh, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
/** @type {Awaited<ReturnType<typeof published>>} */
let files;
before(async () => {
  stage = await start();
  files = await published();
});
after(() => stage.close());

/**
 * The thank-you page under a policy.
 * @param {string} csp
 * @param {string} source of the policy of Querencia
 * @param {(html: string) => string} [html]
 */
async function under(csp, source, html = (html) => html) {
  const opened = await fresh(stage.browser);
  await opened.page.route("**/loyalty/**", (route) => route.fulfill(files[new URL(route.request().url()).pathname]));
  await opened.page.route("**/thank-you.html", async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": csp };
    await route.fulfill({ response, headers, body: html((await response.text()).replace("/policy.json", source)) });
  });
  await opened.page.goto(`${stage.url}/thank-you.html`);
  return opened;
}

const STRICTEST =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const NEEDS_WASM = /^querencia: the page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to its script-src$/;
const NEEDS_CONNECT = /^querencia: there is no policy at \S*json: the server answers nothing; see connect-src$/;

/** A policy, and what the console says under it; nothing: the page speaks. @type {[string, RegExp?][]} */
const MATRIX = [
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"],
  ["script-src 'self' 'unsafe-eval'"],
  ["script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'"],
  [STRICTEST],
  ["script-src 'self'", NEEDS_WASM],
  ["default-src 'self'", NEEDS_WASM],
  ["default-src 'none'; script-src 'self' 'wasm-unsafe-eval'", NEEDS_CONNECT],
  ["script-src 'self' 'wasm-unsafe-eval'; connect-src https://elsewhere.example", NEEDS_CONNECT],
];

for (const [csp, pattern] of MATRIX) {
  for (const source of [INDEX, "/policy.json"]) {
    test(`${source} ${pattern ? "says what to allow" : "speaks"} under ${csp}`, async () => {
      const { page, context, warnings, errors } = await under(csp, source);
      if (!pattern) {
        await page.getByText("Gracias, Ana").waitFor();
        const card = page.locator("querencia-message[placement=thank-you] [part=message]");
        assert.notEqual(await card.evaluate((card) => getComputedStyle(card).borderTopWidth), "0px", "its style is applied");
        await page.getByRole("button", { name: "Mis preferencias" }).last().click();
        const save = page.getByRole("dialog").getByRole("button", { name: "Guardar" });
        assert.notEqual(await save.evaluate((save) => getComputedStyle(save).backgroundColor), "rgba(0, 0, 0, 0)");
        assert.deepEqual(warnings, []);
      } else {
        for (let wait = 0; warnings.length === 0 && wait < 100; wait++) await page.waitForTimeout(50);
        await page.waitForTimeout(100);
        assert.equal(warnings.length, 1, warnings.join("\n"));
        assert.match(warnings[0], pattern);
        assert.deepEqual(await page.locator("querencia-message").allInnerTexts(), ["Bienvenida", "Pedido recibido"]);
      }
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
}

test("speaks under a policy of nonces: what is loaded later is allowed by the script's own", async () => {
  const nonce = (/** @type {string} */ html) => html.replaceAll("<script", '<script nonce="n0"');
  const { page, context, warnings, errors } = await under("script-src 'nonce-n0' 'wasm-unsafe-eval'", INDEX, nonce);
  await page.getByText("Gracias, Ana").waitFor();
  await page.getByRole("button", { name: "Mis preferencias" }).last().waitFor();
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

test("the problems of a policy have their full sentences under the strictest", async () => {
  const { page, context, warnings } = await under(STRICTEST, "/broken.json", (html) => html);
  await page.route("**/broken.json", (route) => route.fulfill({ body: '{ "querencia": 1, "shopp": {} }' }));
  await page.reload();
  for (let wait = 0; !warnings.some((text) => text.includes("shopp")) && wait < 100; wait++) await page.waitForTimeout(50);
  assert.match(warnings.at(-1) ?? "", /^querencia: shopp: no such field; did you mean `shop`\?; expected `\$schema`/);
  await context.close();
});
