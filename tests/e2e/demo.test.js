// Casa Lola, the demo shop, as a visitor walks through it.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch } from "../chromium.js";
import { serve } from "../server.js";
import { refusals } from "../../www/panel/refusals.js";
import { facts } from "../../www/shop/facts.js";
import { fresh } from "./browser.js";

const www = new URL("../../www/", import.meta.url);
const policy = JSON.parse(await readFile(new URL("policies/casa-lola.json", www), "utf8"));
/** How many campaigns the pages ask about: those of the site. No page can send a letter. */
const asked = policy.campaigns.filter((/** @type {any} */ { channel }) => channel === "onsite").length;

/** A Sunday at eleven in the morning: no quiet hours, and autumn. */
const SUNDAY = "2026-11-22T11:00:00+01:00";

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
  server = await serve();
});
after(async () => {
  await browser.close();
  await server.close();
});

/**
 * A visitor in the shop. At the end nothing may have been complained about on the console or asked of another host.
 * @param {(page: import("playwright-core").Page) => Promise<void>} walk
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
async function visit(walk, options) {
  const home = { locale: "es-ES", timezoneId: "Europe/Madrid", viewport: { width: 1280, height: 900 } };
  const { page, context, warnings, errors } = await fresh(browser, { ...home, ...options });
  /** @type {string[]} */
  const elsewhere = [];
  page.on("request", (request) => new URL(request.url()).origin !== server.url && elsewhere.push(request.url()));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.setDefaultTimeout(10_000);
  await page.clock.setFixedTime(SUNDAY);
  await page.goto(server.url);
  await walk(page);
  assert.deepEqual({ warnings, errors, elsewhere }, { warnings: [], errors: [], elsewhere: [] });
  await context.close();
}

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page @param {string} placement */
const message = (page, placement) => page.locator(`querencia-message[placement=${placement}]`);
/**
 * Most buttons leave the page: first it must have come to its decision.
 * @param {Page} page @param {string} name
 */
async function press(page, name) {
  await page.locator(".standing").waitFor();
  await page.getByRole("button", { name, exact: true }).click();
}
/** @param {string} list @returns {(page: Page, campaign: string) => import("playwright-core").Locator} */
const listed = (list) => (page, campaign) => page.locator(`${list} li`).filter({ has: page.locator(`strong[data-id="${campaign}"]`) });
const spoken = listed(".contacts");
const refused = listed(".refused");
/** @param {import("playwright-core").Locator} entry */
const retryAt = async (entry) => Date.parse((await entry.locator("time").getAttribute("datetime")) ?? "");

/** A guest looks around, and hears two things. @param {Page} page */
async function browse(page) {
  await message(page, "home").getByText("Hola, soy Lola").waitFor();
  await page.getByRole("link", { name: "Plato La Vecina" }).click();
  await message(page, "product").getByText("Amparo ha abierto el horno").waitFor();
  await page.getByRole("link", { name: "Escaparate" }).click();
}

/** From the window to the basket with one jug. @param {Page} page */
async function fill(page) {
  await page.getByRole("link", { name: /La Charlatana|Chatterbox/ }).click();
  await page.locator("#add").click();
  await page.locator("#go").click();
  await page.locator("#lines li").waitFor();
}

/** Through the till. @param {Page} page */
async function buy(page) {
  await page.getByRole("link", { name: /Pasar por caja|To the till/ }).click();
  await page.getByRole("button", { name: /^(Comprar|Buy)$/ }).click();
  await page.waitForURL("**/thank-you.html");
}

