// Shops that go from page to page without loading one, with what they use for it, from npm: a message is shown once, kept when its element is
// drawn anew, not spent on a preview; no event outlives its page, and no name its customer.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { fresh, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] },
  campaigns: [
    { id: "hello", kind: "announcement", class: "relational", channel: "onsite", placement: "top", message: "hello" },
    { id: "lost", kind: "announcement", class: "relational", channel: "onsite", placement: "main", message: "lost", event: "no_results", repeat: "1m", weight: 9 },
    { id: "thanks", kind: "thankYou", channel: "onsite", placement: "main", message: "thanks" },
  ],
  messages: {
    hello: { en: [{ body: "Hello, {givenName}." }, { body: "Hello." }] },
    lost: { en: [{ body: "Nothing found?" }] },
    thanks: { en: [{ body: "Thank you." }] },
  },
};

const ANA = '{ "id": "ana", "givenName": "Ana" }';
const LUIS = '{ "id": "luis", "givenName": "Luis" }';
const island = (/** @type {string} */ json) => (json ? `<script type="application/json" id="customer">${json}</script>` : "");
const tag = (/** @type {string} */ more = "") => `<script type="module" src="/dist/querencia.js" data-policy="/policy.json" data-platform="ga4" data-customer="#customer" ${more}></script>`;
const top = '<querencia-message placement="top">Top</querencia-message>';
const main = '<querencia-message placement="main">Main</querencia-message>';

/** @param {string} path in node_modules */
const library = (path) => readFile(new URL(`../../node_modules/${path}`, import.meta.url), "utf8");
/** A script as a shop's bundler makes it. @param {string} contents */
async function bundled(contents) {
  const define = { "process.env.NODE_ENV": '"development"' };
  const { outputFiles } = await build({ stdin: { contents, resolveDir: process.cwd() }, bundle: true, write: false, format: "iife", define, logLevel: "error" });
  return outputFiles[0].text;
}

/**
 * A shop whose pages are these, opened at the first.
 * @param {Record<string, string | (() => Promise<string>)>} pages the HTML by path; a function may take its time
 * @param {string} [script] in each head
 * @param {() => void} [first]
 */
async function opened(pages, script = "", first = () => {}) {
  const { page, context, warnings, errors } = await fresh(stage.browser);
  await page.route("**/policy.json", (route) => route.fulfill({ json: policy }));
  await page.route("**/library.js", (route) => route.fulfill({ body: script, contentType: "text/javascript" }));
  await page.route("**/shop/**", async (route) => {
    const path = new URL(route.request().url()).pathname;
    const found = pages[path];
    const body = typeof found === "function" ? await found() : found;
    const html = `<!doctype html><html lang="en"><head><title>${path}</title><script src="/library.js"></script></head><body>${body}</body></html>`;
    await route.fulfill({ body: html, contentType: "text/html", headers: { "cache-control": "no-store" } });
  });
  await page.addInitScript(first);
  await page.addInitScript(() => {
    const world = /** @type {any} */ (globalThis);
    Object.assign(world, { contacts: [], decisions: [], previews: 0, names: [] });
    document.addEventListener("querencia:ready", ({ detail }) => (world.shop = detail.shop));
    document.addEventListener("querencia:contact", ({ detail }) => world.contacts.push(detail.contact.campaign));
    document.addEventListener("querencia:decision", () => world.decisions.push([location.pathname, document.documentElement.hasAttribute("data-turbo-preview")]));
    new MutationObserver(() => (world.previews += +document.documentElement.hasAttribute("data-turbo-preview"))).observe(document, { attributeFilter: ["data-turbo-preview"], subtree: true });
  });
  await page.goto(stage.url + Object.keys(pages)[0]);
  return {
    page,
    context,
    warnings,
    errors,
    world: (/** @type {string} */ name) => page.evaluate((name) => globalThis[name], name),
    read: () =>
      page.evaluate(() => [...document.querySelectorAll("querencia-message")].map((element) => element.shadowRoot?.querySelector("[role=status]")?.textContent ?? "")),
    records: () => page.evaluate(async () => (await globalThis.shop.ledger.all()).map((/** @type {any} */ { campaign, state }) => `${campaign} ${state}`)),
  };
}

/** Waits until it is so, and stays so for a moment. @param {() => Promise<any>} look @param {any} expected @param {number} [moment] */
async function becomes(look, expected, moment = 0) {
  for (let wait = 0; wait < 150; wait++) {
    if (JSON.stringify(await look()) === JSON.stringify(expected)) break;
    await new Promise((later) => setTimeout(later, 30));
  }
  if (moment) await new Promise((later) => setTimeout(later, moment));
  assert.deepEqual(await look(), expected);
}
const WHILE = 1500;

