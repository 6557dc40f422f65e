// The loader of the script tag: what a page downloads when its policy was published, and what is said when something is wrong.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { fresh, start } from "./browser.js";
import { NO_PURCHASE, NO_TOP, QUIET, parts, untouched, until } from "./loaded.js";
import { INDEX, published } from "./published.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
/** @type {Awaited<ReturnType<typeof published>>} */
let files;
/** @type {Record<string, { status?: number, body?: string | Buffer, contentType?: string }>} */
let answers;
before(async () => {
  stage = await start();
  files = await published();
});
beforeEach(() => void (answers = { ...files }));
after(() => stage.close());

/** @param {any} [how] */
async function opened({ html = (/** @type {string} */ html) => html, path = "/thank-you.html", context: known, hold, script = () => {} } = /** @type {any} */ ({})) {
  const found = known ?? (await fresh(stage.browser));
  const page = known ? await known.context.newPage() : found.page;
  /** @type {string[]} */
  const warnings = [];
  /** @type {string[]} */
  const loaded = [];
  page.on("console", (/** @type {any} */ message) => message.type() === "warning" && warnings.push(message.text()));
  page.on("request", (/** @type {any} */ request) => loaded.push(new URL(request.url()).pathname));
  const route = async (/** @type {any} */ route) => {
    const answer = answers[new URL(route.request().url()).pathname];
    return answer ? route.fulfill(answer) : route.fallback();
  };
  await page.route("**/loyalty/**", route);
  await page.route("**/dist/**", route);
  await page.route("**/thank-you.html", async (/** @type {any} */ route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: html((await response.text()).replace("/policy.json", INDEX)) });
  });
  // the latest route is asked first
  if (hold) await page.route(hold[0], async (/** @type {any} */ route) => (await hold[1], route.fallback()));
  await page.addInitScript(script);
  await page.goto(stage.url + path);
  return { ...found, page, warnings, errors: found.errors, loaded };
}

