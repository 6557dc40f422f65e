// Silence with a reason: what leaves who builds a theme wondering says one line on the console.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const push = (/** @type {string} */ entry) => (/** @type {string} */ html) => html.replace('<script src="/purchase.js"></script>', `<script>window.dataLayer = [${entry}]</script>`);
const purchase = (/** @type {string} */ facts) => push(`{ event: "purchase", ecommerce: { transaction_id: "A-1", ${facts} } }`);
const HEARD = purchase('value: 4, currency: "EUR"');

/** @type {[what: string, html: (html: string) => string, line: string, policy?: (policy: any) => void][]} */
const CASES = [
  ["no platform", (html) => html.replace(' data-platform="ga4"', ""), 'querencia: there is no data-platform, so `purchase` of `dataLayer` is not heard; write data-platform="ga4"'],
  ["another currency", purchase('value: 4, currency: "USD"'), "querencia: data layer: `purchase` is in USD and the shop's currency is EUR: its amounts are left out"],
  ["an unreadable amount", purchase('value: "lots", currency: "EUR"'), "querencia: data layer: `purchase.value` is `lots`, which is no amount; write it as 24.9"],
  ["a purchase without its order", push('{ event: "purchase", ecommerce: { value: 4, currency: "EUR", items: [] } }'), "querencia: data layer: a `purchase` without `transaction_id` is not heard"],
  ["a data layer that is no list", (html) => html.replace('<script src="/purchase.js"></script>', "<script>window.dataLayer = { push: 7 }</script>"), "querencia: the data layer `dataLayer` is no list, so nothing is heard; name another with data-layer"],
  ["no element", (html) => HEARD(html).replace(/<querencia-message.*<\/querencia-message>/g, ""), "querencia: there is no `querencia-message[placement]`"],
  ["no such placement", (html) => HEARD(html).replace('placement="top"', 'placement="tpo"'), "querencia: no campaign has the placement `tpo`; known are: thank-you, top"],
  ["a hidden element", (html) => HEARD(html).replace('placement="top"', 'hidden placement="top"'), 'querencia: <querencia-message placement="top"> is hidden, so nothing is said there'],
  ["a message nobody can fill", HEARD, "querencia: `hello` stays silent: each text of its message needs what this page does not know: {shipping.missing}", (policy) => (policy.messages.hello["es-ES"] = [{ body: "Hola, {shipping.missing}." }])],
  ["a language without texts", (html) => HEARD(html).replace('lang="es-ES"', 'lang="eu"'), "querencia: no message has texts in `eu`; `es-ES` is used"],
  ["an island that nobody names", (html) => HEARD(html).replace('data-customer="#customer"', 'data-customer="#cust"'), "querencia: data-customer: there is no `#cust`, and nobody names `#customer`"],
  ["a customer in the holdout", HEARD, "querencia: `hello` is not shown, because this customer is in the holdout", (policy) => (policy.holdout = { share: 1, salt: "x" })],
];

for (const [what, html, line, change] of CASES) {
  test(`${what}: one line`, async () => {
    const policy = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
    change?.(policy);
    const { page, context, warnings, errors } = await openThankYou(stage, html, {}, { "/policy.json": { body: JSON.stringify(policy) } });
    await page.waitForFunction(() => /** @type {any} */ (globalThis).events.some((/** @type {any} */ [name]) => name === "decision")).catch(() => {});
    await page.waitForTimeout(400);
    assert.deepEqual([warnings.filter((one) => one === line).length, errors], [1, []], warnings.join("\n"));
    assert.equal(new Set(warnings).size, warnings.length, "nothing is said twice");
    await context.close();
  });
}

test("a published page says what its platform cannot read, and that none is named", async () => {
  const over = (/** @type {(html: string) => string} */ html) => (/** @type {string} */ page) => html(page).replace(/data-policy="[^"]*"/, `data-policy="${INDEX}"`);
  for (const [, html, line] of CASES.slice(0, 3)) {
    const { page, context, warnings } = await openThankYou(stage, over(html), {}, await published());
    await page.waitForTimeout(1500);
    assert.deepEqual(warnings, [line]);
    await context.close();
  }
});

test("a page on which all is right says nothing", async () => {
  const { page, context, warnings } = await openThankYou(stage);
  await page.getByText("Gracias, Ana").waitFor();
  await page.waitForTimeout(400);
  assert.deepEqual(warnings, []);
  await context.close();
});
