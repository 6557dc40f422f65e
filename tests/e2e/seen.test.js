// Seen means seen: nothing is decided for a page that nobody looks at, nor for an element that cannot be seen, and no message is taken
// away by the next.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fresh, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

const text = (/** @type {string} */ body) => ({ en: [{ body }] });
const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] },
  campaigns: [
    ...["a", "b"].map((id) => ({ id, kind: "announcement", class: "relational", channel: "onsite", placement: id, message: id })),
    { id: "later", kind: "announcement", class: "relational", channel: "onsite", placement: "a", message: "later", event: "later", weight: 9 },
    { id: "last", kind: "announcement", class: "relational", channel: "onsite", placement: "a", message: "last", event: "last", weight: 9 },
  ],
  messages: { a: text("Message A"), b: text("Message B"), later: text("Message later"), last: text("Message last") },
};

/**
 * A visit on a page. Its first decision is not waited for: it may not come.
 * @param {string} html
 * @param {{ before?: () => void, clock?: boolean }} [how]
 */
async function visit(html, { before = () => {} } = {}) {
  const found = await fresh(stage.browser);
  await found.page.addInitScript(before);
  await found.page.goto(`${stage.url}/blank.html`);
  await found.page.evaluate(
    async ([html, policy]) => {
      document.body.innerHTML = html;
      const world = /** @type {any} */ (globalThis);
      world.events = [];
      world.ahead = 0;
      for (const name of ["decision", "contact"]) {
        document.addEventListener(`querencia:${name}`, ({ detail }) => world.events.push([name, detail.contact?.campaign ?? detail.decision.contacts.map((/** @type {any} */ { campaign }) => campaign)]));
      }
      const { open, memory } = await import("/dist/shop.js");
      await import("/dist/element.js");
      world.platform = { start: (/** @type {any} */ emit) => ((world.emit = emit), () => {}) };
      world.shop = await open({ policy, ledger: memory(), clock: () => Date.now() + world.ahead, platform: world.platform });
      world.first = world.shop.decide();
    },
    /** @type {const} */ ([html, policy]),
  );
  return {
    ...found,
    /** What was decided and shown. */
    events: () => found.page.evaluate(() => globalThis.events),
    /** What is read in each element, in the order of the page. */
    read: () =>
      found.page.evaluate(() =>
        [...document.querySelectorAll("querencia-message")].map((element) => element.shadowRoot?.querySelector("[role=status]")?.textContent ?? ""),
      ),
    records: () => found.page.evaluate(async () => (await globalThis.shop.ledger.all()).map((/** @type {any} */ { campaign, state }) => `${campaign} ${state}`)),
  };
}

/** Waits until it is so. @param {() => Promise<any>} look @param {any} expected */
async function becomes(look, expected) {
  for (let wait = 0; wait < 150; wait++) {
    if (JSON.stringify(await look()) === JSON.stringify(expected)) return;
    await new Promise((later) => setTimeout(later, 20));
  }
  assert.deepEqual(await look(), expected);
}

const A = '<querencia-message placement="a">Own</querencia-message>';
const QUIET = 400;

