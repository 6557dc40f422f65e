// A browser that keeps nothing, or no longer: the page says what it may, says once why, and what the shopper wished still holds.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fresh, start } from "./browser.js";
import { policy } from "./store-policy.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/**
 * What a page does once its browser was changed.
 * @template T
 * @param {(policy: any) => Promise<T>} inPage
 * @param {{ before?: () => void, context?: import("playwright-core").BrowserContext, argument?: any }} [how] `before` runs before all of the page's
 *   scripts; with an `argument`, `inPage` is called with the policy and that
 */
async function look(inPage, { before, context, argument } = {}) {
  const found = context ? { context, page: await context.newPage(), warnings: /** @type {string[]} */ ([]) } : await fresh(stage.browser);
  if (context) found.page.on("console", (message) => void (message.type() === "warning" && found.warnings.push(message.text())));
  if (before) await found.page.addInitScript(before);
  await found.page.goto(`${stage.url}/blank.html`);
  return { ...found, result: await found.page.evaluate(inPage, /** @type {any} */ (argument ? [policy, argument] : policy)) };
}

/** Who speaks on a page of this profile, and what its ledger says of itself. @param {any} policy */
async function whoSpeaks(policy) {
  const { open } = await import("/dist/shop.js");
  const begun = performance.now();
  const shop = await open({ policy });
  const took = performance.now() - begun;
  const { contacts } = await shop.track("page_not_found");
  return { spoke: contacts.map(({ campaign }) => campaign).sort(), kind: shop.ledger.kind, lasting: shop.ledger.lasting ?? true, took };
}

/** @type {Record<string, () => void>} what makes a database unusable */
const BROKEN = {
  "it is blocked": () => {
    globalThis.indexedDB.open = () => {
      throw new DOMException("forbidden", "SecurityError");
    };
  },
  "it is not there": () => Object.defineProperty(globalThis, "indexedDB", { value: undefined }),
  "to read it throws": () =>
    void Object.defineProperty(globalThis, "indexedDB", {
      get() {
        throw new DOMException("forbidden", "SecurityError");
      },
    }),
  "a private window refuses it": () => {
    globalThis.indexedDB.open = () => {
      const request = /** @type {any} */ (new EventTarget());
      request.error = new DOMException("a mutation was not allowed", "InvalidStateError");
      setTimeout(() => request.onerror());
      return request;
    };
  },
  "it never answers": () => {
    globalThis.indexedDB.open = () => /** @type {any} */ (new EventTarget());
  },
  "its transactions never answer": () => {
    const { get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function (...words) {
      const end = performance.now() + 10_000;
      const again = () => performance.now() < end && this.transaction.mode && (get.apply(this, words).onsuccess = again);
      again();
      return get.apply(this, words);
    };
    IDBObjectStore.prototype.getAll = () => /** @type {any} */ ({});
  },
  "no transaction can be made": () => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException("internal error", "UnknownError");
    };
  },
  "it cannot be written": () => {
    IDBObjectStore.prototype.put = function () {
      throw new DOMException("the disk is full", "QuotaExceededError");
    };
    IDBObjectStore.prototype.add = IDBObjectStore.prototype.put;
  },
};

for (const [what, before] of Object.entries(BROKEN)) {
  test(`a database of which ${what}: only service speaks, and one line says why`, async () => {
    const { result, warnings, context } = await look(whoSpeaks, { before });
    assert.deepEqual([result.spoke, result.kind, result.lasting], [["notice"], "memory", false]);
    assert.ok(result.took < 6000, `${result.took} ms`);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], /^querencia: this browser keeps nothing for this site \(\w+: .+\)/);
    await context.close();
  });
}

test("the policy says who speaks without a lasting store", async () => {
  const { result, context } = await look(
    async (policy) => {
      const { open } = await import("/dist/shop.js");
      const spoke = [];
      for (const withoutStore of ["nothing", "service", "relational", "all"]) {
        const shop = await open({ policy: { ...policy, page: { withoutStore } } });
        const { refused } = await shop.track("page_not_found");
        spoke.push(refused.flatMap(({ campaign, detail }) => (detail?.demand === "store" ? campaign : [])).sort());
        shop.close();
      }
      return spoke;
    },
    { before: BROKEN["it is blocked"] },
  );
  assert.deepEqual(result, [["news", "notice", "sale"], ["news", "sale"], ["sale"], []]);
  await context.close();
});

