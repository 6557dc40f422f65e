// The shopper's wishes over the script tag: kept in the browser, for all its tabs and for the next visit.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** A tab on the thank-you page, with its shop. @param {import("playwright-core").BrowserContext} profile */
async function tab(profile) {
  const page = await profile.newPage();
  await page.addInitScript(() => {
    globalThis.decisions = [];
    document.addEventListener("querencia:ready", ({ detail }) => (globalThis.shop = detail.shop));
    document.addEventListener("querencia:decision", ({ detail }) => globalThis.decisions.push(detail.decision));
  });
  await page.goto(`${stage.url}/thank-you.html`);
  await page.waitForFunction(() => globalThis.decisions.length > 0);
  return page;
}

/** Why nothing is said on the page's places. @param {import("playwright-core").Page} page */
const decided = (page) =>
  page.evaluate(async () => {
    const { contacts, refused } = await globalThis.shop.track("purchase", { order: { id: `A-${Math.random()}` } });
    return [contacts.length, ...new Set(refused.map(({ gate, code }) => `${gate} ${code}`))];
  });

test("what is wished in one tab holds in the other at its next decision, and on the next visit", async () => {
  const profile = await stage.browser.newContext();
  const [one, other] = [await tab(profile), await tab(profile)];
  const message = one.locator("querencia-message[placement=thank-you]");
  await message.getByText("Gracias, Ana").waitFor();
  await message.getByRole("button", { name: "Mis preferencias" }).click();
  await one.getByRole("dialog").getByLabel("Sin mensajes").check();
  await one.getByRole("button", { name: "Guardar" }).click();
  await one.waitForFunction(() => globalThis.decisions.length > 1);
  assert.equal(await one.getByText("Gracias, Ana").count(), 0);

  assert.deepEqual(await decided(other), [0, "wishes not-this-channel"]);
  const [record] = await other.evaluate(() => globalThis.shop.ledger.all());
  assert.equal(record.reaction, "dismissed");
  await one.close();
  await other.close();

  const later = await tab(profile);
  assert.deepEqual(await later.evaluate(() => globalThis.shop.wishes()), { avoid: ["onsite"] });
  assert.deepEqual(await decided(later), [0, "wishes not-this-channel"]);
  await profile.close();
});

test("two tabs that wish at once lose no wish", async () => {
  const profile = await stage.browser.newContext();
  const tabs = [await tab(profile), await tab(profile)];
  const wishes = [{ unsubscribed: ["email"] }, { lessOften: "7d" }];
  await Promise.all(tabs.map((tab, index) => tab.evaluate((wish) => globalThis.shop.wish(wish).then(() => {}), wishes[index])));
  for (const tab of tabs) {
    assert.deepEqual(await tab.evaluate(() => globalThis.shop.wishes()), { unsubscribed: ["email"], lessOften: "7d" });
  }
  await profile.close();
});

test("a ledger from before there were wishes goes on", async () => {
  const profile = await stage.browser.newContext();
  const page = await profile.newPage();
  await page.goto(`${stage.url}/blank.html`);
  const found = await page.evaluate(async () => {
    const request = indexedDB.open("querencia", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("records", { keyPath: "id" }).put({ id: "a", state: "armed", at: 1 });
    };
    await new Promise((done) => (request.onsuccess = done));
    request.result.onversionchange = () => request.result.close();
    const store = (await import("/dist/shop.js")).indexedDB();
    return store.transact((records, wishes) => ({ put: [], result: [records.length, wishes] }));
  });
  assert.deepEqual(found, [1, {}]);
  await profile.close();
});