test("Turbo: a message is kept from page to page and when the reader comes back, and counts once", async () => {
  const pages = { "/shop/one": `${top}<p>one</p>${tag()}`, "/shop/two": `<p>two</p>${top}${tag()}` };
  const { page, context, read, records, world, errors } = await opened(pages, await library("@hotwired/turbo/dist/turbo.es2017-umd.js"));
  await becomes(read, ["Hello."]);
  await page.evaluate(() => globalThis.Turbo.visit("/shop/two"));
  await page.getByText("two", { exact: true }).waitFor();
  await becomes(read, ["Hello."], WHILE);
  await page.goBack();
  await page.getByText("one", { exact: true }).waitFor();
  await becomes(read, ["Hello."], WHILE);
  assert.deepEqual([await records(), await world("contacts"), errors], [["hello delivered"], ["hello"], []]);
  // what is dismissed is gone from all pages
  await page.evaluate(() => /** @type {any} */ (document.querySelector("querencia-message")).dismiss());
  await page.evaluate(() => globalThis.Turbo.visit("/shop/two"));
  await page.getByText("two", { exact: true }).waitFor();
  await becomes(read, [""], WHILE);
  await context.close();
});

test("Turbo: nothing is spent on a preview, nor on the page that is being left", async () => {
  const slowly = async () => {
    await new Promise((later) => setTimeout(later, 900));
    return `<p>one</p>${top}${main}${tag()}`;
  };
  const pages = { "/shop/one": slowly, "/shop/two": `<p>two</p>${tag()}` };
  const { page, context, read, records, world } = await opened(pages, await library("@hotwired/turbo/dist/turbo.es2017-umd.js"));
  await becomes(read, ["Hello.", ""]);
  await page.evaluate(() => globalThis.Turbo.visit("/shop/two"));
  await page.getByText("two", { exact: true }).waitFor();
  await becomes(read, [], 600);
  await page.evaluate(() => {
    globalThis.dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "A-17" } });
    globalThis.Turbo.visit("/shop/one");
  });
  // the cached page is shown at once; its elements are of the preview
  await page.waitForFunction(() => globalThis.previews > 0);
  await becomes(read, ["Hello.", "Thank you."], WHILE);
  assert.ok((await world("decisions")).every((/** @type {any[]} */ [, isPreview]) => !isPreview));
  assert.deepEqual((await records()).sort(), ["hello delivered", "thanks delivered"]);
  assert.deepEqual(await world("contacts"), ["hello", "thanks"]);
  await context.close();
});

test("Turbo: `data-event` is of its page, and so is what was said about it", async () => {
  const pages = {
    "/shop/home": `<p>home</p>${main}${tag()}`,
    "/shop/search": `<p>search</p>${main}${tag('data-event="no_results"')}`,
    "/shop/other": `<p>other</p>${main}${tag()}`,
  };
  const { page, context, read, world } = await opened(pages, await library("@hotwired/turbo/dist/turbo.es2017-umd.js"));
  await page.waitForFunction(() => globalThis.decisions.length > 0);
  await page.evaluate(() => globalThis.Turbo.visit("/shop/search"));
  await becomes(read, ["Nothing found?"]);
  await page.evaluate(() => globalThis.Turbo.visit("/shop/other"));
  await page.getByText("other", { exact: true }).waitFor();
  await becomes(read, [""], WHILE);
  assert.deepEqual(await world("contacts"), ["lost"]);
  await context.close();

  // the same where the first page has the event
  const { "/shop/search": search, "/shop/other": other } = pages;
  const first = await opened({ "/shop/search": search, "/shop/other": other }, await library("@hotwired/turbo/dist/turbo.es2017-umd.js"));
  await becomes(first.read, ["Nothing found?"]);
  await first.page.evaluate(() => globalThis.Turbo.visit("/shop/other"));
  await first.page.getByText("other", { exact: true }).waitFor();
  await becomes(first.read, [""], WHILE);
  await first.context.close();
});