test("a database of a later release, a damaged one, and one that another tab holds", async () => {
  for (const [version, isHeld] of /** @type {const} */ ([[99, false], [4, false], [3, true]])) {
    const { context, page } = await look(async () => {});
    await page.evaluate(
      ([version, isHeld]) =>
        new Promise((done) => {
          const request = globalThis.indexedDB.open("querencia", version);
          request.onsuccess = () => {
            if (!isHeld) request.result.close();
            done(0);
          };
        }),
      /** @type {const} */ ([version, isHeld]),
    );
    const { result, warnings } = await look(whoSpeaks, { context });
    assert.deepEqual([result.spoke, result.lasting], [["notice"], false], `${version}`);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.ok(result.took < 4000, `${result.took} ms`);
    await context.close();
  }
});

test("a connection that the browser closes is opened anew, and nothing is lost", async () => {
  const { result, warnings, context } = await look(async (policy) => {
    /** @type {IDBDatabase[]} */
    const connections = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...words) {
      connections.push(this);
      return transaction.apply(this, words);
    };
    const { open } = await import("/dist/shop.js");
    const now = Date.now();
    let later = 0;
    const shop = await open({ policy, clock: () => now + later });
    const spoke = [];
    for (let round = 0; round < 3; round++) {
      spoke.push((await shop.track("page_not_found")).contacts.map(({ campaign }) => campaign).sort());
      connections[connections.length - 1].close();
      later += 2 * 86_400_000;
    }
    return [spoke, shop.ledger.lasting ?? true, (await shop.ledger.all()).length, new Set(connections).size];
  });
  const [spoke, lasting, kept, connections] = result;
  assert.deepEqual(spoke, Array(3).fill(["news", "notice", "sale"]));
  assert.deepEqual([lasting, kept, connections, warnings], [true, 9, 4, []]);
  await context.close();
});

test("a full disk in the middle of a visit: what was said is known to the page", async () => {
  const { result, warnings, context } = await look(async (policy) => {
    const { open } = await import("/dist/shop.js");
    const shop = await open({ policy: { ...policy, page: { withoutStore: "all" } } });
    const { contacts } = await shop.track("page_not_found");
    await shop.wish({ lessOften: "30d" });
    IDBObjectStore.prototype.put = function () {
      throw new DOMException("the disk is full", "QuotaExceededError");
    };
    await shop.wish({ topics: [] });
    const known = new Map((await shop.ledger.all()).map(({ id, at }) => [id, at]));
    return [contacts.map(({ id, at }) => known.get(id) === at), shop.ledger.lasting, await shop.wishes()];
  });
  assert.deepEqual(result, [[true, true, true], false, { lessOften: "30d", topics: [] }]);
  assert.equal(warnings.length, 1, warnings.join("\n"));
  await context.close();
});

/** Deletes the database, as a browser does that needs room. @param {import("playwright-core").Page} page */
const empty = (page) =>
  page.evaluate(
    () =>
      new Promise((done, failed) => {
        const request = globalThis.indexedDB.deleteDatabase("querencia");
        request.onsuccess = done;
        request.onerror = request.onblocked = failed;
      }),
  );

/** As an element does that shows the news. @param {any} policy */
async function sayAll({ campaigns: [news], ...rest }) {
  const policy = { ...rest, campaigns: [news] };
  const { open } = await import("/dist/shop.js");
  await import("/dist/element.js");
  document.body.innerHTML = '<querencia-message placement="news"></querencia-message>';
  const shop = await open({ policy, customer: globalThis.customer });
  const { contacts } = await shop.track("page_not_found");
  const found = [contacts.map(({ campaign }) => campaign).sort(), await shop.wishes()];
  if (globalThis.wish) await shop.wish(globalThis.wish);
  shop.close();
  return found;
}

test("where the database was emptied, the wishes for good and the latest contacts still hold, for everybody", async () => {
  const { context, page, result } = await look(sayAll, {
    before: () => Object.assign(globalThis, { wish: { unsubscribed: ["email"], avoid: ["push"], lessOften: "7d" }, customer: { id: "ana@example.com" } }),
  });
  assert.deepEqual(result, [["news"], {}]);
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /ana|Hello/);
  assert.ok((await page.evaluate(() => JSON.stringify(localStorage).length)) < 1000);
  await empty(page);
  const luis = await look(sayAll, { context, before: () => Object.assign(globalThis, { customer: { id: "luis" } }) });
  assert.deepEqual(luis.result, [[], {}], "it may have been Luis who read them");
  const ana = await look(sayAll, { context, before: () => Object.assign(globalThis, { customer: { id: "ana@example.com" } }) });
  assert.deepEqual(ana.result, [[], { unsubscribed: ["email"], avoid: ["push"] }]);
  await context.close();
});

