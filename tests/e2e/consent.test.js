// `data-consent`: what a page writes before the shopper says yes, after it, and after a no.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openThankYou, start } from "./browser.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** @param {string} sources @param {string} [policy] */
const asking = (sources, policy) => (/** @type {string} */ html) =>
  html.replace("data-platform", `data-consent="${sources}" data-platform`).replace(/data-policy="[^"]*"/, (own) => (policy ? `data-policy="${policy}"` : own));

/** All that the page has written. @param {import("playwright-core").Page} page */
const written = (page) =>
  page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    /** @type {any[]} */
    let records = [];
    if (databases.includes("querencia")) {
      records = await new Promise((done) => {
        const request = indexedDB.open("querencia");
        request.onsuccess = () => {
          const database = request.result;
          const all = ["records", "parts"].map((name) => database.transaction(name).objectStore(name).getAll());
          all[1].onsuccess = () => setTimeout(() => (database.close(), done(all.flatMap(({ result }) => result.map((/** @type {any} */ { campaign }) => campaign)))), 20);
        };
      });
    }
    return { databases, records: [...new Set(records)].sort(), local: Object.keys(localStorage).sort(), session: Object.keys(sessionStorage), cookies: document.cookie };
  });

const NOTHING = { databases: [], records: [], local: [], session: [], cookies: "" };
/** @param {import("playwright-core").Page} page */
const decided = (page) => page.waitForFunction(() => /** @type {any} */ (globalThis).events.some((/** @type {any[]} */ [name]) => name === "decision"));
/** Longer than a page waits before it keeps an answer. @param {import("playwright-core").Page} page */
const rest = (page) => page.waitForTimeout(1300);
/** @param {import("playwright-core").Page} page @param {string} answer */
const say = (page, answer) => page.evaluate((answer) => (document.documentElement.dataset.consent = answer), answer);

for (const policy of [undefined, INDEX]) {
  const name = policy ? "published" : "not published";
  test(`before a yes nothing is written, after it the ledger, after a no it is gone (${name})`, async () => {
    const { page, context, warnings, errors } = await openThankYou(stage, asking("explicit", policy), {}, policy ? await published() : {});
    await decided(page);
    await rest(page);
    assert.deepEqual(await written(page), NOTHING);
    const sources = await page.evaluate(() => performance.getEntriesByType("resource").flatMap(({ name }) => /\/consent\/([a-z]+)-/.exec(name)?.[1] ?? []));
    assert.deepEqual(sources, ["explicit"], "what nobody names is not downloaded");

    await say(page, "preferences");
    await page.getByText("Gracias, Ana").waitFor();
    await page.waitForFunction(async () => (await indexedDB.databases()).length > 0);
    await rest(page);
    const kept = await written(page);
    assert.deepEqual([kept.databases, kept.session], [["querencia"], ["querencia"]]);
    assert.ok(kept.records.includes("thanks"), JSON.stringify(kept));

    await say(page, "denied");
    await page.waitForFunction(() => localStorage.length + sessionStorage.length === 0);
    await rest(page);
    assert.deepEqual(await written(page), { ...NOTHING, databases: ["querencia"] });
    assert.deepEqual([warnings, errors], [[], []]);
    await context.close();
  });
}

test("a yes that is there from the beginning is a ledger from the beginning; without an answer the next page reads none of it", async () => {
  const { page, context } = await openThankYou(stage, (html) => asking("explicit google")(html).replace("<html", '<html data-consent="granted"'));
  await page.getByText("Gracias, Ana").waitFor();
  await rest(page);
  await page.reload();
  await decided(page);
  await page.getByText("Pedido recibido").waitFor();
  assert.ok((await written(page)).records.includes("thanks"));
  await context.close();
});

test("a no that was said on another page deletes", async () => {
  const { page, context } = await openThankYou(stage, (html) => asking("explicit")(html).replace("<html", '<html data-consent="granted"'));
  await page.getByText("Gracias, Ana").waitFor();
  await rest(page);
  await page.unroute("**/thank-you.html");
  await page.route("**/thank-you.html", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: asking("explicit")(await response.text()).replace("<html", '<html data-consent="denied"') });
  });
  await page.reload();
  await decided(page);
  assert.deepEqual((await written(page)).records, []);
  await context.close();
});

test("before a yes a wish for good is kept, and nothing else", async () => {
  const { page, context } = await openThankYou(stage, asking("explicit"));
  await decided(page);
  await page.evaluate(() => /** @type {any} */ (globalThis).events.find((/** @type {any[]} */ [name]) => name === "ready")[1].shop.wish({ unsubscribed: ["onsite"] }));
  const { databases, records, session, local } = await written(page);
  assert.deepEqual([databases, records, session, local.filter((key) => /asked|pages|writes/.test(key))], [["querencia"], [], [], []]);
  await page.reload();
  await decided(page);
  const wishes = await page.evaluate(() => /** @type {any} */ (globalThis).events.find((/** @type {any[]} */ [name]) => name === "ready")[1].shop.wishes());
  assert.deepEqual(wishes.unsubscribed, ["onsite"]);
  await context.close();
});

test("before a yes a wish for good holds also where the browser has no database, and a blank `data-store` is none", async () => {
  const { page, context } = await openThankYou(stage, (html) => asking("explicit")(html).replace("data-platform", 'data-store="" data-platform'));
  await page.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { get: () => undefined }));
  const wishes = () => page.evaluate(() => /** @type {any} */ (globalThis).events.find((/** @type {any[]} */ [name]) => name === "ready")[1].shop.wishes());
  await page.reload();
  await decided(page);
  await page.evaluate(() => /** @type {any} */ (globalThis).events.find((/** @type {any[]} */ [name]) => name === "ready")[1].shop.wish({ unsubscribed: ["onsite"] }));
  await page.reload();
  await decided(page);
  assert.deepEqual((await wishes()).unsubscribed, ["onsite"]);
  await context.close();
});

test("a platform that comes seconds later is heard, and a misspelt source is told of", async () => {
  const { page, context, warnings } = await openThankYou(stage, asking("tcf gogle"));
  await decided(page);
  assert.equal(warnings.filter((line) => line.includes("gogle")).length, 1);
  await context.close();
  const late = await openThankYou(stage, asking("tcf"));
  await decided(late.page);
  await late.page.waitForTimeout(2000);
  assert.deepEqual((await written(late.page)).databases, []);
  await late.page.evaluate(() => {
    /** @type {any} */ (globalThis).__tcfapi = (/** @type {any} */ _, /** @type {any} */ __, /** @type {any} */ hear) =>
      hear({ gdprApplies: true, eventStatus: "tcloaded", purpose: { consents: { 1: true, 6: true } } }, true);
  });
  await late.page.waitForFunction(async () => (await indexedDB.databases()).length > 0);
  await late.context.close();
});