test("a guest is greeted, buys, and is thanked once in the shop's words", () =>
  visit(async (page) => {
    await browse(page);
    await fill(page);
    await message(page, "basket").getByText("Llevas una cosa en la cesta").waitFor();
    await buy(page);

    const thanks = message(page, "thank-you");
    // A guest has no name, so the first variant is not for them.
    await thanks.getByText(policy.messages.thanks["es-ES"][1].title).waitFor();
    const number = await page.locator("#number").innerText();
    await thanks.getByText(`Tu pedido ${number} está en el mostrador`).waitFor();
    assert.equal(await thanks.getByText("Te escribo en cuanto salga").isVisible(), false);

    await spoken(page, "thanks").locator("[data-state=delivered]").waitFor();
    assert.equal(await page.locator(".refused li").count(), asked - 1, "every other campaign says why not");
    assert.equal(await refused(page, "letter").count(), 0, "no page can send a letter, so none asks about it");
    await refused(page, "autumn").locator('[data-code="audience · not-in-audience"]').waitFor();
    await refused(page, "welcome").locator('[data-code="repeat · too-soon"]').waitFor();
    assert.equal(await retryAt(refused(page, "welcome")), Date.parse("2026-12-22T11:00:00+01:00"));
    await refused(page, "welcome").getByText("mar, 22 dic 2026, 11:00 (dentro de 30 días)").waitFor();
    assert.equal(await page.locator("#panel tbody tr").count(), 4);

    await page.reload();
    await refused(page, "thanks").waitFor();
    await page.getByText("Te escribo en cuanto salga").waitFor();
  }));

test("the shop speaks to Google in Google's shape", () =>
  visit(async (page) => {
    await fill(page);
    const basket = await page.evaluate(() => /** @type {any} */ (globalThis).dataLayer);
    const jug = { item_id: "jug", item_name: "Jarra La Charlatana", item_category: "ceramics", price: 38, quantity: 1 };
    assert.deepEqual(basket, [{ ecommerce: null }, { event: "view_cart", ecommerce: { currency: "EUR", value: 38, items: [jug] } }]);

    await buy(page);
    const transaction_id = await page.locator("#number").innerText();
    assert.match(transaction_id, /^CL-\w+$/);
    // 38 € with 21 % of VAT inside, and 4.90 € of postage.
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).dataLayer), [
      { ecommerce: null },
      { event: "purchase", ecommerce: { transaction_id, value: 42.9, currency: "EUR", tax: 6.6, shipping: 4.9, items: [jug] } },
    ]);
  }));

test("tomorrow the guest has heard enough, and the panel says until when", () =>
  visit(async (page) => {
    await browse(page);
    await fill(page);
    await message(page, "basket").getByText("Tranquilidad").waitFor();
    await press(page, "Mañana");
    await page.locator(".ahead", { hasText: "dentro de 24 horas" }).waitFor();
    const wrapping = refused(page, "wrapping");
    await wrapping.locator('[data-code="limits · limit-full"]').waitFor();
    await wrapping.getByText("Ya hemos hablado bastante: 3 de 3 en 7d.").waitFor();
    assert.equal(await retryAt(wrapping), Date.parse("2026-11-29T11:00:00+01:00"));
    await message(page, "basket").getByText("Sin prisa.").waitFor();

    await press(page, "En una semana");
    await spoken(page, "wrapping").locator("[data-state=delivered]").waitFor();
    await message(page, "basket").getByText("Aquí nada viaja suelto").waitFor();

    await press(page, "Ahora");
    await page.locator(".ahead").waitFor({ state: "detached" });
  }));

test("Ana is congratulated on her birthday, once, and puts the note away from the keyboard", () =>
  visit(async (page) => {
    await press(page, "Ana");
    await message(page, "home").getByText("Ana, ha refrescado").waitFor();
    await page.locator(".standing [data-code=known]").waitFor();
    await page.locator(".standing [data-code=trust]").waitFor();
    await page.locator(".standing").getByText("Algo le ha llegado bien.").waitFor();
    await press(page, "El cumpleaños de Ana");
    const note = message(page, "home");
    await note.getByText("¡Felicidades, Ana!").waitFor();
    await note.getByText(/un 10\s%.*código SOPLA10, hasta el 8 de julio de 2027/).waitFor();
    await spoken(page, "birthday").locator("[data-state=delivered]").waitFor();

    await page.locator("[href='product.html?sku=jug']").focus();
    for (const step of ["Cerrar", "Mis preferencias", "¿Por qué"]) {
      await page.keyboard.press("Shift+Tab");
      assert.match(await note.evaluate((note) => note.shadowRoot.activeElement.textContent || "Cerrar"), new RegExp(step));
    }
    await page.keyboard.press("Enter");
    await note.getByText("tiene anotada esta fecha de cumpleaños").waitFor();
    await page.keyboard.press("Escape");
    await note.getByText("¡Felicidades").waitFor({ state: "detached" });

    await press(page, "Mañana");
    await refused(page, "birthday").locator('[data-code="repeat · already-spoken"]').waitFor();
    assert.equal(await retryAt(refused(page, "birthday")), Date.parse("2028-06-21T00:00:00+02:00"));
  }));

