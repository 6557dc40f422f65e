// The present reaches the cart: a code is copied, an offer is applied, and <querencia-offers> lists what the customer has.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es-ES", "en"], signer: "Lola" },
  offers: { "birthday-10": { percent: 10, validFor: "14d", code: "VELAS10" }, gift: { percent: 5 } },
  campaigns: [
    { id: "birthday", kind: "birthday", channel: "onsite", placement: "thank-you", grace: "7d", offer: "birthday-10", message: "birthday" },
    { id: "club", kind: "announcement", class: "promotional", channel: "onsite", placement: "nowhere", event: "sign_up", offer: "gift", message: "club" },
  ],
  messages: {
    birthday: {
      "es-ES": [{ title: "Felicidades", body: "Un {offer.percent} con {offer.code}.", action: { label: "A la cesta", to: "/discount/{offer.code}?redirect=/cart" } }],
      en: [{ title: "Happy birthday", body: "{offer.percent} off with {offer.code}." }],
    },
    club: { "es-ES": [{ body: "Hola." }], en: [{ body: "Hello." }] },
  },
};
const ANA = '{ "id": "ana", "birthday": "--11-22", "since": "2025-01-01T00:00:00Z" }';
const NOBODY = '{ "id": "luis" }';
const LIST = `<querencia-offers></querencia-offers>`;

/**
 * The page of a customer whose birthday it is.
 * @param {{ html?: (html: string) => string, customer?: string, list?: string, script?: () => void, more?: object, answers?: object, at?: string }} [how]
 */
async function opened({ html = (html) => html, customer = ANA, list = LIST, script = () => {}, more, answers, at = "/policy.json" } = {}) {
  const found = await openThankYou(
    stage,
    (page) =>
      html(
        page
          .replace('<script src="/purchase.js"></script>', `<script>(${script})()</script>`)
          .replace(/{ "id": "ana".*}/, customer)
          .replace('data-policy="/policy.json"', `data-policy="${at}" data-now="2026-11-22T10:00:00Z" data-decide="always"`)
          .replace('<querencia-message placement="top">Bienvenida</querencia-message>', "")
          .replace("<h1>", `${list}<h1>`),
      ),
    { timezoneId: "Europe/Madrid", ...more },
    { "/policy.json": { body: JSON.stringify(policy) }, ...answers },
  );
  found.page.setDefaultTimeout(5000);
  return { ...found, message: found.page.locator("querencia-message[placement=thank-you]"), list: found.page.locator("querencia-offers") };
}

const clipboard = (/** @type {import("playwright-core").Page} */ page) => page.evaluate(() => navigator.clipboard.readText());
const READ = { permissions: ["clipboard-read", "clipboard-write"] };
/** What was asked to be applied. @param {import("playwright-core").Page} page */
const applied = (page) => page.evaluate(() => /** @type {any} */ (globalThis).applied);
/** A page without https has no clipboard. */
const noClipboard = () => Object.defineProperty(navigator, "clipboard", { value: undefined });
const refusedClipboard = () => Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) } });
/** Puts what execCommand copies where the test finds it. */
const hear = () => document.addEventListener("copy", () => (/** @type {any} */ (globalThis).copied = [getSelection()?.toString(), /** @type {any} */ (document.querySelector("querencia-message[placement=thank-you]")?.shadowRoot?.activeElement)?.value]));