test("a purchase is thanked for by the page part alone: one engine, one language, everything with its hash", async () => {
  const { page, context, warnings, errors, loaded } = await opened();
  await page.getByText("Gracias, Ana").waitFor();
  await until(() => loaded.some((path) => path.includes("words")));
  const paths = loaded.filter((path) => /dist|loyalty/.test(path)).map((path) => path.replace(/[-.][0-9a-f]{8,16}(?=\.)/, "-#"));
  assert.deepEqual(
    paths.sort(),
    ["/dist/page-#.js", "/dist/platforms/ga4-#.js", "/dist/querencia-core-#.wasm", "/dist/querencia.js", "/dist/question-#.js", "/dist/words/es-#.js", "/loyalty/es-ES-#.bin", INDEX],
  );
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

/** Holds a file until it is released, and tells what was asked for meanwhile. @param {string} pattern @param {RegExp[]} meanwhile @param {() => void} [before] */
async function held(pattern, meanwhile, before = () => {}) {
  before();
  const found = await fresh(stage.browser);
  /** @type {string[]} */
  const asked = [];
  found.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  /** @type {() => void} */
  let release = () => {};
  const wait = new Promise((resolve) => (release = () => resolve(undefined)));
  const { page } = await opened({ context: { ...found, context: { newPage: async () => found.page } }, hold: [pattern, wait] });
  const missing = () => meanwhile.filter((part) => !asked.some((path) => part.test(path)));
  await until(() => missing().length === 0);
  assert.deepEqual(missing(), [], String(asked));
  release();
  await page.getByText("Gracias, Ana").waitFor();
  await found.context.close();
}

test("what is loaded starts at once: nothing waits for the engine but the decision", () => held("**/querencia-core-*.wasm", [/core-\w+\.wasm$/, /page-\w+\.js$/, /\.bin$/, /ga4-\w+\.js$/]));

test("the engine, the policy and the adapter do not wait for the page part", () => held("**/dist/page-*.js", [/core-\w+\.wasm$/, /\.bin$/, /ga4-\w+\.js$/]));

test("the engine of the whole build does not wait for the policy, nor the adapter for the whole build", async () => {
  const old = () => index((table) => (table.seal.format = "0000000000000000"));
  await held("**/loyalty/es-ES*.json", [/whole-\w+\.wasm$/, /ga4-\w+\.js$/], old);
  await held("**/dist/whole-*.js", [/ga4-\w+\.js$/], old);
});

test("where no row of the table fits, the loader and the table are all", async () => {
  const { page, context, warnings, errors, loaded } = await opened({ html: QUIET });
  await page.waitForTimeout(300);
  assert.deepEqual(loaded.filter((path) => path.includes("/dist/")), ["/dist/querencia.js"]);
  assert.deepEqual([warnings, errors], [[], []]);

  // what comes later is heard, once, and the page's own push goes on
  const pushed = await page.evaluate(() => globalThis.dataLayer.push({ event: "scroll" }));
  assert.equal(pushed, 1);
  await page.waitForTimeout(100);
  assert.deepEqual(parts(loaded), []);
  await page.addScriptTag({ url: "/purchase.js" });
  await page.getByText("Gracias", { exact: true }).waitFor();
  assert.equal(await page.locator("querencia-message").count(), 1);
  await context.close();
});

test("gtag's form is heard; an element that is added later is seen", async () => {
  const gtag = await opened({ html: QUIET });
  await gtag.page.evaluate(() => {
    globalThis.gtag = function () {
      globalThis.dataLayer.push(arguments);
    };
    globalThis.gtag("event", "purchase", { transaction_id: "A-1042", value: 1, currency: "EUR" });
  });
  await gtag.page.getByText("Gracias", { exact: true }).waitFor();
  await gtag.context.close();

  const late = await opened({ html: QUIET });
  await late.page.waitForTimeout(200);
  assert.deepEqual(parts(late.loaded), []);
  await late.page.evaluate(() => document.body.append(Object.assign(document.createElement("querencia-message"), { id: "late" })));
  await late.page.waitForTimeout(100);
  assert.deepEqual(parts(late.loaded), []);
  await late.page.evaluate(() => document.getElementById("late")?.setAttribute("placement", "top"));
  await late.page.getByText("Hoy se abre el taller.").waitFor();
  await late.context.close();
});

test("the engine is spared until what it said can change, by the question", async () => {
  const html = (/** @type {string} */ html) => NO_PURCHASE(html);
  const first = await opened({ html });
  await first.page.getByText("Hoy se abre el taller.").waitFor();
  await first.page.waitForFunction(() => localStorage["querencia-asked"]);
  const known = { context: first.context, errors: first.errors };
  const again = await opened({ html, context: known });
  await again.page.waitForTimeout(300);
  assert.deepEqual(parts(again.loaded), []);
  await again.page.getByText("Bienvenida").waitFor();

  // another question: an element more, an event, another customer
  const more = await opened({ html: (/** @type {string} */ text) => html(text).replace("</main>", '<querencia-message placement="cart"></querencia-message></main>'), context: known });
  await until(() => parts(more.loaded).length > 1);
  assert.deepEqual(parts(more.loaded), ["page", "querencia-core"]);
  const other = await opened({ html: (/** @type {string} */ text) => html(text).replace('"Ana"', '"Eva"'), context: known });
  await until(() => parts(other.loaded).length > 1);
  assert.deepEqual(parts(other.loaded), ["page", "querencia-core"]);
  // a page that wants each decision says so
  const always = await opened({ html: (/** @type {string} */ text) => html(text).replace("data-policy", 'data-decide="always" data-policy'), context: known });
  await until(() => parts(always.loaded).length > 1);
  assert.deepEqual(parts(always.loaded), ["page", "querencia-core"]);
  // what is stored names nobody
  const stored = await again.page.evaluate(() => JSON.stringify(localStorage));
  assert.ok(!/ana|eva/i.test(stored), stored);
  assert.deepEqual(await again.page.evaluate(() => Object.keys(localStorage).sort()), ["querencia-asked", "querencia-contacts", "querencia-pages", "querencia-writes"]);

  // What was said on one page changes the answers of the others: they are asked for while the engine is there.
  const bought = await opened({ context: known });
  await bought.page.getByText("Gracias, Ana").waitFor();
  const before = await bought.page.evaluate(() => localStorage["querencia-asked"]);
  await bought.page.waitForFunction((before) => localStorage["querencia-asked"] !== before, before);
  const after = await opened({ html, context: known });
  await after.page.waitForTimeout(300);
  assert.deepEqual(parts(after.loaded), []);

  // a write of any tab asks anew
  await again.page.evaluate(() => (localStorage["querencia-writes"] = "999"));
  const written = await opened({ html, context: known });
  await until(() => parts(written.loaded).length > 1);
  assert.deepEqual(parts(written.loaded), ["page", "querencia-core"]);
  await first.context.close();
});

test("what is hidden now is no answer for the page on which it can be seen; where nothing is to say even there, the engine is spared", async () => {
  const hidden = (/** @type {string} */ html) => NO_PURCHASE(html).replace("</head>", "<style>querencia-message { display: none }</style></head>");
  const first = await opened({ html: hidden });
  await first.page.waitForTimeout(2000);
  assert.equal(await first.page.evaluate(() => localStorage["querencia-asked"]), undefined);
  const known = { context: first.context, errors: first.errors };
  const seen = await opened({ html: NO_PURCHASE, context: known });
  await seen.page.getByText("Hoy se abre el taller.").waitFor();
  await seen.page.waitForFunction(() => localStorage["querencia-asked"]);
  await seen.page.evaluate(() => localStorage.removeItem("querencia-asked"));
  const again = await opened({ html: hidden, context: known });
  await again.page.waitForFunction(() => localStorage["querencia-asked"]);
  const spared = await opened({ html: hidden, context: known });
  await spared.page.waitForTimeout(300);
  assert.deepEqual(parts(spared.loaded), []);
  await first.context.close();
});

test("over a published policy too, who signs out ends the visit, and another address the event; neither is an answer for a page that is loaded", async () => {
  const { page, context, warnings, errors } = await opened();
  await page.getByText("Gracias, Ana").waitFor();
  await page.evaluate(() => {
    globalThis.shops = [];
    document.addEventListener("querencia:ready", ({ detail }) => globalThis.shops.push(detail.shop));
    document.querySelector("#customer")?.remove();
  });
  await page.getByText("Gracias, Ana").waitFor({ state: "detached" });
  await page.waitForFunction(() => globalThis.shops.length === 1);
  await page.getByText("Hoy se abre el taller.").waitFor();
  await page.evaluate(() => history.pushState(null, "", "/other"));
  await page.waitForTimeout(1500);
  await page.getByText("Hoy se abre el taller.").waitFor();
  assert.equal(await page.evaluate(() => localStorage["querencia-asked"]), undefined);
  assert.equal(await page.evaluate(async () => (await globalThis.shops[0].decide()).contacts.length), 0);
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

test("of two tabs that write at one instant neither is lost: no write leaves the stamp that another left", async () => {
  const { page, context } = await opened();
  await page.getByText("Gracias, Ana").waitFor();
  const stamps = await page.evaluate(async () => {
    /** @type {any} */
    const element = document.querySelector("querencia-message");
    const before = localStorage["querencia-writes"];
    const stamps = [before];
    for (const tab of ["one", "other"]) {
      // as the other tab saw it before this one wrote
      localStorage["querencia-writes"] = before;
      element.dispatchEvent(new CustomEvent("querencia:wish", { bubbles: true, composed: true, detail: { topics: [tab] } }));
      for (let wait = 0; localStorage["querencia-writes"] === before && wait < 100; wait++) await new Promise((later) => setTimeout(later, 20));
      stamps.push(localStorage["querencia-writes"]);
    }
    return stamps;
  });
  assert.equal(new Set(stamps).size, 3, stamps.join());
  await context.close();
});

test("a catalogue that the policy does not read is no other question", async () => {
  const html = (/** @type {number} */ stock) => (/** @type {string} */ html) =>
    NO_PURCHASE(html)
      .replace("data-policy", 'data-catalog="#catalog" data-policy')
      .replace("</main>", `<script type="application/json" id="catalog">{ "products": [{ "sku": "jug", "stock": ${stock} }] }</script></main>`);
  const first = await opened({ html: html(3) });
  await first.page.getByText("Hoy se abre el taller.").waitFor();
  await first.page.waitForFunction(() => localStorage["querencia-asked"]);
  const known = { context: first.context, errors: first.errors };
  const again = await opened({ html: html(2), context: known });
  await again.page.waitForTimeout(300);
  assert.deepEqual(parts(again.loaded), []);
  // one that reads it minds it
  index((table) => (table.reads.catalog = true));
  const read = await opened({ html: html(2), context: known });
  await until(() => parts(read.loaded).length > 1);
  assert.deepEqual(parts(read.loaded), ["page", "querencia-core"]);
  await first.context.close();
});

test("a page that changes all the time is not read anew each time", async () => {
  const script = () => {
    /** @type {any} */ (globalThis).asked = 0;
    const time = Date.prototype.getTimezoneOffset;
    // the loader asks for it whenever it makes the key of a question
    Date.prototype.getTimezoneOffset = function () {
      /** @type {any} */ (globalThis).asked++;
      return time.call(this);
    };
  };
  const first = await opened({ html: NO_PURCHASE });
  await first.page.getByText("Hoy se abre el taller.").waitFor();
  await first.page.waitForFunction(() => localStorage["querencia-asked"]);
  const { page, loaded } = await opened({ html: NO_PURCHASE, script, context: { context: first.context, errors: first.errors } });
  await page.waitForTimeout(300);
  assert.deepEqual(parts(loaded), []);
  const asked = () => page.evaluate(() => /** @type {any} */ (globalThis).asked);
  const before = await asked();
  assert.ok(before > 0);
  await page.evaluate(async () => {
    for (let index = 0; index < 20; index++) {
      document.body.append(document.createElement("p"));
      globalThis.dataLayer.push({ event: "scroll" });
      await new Promise((later) => setTimeout(later, 5));
    }
  });
  assert.equal(await asked(), before);
  // what was printed late is read
  await page.evaluate(() => {
    const island = document.querySelector("#customer");
    if (island) island.textContent = '{ "id": "eva", "givenName": "Eva" }';
  });
  await until(() => parts(loaded).length > 1);
  assert.deepEqual(parts(loaded), ["page", "querencia-core"]);
  await first.context.close();
});

test("without storage for texts it speaks, and asks on each page", async () => {
  const script = () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("blocked", "SecurityError"); } });
  const { page, context, warnings, errors } = await opened({ html: NO_PURCHASE, script });
  await page.getByText("Hoy se abre el taller.").waitFor();
  await page.waitForTimeout(1200);
  assert.deepEqual([warnings, errors], [[], []]);
  await context.close();
});

test("a link to the preferences loads what it needs", async () => {
  const { page, context, loaded } = await opened({ html: QUIET });
  await page.waitForTimeout(200);
  assert.deepEqual(parts(loaded), []);
  await page.evaluate(async () => {
    document.dispatchEvent(new Event("querencia:load"));
    await customElements.whenDefined("querencia-message");
    await /** @type {any} */ (document.querySelector("querencia-message")).preferences();
  });
  await page.getByRole("dialog").waitFor();
  await context.close();
});

test("files may lie elsewhere: data-base, a page with a base address, and the policy's folder", async () => {
  for (const html of [
    (/** @type {string} */ html) => html.replace("data-policy", 'data-base="/tests/../dist/" data-policy'),
    (/** @type {string} */ html) => html.replace("<head>", '<head><base href="/loyalty/elsewhere/">').replace(INDEX, "../index.json"),
  ]) {
    const { page, context, warnings } = await opened({ html });
    await page.getByText("Gracias, Ana").waitFor();
    assert.deepEqual(warnings, []);
    await context.close();
  }
  const { page, context, warnings } = await opened({ html: (/** @type {string} */ html) => html.replace("data-policy", 'data-base="/nowhere/" data-policy') });
  await until(() => warnings.length > 0);
  assert.match(warnings.join(), /^querencia: http:.*\/nowhere\/page-[0-9a-f]{8}\.js is missing: copy dist\/$/);
  await untouched(page);
  await context.close();
});

test("markets: a table of currencies or languages", async () => {
  /** @type {[object, string, string, RegExp?][]} */
  const cases = [
    [{ EUR: INDEX, USD: "/loyalty/no.json" }, "", "Gracias, Ana"],
    [{ EUR: "/loyalty/no.json", USD: INDEX }, 'data-currency="USD"', "Gracias, Ana"],
    [{ "en-GB": "/loyalty/no.json", es: INDEX }, "", "Gracias, Ana"],
    [{ "es-ES": "/loyalty/no.json", en: INDEX }, 'data-locale="en-GB"', "Thank you, Ana"],
    // nothing fits: the first
    [{ CHF: INDEX, GBP: "/loyalty/no.json" }, "", "Gracias, Ana"],
    [{ fr: INDEX, de: "/loyalty/no.json" }, "", "Gracias, Ana"],
  ];
  for (const [table, more, text] of cases) {
    const html = (/** @type {string} */ html) => html.replace(`data-policy="${INDEX}"`, `${more} data-policy='${JSON.stringify(table)}'`);
    const { page, context, warnings } = await opened({ html });
    await page.getByText(text).waitFor();
    assert.deepEqual(warnings, []);
    await context.close();
  }
});

test("a table of markets that is no JSON is told, and so is one without addresses", async () => {
  for (const table of ['{ "EUR": "/es/index.json", }', "{}"]) {
    const { page, context, warnings } = await opened({ html: (/** @type {string} */ html) => html.replace(`data-policy="${INDEX}"`, `data-policy='${table}'`) });
    await until(() => warnings.length > 0);
    assert.deepEqual(warnings, ["querencia: there is no `data-policy`"]);
    await untouched(page);
    await context.close();
  }
});

/** Changes the table. @param {(index: any) => void} change */
const index = (change) => {
  const table = JSON.parse(String(answers[INDEX].body));
  change(table);
  answers[INDEX] = { body: JSON.stringify(table) };
};
const bin = () => Object.keys(answers).find((path) => /es-ES.*\.bin$/.test(path)) ?? "";
const projection = () => Object.keys(answers).find((path) => /es-ES.*\.json$/.test(path)) ?? "";

/** What is wrong, what the console says, and whether the whole build still speaks. @type {Record<string, [() => void | Promise<void>, RegExp, boolean]>} */
const WRONG = {
  "the policy was published for another engine": [() => index((table) => (table.seal.format = "0000000000000000")), /index\.json is of another release: publish it again/, true],
  "the table has no seal": [() => index((table) => delete table.seal), /is of another release: publish it again/, true],
  "the policy needs what no engine of a page has": [() => index((table) => table.seal.features.push("telepathy")), /needs `telepathy`, which the engine `core` has not/, true],
  "the policy needs what the engine that its table names has not": [() => index((table) => table.seal.features.push("catalogue")), /needs `catalogue`, which the engine `core` has not/, true],
  "the seal is cut off": [() => void (answers[bin()] = { body: answers[bin()].body?.slice(0, 40) }), /\.bin was changed, or is of another release/, true],
  "the policy is cut off": [() => void (answers[bin()] = { body: answers[bin()].body?.slice(0, -1) }), /\.bin was changed, or is of another release/, true],
  "the policy was changed": [() => void (answers[bin()] = { body: Buffer.concat([Buffer.from(answers[bin()].body ?? "").subarray(0, -9), Buffer.alloc(9)]) }), /\.bin was changed, or is of another release/, true],
  "the table and the policy are of different releases": [() => index((table) => (table.policy = "0".repeat(64))), /\.bin was changed, or is of another release than .*index\.json: publish again/, true],
  "the compiled policy is missing": [() => void (answers[bin()] = { status: 404 }), /\.bin is not there \(404\): copy the published folder whole/, true],
  "the compiled policy and its JSON are missing": [
    () => void ((answers[bin()] = { status: 404 }), (answers[projection()] = { status: 404 })),
    /there is no policy at .*\.json: the server answers 404; .*\.bin is not there \(404\)/,
    false,
  ],
  "the policy as JSON was changed, and the compiled one is missing": [
    () => void ((answers[bin()] = { status: 404 }), (answers[projection()] = { body: String(answers[projection()].body).replace("Gracias", "Adiós") })),
    /\.json was changed: publish again, and copy the folder whole; .*\.bin is not there \(404\)/,
    false,
  ],
  "the table is missing": [() => void (answers[INDEX] = { status: 404 }), /there is no policy at .*index\.json: the server answers 404/, false],
  "the table is no JSON": [() => void (answers[INDEX] = { body: "<html>" }), /index\.json: the policy is not JSON/, false],
  "the table has no files": [() => index((table) => (table.files = {})), /rows: no such field/, false],
  "the engine is of another release": [() => void (answers[name("querencia-core")] = { body: "\0asm", contentType: "application/wasm" }), /the engine is missing, was changed/, true],
  "the engine is missing": [() => void (answers[name("querencia-core")] = { status: 404 }), /the engine is missing, was changed/, true],
  "the page part is missing: somebody gave the files other names": [() => void (answers[name("page")] = { status: 404 }), /page-.*\.js is missing: copy dist\//, false],
};
/** @type {string[]} */
let names = [];
before(async () => {
  const { readdir } = await import("node:fs/promises");
  names = await readdir("dist");
});
/** A file of dist/ by what its name begins with. @param {string} begin */
const name = (begin) => `/dist/${names.find((name) => new RegExp(`^${begin}-[0-9a-f]{8,16}\\.`).test(name))}`;

for (const [what, [spoil, pattern, speaks]] of Object.entries(WRONG)) {
  test(`when ${what}, one line says what to do${speaks ? " and the whole build speaks" : " and the page stays as it was"}`, async () => {
    await spoil();
    const { page, context, warnings, errors } = await opened();
    if (speaks) await page.getByText("Gracias, Ana").waitFor();
    await until(() => warnings.length > 0);
    await page.waitForTimeout(100);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], /^querencia: /);
    assert.match(warnings[0], pattern);
    assert.deepEqual(errors, []);
    if (!speaks) await untouched(page);
    await context.close();
  });
}