test("when the clock goes back, what was said later has not been said, and no present of it is left", () =>
  visit(async (page) => {
    await press(page, "Ana");
    await message(page, "home").getByText("Ana, ha refrescado").waitFor();
    await press(page, "El cumpleaños de Ana");
    await message(page, "home").getByText("¡Felicidades, Ana!").waitFor();
    const presents = page.locator(".entitled strong");
    await page.locator(".entitled [data-id=birthday-10]").waitFor();
    await press(page, "Ahora");
    await page.locator(".ahead").waitFor({ state: "detached" });
    await refused(page, "birthday").locator('[data-code="occasion · none"]').waitFor();
    await page.locator(".entitled [data-id=autumn-5]").waitFor();
    assert.equal(await presents.count(), 1);
    assert.deepEqual(await page.locator("#panel tbody td:first-child").allInnerTexts(), ["bienvenida", "otoño"]);
  }));

test("the panel tells the day and the hour of the shop, wherever the device is", () =>
  visit(
    async (page) => {
      await page.locator(".clock", { hasText: "11:00" }).waitFor();
      await page.locator(".clock", { hasText: "domingo, 22 de noviembre de 2026" }).waitFor();
      await press(page, "El cumpleaños de Ana");
      await page.locator(".clock", { hasText: "jueves, 24 de junio de 2027" }).waitFor();
      await press(page, "Esta noche, 23:30");
      await page.locator(".clock", { hasText: "23:30" }).waitFor();
      await page.locator(".clock", { hasText: "jueves, 24 de junio de 2027" }).waitFor();
    },
    { timezoneId: "Asia/Tokyo" },
  ));

test("congratulations that come late say so", () =>
  visit(async (page) => {
    await press(page, "El cumpleaños de Ana");
    await refused(page, "birthday").locator('[data-code="occasion · none"]').waitFor();
    await press(page, "Mañana");
    await press(page, "Ana");
    await message(page, "home").getByText("Llego tarde, Ana, pero llego").waitFor();
  }));

test("the shopper has preferences, the panel shows them and takes them back", () =>
  visit(async (page) => {
    await message(page, "home").getByText("Hola, soy Lola").waitFor();
    await press(page, "Mis preferencias");
    const dialog = page.getByRole("dialog", { name: "Mis preferencias" });
    for (const name of ["Novedades", "Trucos y cuidados", "Ofertas", "La carta de la semana"]) await dialog.getByRole("checkbox", { name, exact: true, checked: true }).waitFor();
    await dialog.getByRole("checkbox", { name: "Novedades" }).uncheck();
    await dialog.getByLabel("Una vez al mes, como mucho").check();
    await dialog.getByRole("button", { name: "Guardar" }).click();
    await page.locator(".wishes").getByText("Como mucho uno cada 30d.").waitFor();
    await page.locator(".wishes").getByText("Solo de: trucos, ofertas y carta de la semana.").waitFor();

    await page.getByRole("link", { name: "Plato La Vecina" }).click();
    await refused(page, "arrivals").locator('[data-code="wishes · less-often"]').waitFor();
    await press(page, "Retirar los deseos");
    await message(page, "product").getByText("Amparo ha abierto el horno").waitFor();

    await press(page, "Mis preferencias");
    await dialog.getByRole("button", { name: "Ningún mensaje más" }).click();
    await dialog.getByRole("button", { name: "Sí, para siempre" }).click();
    await page.locator(".wishes").getByText("Para siempre, nada por la tienda.").waitFor();
    assert.equal(await message(page, "product").getByText("ha abierto el horno").count(), 0);
    await page.getByRole("link", { name: "Escaparate" }).click();
    await refused(page, "welcome").locator('[data-code="consent · withdrawn"]').waitFor();
    await press(page, "Empezar de cero");
    await message(page, "home").getByText("Hola, soy Lola").waitFor();
  }));