test("a wish for good of a visit without a database holds in the next, with or without one, and can be taken back in either", async () => {
  const { context } = await look(sayAll, { before: () => Object.assign(globalThis, { wish: { unsubscribed: ["sms"], avoid: ["push"] } }) });
  const blocked = () => {
    globalThis.indexedDB.open = () => {
      throw new DOMException("forbidden", "SecurityError");
    };
  };
  const second = await look(sayAll, { context, before: blocked });
  assert.deepEqual(second.result, [[], { unsubscribed: ["sms"], avoid: ["push"] }], "the contacts are known too");
  await second.page.evaluate(async (policy) => {
    const { open } = await import("/dist/shop.js");
    const shop = await open({ policy });
    await shop.wish({ unsubscribed: ["onsite"], avoid: null, lessOften: "7d" });
    await shop.wish({ subscribe: ["sms"], lessOften: null });
    return shop.wishes();
  }, policy).then((wishes) => assert.deepEqual(wishes, { unsubscribed: ["onsite"], subscribe: ["sms"] }));
  const third = await look(sayAll, { context });
  assert.deepEqual(third.result, [[], { unsubscribed: ["onsite"], subscribe: ["sms"] }]);
  await context.close();
});

test("where localStorage is full a wish for good is kept in a cookie", async () => {
  const { context, page } = await look(sayAll, {
    before: () => {
      Object.assign(globalThis, { wish: { unsubscribed: ["sms"] } });
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
  });
  await empty(page);
  const { result } = await look(sayAll, { context });
  assert.deepEqual(result[1], { unsubscribed: ["sms"] });
  await context.close();
});

test("a wish asks the browser to keep what is stored; nothing else does", async () => {
  const { result, context } = await look(async (policy) => {
    let asked = 0;
    Object.defineProperty(StorageManager.prototype, "persist", { value: () => Promise.reject(new Error(`no ${++asked}`)) });
    const { open } = await import("/dist/shop.js");
    const shop = await open({ policy });
    await shop.track("page_not_found");
    const before = asked;
    await shop.wish({ avoid: ["push"] });
    return [before, asked];
  });
  assert.deepEqual(result, [0, 1]);
  await context.close();
});

for (const [what, odd] of /** @type {[string, object][]} */ ([
  ["its state", { state: "whispered" }],
  ["its class", { class: "poem" }],
  ["its date", { at: "soon" }],
  ["a field of a later release", { mood: "blue" }],
  ["several fields", { at: null, state: 7, class: null, variant: -1, offer: {}, channel: "pigeon" }],
])) {
  test(`a record of which the engine cannot read ${what} counts`, async () => {
    const { result, warnings, context } = await look(
      async ([policy, odd]) => {
        const { indexedDB, open } = await import("/dist/shop.js");
        const record = { id: "a".repeat(32), campaign: "news", class: "relational", channel: "onsite", at: Date.now() - 1000, state: "delivered", ...odd };
        await indexedDB().transact(() => ({ put: [record], result: 0 }));
        const later = async (/** @type {number} */ days) => {
          const shop = await open({ policy, clock: () => Date.now() + days * 86_400_000 });
          const decision = await shop.track("page_not_found");
          const again = await shop.track("page_not_found");
          shop.close();
          return [decision, again].map(({ contacts }) => contacts.some(({ campaign }) => campaign === "news"));
        };
        return [await later(0), await later(6), await later(8)];
      },
      { argument: odd },
    );
    assert.deepEqual(result, [[false, false], [false, false], [true, false]], "it counts in its window, and no longer");
    assert.ok(warnings.every((one) => one.includes("ledger[")), warnings.join("\n"));
    await context.close();
  });
}

test("records that cannot be kept beside the database are no reason to be loud", async () => {
  const { result, warnings, context } = await look(sayAll, {
    before: () =>
      void Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("forbidden", "SecurityError");
        },
      }),
  });
  assert.deepEqual([result, warnings], [[["news"], {}], []]);
  await context.close();
});

