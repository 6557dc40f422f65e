// The script tag, on the page a theme would put it on.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** @param {...any} how as `openThankYou` */
const opened = (...how) => openThankYou(stage, ...how);

/** @param {import("playwright-core").Page} page */
const names = (page) => page.evaluate(() => globalThis.events.map((/** @type {any[]} */ [name]) => name));

/** @param {import("playwright-core").Page} page @param {number} count */
const decisions = (page, count) =>
  page.waitForFunction(
    (count) => globalThis.events.filter((/** @type {any[]} */ [name]) => name === "decision").length === count,
    count,
  );

/** The page as it is without us. @param {import("playwright-core").Page} page */
const untouched = async (page) =>
  assert.deepEqual(await page.locator("querencia-message").allInnerTexts(), ["Bienvenida", "Pedido recibido"]);

test("a purchase in the data layer is thanked for, by name, in the page's language", async () => {
  const { page, context, warnings, errors } = await opened();
  const message = page.locator("querencia-message[placement=thank-you]");
  await message.getByText("Gracias, Ana").waitFor();
  await message.getByText("Tu pedido ya está en el taller.").waitFor();
  await message.getByText("Lola").waitFor();
  assert.equal(await message.innerText(), "", "its content gives way");
  assert.deepEqual((await names(page)).slice(0, 2), ["ready", "decision"]);
  assert.deepEqual([warnings, errors], [[], []]);

  await page.reload();
  await decisions(page, 1);
  await page.getByText("Pedido recibido").waitFor();
  assert.equal(await page.getByText("Gracias").count(), 0, "a reload does not thank twice");
  await context.close();
});

test("a purchase pushed later is thanked for as well", async () => {
  const { page, context } = await opened((html) => html.replace('<script src="/purchase.js"></script>', ""));
  await decisions(page, 1);
  await page.addScriptTag({ url: "/purchase.js" });
  await page.getByText("Gracias, Ana").waitFor();
  await context.close();
});

test("a visit without an event is looked at once", async () => {
  const { page, context } = await opened((html) =>
    html.replace(/<script src="\/purchase.js"><\/script>|data-platform="ga4"/g, ""),
  );
  await page.getByText("Hoy se abre el taller.").waitFor();
  assert.deepEqual(await names(page), ["ready", "decision", "contact"]);
  await context.close();
});

test("data-locale goes before the page's language; a guest has no island", async () => {
  const { page, context } = await opened((html) =>
    html.replace('data-customer="#customer"', 'data-locale="en" data-customer="#nobody"'),
  );
  await page.getByText("Thank you", { exact: true }).waitFor();
  await context.close();
});

test("data-now previews another instant, and time runs on from it", async () => {
  const { page, context } = await opened((html) =>
    html.replace("data-platform", 'data-now="2030-01-01T00:00:00Z" data-platform'),
  );
  await page.getByText("Gracias, Ana").waitFor();
  const at = await page.evaluate(
    () => globalThis.events.find((/** @type {any[]} */ [name]) => name === "decision")[1].decision.contacts[0].at,
  );
  const ahead = at - Date.parse("2030-01-01T00:00:00Z");
  assert.ok(ahead >= 0 && ahead < 60_000, String(ahead));
  await context.close();
});

/** The policy of the page, with one campaign more. @param {object} campaign @param {object} [variant] */
async function policyWith(campaign, variant = { body: "Aquí no hay nada." }) {
  const policy = JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
  // It can wait, so that whose turn it is does not depend on the day.
  policy.campaigns.find((/** @type {any} */ { id }) => id === "hello").until = "2099-12-31";
  policy.campaigns.push({ id: "more", channel: "onsite", placement: "top", message: "more", weight: 9, ...campaign });
  policy.messages.more = { "es-ES": [variant], en: [variant] };
  return { "/policy.json": { body: JSON.stringify(policy) } };
}

test("data-event says what the page is about, after all that happened on it", async () => {
  const answers = await policyWith({ kind: "notFound" });
  const { page, context } = await opened((html) => html.replace("data-platform", 'data-event="page_not_found" data-platform'), {}, answers);
  await page.getByText("Aquí no hay nada.").waitFor();
  // Once, about the page: what was bought is known.
  await page.getByText("Gracias, Ana").waitFor();
  await page.waitForTimeout(400);
  await decisions(page, 1);
  await context.close();
});