test("Turbo: who signs out takes their name along, and who signs in is called by theirs", async () => {
  const pages = {
    "/shop/account": `${top}${island(ANA)}<p>account</p>${tag()}`,
    "/shop/home": `${top}<p>home</p>${tag()}`,
    "/shop/luis": `${top}${island(LUIS)}<p>luis</p>${tag()}`,
  };
  const { page, context, read, records, warnings } = await opened(pages, await library("@hotwired/turbo/dist/turbo.es2017-umd.js"));
  await becomes(read, ["Hello, Ana."]);
  await page.evaluate(() => globalThis.Turbo.visit("/shop/home"));
  await page.getByText("home", { exact: true }).waitFor();
  assert.ok(!JSON.stringify(await read()).includes("Ana"));
  await becomes(read, ["Hello."]);
  await page.evaluate(() => globalThis.Turbo.visit("/shop/luis"));
  await becomes(read, ["Hello, Luis."], 400).catch(async () => becomes(read, [""]));
  assert.ok((await records()).length >= 2);
  assert.deepEqual(warnings, []);
  await context.close();
});

test("htmx: a part that is fetched anew keeps its message, and a page that is swapped in ends the event", async () => {
  const pages = {
    "/shop/home": `<main id="part">${top}<button hx-get="/shop/part" hx-target="#part" hx-swap="innerHTML">again</button></main>
      <a href="/shop/next" hx-get="/shop/next" hx-target="#other" hx-push-url="true">next</a><div id="other">${main}</div>${tag()}`,
    "/shop/part": `${top}<p>fetched</p>`,
    "/shop/next": `${main}<p>next page</p>`,
  };
  const { page, context, read, records, world, errors } = await opened(pages, await library("htmx.org/dist/htmx.min.js"));
  await becomes(read, ["Hello.", ""]);
  await page.evaluate(() => globalThis.dataLayer.push({ event: "no_results" }));
  await becomes(read, ["Hello.", "Nothing found?"]);
  await page.getByRole("button", { name: "again" }).click();
  await page.getByText("fetched").waitFor();
  await becomes(read, ["Hello.", "Nothing found?"], 600);
  await page.getByRole("link", { name: "next" }).click();
  await page.getByText("next page").waitFor();
  await becomes(read, ["Hello.", ""], WHILE);
  assert.deepEqual([(await records()).sort(), await world("contacts"), errors], [["hello delivered", "lost delivered"], ["hello", "lost"].sort(), []]);
  await context.close();
});

test("htmx: an island that is swapped out of band signs its customer out", async () => {
  const pages = {
    "/shop/home": `${island(ANA)}${top}<button hx-get="/shop/out" hx-target="#state">Sign out</button><p id="state">in</p>${tag()}`,
    "/shop/out": '<script type="application/json" id="customer" hx-swap-oob="true"></script>out',
  };
  const { page, context, read } = await opened(pages, await library("htmx.org/dist/htmx.min.js"));
  await becomes(read, ["Hello, Ana."]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForFunction(() => document.getElementById("state")?.textContent === "out");
  await becomes(read, ["Hello."], 400);
  await context.close();
});

test("Barba: the next container has the message, once; two containers during the transition do not show it twice", async () => {
  const container = (/** @type {string} */ name) => `<div data-barba="wrapper"><main data-barba="container" data-barba-namespace="${name}">${top}<p>${name}</p></main></div>${tag()}`;
  const pages = { "/shop/one": container("one"), "/shop/two": container("two") };
  const { page, context, read, records, world } = await opened(pages, await library("@barba/core/dist/barba.umd.js"));
  await becomes(read, ["Hello."]);
  await page.evaluate(() => {
    const later = () => new Promise((done) => setTimeout(done, 300));
    globalThis.barba.init({ transitions: [{ sync: true, leave: later, enter: later }] });
    globalThis.most = 0;
    setInterval(() => {
      const shown = [...document.querySelectorAll("querencia-message")].filter((element) => /** @type {any} */ (element).contact).length;
      globalThis.most = Math.max(globalThis.most, shown);
    }, 10);
    void globalThis.barba.go("/shop/two");
  });
  await page.getByText("two", { exact: true }).waitFor();
  await becomes(read, ["Hello."], WHILE);
  assert.deepEqual([await records(), await world("contacts"), await world("most")], [["hello delivered"], ["hello"], 1]);
  await context.close();
});

test("React: mounted twice in strict mode, unmounted and mounted again, moved to another parent: one message, counted once", async () => {
  const script = await bundled(`
    import { createElement as h, StrictMode, useState } from "react";
    import { createRoot } from "react-dom/client";
    function Shop() {
      const [place, set] = useState("header");
      globalThis.set = set;
      const message = h("querencia-message", { placement: "top", key: place });
      return h("div", null, h("header", null, place === "header" && message), h("footer", null, place === "footer" && message), h("p", null, "at " + place));
    }
    addEventListener("DOMContentLoaded", () => createRoot(document.getElementById("app")).render(h(StrictMode, null, h(Shop))));
  `);
  const { page, context, read, records, world, errors } = await opened({ "/shop/app": `<div id="app"></div>${tag()}` }, script);
  await becomes(read, ["Hello."]);
  for (const place of ["footer", "nowhere", "header"]) {
    await page.evaluate((place) => globalThis.set(place), place);
    await page.getByText(`at ${place}`).waitFor();
    await becomes(read, place === "nowhere" ? [] : ["Hello."], 400);
  }
  assert.deepEqual([await records(), await world("contacts"), errors], [["hello delivered"], ["hello"], []]);
  await context.close();
});

test("React: a route of the app ends the event of the one before; what is bought on the way is thanked for", async () => {
  const script = await bundled(`
    import { createElement as h, useEffect, useState } from "react";
    import { createRoot } from "react-dom/client";
    function Page({ path }) {
      useEffect(() => { if (path === "/shop/search") dataLayer.push({ event: "no_results" }); }, [path]);
      return h("main", null, h("querencia-message", { placement: "main" }), h("p", null, path));
    }
    function App() {
      const [path, set] = useState(location.pathname);
      globalThis.go = (to) => { history.pushState(null, "", to); set(to); };
      return h(Page, { path, key: path });
    }
    globalThis.dataLayer = [];
    addEventListener("DOMContentLoaded", () => createRoot(document.getElementById("app")).render(h(App)));
  `);
  const { page, context, read, world } = await opened({ "/shop/home": `<div id="app"></div>${tag()}` }, script);
  await page.waitForFunction(() => globalThis.decisions.length > 0);
  await page.evaluate(() => globalThis.go("/shop/search"));
  await becomes(read, ["Nothing found?"]);
  await page.evaluate(() => globalThis.go("/shop/checkout"));
  await becomes(read, [""], WHILE);
  await page.evaluate(() => {
    globalThis.dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "A-17" } });
    globalThis.go("/shop/thanks");
  });
  await becomes(read, ["Thank you."]);
  assert.deepEqual(await world("contacts"), ["lost", "thanks"]);
  await context.close();
});