test("an engine of another type is compiled all the same, and one line says what the server should send", async () => {
  const { readFile } = await import("node:fs/promises");
  answers[name("querencia-core")] = { body: await readFile(`.${name("querencia-core")}`), contentType: "application/octet-stream" };
  const { page, context, warnings } = await opened();
  await page.getByText("Gracias, Ana").waitFor();
  assert.match(warnings.join(), /^querencia: \S*wasm comes as `application\/octet-stream`: let the server send `application\/wasm`$/);
  await context.close();
});

test("a policy that was not published speaks, and the console tells once what publishing would do", async () => {
  const found = await fresh(stage.browser);
  /** @type {string[]} */
  const told = [];
  found.page.on("console", (message) => message.type() === "info" && told.push(message.text()));
  await found.page.goto(`${stage.url}/thank-you.html`);
  await found.page.getByText("Gracias, Ana").waitFor();
  assert.equal(told.length, 1);
  assert.match(told[0], /^querencia: \S*\/policy\.json is not published\. Everybody can read it whole \(0\.\d kB, 0 of its 2 campaigns .*`npx querencia publish`/);
  assert.deepEqual([found.warnings, found.errors], [[], []]);
  await found.context.close();
});

test("of two tags the first acts, and the second says that it is one", async () => {
  const twice = (/** @type {string} */ html) => html.replace(/<script type="module".*<\/script>/, "$&$&");
  const { page, context, warnings } = await opened({ html: twice });
  await page.getByText("Gracias, Ana").waitFor();
  assert.deepEqual(warnings, ["querencia: two tags: the first acts"]);
  await context.close();

  const other = await opened({ html: (/** @type {string} */ html) => html.replace("</head>", '<script type="module" src="/dist/querencia.js?other"></script></head>') });
  await other.page.getByText("Gracias, Ana").waitFor();
  assert.deepEqual(other.warnings, ["querencia: two tags: the first acts"]);
  await other.context.close();
});

test("of two copies of the element the first acts, and the second says that it is one", async () => {
  const { page, context, warnings } = await opened({ html: (/** @type {string} */ html) => html.replace("<script type", '<script type="module">import "/dist/element.js"</script><script type') });
  await page.getByText("Gracias, Ana").waitFor();
  assert.deepEqual(warnings, ["querencia: two copies of the package are on this page; the element of the first acts: keep one"]);
  await context.close();
});

test("what the page prints wrong is told in full sentences, with the attribute's name", async () => {
  const { page, context, warnings } = await opened({ html: (/** @type {string} */ html) => html.replace('"Ana"', "5") });
  await until(() => warnings.length > 0);
  assert.deepEqual(warnings, ['querencia: data-customer.givenName: expected a text that is not empty; write `"5"`']);
  await untouched(page);
  await context.close();
});

test("what a script changes after the page was read is another question, of which nothing is known", async () => {
  const first = await opened({ html: NO_PURCHASE });
  await first.page.waitForFunction(() => localStorage["querencia-asked"]);
  const known = { context: first.context, errors: first.errors };
  const english = (/** @type {string} */ html) => NO_PURCHASE(html).replace('lang="es-ES"', 'lang="en"');
  const turn = () => document.addEventListener("querencia:decision", () => setTimeout(() => (document.documentElement.lang = "fr"), 300));
  const turned = await opened({ html: english, context: known, script: turn });
  await turned.page.waitForFunction(() => document.documentElement.lang === "fr");
  await turned.page.waitForTimeout(1500);
  const french = await opened({ html: (/** @type {string} */ html) => english(html).replace('lang="en"', 'lang="fr"'), context: known });
  await until(() => parts(french.loaded).length > 1);
  assert.deepEqual(parts(french.loaded), ["page", "querencia-core"]);
  await first.context.close();
});

test("a tag of another tool may have a `data-policy`, and an element our name", async () => {
  const other = '<script id="querencia-tag" data-policy="strict"></script>';
  const { page, context, warnings } = await opened({ html: (/** @type {string} */ html) => html.replace("<script", `${other}<script`) });
  await page.getByText("Gracias, Ana").waitFor();
  assert.deepEqual(warnings, []);
  await context.close();
});
