// The tag's `data-server` in Chromium: one cap over two devices, a server that says no, is away or says nonsense, wishes and codes.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { FAULTS, policy, startShopServer, tokenOf } from "../shop-server.js";
import { start } from "./browser.js";
import { published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
/** @type {Awaited<ReturnType<typeof startShopServer>>} */
let server;
/** @type {Awaited<ReturnType<typeof published>>} */
let files;
/** @type {import("playwright-core").BrowserContext[]} */
const contexts = [];

before(async () => {
  // A page that a test made up is no page of this machine, and Chromium would ask the reader before it lets it ask one.
  stage = await start({ args: ["--disable-features=LocalNetworkAccessChecks"] });
  server = await startShopServer({ origin: stage.url });
  files = await published(policy);
});
after(async () => {
  await server.stop();
  await stage.close();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  Object.assign(server.state, { mode: "ok", heard: [] });
});

let customers = 0;
const customer = () => `c${++customers}`;

async function device() {
  const context = await stage.browser.newContext();
  contexts.push(context);
  await context.route("**/loyalty/**", (route) => route.fulfill(files[new URL(route.request().url()).pathname]));
  return context;
}

/**
 * A page of a customer on a device. It waits until something was decided.
 * @param {import("playwright-core").BrowserContext} context
 * @param {{ id?: string, token?: string, places?: string[], csp?: string, source?: string, debug?: boolean }} how
 */
async function open(context, { id, token, places = ["top", "home"], csp, source = "/loyalty/index.json", debug }) {
  token ??= id && (await tokenOf(id));
  const page = await context.newPage();
  /** @type {string[]} */
  const warnings = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  await page.addInitScript(() => {
    Object.assign(globalThis, { decisions: [], refusals: [] });
    document.addEventListener("querencia:ready", ({ detail }) => (globalThis.shop = detail.shop));
    document.addEventListener("querencia:decision", ({ detail }) => globalThis.decisions.push(detail.decision));
    document.addEventListener("querencia:refused", ({ detail }) => globalThis.refusals.push(detail));
  });
  const island = id ? `<script type="application/json" id="customer">{ "id": "${id}", "since": "2025-01-01T00:00:00Z" }</script>` : "";
  const body = `<!doctype html><html lang="es"><meta charset="utf-8"><title>Shop</title>${island}
    <script type="module" src="/dist/querencia.js" data-policy="${source}" data-customer="#customer" data-server="${server.url}"${token ? ` data-token="${token}"` : ""}${debug ? " data-debug" : ""}></script>
    ${places.map((place) => `<querencia-message placement="${place}"></querencia-message>`).join("")}`;
  await page.route("**/shop.html", (route) => route.fulfill({ contentType: "text/html", body, ...(csp && { headers: { "content-security-policy": csp, "content-type": "text/html" } }) }));
  await page.route("**/policy-whole.json", (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify(policy) }));
  await page.goto(`${stage.url}/shop.html`);
  await page.waitForFunction(() => globalThis.decisions.length > 0);
  return { page, warnings, shown: () => shown(page) };
}