test("what the data layer has is read first, and decided about once: in a tab behind another once it is looked at", async () => {
  for (const attribute of ["", 'data-event="no_results"']) {
    const { page, context } = await opened((html) =>
      html
        .replace("<head>", "<head><script>Object.defineProperty(document, 'visibilityState', { get: () => globalThis.state ?? 'hidden' })</script>")
        .replace('<script src="/purchase.js"></script>', `$&<script>for (const event of ["view_item", "view_cart", "view_item"]) dataLayer.push({ event, ecommerce: { items: [] } })</script>`)
        .replace("data-platform", `${attribute} data-platform`),
    );
    await page.waitForFunction(() => globalThis.events.some((/** @type {any[]} */ [name]) => name === "ready"));
    await page.waitForTimeout(400);
    assert.deepEqual(await names(page), ["ready"]);
    await page.evaluate(() => {
      globalThis.state = "visible";
      document.dispatchEvent(new Event("visibilitychange"));
    });
    // the order is known, whatever came after it
    await page.getByText("Gracias, Ana").waitFor();
    await page.waitForTimeout(400);
    await decisions(page, 1);
    await context.close();
  }
});

test("without a data layer data-event is all that is decided about", async () => {
  const answers = await policyWith({ kind: "helpPrompt" });
  const { page, context } = await opened((html) => html.replace('data-platform="ga4"', 'data-event="no_results"'), {}, answers);
  await page.getByText("Aquí no hay nada.").waitFor();
  await decisions(page, 1);
  await context.close();
});

test("data-catalog names what is true of the articles; without it nothing is claimed", async () => {
  const answers = await policyWith({ kind: "announcement", class: "relational" }, { body: "Hecha a mano.", claims: [{ fact: { sku: "jug", is: "handmade" } }] });
  const island = '<script type="application/json" id="catalog">{ "products": [{ "sku": "jug", "claims": ["handmade"] }] }</script>';
  const tagged = (/** @type {string} */ html) => html.replace('<script src="/purchase.js"></script>', island).replace('data-platform="ga4"', "");
  const claimed = await opened((html) => tagged(html).replace("data-policy", 'data-catalog="#catalog" data-policy'), {}, answers);
  await claimed.page.getByText("Hecha a mano.").waitFor();
  await claimed.context.close();
  const silent = await opened(tagged, {}, answers);
  await silent.page.getByText("Hoy se abre el taller.").waitFor();
  await silent.context.close();
});

test("data-shop and data-ledger bring what the server knows: the brake acts, and a mail that was sent counts", async () => {
  const answers = await policyWith({ kind: "announcement", class: "promotional" });
  const policy = JSON.parse(answers["/policy.json"].body);
  Object.assign(policy, { care: { ...policy.care, replyWithin: "24h", backlogBrake: 20 } });
  const codeWith = async (/** @type {string} */ attribute, /** @type {object} */ island) => {
    const { page, context } = await opened(
      (html) =>
        html
          .replace('<script src="/purchase.js"></script>', `<script type="application/json" id="known">${JSON.stringify(island)}</script>`)
          .replace('data-platform="ga4"', `${attribute}="#known"`),
      {},
      { "/policy.json": { body: JSON.stringify(policy) } },
    );
    await decisions(page, 1);
    const { refused } = await page.evaluate(() => globalThis.events.find((/** @type {any[]} */ [name]) => name === "decision")[1].decision);
    await context.close();
    return refused.find((/** @type {any} */ { campaign }) => campaign === "more")?.code;
  };
  assert.equal(await codeWith("data-shop", { unanswered: 21 }), "backlog");
  const mail = { id: "m", campaign: "more", class: "promotional", channel: "email", at: "2026-01-01T00:00:00Z", state: "delivered" };
  assert.equal(await codeWith("data-ledger", [mail]), "already-spoken");
  assert.equal(await codeWith("data-nothing", {}), undefined);
});