test("Vue: drawn with another key, hidden by v-show, taken away by v-if: one message, counted once", async () => {
  const script = await bundled(`
    import { createApp, h, reactive, withDirectives, vShow } from "vue";
    const state = globalThis.state = reactive({ key: 1, isThere: true, isShown: true });
    const App = { render: () => h("div", [withDirectives(h("section", state.isThere ? [h("querencia-message", { key: state.key, placement: "top" })] : []), [[vShow, state.isShown]]), h("p", JSON.stringify(state))]) };
    addEventListener("DOMContentLoaded", () => { const app = createApp(App); app.config.compilerOptions.isCustomElement = (tag) => tag.includes("-"); app.mount("#app"); });
  `);
  const { page, context, read, records, world, errors } = await opened({ "/shop/app": `<div id="app"></div>${tag()}` }, script);
  await becomes(read, ["Hello."]);
  for (const [change, expected] of /** @type {[object, string[]][]} */ ([[{ key: 2 }, ["Hello."]], [{ isThere: false }, []], [{ isThere: true, key: 3 }, ["Hello."]], [{ isShown: false }, ["Hello."]], [{ isShown: true }, ["Hello."]]])) {
    await page.evaluate((change) => void Object.assign(globalThis.state, change), change);
    await becomes(read, expected, 300);
  }
  assert.deepEqual([await records(), await world("contacts"), errors], [["hello delivered"], ["hello"], []]);
  await context.close();
});

const withoutNavigation = () => Object.defineProperty(window, "navigation", { value: undefined });
for (const [where, first] of /** @type {[string, () => void][]} */ ([["with the Navigation API", () => {}], ["without it", withoutNavigation]])) {
  test(`an address, ${where}: another path ends the event, taking \`utm_source\` away does not, nor does a jump`, async () => {
    const { page, context, read } = await opened({ "/shop/search": `${main}<p id="here"></p>${tag('data-event="no_results"')}` }, "", first);
    await becomes(read, ["Nothing found?"]);
    await page.evaluate(() => {
      history.replaceState(null, "", "?colour=red");
      document.body.append("changed");
    });
    await page.waitForTimeout(50);
    await page.evaluate(() => {
      location.hash = "here";
      document.body.append("changed");
    });
    await becomes(read, ["Nothing found?"], WHILE);
    await page.evaluate((where) => {
      if (where === "with the Navigation API") history.pushState(null, "", "/shop/other");
      else history.replaceState(null, "", "/shop/other");
      document.body.append("changed");
    }, where);
    await becomes(read, [""], WHILE);
    // it does not come back
    await page.evaluate(() => history.pushState(null, "", "/shop/search"));
    await becomes(read, [""], 400);
    await context.close();
  });
}