/** What stands on the page. @param {import("playwright-core").Page} page */
const shown = async (page) => {
  const texts = await page.locator("querencia-message").evaluateAll((all) => all.map((one) => /** @type {any} */ (one).contact?.campaign).filter(Boolean));
  return texts.sort();
};
/** Waits until it is so. @param {() => unknown} so */
async function until(so) {
  for (let turn = 0; turn < 800; turn++) {
    if (await so()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`it never was: ${so}`);
}
/** What would have been shown by now, was. @param {import("playwright-core").Page} page */
const settle = (page) => page.waitForTimeout(700);
const records = async (/** @type {string} */ id) => (await server.kept(id)).records;

for (const source of ["/loyalty/index.json", "/policy-whole.json"]) {
  test(`${source}: two devices of one customer hold one cap`, async () => {
    const id = customer();
    const one = await open(await device(), { id, places: ["top"], source });
    await until(async () => (await records(id)).some(({ state }) => state === "delivered"));
    const other = await open(await device(), { id, places: ["top", "home"], source });
    await settle(other.page);
    assert.deepEqual([await one.shown(), await other.shown()], [["sale"], []]);
    assert.equal((await records(id)).filter(({ state }) => state === "delivered").length, 1);
    // the other device has its records now, and says by itself that it has spoken
    await until(() => other.page.evaluate(async () => (await globalThis.shop.ledger.all()).some(({ state }) => state === "delivered")));
  });
}

test("two devices that open at once: one of them speaks", async () => {
  const id = customer();
  const pages = await Promise.all([await device(), await device()].map((context) => open(context, { id, places: ["top"] })));
  await until(async () => (await records(id)).some(({ state }) => state === "delivered"));
  await Promise.all(pages.map(({ page }) => settle(page)));
  assert.deepEqual((await Promise.all(pages.map(({ shown }) => shown()))).flat(), ["sale"]);
});

test("the server says no: the page says nothing, and tells why", async () => {
  const id = customer();
  await server.said(id, { id: "m1", campaign: "letter", class: "promotional", channel: "email", at: Date.now() - 1000, state: "delivered" });
  const { page, shown } = await open(await device(), { id });
  await page.waitForFunction(() => globalThis.refusals.length > 1);
  await settle(page);
  assert.deepEqual(await shown(), []);
  assert.deepEqual(await page.evaluate(() => [...new Set(globalThis.refusals.map(({ refused }) => refused.code))]), ["limit-full"]);
});

// tests/js/link.test.js tries each, too
for (const mode of process.env.ALL ? FAULTS : /** @type {const} */ (["cut", "slow", "garbage"])) {
  test(`a server that is ${mode}: what is relational is said, what is promotional is not`, async () => {
    server.state.mode = mode;
    const { page, warnings, shown } = await open(await device(), { id: customer() });
    await until(async () => (await shown()).length > 0);
    await settle(page);
    assert.deepEqual(await shown(), ["news"]);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], /page\.withoutServer/);
  });
}

test("the network goes in the middle and comes back: what was said meanwhile is told then", async () => {
  const id = customer();
  const context = await device();
  const { page } = await open(context, { id, places: ["gift"] });
  await until(() => server.heard("/sync").length > 0);
  await context.setOffline(true);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<querencia-message placement="home"></querencia-message><querencia-message placement="top"></querencia-message>'));
  await until(async () => (await shown(page)).length > 0);
  await page.waitForTimeout(1500);
  assert.deepEqual(await shown(page), ["news"]);
  await context.setOffline(false);
  await until(async () => (await records(id)).some(({ campaign, state }) => campaign === "news" && state === "delivered"));
});

test("a Content-Security-Policy that blocks the server: one line says what to allow", async () => {
  const csp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'unsafe-inline'";
  const { page, warnings, shown } = await open(await device(), { id: customer(), csp });
  await until(async () => (await shown()).length > 0);
  await settle(page);
  assert.deepEqual(await shown(), ["news"]);
  assert.match(warnings.join("\n"), /connect-src/);
  const allowed = await open(await device(), { id: customer(), places: ["top"], csp: csp.replace("connect-src 'self'", `connect-src 'self' ${server.url}/`) });
  await until(async () => (await allowed.shown()).includes("sale"));
});

test("the panel says whether the server answers, and what it said no to", async () => {
  const id = customer();
  await server.said(id, { id: "m1", campaign: "letter", class: "promotional", channel: "email", at: Date.now() - 1000, state: "delivered" });
  const { page } = await open(await device(), { id, places: ["top"], debug: true });
  const panel = page.locator("querencia-debug");
  await panel.getByText("dijo que no a sale: limits, limit-full").waitFor();
  await panel.getByText("contesta", { exact: true }).waitFor();
  server.state.mode = "broken";
  const away = await open(await device(), { id: customer(), places: ["top"], debug: true });
  await away.page.locator("querencia-debug").getByText("no contesta, así que decide").waitFor();
});