/** What hides an element, and how it comes to be seen. @type {Record<string, [html: string, reveal: () => void]>} */
const HIDDEN = {
  "display: none": [`<div id=box style="display: none">${A}</div>`, () => (box().style.display = "")],
  "the attribute `hidden`": [`<div id=box hidden>${A}</div>`, () => (box().hidden = false)],
  "its own `hidden`": ['<querencia-message id=box hidden placement="a">Own</querencia-message>', () => (box().hidden = false)],
  "visibility: hidden": [`<div id=box style="visibility: hidden">${A}</div>`, () => (box().style.visibility = "")],
  "content-visibility: hidden": [`<div id=box style="content-visibility: hidden">${A}</div>`, () => (box().style.contentVisibility = "")],
  "opacity: 0": [`<div id=box style="opacity: 0">${A}</div>`, () => (box().style.opacity = "")],
  "closed details": [`<details id=box>${A}</details>`, () => box().setAttribute("open", "")],
  "a closed dialog": [`<dialog id=box>${A}</dialog>`, () => /** @type {HTMLDialogElement} */ (box()).show()],
  "a folded parent": [`<div id=box style="height: 0; overflow: hidden"><p>${A}</p></div>`, () => (box().style.height = "")],
  "a folded parent of an empty element": [
    '<div id=box style="height: 0; overflow: hidden"><querencia-message placement="a"></querencia-message></div>',
    () => (box().style.height = ""),
  ],
  "a parent for screen readers alone": [`<div id=box style="position: absolute; width: 1px; height: 1px; overflow: hidden">${A}</div>`, () => box().removeAttribute("style")],
  "a parent without width": [`<div id=box style="width: 0; overflow: hidden">${A}</div>`, () => (box().style.width = "")],
  "scale(0)": [`<div id=box style="transform: scale(0)">${A}</div>`, () => (box().style.transform = "")],
  "a drawer beside the page": [`<div id=box style="position: fixed; left: 0; width: 200px; transform: translateX(-100%)">${A}</div>`, () => (box().style.transform = "")],
  "left: -9999px": [`<div id=box style="position: absolute; left: -9999px">${A}</div>`, () => (box().style.left = "0")],
  "a shadow tree whose host is hidden": [`<div id=box style="display: none"><template shadowrootmode="open">${A}</template></div>`, () => (box().style.display = "")],
};
/** In the page. @type {() => HTMLElement} */
const box = () => /** @type {any} */ (document.getElementById("box"));

for (const [what, [html, reveal]] of Object.entries(HIDDEN)) {
  test(`hidden by ${what}: nothing is decided for it; once it can be seen, it speaks`, async () => {
    const isShadow = html.includes("<template");
    const { page, context, events, records } = await visit(isShadow ? "<div id=mount></div>" : html);
    await page.evaluate(([html, isShadow]) => {
      globalThis.box = () => document.getElementById("box");
      if (isShadow) /** @type {any} */ (document.getElementById("mount")).setHTMLUnsafe(html);
    }, /** @type {const} */ ([html, isShadow]));
    await page.waitForTimeout(QUIET);
    assert.deepEqual(await events(), [["decision", []]]);
    assert.deepEqual(await records(), []);
    await page.evaluate(`(${reveal})()`);
    await becomes(events, [["decision", []], ["decision", ["a"]], ["contact", "a"]]);
    assert.deepEqual(await records(), ["a delivered"]);
    await context.close();
  });
}

test("what is seen all the same: an empty element in parents that fit their content, below the fold, in a scrolled page", async () => {
  const empty = '<querencia-message placement="a"></querencia-message>';
  for (const html of [
    `<div style="overflow: hidden">${empty}</div>`,
    `<div style="display: flex; overflow: hidden">${empty}</div>`,
    `<div style="display: grid; overflow: hidden"><span>${empty}</span></div>`,
    `<div style="display: contents; overflow: hidden">${empty}</div>`,
    `<div style="height: 5000px"></div>${empty}`,
    `<div style="content-visibility: auto">${empty}</div>`,
    `<dialog open>${empty}</dialog>`,
  ]) {
    const { context, events } = await visit(html);
    await becomes(events, [["decision", ["a"]], ["contact", "a"]]);
    await context.close();
  }
});

const unseen = {
  "a hidden page": () => {
    globalThis.state = "hidden";
    Object.defineProperty(document, "visibilityState", { get: () => globalThis.state });
    globalThis.reveal = () => ((globalThis.state = "visible"), document.dispatchEvent(new Event("visibilitychange")));
  },
  "a page that is prerendered": () => {
    globalThis.early = true;
    Object.defineProperty(document, "prerendering", { get: () => globalThis.early });
    globalThis.reveal = () => ((globalThis.early = false), document.dispatchEvent(new Event("prerenderingchange")));
  },
  "Turbo's preview": () => {
    addEventListener("DOMContentLoaded", () => document.documentElement.setAttribute("data-turbo-preview", ""));
    globalThis.reveal = () => document.documentElement.removeAttribute("data-turbo-preview");
  },
  "a page that is being replaced": () => {
    addEventListener("DOMContentLoaded", () => document.documentElement.setAttribute("aria-busy", "true"));
    globalThis.reveal = () => document.documentElement.setAttribute("aria-busy", "false");
  },
};
for (const [what, before] of Object.entries(unseen)) {
  test(`nothing is decided for ${what}; then once, and a wish is kept at once`, async () => {
    const { page, context, events, records } = await visit(A, { before });
    await page.evaluate(() => {
      for (const name of ["x", "y", "last"]) globalThis.emit(name);
      void globalThis.shop.wish({ topics: ["news"] });
    });
    await page.waitForTimeout(QUIET);
    assert.deepEqual(await events(), []);
    assert.deepEqual(await page.evaluate(async () => (await globalThis.shop.wishes()).topics), ["news"]);
    assert.deepEqual(await records(), []);
    await page.evaluate(() => globalThis.reveal());
    await becomes(async () => (await records()).length, 1);
    await page.waitForTimeout(QUIET);
    assert.equal((await records()).length, 1);
    await context.close();
  });
}