/** How a page signs somebody out, in or over. @type {Record<string, [before: string, change: () => void, name: string]>} */
const CHANGES = {
  "the island's text is replaced by a guest's": [ANA, () => (document.querySelector("#customer").textContent = ""), "Hello."],
  "its text node is changed": [ANA, () => (document.querySelector("#customer").firstChild.data = '{ "id": "luis", "givenName": "Luis" }'), "Hello, Luis."],
  "the island is removed": [ANA, () => document.querySelector("#customer").remove(), "Hello."],
  "the island is replaced": [ANA, () => document.querySelector("#customer").outerHTML = '<script type="application/json" id="customer">{ "id": "luis", "givenName": "Luis" }</script>', "Hello, Luis."],
  "a guest signs in": ["", () => document.body.insertAdjacentHTML("beforeend", '<script type="application/json" id="customer">{ "id": "luis", "givenName": "Luis" }</script>'), "Hello, Luis."],
};
for (const [what, [who, change, said]] of Object.entries(CHANGES)) {
  test(`${what}: the visit ends, and nobody reads what was said to another`, async () => {
    const { page, context, read, warnings, world } = await opened({ "/shop/home": `${island(who)}${top}${tag()}` });
    await becomes(read, [who ? "Hello, Ana." : "Hello."]);
    await page.evaluate(() => {
      globalThis.before = globalThis.shop;
      globalThis.dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "A-17" } });
    });
    await page.waitForTimeout(400);
    await page.evaluate(`(${change})()`);
    assert.ok(!JSON.stringify(await read()).includes("Ana"), "at once");
    await page.waitForFunction(() => globalThis.shop !== globalThis.before);
    // a guest's records count for those who sign in later
    await becomes(read, [who ? said : ""], 400);
    assert.equal(await page.evaluate(() => globalThis.before.decide().catch((/** @type {Error} */ error) => error.message)), "the shop is closed");
    assert.ok(!(await world("contacts")).includes("thanks"));
    assert.deepEqual(warnings, []);
    assert.ok((await world("decisions")).length >= 2);
    await context.close();
  });
}

test("who signs out while the dialog about preferences is open leaves it: what is chosen there is nobody else's wish", async () => {
  const { page, context, read } = await opened({ "/shop/home": `${island(ANA)}${top}${tag()}` });
  await becomes(read, ["Hello, Ana."]);
  await page.locator("querencia-message [part=preferences]").click();
  await page.getByRole("dialog").waitFor();
  await page.evaluate(() => document.querySelector("#customer")?.remove());
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await becomes(read, ["Hello."]);
  assert.deepEqual(await page.evaluate(() => globalThis.shop.wishes()), {});
  await context.close();
});

test("what is printed anew of the same customer and of the articles counts from then on; an island that breaks ends the visit, with one line", async () => {
  const { page, context, read, warnings } = await opened({ "/shop/home": `${island(ANA)}${top}${main}${tag()}` });
  await becomes(read, ["Hello, Ana.", ""]);
  await page.evaluate(() => {
    const order = { id: "o1", at: new Date(Date.now() - 60_000).toISOString() };
    document.querySelector("#customer").textContent = JSON.stringify({ id: "ana", givenName: "Ana", orders: [order] });
  });
  await becomes(read, ["Hello, Ana.", "Thank you."]);
  await page.evaluate(() => (document.querySelector("#customer").textContent = '{ "id": '));
  await becomes(read, ["", ""], 300);
  // what is printed right again is read again
  await page.evaluate(() => (document.querySelector("#customer").textContent = '{ "id": "luis", "givenName": "Luis" }'));
  await becomes(read, ["Hello, Luis.", ""]);
  await page.evaluate(() => (document.querySelector("#customer").textContent = '{ "id": "luis", "givenName": "Luis", "orders": 5 }'));
  await becomes(read, ["", ""], 300);
  assert.equal(warnings.length, 2);
  assert.match(warnings[0], /^querencia: #customer is not JSON: /);
  assert.match(warnings[1], /^querencia: data-customer\.orders: /);
  await context.close();
});