test("the code of a message is copied by a button, and a screen reader is told so", async () => {
  const { page, message, context, warnings, errors } = await opened({ more: READ });
  const copy = message.getByRole("button", { name: "Copiar el código VELAS10" });
  await copy.click();
  await message.getByText("Código copiado.").waitFor();
  assert.equal(await message.locator("[part=result]").getAttribute("role"), "status");
  assert.equal(await clipboard(page), "VELAS10");
  const kinds = await page.evaluate(() => globalThis.events.filter((/** @type {any[]} */ [name]) => name === "reaction").map((/** @type {any[]} */ [, { campaign, reaction }]) => [campaign, reaction]));
  assert.deepEqual(kinds, [["birthday", "clicked"]]);
  // said again when it is copied again
  await message.locator("[part=result]").evaluate((said) => new MutationObserver(() => (/** @type {any} */ (globalThis).again = true)).observe(said, { childList: true, characterData: true, subtree: true }));
  await copy.click();
  await page.waitForFunction(() => /** @type {any} */ (globalThis).again);
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

test("a message without a code has no button for one, also where its link has the code", async () => {
  const hidden = structuredClone(policy);
  hidden.messages.birthday["es-ES"][0].body = "Un {offer.percent}.";
  const { page, message, context } = await opened({ answers: { "/policy.json": { body: JSON.stringify(hidden) } } });
  await message.getByText("Felicidades").waitFor();
  assert.equal(await message.locator("[part=copy]").count(), 0);
  assert.equal(await message.getByRole("link", { name: "A la cesta" }).getAttribute("href"), "/discount/VELAS10?redirect=/cart");
  await page.route("**/discount/**", (route) => route.fulfill({ body: "applied" }));
  await message.getByRole("link", { name: "A la cesta" }).click();
  await page.waitForURL("**/discount/VELAS10?redirect=/cart");
  await context.close();
});

for (const [what, script] of /** @type {[string, () => void][]} */ ([
  ["there is no clipboard (http)", noClipboard],
  ["the clipboard is not allowed", refusedClipboard],
])) {
  test(`where ${what}, the code is copied by a selection, and the keyboard stays at its button`, async () => {
    const { page, message, context } = await opened({ script });
    await page.evaluate(hear);
    await message.getByRole("button", { name: "Copiar el código VELAS10" }).press("Enter");
    await message.getByText("Código copiado.").waitFor();
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).copied[1]), "VELAS10");
    assert.equal(await message.evaluate((element) => element.shadowRoot?.activeElement?.getAttribute("part")), "copy");
    assert.equal(await message.locator("input").count(), 0);
    await context.close();
  });
}

test("where nothing can be copied, the code is selected in a field, to be copied by hand", async () => {
  const { page, message, context } = await opened({
    script: () => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    },
  });
  const copy = message.getByRole("button", { name: "Copiar el código VELAS10" });
  await copy.click();
  await message.getByText("No se ha podido copiar el código. Aquí está, seleccionado.").waitFor();
  const field = message.locator("input");
  assert.deepEqual(await field.evaluate((/** @type {any} */ field) => [field.value, field.selectionStart, field.selectionEnd, field.getRootNode().activeElement === field]), ["VELAS10", 0, 7, true]);
  await copy.click();
  assert.equal(await field.count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await message.locator("[part=copy]").count(), 0, "Escape still takes the message away");
  await context.close();
});

test("without the file of the buttons the message is whole", async () => {
  const { page, message, context, warnings } = await opened({ answers: { "/dist/code-*.js": { status: 404 } } });
  await message.getByText("VELAS10").waitFor();
  assert.equal(await message.locator("[part=copy]").count(), 0);
  await message.getByRole("button", { name: "Cerrar" }).waitFor();
  assert.equal(warnings.filter((warning) => warning.includes("code-")).length, 1, String(warnings));
  await page.close();
  await context.close();
});