test("at night a page speaks: it wakes nobody", () =>
  visit(async (page) => {
    await press(page, "Ana");
    await message(page, "home").getByText("Ana, ha refrescado").waitFor();
    await press(page, "Esta noche, 23:30");
    await page.locator(".clock", { hasText: "23:30" }).waitFor();
    await page.getByRole("link", { name: "Plato La Vecina" }).click();
    await message(page, "product").getByText("Amparo ha abierto el horno").waitFor();
  }));

test("in English everything is, and stays so", () =>
  visit(async (page) => {
    await press(page, "English");
    await press(page, "Start afresh");
    await message(page, "home").getByText("Hello, I'm Lola").waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.equal(await page.title(), "Casa Lola · Pottery, oil, linen and oranges");
    await page.getByRole("heading", { name: "What Querencia decided" }).waitFor();
    await fill(page);
    await buy(page);
    await message(page, "thank-you").getByText("Thank you! Now, where is that string").waitFor();
    await message(page, "thank-you").getByRole("button", { name: "Why am I seeing this?" }).waitFor();
    await refused(page, "welcome").getByText("Tue, Dec 22, 2026, 11:00 AM (in 30 days)").waitFor();
    assert.deepEqual(await page.locator(".es").filter({ visible: true }).allInnerTexts(), []);
    await press(page, "Español");
    await page.getByRole("heading", { name: "Hecho. Ya es tuyo" }).waitFor();
    await message(page, "thank-you").getByText(policy.messages.thanks["es-ES"][1].title).waitFor();
  }));

test("starting afresh forgets basket, clock and ledger", () =>
  visit(async (page) => {
    await message(page, "home").getByText("Hola, soy Lola").waitFor();
    await fill(page);
    await press(page, "En una semana");
    await page.locator(".ahead").waitFor();
    // The page is loaded again: the test is about the new page.
    const loaded = page.waitForEvent("load");
    await press(page, "Empezar de cero");
    await loaded;
    await spoken(page, "welcome").locator("[data-state=delivered]").waitFor();
    // the panel writes its list anew whenever something is stored
    await page.waitForFunction(() => document.querySelectorAll("#panel tbody tr").length === 1);
    assert.equal(await page.locator("#count").isVisible(), false);
    await page.locator(".ahead").waitFor({ state: "detached" });
  }));

test("the panel folds, and stays folded", () =>
  visit(async (page) => {
    await press(page, "Plegar");
    assert.equal(await page.locator(".standing").isVisible(), false);
    await page.reload();
    const handle = page.getByRole("button", { name: "Querencia", exact: true });
    assert.equal(await handle.getAttribute("aria-expanded"), "false");
    await handle.click();
    await page.locator(".standing").waitFor();
  }));

test("on a telephone nothing is cut off, and the panel lies below the shop", () =>
  visit(
    async (page) => {
      await message(page, "home").getByText("Hola, soy Lola").waitFor();
      const edges = () => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      const [find, lose, home] = ["search.html?q=jarra", "404.html", "index.html"].map((name) => () => page.goto(`${server.url}/${name}`));
      for (const step of [find, lose, home, () => fill(page), () => buy(page)]) {
        const [wide, window] = await edges();
        assert.equal(wide, window);
        await step();
      }
      await page.evaluate(() => scrollTo(0, 0));
      const [bar, front] = [await page.locator(".panel-jump").boundingBox(), await page.locator(".front").boundingBox()];
      assert.ok(bar && front && bar.y + bar.height <= front.y, "the bar lies over nothing");
      await page.evaluate(() => scrollTo(0, 400));
      const gone = await page.locator(".panel-jump").boundingBox();
      assert.ok(gone && gone.y + gone.height <= 0, "it does not follow the reader, over the shop");
      await page.evaluate(() => scrollTo(0, 0));
      assert.equal(await page.locator(".refused li").first().isVisible(), false, "those that stay silent are folded");
      const [shop, panel] = [await page.locator(".shop").boundingBox(), await page.locator("#panel").boundingBox()];
      assert.ok(shop && panel && panel.y >= shop.y + shop.height);
      await page.getByRole("link", { name: `Querencia: 1 habla, ${asked - 1} callan` }).click();
      await spoken(page, "thanks").waitFor();
    },
    { viewport: { width: 390, height: 844 } },
  ));