test("data-value says that `value` is what was paid", async () => {
  const answers = await policyWith({ kind: "thankYou", weight: 99 }, { body: "Pagaste {order.total}." });
  const policy = JSON.parse(answers["/policy.json"].body);
  policy.campaigns = policy.campaigns.filter((/** @type {any} */ { id }) => id === "more");
  const said = async (/** @type {string} */ attribute) => {
    const { page, context } = await opened((html) => html.replace("data-platform", `${attribute} data-platform`), {}, { "/policy.json": { body: JSON.stringify(policy) } });
    await decisions(page, 1);
    const text = await page.locator("querencia-message").first().evaluate(async (element) => {
      while (!(/** @type {any} */ (element).contact) && performance.now() < 3000) await new Promise((later) => setTimeout(later, 20));
      return element.shadowRoot.querySelector("[part=body]")?.textContent ?? null;
    });
    await context.close();
    return text;
  };
  assert.equal((await said('data-value="total"'))?.replace(/\s/g, " "), "Pagaste 42,50 €.");
  assert.equal(await said(""), null);
});

test("settings that a theme prints empty are as if they were not there", async () => {
  const empty = ["shop", "ledger", "catalog", "words"].map((name) => `data-${name}="#blank"`).join(" ");
  const { page, context, warnings, errors } = await opened((html) =>
    html
      .replace("<main>", '<script type="application/json" id="blank">\n  </script><main>')
      .replace("data-platform", `data-value="" data-channels="" data-locale="" data-now="" data-event="" ${empty} data-platform`),
  );
  await page.getByText("Gracias, Ana").waitFor();
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

test("a customer's island that is blank is a guest's, and a platform without a name is none", async () => {
  const { page, context, warnings, errors } = await opened((html) =>
    html.replace('data-platform="ga4"', 'data-platform=""').replace(/(id="customer"[^>]*>)[^<]*/, "$1 "),
  );
  await decisions(page, 1);
  await page.waitForTimeout(200);
  assert.deepEqual([warnings, errors], [['querencia: there is no data-platform, so `purchase` of `dataLayer` is not heard; write data-platform="ga4"'], []]);
  await context.close();
});

test("names in the islands may be numbers, as platforms print them; what is the shop's own stays a number", async () => {
  const customer = {
    id: 7,
    givenName: "Ana",
    orders: [{ id: 1001, number: 17, items: [{ sku: 5, family: 3 }] }],
    destination: { country: "es", postcode: 28013 },
    codes: { ten: 1234 },
    attributes: { id: 5 },
    affinity: { id: 50 },
  };
  const { page, warnings } = await opened((html) => html.replace(/\{ "id"[^<]*/, JSON.stringify(customer)));
  await page.locator("querencia-message[placement=thank-you]").getByText("Tu pedido ya está en el taller.").waitFor();
  assert.deepEqual(warnings, []);
});

test("an async script waits for the rest of the page", async () => {
  const { page, context } = await opened((html) => html.replace('type="module" src', 'async type="module" src'));
  await page.getByText("Gracias, Ana").waitFor();
  await context.close();
});

const refused = { "/policy.json": { body: '{"querencia":1,"messages":{},"shop":{}}' } };

/** @type {Record<string, [RegExp, (html: string) => string, Record<string, { status?: number, body?: string }>?]>} */
const failures = {
  "there is no policy": [
    /no policy at .*\/policy\.json: the server answers 404/,
    (html) => html,
    { "/policy.json": { status: 404 } },
  ],
  "the policy is not JSON": [/\/policy\.json: the policy is not JSON: it is an HTML page/, (html) => html, { "/policy.json": { body: "<html>" } }],
  "the policy has problems": [/shop\.name: `name` is required here; .*campaigns: /, (html) => html, refused],
  "the policy has problems and the full build cannot be had": [
    /shop\.name: it is required here; .*campaigns: /,
    (html) => html,
    { ...refused, "/dist/querencia-full-*.wasm": { status: 404 } },
  ],
  "the policy has problems and the full build is not there at all": [
    /shop\.name: it is required here; .*campaigns: /,
    (html) => html,
    { ...refused, "/dist/querencia-full-*.js": { status: 404 } },
  ],
  "the Wasm is missing": [/answers 404/, (html) => html, { "/dist/querencia-whole-*.wasm": { status: 404 } }],
  "the Wasm is something else": [
    /querencia-whole-.*\.wasm was changed, or is of another release than the script: copy dist\/ whole/,
    (html) => html,
    { "/dist/querencia-whole-*.wasm": { body: "<html>" } },
  ],
  "the platform is not known": [
    /data-platform `ga5` is not known; known are: ga4/,
    (html) => html.replace("ga4", "ga5"),
  ],
  "the platform's adapter cannot be downloaded": [
    /platforms\/ga4-.*\.js/,
    (html) => html,
    { "/dist/platforms/ga4-*.js": { status: 404 } },
  ],
  "the theme's words are not JSON": [
    /#words is not JSON: /,
    (html) =>
      html
        .replace("data-policy", 'data-words="#words" data-policy')
        .replace("<main>", '<script type="application/json" id="words">{ es: {} }</script><main>'),
  ],
  "the shop's island is not JSON": [
    /#shop is not JSON: /,
    (html) => html.replace("data-policy", 'data-shop="#shop" data-policy').replace("<main>", '<script type="application/json" id="shop">{</script><main>'),
  ],
  "the ledger's island is not JSON": [
    /#ledger is not JSON: /,
    (html) => html.replace("data-policy", 'data-ledger="#ledger" data-policy').replace("<main>", '<script type="application/json" id="ledger">[</script><main>'),
  ],
  "a channel is not known": [
    /data-channels\[1\]: `pigeon` is none of /,
    (html) => html.replace("data-platform", 'data-channels="onsite pigeon" data-platform'),
  ],
  "the language is none": [/data-locale: not a BCP 47 language tag/, (html) => html.replace("data-platform", 'data-locale="in Spanish" data-platform')],
  "no policy is named": [/there is no `data-policy`/, (html) => html.replace(/data-policy="[^"]*"/, "")],
  "the policy's address is empty": [/there is no `data-policy`/, (html) => html.replace(/data-policy="[^"]*"/, 'data-policy=" "')],
  "`value` is not known": [/`data-value` is `gross`; it can be `total`/, (html) => html.replace("data-platform", 'data-value="gross" data-platform')],
  "the island is not JSON": [/#customer is not JSON: /, (html) => html.replace('{ "id"', '{ id"')],
  "the island is no customer": [/^querencia: data-customer\.givenName: expected a text that is not empty; write `"5"`$/, (html) => html.replace('"Ana"', "5")],
  "the island is no customer and the full build cannot be had": [
    /^querencia: data-customer\.givenName: another type is expected; see the schema$/,
    (html) => html.replace('"Ana"', "5"),
    { "/dist/querencia-full-*.wasm": { status: 404 } },
  ],
  "the preview is no instant": [
    /data-now `soon`/,
    (html) => html.replace("data-platform", 'data-now="soon" data-platform'),
  ],
};

for (const [name, [pattern, html, answers]] of Object.entries(failures)) {
  test(`when ${name} the page stays as it was, with one warning`, async () => {
    const { page, context, warnings, errors } = await opened(html, {}, answers);
    for (let wait = 0; warnings.length === 0 && wait < 200; wait++) await page.waitForTimeout(25);
    await page.waitForTimeout(100);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], /^querencia: /);
    assert.match(warnings[0], pattern);
    assert.deepEqual(errors, []);
    await untouched(page);
    await context.close();
  });
}

const GOES_ON = /** @type {Record<string, [RegExp, (html: string) => string]>} */ ({
  "the shop's island is no state of a shop": [
    /^querencia: data-shop\.unanswered: expected a whole number$/,
    (html) => html.replace("data-policy", 'data-shop="#shop" data-policy').replace("<main>", '<script type="application/json" id="shop">{ "unanswered": "many" }</script><main>'),
  ],
  "a record of the ledger's island is none": [
    /^querencia: data-ledger\[0\]\.campaign: `campaign` is required here; /,
    (html) => html.replace("data-policy", 'data-ledger="#ledger" data-policy').replace("<main>", '<script type="application/json" id="ledger">[{ "id": "r" }]</script><main>'),
  ],
  "an attribute is misspelt, an island is not there, and an element has no placement": [
    /^querencia: `data-chanels` is not known; data-catalog: there is no `#catalog`; a <querencia-message> has no `placement`$/,
    (html) =>
      html
        .replace("data-platform", 'data-chanels="onsite" data-turbo-track="reload" data-catalog="#catalog" data-platform')
        .replace("<main>", "<main><querencia-message></querencia-message>"),
  ],
});

for (const [name, [pattern, html]] of Object.entries(GOES_ON)) {
  test(`when ${name} the page goes on, with one warning`, async () => {
    const { page, context, warnings, errors } = await opened(html);
    await page.getByText("Gracias, Ana").waitFor();
    for (let wait = 0; warnings.length === 0 && wait < 200; wait++) await page.waitForTimeout(25);
    await page.waitForTimeout(100);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], pattern);
    assert.deepEqual(errors, []);
    await context.close();
  });
}