test("the list says what the customer has, until when, with its code; it is one, to a screen reader", async () => {
  const { page, list, context, warnings, errors } = await opened({ more: READ });
  await list.getByText("VELAS10").waitFor();
  assert.equal(
    await list.ariaSnapshot(),
    `- list "Regalos":
  - listitem:
    - paragraph: Birthday 10
    - code: VELAS10
    - paragraph:
      - text: Hasta el
      - time: 29 de noviembre de 2026
    - button "Copiar el código VELAS10": Copiar el código`,
  );
  assert.equal(await list.getByRole("list").getAttribute("lang"), "es");
  await list.getByRole("button", { name: "Copiar el código VELAS10" }).click();
  await list.getByText("Código copiado.").waitFor();
  assert.equal(await clipboard(page), "VELAS10");
  assert.deepEqual(await page.evaluate(() => globalThis.events[0][1].shop.entitled.map((/** @type {any} */ { offer, code }) => [offer, code])), [["birthday-10", "VELAS10"]]);
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

test("the list ends as the message beside it says, from its first moment on", async () => {
  const says = { ...policy, messages: { ...policy.messages, birthday: { "es-ES": [{ body: "Un {offer.percent} hasta el {offer.expires}." }] } } };
  const { message, list, context, page } = await opened({ answers: { "/policy.json": { body: JSON.stringify(says) } } });
  await message.getByText("hasta el 6 de diciembre de 2026").waitFor();
  await list.getByText("6 de diciembre de 2026").waitFor();
  await message.getByRole("button", { name: "Cerrar" }).click();
  await page.evaluate(() => globalThis.events[0][1].shop.decide());
  assert.equal(await list.locator("time").innerText(), "6 de diciembre de 2026");
  await context.close();
});

test("it speaks English, names an offer as the theme does, and words can be replaced", async () => {
  const { list, context } = await opened({
    list: '<querencia-offers>None yet.<span slot="offer-birthday-10"> 10 % for your birthday </span></querencia-offers><script type="application/json" id="words">{ "en": { "until": "Ends on {date}." } }</script>',
    html: (html) => html.replace('data-platform="ga4"', 'data-locale="en-GB" data-words="#words"'),
  });
  await list.getByText("10 % for your birthday").waitFor();
  await list.getByText("Ends on 29 November 2026.").waitFor();
  await list.getByRole("button", { name: "Copy the code VELAS10" }).waitFor();
  assert.equal(await list.innerText(), "", "its content gives way");
  await context.close();
});

test("with nothing to list it says so, or the theme does; before a decision it says nothing", async () => {
  const first = await opened({ customer: NOBODY });
  await first.list.getByText("Ahora mismo no hay regalos.").waitFor();
  await first.context.close();
  const own = await opened({ customer: NOBODY, list: "<querencia-offers><p>Todavía nada.</p></querencia-offers>" });
  await own.page.waitForFunction(() => globalThis.events.some((/** @type {any[]} */ [name]) => name === "decision"));
  await own.list.getByText("Todavía nada.").waitFor();
  await own.page.waitForTimeout(300);
  assert.equal(await own.list.locator("[part=none]").isVisible(), false);
  await own.context.close();
  const without = await opened({ answers: { "/policy.json": { status: 404 } } });
  await without.page.waitForTimeout(500);
  assert.equal(await without.list.innerText(), "");
  await without.context.close();
});

test("it follows each decision, keeps the keyboard where it was, and is empty when the shop is closed", async () => {
  const { page, list, context, errors } = await opened();
  await list.getByRole("button", { name: "Copiar el código VELAS10" }).focus();
  await page.evaluate(() => globalThis.events[0][1].shop.track("sign_up"));
  await list.getByText("Gift").waitFor();
  assert.equal(await list.getByRole("listitem").count(), 2);
  assert.equal(await list.evaluate((element) => element.shadowRoot?.activeElement?.getAttribute("aria-label")), "Copiar el código VELAS10");
  await page.evaluate(() => globalThis.events[0][1].shop.close());
  assert.equal(await list.getByRole("listitem").count(), 0, "what Ana has is not for who comes after her");
  assert.deepEqual(errors, []);
  await context.close();
});

test("what ends while the page is open is not listed any longer", async () => {
  const { list, context } = await opened({ html: (html) => html.replace("2026-11-22T10:00:00Z", "2026-11-29T22:59:52Z") });
  await list.getByText("VELAS10").waitFor();
  await list.getByText("Ahora mismo no hay regalos.").waitFor({ timeout: 30_000 });
  await context.close();
});

test("a page may add the list later", async () => {
  const { page, message, context } = await opened({ list: "" });
  await message.getByText("VELAS10").waitFor();
  assert.equal(await page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/offers-"))), false, "it is downloaded where a page has one");
  await page.evaluate(() => document.body.append(document.createElement("querencia-offers")));
  await page.locator("querencia-offers").getByText("VELAS10").waitFor();
  await context.close();
});

test("a script of the page applies the offer, and what became of it is said", async () => {
  for (const [answer, said] of /** @type {[string, string][]} */ ([
    ["Promise.resolve(true)", "Aplicado."],
    ["true", "Aplicado."],
    ["Promise.resolve(false)", "No se ha podido aplicar: es mejor copiar el código."],
    ["Promise.resolve()", "No se ha podido aplicar: es mejor copiar el código."],
    ["Promise.reject(new Error('the cart is closed'))", "No se ha podido aplicar: es mejor copiar el código."],
    ["{ applied: false, message: 'A partir de 30 €.' }", "A partir de 30 €."],
  ])) {
    const { page, list, context } = await opened({ list: "<querencia-offers apply></querencia-offers>" });
    await page.evaluate((answer) => {
      document.addEventListener("querencia:apply", ({ detail }) => {
        /** @type {any} */ (globalThis).applied = { ...detail };
        detail.answer = (0, eval)(`(${answer})`);
      });
    }, answer);
    await list.getByRole("button", { name: "Aplicar VELAS10" }).click();
    await list.getByText(said, { exact: true }).waitFor();
    assert.deepEqual(await applied(page), { offer: "birthday-10", code: "VELAS10" });
    await context.close();
  }
});

test("a message is applied from, too: with its contact, once at a time, and silently where the page says what becomes of it", async () => {
  const { page, message, context } = await opened({ html: (html) => html.replace('<querencia-message placement="thank-you"', "$& apply") });
  await page.evaluate(() => {
    const asked = (/** @type {any} */ (globalThis).applied = /** @type {any[]} */ ([]));
    document.addEventListener("querencia:apply", ({ detail }) => {
      asked.push([detail.offer, detail.code, detail.contact?.campaign]);
      detail.answer = new Promise((done) => (/** @type {any} */ (globalThis).done = done));
    });
  });
  const apply = message.getByRole("button", { name: "Aplicar VELAS10" });
  await apply.click();
  await apply.dispatchEvent("click");
  assert.deepEqual(await applied(page), [["birthday-10", "VELAS10", "birthday"]]);
  await page.evaluate(() => /** @type {any} */ (globalThis).done(true));
  await message.getByText("Aplicado.").waitFor();
  await page.evaluate(() => document.addEventListener("querencia:apply", (event) => (event.preventDefault(), delete event.detail.answer)));
  await apply.click();
  await page.waitForTimeout(300);
  assert.equal(await message.locator("[part=result]").textContent(), "Aplicado.", "nothing new is said");
  assert.equal(await apply.getAttribute("aria-disabled"), null);
  await context.close();
});

test("nobody applies: there is no button; with the attribute alone, nobody is told that it was done", async () => {
  const { list, message, context } = await opened();
  await list.getByRole("button", { name: /Copiar/ }).waitFor();
  await message.getByRole("button", { name: /Copiar/ }).waitFor();
  assert.deepEqual([await list.locator("[part=apply]").count(), await message.locator("[part=apply]").count()], [0, 0]);
  await context.close();
  const alone = await opened({ list: "<querencia-offers apply></querencia-offers>" });
  await alone.list.getByRole("button", { name: /Aplicar/ }).click();
  await alone.list.getByText("No se ha podido aplicar: es mejor copiar el código.").waitFor();
  await alone.context.close();
});

test("`apply` of open, or of a platform, gives both elements the button", async () => {
  for (const how of ["option", "platform"]) {
    const { page, list, message, context } = await opened({ html: (html) => html.replace(/<script type="module"[^]*?<\/script>/, "") });
    await page.evaluate(
      async ([how, policy]) => {
        const [{ open, memory }] = await Promise.all([import(/** @type {any} */ ("/dist/shop.js")), import(/** @type {any} */ ("/dist/element.js"))]);
        const apply = async (/** @type {any} */ request) => !!(/** @type {any} */ (globalThis).applied = request);
        const given = how === "option" ? { apply } : { platform: { start: () => () => {}, apply } };
        const customer = JSON.parse(document.querySelector("#customer")?.textContent ?? "");
        const shop = await open({ policy, customer, ledger: memory(), clock: () => Date.parse("2026-11-22T10:00:00Z"), ...given });
        await shop.decide();
      },
      /** @type {const} */ ([how, JSON.stringify(policy)]),
    );
    await message.getByRole("button", { name: "Aplicar VELAS10" }).waitFor();
    await list.getByRole("button", { name: "Aplicar VELAS10" }).click();
    await list.getByText("Aplicado.").waitFor();
    assert.deepEqual(await applied(page), { offer: "birthday-10", code: "VELAS10" });
    await context.close();
  }
});

test("the small engine of a published policy lists, too", async () => {
  const { list, message, context, warnings, errors } = await opened({ at: INDEX, answers: await published(policy) });
  await list.getByText("VELAS10").waitFor();
  await message.getByRole("button", { name: "Copiar el código VELAS10" }).waitFor();
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

test("a link is shared where a page has neither https nor a clipboard", async () => {
  const shared = structuredClone(policy);
  Object.assign(shared.messages.birthday["es-ES"][0], { share: "Cuéntalo" });
  const { page, message, context } = await opened({
    answers: { "/policy.json": { body: JSON.stringify(shared) } },
    script: () => Object.defineProperties(navigator, { clipboard: { value: undefined }, share: { value: undefined } }),
  });
  await page.evaluate(hear);
  await message.getByRole("button", { name: "Cuéntalo" }).click();
  await message.getByText("Enlace copiado.").waitFor();
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).copied[1]), page.url());
  await page.evaluate(() => (document.execCommand = () => false));
  await message.getByRole("button", { name: "Cuéntalo" }).click();
  await message.locator("input").waitFor();
  assert.equal(await message.locator("input").inputValue(), page.url());
  await context.close();
});