test("the Spanish panel has no English word, and every campaign of the site has a Spanish name", () =>
  visit(async (page) => {
    await spoken(page, "welcome").locator("[data-state=delivered]").waitFor();
    await press(page, "Ana");
    await message(page, "home").getByText("Ana, ha refrescado").waitFor();
    await spoken(page, "autumn").locator("[data-state=delivered]").waitFor();
    const english = new Set([
      ...policy.campaigns.map((/** @type {any} */ { id }) => id),
      ...Object.keys(policy.offers),
      ...Object.keys(refusals),
      ..."class channel placement occurrence locale variant onsite relational promotional service delivered known trust occasion audience repeat limits wishes care consent because detail gap".split(" "),
    ]);
    const text = await page.locator("#panel").innerText();
    assert.deepEqual((text.toLowerCase().match(/[\p{L}\d]+(-[\p{L}\d]+)*/gu) ?? []).filter((word) => english.has(word)), []);
  }));

test("where a page is missing there is a joke, another each time, and two ways out", () =>
  visit(async (page) => {
    await message(page, "home").getByText("Hola, soy Lola").waitFor();
    const note = message(page, "not-found");
    let minutes = 0;
    for (const { title } of policy.messages["not-found"]["es-ES"].filter((/** @type {any} */ { form }) => form !== "formal")) {
      // Nobody loses their way twice in one millisecond.
      minutes += 1;
      await page.clock.setFixedTime(Date.parse(SUNDAY) + minutes * 60_000);
      await page.goto(`${server.url}/404.html`);
      await note.getByText(title, { exact: true }).waitFor();
      await spoken(page, "not-found").locator("[data-state=delivered]").waitFor();
    }
    await refused(page, "welcome").locator('[data-code="repeat · too-soon"]').waitFor();
    await page.getByRole("link", { name: "Volver al escaparate" }).click();
    await page.getByRole("link", { name: "Plato La Vecina" }).click();
    // Jokes cost no slot: after one greeting and three of them there is room for two more.
    await message(page, "product").getByText("Amparo ha abierto el horno").waitFor();
  }));

test("the server answers people with that page, and says that it is not the one they asked for", async () => {
  const asked = await fetch(`${server.url}/el-gato.html`, { headers: { accept: "text/html,*/*" } });
  assert.equal(asked.status, 404);
  assert.match(await asked.text(), /Por aquí no era/);
  const script = await fetch(`${server.url}/el-gato.js`);
  assert.deepEqual([script.status, await script.text()], [404, "not found\n"]);
});