test("a page that the browser kept is decided about again when it is shown again; what it shows stays", async () => {
  const { page, context, events, read } = await visit(A);
  await becomes(read, ["Message A"]);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await becomes(events, [["decision", ["a"]], ["contact", "a"], ["decision", []]]);
  assert.deepEqual(await read(), ["Message A"]);
  await context.close();
});

test("of several elements of one placement the first that can be seen; on another width the message goes to the other, and counts once", async () => {
  const style = "<style>@media (max-width: 600px) { .wide { display: none } } @media (min-width: 601px) { .narrow { display: none } }</style>";
  const twins = `${style}<div class=narrow>${A}</div><div class=wide>${A}${A}</div>`;
  const { page, context, events, read, records } = await visit(twins);
  await becomes(read, ["", "Message A", ""]);
  await page.setViewportSize({ width: 400, height: 700 });
  await becomes(read, ["Message A", "", ""]);
  await page.setViewportSize({ width: 1000, height: 700 });
  await becomes(read, ["", "Message A", ""]);
  assert.deepEqual(await records(), ["a delivered"]);
  assert.deepEqual(await events(), [["decision", ["a"]], ["contact", "a"]]);
  // what was dismissed does not come back
  await page.evaluate(() => /** @type {any} */ (document.querySelectorAll("querencia-message")[1]).dismiss());
  await page.setViewportSize({ width: 400, height: 700 });
  await page.waitForTimeout(QUIET);
  assert.deepEqual(await read(), ["", "", ""]);
  await context.close();
});

test("a place that shows a message is taken, until it is dismissed; then the next event may have it", async () => {
  const { page, context, read, records } = await visit(A);
  await becomes(read, ["Message A"]);
  await page.evaluate(() => globalThis.shop.track("later"));
  assert.deepEqual(await read(), ["Message A"]);
  assert.deepEqual(await records(), ["a delivered"]);
  await page.evaluate(() => /** @type {any} */ (document.querySelector("querencia-message")).dismiss());
  await page.waitForTimeout(QUIET);
  assert.deepEqual(await read(), [""], "who dismisses one is not given another");
  await page.evaluate(() => globalThis.shop.track("last"));
  await becomes(read, ["Message last"]);
  await context.close();
});

test("a burst of events is decided about once, about its last; a steady stream about four times a second", async () => {
  const { page, context, events, read } = await visit('<p id=here></p>');
  await becomes(events, [["decision", []]]);
  await page.evaluate((A) => {
    /** @type {any} */ (document.getElementById("here")).innerHTML = A;
    for (const name of ["later", "view_item", "last"]) globalThis.emit(name);
  }, A);
  await becomes(read, ["Message last"]);
  assert.equal((await events()).filter(([name]) => name === "decision").length, 2);
  const before = (await events()).length;
  await page.evaluate(async () => {
    const until = performance.now() + 1000;
    while (performance.now() < until) {
      globalThis.emit("view_item");
      await new Promise((later) => setTimeout(later, 10));
    }
  });
  await page.waitForTimeout(QUIET);
  const more = (await events()).length - before;
  assert.ok(more >= 2 && more <= 6, String(more));
  await context.close();
});