test("a wish that the server did not hear is told by the next page", async () => {
  const id = customer();
  const context = await device();
  const one = await open(context, { id, places: ["home"] });
  await until(() => server.heard("/sync").length > 0);
  server.state.mode = "broken";
  server.state.heard = [];
  await one.page.evaluate(() => globalThis.shop.wish({ unsubscribed: ["email"] }));
  const tellsIt = () => server.heard("/sync").some(({ body }) => body.wishes);
  await until(tellsIt);
  await one.page.close();
  assert.deepEqual((await server.kept(id)).wishes, {});
  Object.assign(server.state, { mode: "ok", heard: [] });
  const second = await open(context, { id, places: ["home"] });
  await until(tellsIt);
  await until(() => second.page.evaluate(() => !/email/.test(localStorage["querencia-unsent"])));
  assert.deepEqual((await server.kept(id)).wishes.unsubscribed, ["email"]);
  // and once it is told, no later page tells it again: who subscribes by another way stays subscribed
  await server.shop.sync(id, { wishes: { subscribe: ["email"] } });
  server.state.heard = [];
  const last = await open(context, { id, places: ["home"] });
  await until(() => server.heard("/sync").length > 0);
  await settle(last.page);
  assert.ok(!tellsIt());
});

test("a code that the server has issued appears", async () => {
  const id = customer();
  await server.shop.facts({ customer: { id, since: "2025-01-01T00:00:00Z" } });
  await server.shop.decide(id, { channels: ["onsite"], placements: ["gift"] });
  const { page } = await open(await device(), { id, places: ["gift"] });
  await page.locator("querencia-message").getByText(`GIFT-${id}`).first().waitFor();
});

test("a page may renew its token, and another customer's says nothing of this one", async () => {
  const id = customer();
  const { page, warnings } = await open(await device(), { id, token: await tokenOf("somebody-else") });
  await settle(page);
  assert.match(warnings.join(), /the token is another customer's/);
  assert.equal(server.state.heard.length, 0);
  await page.evaluate((token) => {
    /** @type {any} */ (document.querySelector("script[data-token]")).dataset.token = token;
    dispatchEvent(new Event("online"));
  }, await tokenOf(id));
  await until(() => server.heard("/sync").some((one) => one.customer === id));
});

test("who signs in on the page has a link of their own", async () => {
  const [ana, luis] = [customer(), customer()];
  const { page } = await open(await device(), { id: ana, places: ["home"] });
  await until(async () => (await records(ana)).length > 0);
  await page.evaluate(
    ([id, token]) => {
      /** @type {any} */ (document.querySelector("script[data-token]")).dataset.token = token;
      /** @type {any} */ (document.querySelector("#customer")).textContent = JSON.stringify({ id, since: "2025-01-01T00:00:00Z" });
    },
    [luis, await tokenOf(luis)],
  );
  await until(() => server.heard("/sync").some((one) => one.customer === luis));
  await settle(page);
  // Luis may have heard something himself by now. An id belongs to one customer.
  const hers = new Set((await records(ana)).map(({ id }) => id));
  const told = server.heard("/sync").filter((one) => one.customer === luis).flatMap(({ body }) => body.records ?? []);
  assert.deepEqual([...told, ...(await records(luis))].filter(({ id }) => hers.has(id)), []);
});

test("a guest's page asks for the shop's numbers, without a cookie and without an address of anybody", async () => {
  const context = await device();
  await context.addCookies([{ name: "session", value: "secret", url: server.url }]);
  const { page } = await open(context, { places: ["top"] });
  await until(() => server.heard("/shop").length > 0);
  await settle(page);
  assert.deepEqual([...new Set(server.state.heard.map(({ path }) => path))], ["/shop"]);
  assert.deepEqual(server.state.heard.map(({ cookie }) => cookie).filter(Boolean), []);
  assert.deepEqual(await shown(page), ["sale"]);
});

test("a page without `data-server` asks nobody and downloads nothing of it", async () => {
  const context = await device();
  const page = await context.newPage();
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${stage.url}/thank-you.html`);
  await page.getByText("Gracias, Ana").waitFor();
  assert.ok(asked.every((url) => url.startsWith(stage.url) && !/\/server-/.test(url)), asked.join("\n"));
});
