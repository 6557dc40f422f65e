// The page that plays the story of a year: what the contract asserts is what is seen.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { load, render } from "querencia";
import { launch } from "../chromium.js";
import { serve } from "../server.js";
import { casesOf } from "../vectors/match.js";
import { decideDays } from "../vectors/story.js";
import { fresh } from "./browser.js";

/** @typedef {import("playwright-core").Page} Page */

const [{ policy, request, story }] = casesOf(JSON.parse(await readFile(new URL("../vectors/a-year.json", import.meta.url), "utf8")));
const ZONE = "Europe/Madrid";

/** The messages of each day of the story, decided in Node. @param {string} locale */
async function decidedInNode(locale) {
  const engine = await load(policy);
  const asked = { ...request, customer: { ...request.customer, locale } };
  const days = [...decideDays(/** @type {any} */ (story), asked, engine)].map(({ date, decision }) => ({
    date,
    standing: decision.standing,
    said: decision.contacts.map((/** @type {any} */ contact) => render(contact, { zone: ZONE })),
  }));
  engine.free();
  return days;
}
const spanish = await decidedInNode("es-ES");
const spoken = spanish.filter(({ said }) => said.length > 0);

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
 * Somebody who looks at the year; time stands until they let it run. Nothing may be complained about, nor asked elsewhere.
 * @param {(page: Page) => Promise<void>} watch
 * @param {import("playwright-core").BrowserContextOptions & { hash?: string }} [options]
 */
async function visit(watch, { hash = "", ...options } = {}) {
  const { page, context, warnings, errors } = await fresh(browser, { locale: "es-ES", timezoneId: ZONE, viewport: { width: 1280, height: 900 }, ...options });
  /** @type {string[]} */
  const elsewhere = [];
  page.on("request", (request) => new URL(request.url()).origin !== server.url && elsewhere.push(request.url()));
  page.setDefaultTimeout(10_000);
  await page.clock.install({ time: "2026-11-22T11:00:00+01:00" });
  await page.goto(`${server.url}/year.html${hash}`);
  await page.locator("#leaf .day").waitFor();
  // A message waits five seconds for its words, and here time leaps: they are loaded before it does.
  await page.evaluate(() => {
    const message = { locale: document.documentElement.lang, variant: 0, title: null, body: "", params: {}, signer: null };
    return document.createElement("querencia-message").show(/** @type {any} */ ({ message, why: [] }));
  });
  await page.clock.pauseAt("2026-11-22T12:00:00+01:00");
  await watch(page);
  assert.deepEqual({ warnings, errors, elsewhere }, { warnings: [], errors: [], elsewhere: [] });
  await context.close();
}

/** @param {Page} page */
const date = (page) => page.locator("#leaf").getAttribute("datetime");
/** The texts of the notes on the page. @param {Page} page */
const notes = (page) =>
  page.locator("#notes").evaluate((notes) =>
    [...notes.children].flatMap((note) => {
      const text = (/** @type {string} */ part) => note.shadowRoot?.querySelector(`[part=${part}]`)?.textContent;
      return text("body") ? [{ title: text("title"), body: text("body"), signer: text("signer") }] : [];
    }),
  );
/** @param {Page} page @param {string} name */
const button = (page, name) => page.getByRole("button", { name, exact: true });

test("it plays from the first day on which something happens to the last of all, and every contact has been heard", () =>
  visit(async (page) => {
    assert.equal(await date(page), spoken[0].date);
    await page.getByLabel("Velocidad").selectOption("Deprisa");
    await button(page, "Reproducir").click();
    await button(page, "Pausa").waitFor();
    for (let seconds = 0; seconds < 300 && (await date(page)) !== story?.to; seconds += 5) await page.clock.runFor(5_000);
    await button(page, "Reproducir").waitFor();
    const letters = await page.locator("#letters li").filter({ visible: true }).evaluateAll((letters) =>
      letters.map((letter) => ({
        date: letter.querySelector("time")?.dateTime,
        title: letter.querySelector("strong")?.textContent,
        body: letter.querySelector("p")?.textContent,
      })),
    );
    assert.deepEqual(letters.reverse(), spoken.flatMap(({ date, said }) => said.map(({ title, body }) => ({ date, title, body }))));
    await page.getByText(`${spoken.length} mensajes en ${spanish.length} días.`).waitFor();
    await page.locator("#relation").getByText("Ausencia").waitFor();

    await button(page, "Reproducir").click();
    assert.equal(await date(page), spanish[1].date, "from the end it begins again");
  }));