test("drawn anew while the ledger is written: shown in the new element, once", async () => {
  const { page, context, events, read, records } = await visit("<main></main>");
  await becomes(events, [["decision", []]]);
  await page.evaluate((A) => {
    const { ledger } = globalThis.shop;
    const { transact } = ledger;
    ledger.transact = async (/** @type {any[]} */ ...given) => {
      const result = await transact(...given);
      /** @type {any} */ (document.querySelector("main")).innerHTML = A;
      return result;
    };
    /** @type {any} */ (document.querySelector("main")).innerHTML = A;
  }, A);
  await becomes(read, ["Message A"]);
  await page.waitForTimeout(QUIET);
  assert.deepEqual(await read(), ["Message A"]);
  assert.deepEqual(await records(), ["a delivered"]);
  assert.deepEqual((await events()).filter(([name]) => name === "contact"), [["contact", "a"]]);
  await context.close();
});

test("an element that is taken away while the ledger is written: the message waits for the next, as long as its lease; then it is decided anew", async () => {
  for (const minutes of [14, 16]) {
    const { page, context, events, read, records } = await visit("<main></main>");
    await becomes(events, [["decision", []]]);
    await page.evaluate((A) => {
      const main = /** @type {any} */ (document.querySelector("main"));
      main.innerHTML = A;
      // between the decision and what it says
      document.addEventListener("querencia:decision", () => main.replaceChildren(), { once: true });
    }, A);
    await becomes(records, ["a reserved"]);
    await page.evaluate(([A, minutes]) => {
      globalThis.ahead = minutes * 60_000;
      /** @type {any} */ (document.querySelector("main")).innerHTML = A;
    }, /** @type {const} */ ([A, minutes]));
    await becomes(read, ["Message A"]);
    assert.deepEqual((await records()).sort(), minutes < 15 ? ["a delivered"] : ["a delivered", "a released"]);
    await context.close();
  }
});

test("elements that join the page together are decided about once", async () => {
  const { page, context, events, read } = await visit("<main></main>");
  await becomes(events, [["decision", []]]);
  await page.evaluate(() => {
    for (const placement of ["a", "b", "c", "d"]) document.body.append(Object.assign(document.createElement("querencia-message"), { placement }));
  });
  await becomes(read, ["Message A", "", "", ""]);
  assert.equal((await events()).filter(([name]) => name === "decision").length, 2);
  await context.close();
});

test("an element that becomes one of another place shows what is for that place", async () => {
  const { page, context, read } = await visit(A);
  await becomes(read, ["Message A"]);
  await page.evaluate(() => document.querySelector("querencia-message")?.setAttribute("placement", "b"));
  await becomes(read, ["Message B"]);
  await context.close();
});

test("what is looked at costs a frame little: of 40 hidden elements, deep in the page, nothing is asked beyond what hides them", async () => {
  const deep = (/** @type {string} */ inner) => "<div>".repeat(20) + inner + "</div>".repeat(20);
  const hidden = Array.from({ length: 40 }, () => deep(`<div style="height: 0; overflow: hidden">${A}</div>`)).join("");
  const { page, context } = await visit(hidden);
  const asked = await page.evaluate(async () => {
    let asked = 0;
    const { getComputedStyle } = globalThis;
    const { getBoundingClientRect } = Element.prototype;
    globalThis.getComputedStyle = (...words) => (asked++, getComputedStyle(...words));
    Element.prototype.getBoundingClientRect = function () {
      asked++;
      return getBoundingClientRect.call(this);
    };
    document.dispatchEvent(new CustomEvent("querencia:placement", { detail: { placement: "a", element: document.querySelector("querencia-message") } }));
    return asked;
  });
  // each element, where it is, and the parent that hides it: where that is, and how it hides
  assert.ok(asked <= 3 * 41, String(asked));
  await context.close();
});