test("what is forgotten is gone everywhere, and the wishes stay", async () => {
  const { result, context } = await look(async (policy) => {
    const { open } = await import("/dist/shop.js");
    await import("/dist/element.js");
    document.body.innerHTML = '<querencia-message placement="news"></querencia-message>';
    const shop = await open({ policy });
    await shop.track("page_not_found");
    await shop.wish({ avoid: ["push"] });
    await shop.ledger.putFacts("", { orders: 3 });
    const before = [(await shop.ledger.all()).length, await shop.ledger.facts(""), Object.keys(localStorage).sort()];
    await shop.ledger.forget();
    const after = [(await shop.ledger.all()).length, await shop.ledger.facts(""), Object.keys(localStorage).sort()];
    const wishes = await shop.wishes();
    shop.close();
    return [before, after, wishes, (await (await open({ policy })).track("page_not_found")).contacts.length];
  });
  assert.deepEqual(result, [
    [1, { orders: 3 }, ["querencia-contacts", "querencia-wishes", "querencia-writes"]],
    [0, undefined, ["querencia-wishes", "querencia-writes"]],
    { avoid: ["push"] },
    1,
  ]);
  await context.close();
});

test("two stores of one origin know nothing of each other", async () => {
  const { result, context } = await look(async (policy) => {
    const { open } = await import("/dist/shop.js");
    const said = [];
    for (const store of ["north", "south", "", "north", undefined]) {
      const shop = await open({ policy, store });
      said.push([(await shop.track("page_not_found")).contacts.length, (await shop.wishes()).unsubscribed?.[0]]);
      await shop.wish({ unsubscribed: [store === "north" ? "sms" : "email"] });
      shop.close();
    }
    return [said, (await globalThis.indexedDB.databases()).map(({ name }) => name).sort(), Object.keys(localStorage).filter((key) => key.endsWith("wishes")).sort()];
  });
  assert.deepEqual(result, [
    [[3, undefined], [3, undefined], [3, undefined], [1, "sms"], [1, "email"]],
    ["north", "querencia", "south"],
    ["querencia-north-wishes", "querencia-south-wishes", "querencia-wishes"],
  ]);
  await context.close();
});

test("a tag with `data-store` has a ledger of its own", async () => {
  const context = await stage.browser.newContext();
  for (const [store, title] of [["data-store=north", 2], ["", 2], ["data-store=north", 0]]) {
    const page = await context.newPage();
    await page.route("**/thank-you.html", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("data-policy", `${store} data-policy`) });
    });
    await page.addInitScript(() => document.addEventListener("querencia:decision", ({ detail }) => (globalThis.decision = detail.decision)));
    await page.goto(`${stage.url}/thank-you.html`);
    await page.waitForFunction(() => globalThis.decision);
    assert.equal(await page.evaluate(() => globalThis.decision.contacts.length), title, String(store));
    if (title) await page.getByText("Gracias, Ana").waitFor();
    await page.close();
  }
  await context.close();
});

test("a second copy of the script says that it is one, and of the package's modules none disturbs another", async () => {
  const { page, context, warnings, errors } = await fresh(stage.browser);
  await page.goto(`${stage.url}/thank-you.html`);
  await page.getByText("Gracias, Ana").waitFor();
  await page.evaluate(async () => {
    const tag = Object.assign(document.createElement("script"), { type: "module", src: "/dist/querencia.js?copy" });
    tag.dataset.policy = "/policy.json";
    const done = new Promise((done) => (tag.onload = done));
    document.body.append(tag);
    await done;
  });
  await page.waitForTimeout(300);
  assert.equal(warnings.filter((one) => /two tags: the first acts/.test(one)).length, 1, warnings.join("\n"));
  const said = await page.evaluate(async () => {
    const policy = await (await fetch("/policy.json")).json();
    const copies = await Promise.all(["", "?copy"].map((copy) => Promise.all([import(`/dist/index.js${copy}`), import(`/dist/shop.js${copy}`)])));
    const spoke = [];
    for (const [{ load }, { open }] of copies) {
      const shop = await open({ policy: await load(policy), customer: { id: "luis" }, placements: ["thank-you"], document: /** @type {any} */ (new EventTarget()) });
      spoke.push((await shop.track("purchase", { order: { id: "o1" } })).contacts.length);
      spoke.push((await shop.track("purchase", { order: { id: "o1" } })).contacts.length);
    }
    return spoke;
  });
  assert.ok(said[0] > 0);
  assert.deepEqual(said.slice(1), [0, 0, 0], "one ledger for both");
  assert.deepEqual(errors, []);
  assert.equal(await page.locator("querencia-message[placement=thank-you]").getByText("Gracias, Ana").count(), 1);
  await context.close();
});