test("from event to event with the keyboard alone: each note with its text, its reason and the standing of the day", () =>
  visit(async (page) => {
    /** @type {object[]} */
    const found = [];
    const seen = async () => {
      const said = await notes(page);
      const [phase, tier] = await page.locator(".standing [data-code]").evaluateAll((all) => all.map((one) => /** @type {HTMLElement} */ (one).dataset.code));
      found.push({ date: await date(page), said, standing: [phase, tier] });
      if (said.length === 0) await page.getByText("Hoy no se le dice nada.").waitFor();
      else await page.locator("#notes [part=why-text]").filter({ hasText: "Se ha decidido aquí" }).first().waitFor();
    };
    await page.locator("#before").focus();
    for (const name of ["Reproducir", "Siguiente suceso"]) {
      await page.keyboard.press("Tab");
      assert.equal((await page.evaluate(() => document.activeElement?.textContent))?.includes(name.split(" ")[0]), true);
    }
    await seen();
    while ((await page.locator("#after").getAttribute("aria-disabled")) === "false") {
      await page.keyboard.press("Enter");
      await seen();
    }
    const dates = new Set(found.map((/** @type {any} */ { date }) => date));
    for (const day of Object.keys(story?.days ?? {}).filter((day) => story?.days[day].customer)) assert.ok(dates.has(day), `${day} was passed over`);
    for (const { date, said, standing } of spanish.filter(({ date }) => dates.has(date))) {
      assert.deepEqual(found.find((/** @type {any} */ day) => day.date === date), { date, said, standing: [standing.tier, standing.phase] });
    }
    for (const { date } of spoken) assert.ok(dates.has(date), `${date} was passed over`);

    await page.keyboard.press("Enter");
    assert.deepEqual(dates.has(await date(page) ?? ""), true, "after the last one nothing comes");
    await page.locator("#before").focus();
    await page.keyboard.press("Enter");
    assert.equal(await date(page), /** @type {any} */ (found.at(-2)).date);
  }));

test("the slider goes by day, says which, and halts what plays", () =>
  visit(async (page) => {
    const slider = page.getByRole("slider", { name: "Día" });
    await button(page, "Reproducir").click();
    await button(page, "Pausa").waitFor();
    assert.equal(await date(page), "2023-11-28");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await button(page, "Reproducir").waitFor();
    await page.clock.runFor(60_000);
    assert.equal(await slider.getAttribute("aria-valuetext"), "miércoles, 29 de noviembre de 2023");
    await page.keyboard.press("End");
    assert.equal(await date(page), story?.to);
    await page.keyboard.press("Home");
    assert.equal(await date(page), story?.from);
    assert.equal(await page.locator("#letters li").filter({ visible: true }).count(), 0);
    await page.getByText("0 mensajes en 1 día.").waitFor();
  }));

test("it says what happened, who stays silent, and until when", () =>
  visit(
    async (page) => {
      const events = page.getByRole("status").filter({ has: page.locator(".events") });
      await events.getByText("El paquete no ha llegado el día prometido.").waitFor();
      await events.getByText("De «Ilusión» a «Desencanto».").waitFor();
      await page.locator(".standing").getByText("Un pedido no ha llegado cuando se prometió.").waitFor();
      await page.goto(`${server.url}/year.html#2024-01-25`);
      const more = page.locator(".refused li").filter({ has: page.locator("[data-id=more]") });
      await more.locator('[data-code="calm · after-purchase"]').waitFor();
      assert.equal(await more.locator("time").getAttribute("datetime"), "2024-01-27T09:00:00.000Z");
      await page.goto(`${server.url}/year.html#2024-02-29`);
      await events.getByText("este año de verdad: es 29 de febrero").waitFor();
      await page.goto(`${server.url}/year.html#2025-02-28`);
      await events.getByText("Este año no hay 29 de febrero").waitFor();
      await page.locator("#letters a").first().click();
      // The address changes first, and the page after it.
      await page.locator('#leaf[datetime="2025-02-27"]').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), "today");
    },
    { hash: "#2023-12-03" },
  ));

test("who wants no motion is taken from event to event", () =>
  visit(
    async (page) => {
      await button(page, "Reproducir").click();
      assert.equal(await date(page), "2023-12-03");
      await page.clock.runFor(3_500);
      assert.equal(await date(page), "2023-12-04");
      assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0);
    },
    { reducedMotion: "reduce" },
  ));

test("in English, and on a telephone nothing is cut off", async () => {
  const english = (await decidedInNode("en")).filter(({ said }) => said.length > 0);
  await visit(
    async (page) => {
      await button(page, "English").click();
      await page.getByRole("heading", { name: "A year with Ana" }).waitFor();
      await page.locator("#leaf .day").waitFor();
      for (const { said } of english.slice(0, 4)) {
        while ((await notes(page)).length === 0) await button(page, "Next event").click();
        assert.deepEqual(await notes(page), said);
        await page.getByText("This was decided here, in the browser.").waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
        await button(page, "Next event").click();
      }
      assert.deepEqual(await page.locator(".es").filter({ visible: true }).allInnerTexts(), []);
    },
    { viewport: { width: 390, height: 844 } },
  );
});

test("where nobody serves the story the page says so", async () => {
  const { page, context, errors } = await fresh(browser, { locale: "es-ES" });
  await page.route("**/a-year.json", (route) => route.fulfill({ status: 404 }));
  await page.goto(`${server.url}/year.html`);
  await page.getByRole("alert").getByText("La historia no está aquí").waitFor();
  assert.equal(await page.locator("#stage").isVisible(), false);
  assert.match(errors.join(), /there is no story at .*: the server answers 404/);
  await context.close();
});

test("the shop leads there", async () => {
  const { page, context } = await fresh(browser, { locale: "es-ES" });
  for (const name of ["Ver un año entero, día a día", "Un año con Ana, día a día"]) {
    await page.goto(server.url);
    await page.getByRole("link", { name }).click();
    await page.locator("#leaf .day").waitFor();
  }
  await context.close();
});