test("the dialog opens where it can be seen: in the next element, else at the end of the page; and goes on there when the theme hides it", async () => {
  const hidden = `<div hidden id=box><querencia-message placement="b"><span slot="topic-news">Novelties</span></querencia-message></div>`;
  const { page, context, events } = await visit(`${hidden}<button id=other>Other</button>`);
  await becomes(events, [["decision", []]]);
  await page.evaluate(() => /** @type {any} */ (document.querySelector("querencia-message")).preferences());
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  assert.equal(await dialog.evaluate((dialog) => /** @type {ShadowRoot} */ (dialog.getRootNode()).host.parentElement?.localName), "body");
  await dialog.getByLabel("Once a week").or(dialog.getByRole("radio").nth(1)).first().check();
  await dialog.locator("[part=cancel]").first().click();
  await becomes(() => page.locator("querencia-message").count(), 1);
  // the page can be used again
  await page.locator("#other").click({ timeout: 3000 });

  await page.evaluate(() => (document.querySelector("#box").hidden = false));
  await page.locator("querencia-message [part=preferences]").click();
  await dialog.waitFor();
  await dialog.getByRole("radio").nth(1).check();
  await page.evaluate(() => (document.querySelector("#box").hidden = true));
  await becomes(() => dialog.evaluate((dialog) => /** @type {ShadowRoot} */ (dialog.getRootNode()).host.parentElement?.localName), "body");
  assert.ok(await dialog.getByRole("radio").nth(1).isChecked(), "what the reader has chosen stays");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.locator("#other").click({ timeout: 3000 });
  await context.close();
});

test("the dialog goes on where the page draws its element anew, and what the reader chose there is kept", async () => {
  const { page, context, read } = await visit(`<main>${A}</main>`);
  await becomes(read, ["Message A"]);
  await page.locator("querencia-message [part=preferences]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio").nth(1).check();
  await page.evaluate((A) => (document.querySelector("main").innerHTML = A), A);
  await dialog.waitFor();
  assert.ok(await dialog.getByRole("radio").nth(1).isChecked());
  await dialog.locator("[part=save]").first().click();
  await dialog.waitFor({ state: "detached" });
  await becomes(() => page.evaluate(async () => (await globalThis.shop.wishes()).lessOften), "7d");
  await becomes(read, ["Message A"]);
  await page.waitForTimeout(QUIET);
  assert.equal(await page.locator("dialog").count(), 0);
  await context.close();
});

test("where nothing can be seen no dialog opens, one line says so, and the page can be used", async () => {
  const { page, context, warnings } = await visit(A);
  await page.evaluate(async () => {
    document.body.style.visibility = "hidden";
    await /** @type {any} */ (document.querySelector("querencia-message")).preferences();
  });
  assert.deepEqual(warnings, ["querencia: the dialog about preferences was not opened: nothing of this page can be seen"]);
  assert.equal(await page.evaluate(() => document.querySelectorAll(":modal").length + document.querySelectorAll("querencia-message").length), 1);
  await context.close();
});

test("where the theme changes its width, the page hears of no error", async () => {
  const two = `<style>@media (max-width: 600px) { .wide { display: none } } @media (min-width: 601px) { .narrow { display: none } }</style><div class=wide>${A}</div><div class=narrow>${A}</div>`;
  const { context, page, read } = await visit(two, {
    before: () => {
      /** @type {any} */ (globalThis).heard = [];
      addEventListener("error", ({ message }) => /** @type {any} */ (globalThis).heard.push(message));
    },
  });
  await becomes(read, ["Message A", ""]);
  for (const [width, expected] of /** @type {const} */ ([[390, ["", "Message A"]], [1280, ["Message A", ""]], [390, ["", "Message A"]]])) {
    await page.setViewportSize({ width, height: 800 });
    await becomes(read, expected);
  }
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).heard), []);
  await context.close();
});

test("a hundred elements are looked at together, not each time that one is found", async () => {
  const { context, page, events } = await visit(A.repeat(100), {
    before: () => {
      const { checkVisibility } = Element.prototype;
      /** @type {any} */ (globalThis).looks = 0;
      Element.prototype.checkVisibility = function (...how) {
        /** @type {any} */ (globalThis).looks++;
        return checkVisibility.apply(this, how);
      };
    },
  });
  await becomes(events, [["decision", ["a"]], ["contact", "a"]]);
  const looks = await page.evaluate(() => /** @type {any} */ (globalThis).looks);
  assert.ok(looks < 3000, `${looks} looks`);
  await context.close();
});