test("a page that is missing and a search without results need the script tag alone", async () => {
  for (const [path, placement, title] of [["404.html", "not-found", "not-found"], ["search.html?q=bicicleta", "search", "lost"]]) {
    await visit(async (page) => {
      await page.goto(`${server.url}/${path}`);
      const [first] = policy.messages[title]["es-ES"].filter((/** @type {any} */ { title }) => !title.includes("{"));
      await message(page, placement).getByText(first.title).waitFor();
      assert.equal(await page.locator(".pages").count(), 0, "one decision, about that");
    });
  }
  const scripts = await readdir(new URL("shop/", www), { recursive: true });
  for (const name of scripts.filter((name) => name.endsWith(".js"))) {
    assert.doesNotMatch(await readFile(new URL(`shop/${name}`, www), "utf8"), /\.track\(|\.decide\(/, name);
  }
});

test("the tag hands the engine the shop's catalogue", () =>
  visit(async (page) => {
    const island = JSON.parse((await page.locator("#catalog").textContent()) ?? "");
    assert.deepEqual(island, JSON.parse(JSON.stringify(facts(Date.parse(SUNDAY), "es"))));
    assert.equal(await page.locator("script[data-policy]").getAttribute("data-catalog"), "#catalog");
  }));

test("a search that finds something is left alone, one that does not is helped", () =>
  visit(async (page) => {
    await page.getByRole("link", { name: "Buscar" }).click();
    const ask = async (/** @type {string} */ word) => {
      await page.getByRole("searchbox").fill(word);
      await page.getByRole("button", { name: "Buscar" }).click();
    };
    await ask("AZAHÁR");
    await page.getByRole("link", { name: "Miel de azahar" }).waitFor();
    await refused(page, "lost").locator('[data-code="occasion · none"]').waitFor();
    assert.equal(await message(page, "search").isVisible(), false);
    await ask("bicicleta");
    await page.getByText("Con «bicicleta» no me sale nada.").waitFor();
    await message(page, "search").getByText("No lo encuentro, pero no me rindo").waitFor();
    await spoken(page, "lost").locator("[data-value=service]").waitFor();
  }));

test("what Ana left in her basket is kept for her, and said once", () =>
  visit(async (page) => {
    await press(page, "Ana");
    await message(page, "home").getByText("Ana, ha refrescado").waitFor();
    await fill(page);
    await message(page, "basket").getByText("Llevas una cosa en la cesta").waitFor();
    await page.getByRole("link", { name: "Escaparate" }).click();
    await refused(page, "cart").locator('[data-code="occasion · none"]').waitFor();
    await press(page, "Mañana");
    await message(page, "home").getByText("Ana, te guardé la cesta").waitFor();
    await message(page, "home").getByText("Dentro sigue lo que elegiste").waitFor();
    await page.reload();
    await refused(page, "cart").locator('[data-code="repeat · already-spoken"]').waitFor();
    await message(page, "home").getByText("Hoy abre Lola.").waitFor();
  }));

test("Ana's third order is noticed when there is room for it, then she is told how to look after what came, in one note", () =>
  visit(async (page) => {
    await press(page, "Ana");
    await message(page, "home").getByText("Ana, ha refrescado").waitFor();
    for (const name of ["Tres paños Domingo Largo", "La Charlatana"]) {
      await page.getByRole("link", { name }).click();
      // who leaves at once has seen nothing, and it takes no turn
      if (name !== "La Charlatana") await spoken(page, "arrivals").locator("[data-state=delivered]").waitFor();
      await page.locator("#add").click();
      await page.getByRole("link", { name: "Escaparate" }).click();
    }
    await page.getByRole("link", { name: /Cesta/ }).click();
    await message(page, "basket").getByText("Llevas 2 cosas en la cesta").waitFor();
    await buy(page);
    await message(page, "thank-you").getByText("Gracias, Ana. De las de verdad").waitFor();
    await page.getByRole("link", { name: "Volver al escaparate" }).click();
    await refused(page, "third-order").getByText("Ya hemos hablado bastante: 5 de 5 en 7d.").waitFor();

    await press(page, "En una semana");
    await message(page, "home").getByText("Tres, Ana. Ya eres de la casa").waitFor();
    await page.locator(".standing [data-code=advocate]").waitFor();
    // Seven days after a delivery the shop asks how it is, and opens no kiln.
    await refused(page, "kiln").locator('[data-code="kind · not-in-phase"]').waitFor();
    await page.reload();
    const workshop = message(page, "workshop");
    await workshop.getByText("Ana, cuida el barro y te dura más que el coche").waitFor();
    await workshop.getByText("No lo planches").waitFor();
    assert.equal(await workshop.locator("[part=signer]").count(), 1);
  }));

test("without its Wasm the shop is the shop it was", async () => {
  const { page, context, warnings, errors } = await fresh(browser);
  await page.route("**/querencia-whole-*.wasm", (route) => route.abort());
  await page.goto(server.url);
  for (let wait = 0; warnings.length === 0 && wait < 100; wait++) await page.waitForTimeout(50);
  assert.deepEqual([warnings.length, errors], [1, []]);
  await fill(page);
  await buy(page);
  await page.getByText("Te escribo en cuanto salga").waitFor();
  await context.close();
});
