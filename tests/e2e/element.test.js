// <querencia-message>: what is seen, what is read out, and what the keyboard does.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fresh, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** @param {object} [message] @param {object} [more] */
const contact = (message, more) => ({
  id: "c1",
  campaign: "thanks",
  class: "relational",
  channel: "onsite",
  placement: "thank-you",
  occurrence: "o1",
  at: 0,
  expiresAt: null,
  offer: null,
  why: [{ code: "order" }],
  message: {
    locale: "es-ES",
    variant: 0,
    title: "Gracias",
    body: "Ya está en el taller.",
    params: {},
    signer: "Lola",
    ...message,
  },
  ...more,
});

/**
 * A page with one element between two buttons.
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
async function opened(options) {
  const found = await fresh(stage.browser, options);
  await found.page.goto(`${stage.url}/blank.html`);
  await found.page.evaluate(async () => {
    document.documentElement.style.colorScheme = "light dark";
    document.body.innerHTML = `<button>before</button>
      <querencia-message placement="thank-you">Pedido recibido</querencia-message>
      <button>after</button>`;
    globalThis.events = [];
    for (const name of ["placement", "reaction"]) {
      document.addEventListener(`querencia:${name}`, ({ detail: { element, ...detail } }) =>
        globalThis.events.push([name, detail]),
      );
    }
    await import("/dist/element.js");
  });
  const element = found.page.locator("querencia-message");
  return {
    ...found,
    element,
    show: (/** @type {object} */ given) => element.evaluate((element, given) => element.show(given), given),
  };
}

/** @param {import("playwright-core").Page} page */
const events = (page) => page.evaluate(() => globalThis.events);

test("until a contact comes its content is seen, and a status region is there to be filled", async () => {
  const { element, page, context } = await opened();
  assert.equal(await element.innerText(), "Pedido recibido");
  const region = page.getByRole("status");
  assert.equal(await region.count(), 1);
  assert.equal(await region.getAttribute("aria-live"), "polite");
  assert.equal(await region.textContent(), "");
  assert.deepEqual(await events(page), [["placement", { placement: "thank-you" }]]);
  await context.close();
});

test("the status region stays the same one, so that screen readers hear of what comes into it", async () => {
  const { element, show, context } = await opened();
  const moves = await element.evaluate((element) => {
    globalThis.region = element.shadowRoot.querySelector("[role=status]");
    new MutationObserver((changes) => (globalThis.moves = changes.length)).observe(globalThis.region.parentNode, {
      childList: true,
    });
    return (globalThis.moves = 0);
  });
  await show(contact());
  await show(contact({ title: "Otra vez" }));
  assert.deepEqual(await element.evaluate((element) => [globalThis.moves, globalThis.region.textContent]), [
    moves,
    "Otra vezYa está en el taller.Lola",
  ]);
  await context.close();
});

test("a contact takes the content's place and is read out; its buttons are not", async () => {
  const { element, page, show, context } = await opened();
  await show(contact());
  assert.equal(await element.innerText(), "");
  assert.equal(
    await page.locator("body").ariaSnapshot(),
    `- button "before"
- status:
  - paragraph: Gracias
  - paragraph: Ya está en el taller.
  - paragraph: Lola
- button "¿Por qué aparece esto?"
- button "Mis preferencias"
- button "Cerrar"
- button "after"`,
  );
  assert.equal(await page.getByRole("status").getAttribute("lang"), "es-ES");
  assert.equal(await element.evaluate((element) => element.contact.id), "c1");
  await context.close();
});

test("the parts of a digest are one message: signed once, dismissed together", async () => {
  const { element, page, show, context } = await opened();
  await show(contact({}, { digest: "c1" }));
  await show(contact({ title: "Recetas", body: "Tres con aceite." }, { id: "c2", campaign: "recipes", digest: "c1" }));
  assert.equal(await page.getByRole("status").textContent(), "GraciasYa está en el taller.RecetasTres con aceite.Lola");
  await element.getByRole("button", { name: "Cerrar" }).click();
  assert.equal(await page.getByRole("status").textContent(), "");
  const reactions = (await events(page)).filter(([name]) => name === "reaction").map(([, { contactId }]) => contactId);
  assert.deepEqual(reactions, ["c1", "c2"]);
  await show(contact({ title: "Otro día" }, { id: "c3", digest: "c3" }));
  assert.equal(await page.getByRole("status").textContent(), "Otro díaYa está en el taller.Lola");
  await context.close();
});

const picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";

test("a link is followed and told as clicked; a picture has its text, and its room before it is loaded", async () => {
  const { element, page, show, context } = await opened({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  /** @type {(() => void)[]} */
  const waiting = [];
  await page.route("**/jug.svg", async (route) => {
    await new Promise((loaded) => waiting.push(() => loaded(undefined)));
    await route.fulfill({ contentType: "image/svg+xml", body: decodeURIComponent(picture.split(",")[1]) });
  });
  await show(contact({ action: { label: "Ver {n}", to: "#ver-{n}" }, image: { src: "/jug.svg", alt: "Un cántaro {n}" }, params: { n: { type: "text", value: "azul" } } }));
  const link = page.getByRole("link", { name: "Ver azul" });
  const image = page.getByRole("img", { name: "Un cántaro azul" });
  const before = await image.boundingBox();
  assert.ok(before && before.width > 100 && Math.abs(before.width / before.height - 1.5) < 0.01, JSON.stringify(before));
  waiting.forEach((load) => load());
  await image.evaluate((image) => /** @type {HTMLImageElement} */ (image).decode());
  assert.deepEqual(await image.boundingBox(), before);
  assert.equal(await image.getAttribute("loading"), "lazy");

  await page.locator("button", { hasText: "before" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#ver-azul");
  assert.deepEqual((await events(page)).at(-1), ["reaction", { contactId: "c1", campaign: "thanks", reaction: "clicked" }]);
  assert.ok(await link.isVisible());

  await page.setViewportSize({ width: 390, height: 800 });
  const [narrow, card] = await Promise.all([image.boundingBox(), element.boundingBox()]);
  const below = await link.boundingBox();
  assert.ok(narrow && card && below && narrow.y + narrow.height <= below.y && narrow.x + narrow.width <= card.x + card.width);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, "nothing sticks out");
  await context.close();
});

test("a picture that cannot be loaded is taken away, and the message stays", async () => {
  const { element, page, show, context } = await opened();
  await show(contact({ image: { src: "/no-such.png", alt: "Un cántaro" } }));
  await page.getByRole("img").waitFor({ state: "detached" });
  assert.match(await element.innerText().then(() => page.getByRole("status").innerText()), /taller/);
  await context.close();
});

test("an address that is not allowed is not shown, and the message before it stays", async () => {
  const { page, show, context } = await opened();
  await show(contact());
  await assert.rejects(show(contact({ action: { label: "x", to: "javascript:alert(1)" } })), /neither an https address/);
  assert.match(await page.getByRole("status").innerText(), /taller/);
  await context.close();
});

test("what is cancelled while its words are loaded is not shown; what comes later is", async () => {
  const { element, page, show, context } = await opened();
  await page.route("**/words/es-*.js", async (route) => {
    await new Promise((later) => setTimeout(later, 300));
    await route.continue();
  });
  await element.evaluate((element, given) => {
    const shown = element.show(given);
    element.cancel();
    return shown;
  }, contact());
  assert.equal(await page.getByRole("status").textContent(), "");
  await show(contact());
  assert.match(await page.getByRole("status").innerText(), /taller/);
  await context.close();
});

test("what is cancelled while it is shown gives way to the element's own content: its reader may have signed out", async () => {
  const { element, page, show, context } = await opened();
  await show(contact());
  assert.match(await page.getByRole("status").innerText(), /taller/);
  const before = await element.evaluate((element) => {
    element.cancel();
    return [element.contact, element.shadowRoot.querySelector("slot").hidden];
  });
  assert.deepEqual(before, [null, false]);
  assert.equal(await page.getByRole("status").textContent(), "");
  await context.close();
});

test("a call to share is a button that shares the page, not its query, as the device does", async () => {
  const { element, page, show, context } = await opened();
  await page.evaluate(() => {
    document.head.innerHTML += `<link rel="canonical" href="https://casa.example/aceite">`;
    Object.defineProperty(navigator, "share", { value: async (given) => void (globalThis.given = given) });
  });
  await show(contact({ share: "¿Se lo enseñas a alguien?" }));
  await element.getByRole("button", { name: "¿Se lo enseñas a alguien?" }).click();
  assert.deepEqual(await page.evaluate(() => globalThis.given), { url: "https://casa.example/aceite" });
  assert.deepEqual((await events(page)).at(-1), ["reaction", { contactId: "c1", campaign: "thanks", reaction: "clicked" }]);
  assert.equal(await page.getByRole("status").textContent(), "GraciasYa está en el taller.Lola");
  await show(contact());
  assert.equal(await element.getByRole("button").count(), 3);
  await context.close();
});

test("where the device shares nothing the link is copied, and that is read out; who thinks better of it has not shared", async () => {
  const { element, page, show, context } = await opened();
  await page.evaluate(() => {
    globalThis.copied = [];
    Object.defineProperty(navigator, "share", { value: undefined, configurable: true });
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (link) => void globalThis.copied.push(link) } });
  });
  await show(contact({ share: "Show it to somebody", locale: "en" }));
  await element.getByRole("button", { name: "Show it to somebody" }).click();
  await page.getByRole("status").getByText("Link copied.").waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.copied), [page.url()]);
  await page.evaluate(() => {
    Object.defineProperty(navigator, "share", { value: () => Promise.reject(new Error("no")) });
    globalThis.events = [];
  });
  await element.getByRole("button", { name: "Show it to somebody" }).click();
  assert.deepEqual(await events(page), []);
  await context.close();
});

test("text stays text", async () => {
  const { page, show, context } = await opened();
  await show(
    contact({
      title: "<img src=x onerror=alert(1)>",
      body: "<b>{who}</b>",
      params: { who: { type: "text", value: "<i>Ana</i>" } },
    }),
  );
  const region = page.getByRole("status");
  assert.equal(await region.locator("img, b, i").count(), 0);
  assert.match(await region.innerText(), /<img src=x onerror=alert\(1\)>[^]*<b><i>Ana<\/i><\/b>/);
  await context.close();
});

test("a message without a title or a signer leaves no gap", async () => {
  const { page, show, context } = await opened();
  await show(contact({ title: null, signer: null }));
  assert.equal(await page.getByRole("status").locator("p").count(), 1);
  await context.close();
});

test("why: by keyboard, in the reader's language, for each reason", async () => {
  const { page, show, context } = await opened();
  await show(contact());
  const why = page.getByRole("button", { name: "¿Por qué aparece esto?" });
  assert.equal(await why.getAttribute("aria-expanded"), "false");
  await page.getByRole("button", { name: "before" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await why.getAttribute("aria-expanded"), "true");
  await page.getByText("Porque hay un pedido hecho en esta tienda. Se ha decidido aquí, en el navegador.").waitFor();
  await page.keyboard.press("Space");
  assert.equal(await page.getByText("Porque hay").isVisible(), false);

  for (const [code, text] of [
    ["birthday", "as a birthday"],
    ["announcement", "something to announce"],
    ["unheard of", "something to announce"],
  ]) {
    await show(contact({ locale: "en-GB" }, { why: [{ code }] }));
    await page.getByRole("button", { name: "Why am I seeing this?" }).click();
    await page.getByText(text).waitFor();
  }
  await context.close();
});

test("dismissed by its button: removed, dispatched, and the keyboard continues from there", async () => {
  const { element, page, show, context } = await opened();
  await show(contact());
  await page.getByRole("button", { name: "Cerrar" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByRole("status").textContent(), "");
  assert.equal(await element.evaluate((element) => element.contact), null);
  assert.equal(await element.evaluate((element) => element.offsetHeight), 0);
  assert.deepEqual((await events(page)).slice(1), [
    ["reaction", { contactId: "c1", campaign: "thanks", reaction: "dismissed" }],
  ]);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "after");
  await context.close();
});

test("dismissed by Escape from inside, not from outside, and once", async () => {
  const { page, show, context } = await opened();
  await page.keyboard.press("Escape");
  await show(contact());
  await page.getByRole("button", { name: "before" }).focus();
  await page.keyboard.press("Escape");
  assert.notEqual(await page.getByRole("status").textContent(), "");
  await page.getByRole("button", { name: "Cerrar" }).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("status").textContent(), "");
  assert.equal((await events(page)).length, 2);
  await context.close();
});

test("Escape goes no further when it took something away, and goes on when it did not", async () => {
  const { page, show, context } = await opened();
  await page.evaluate(() => {
    globalThis.escapes = 0;
    document.addEventListener("keydown", ({ key }) => key === "Escape" && globalThis.escapes++);
  });
  await show(contact());
  await page.getByRole("button", { name: "Cerrar" }).focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => globalThis.escapes), 0);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => globalThis.escapes), 1);
  await context.close();
});

test("showing never takes the focus; a later contact takes the place of an earlier", async () => {
  const { page, show, context } = await opened();
  await page.getByRole("button", { name: "before" }).focus();
  await show(contact());
  await show(contact({ title: "Otra vez" }));
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "before");
  assert.equal(await page.getByText("Gracias").count(), 0);
  assert.equal(await page.getByRole("button").count(), 5);
  await context.close();
});

test("messages appear in the order of the calls, whichever words come first", async () => {
  const { page, element, context } = await opened();
  await page.route("**/words/es-*.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  const given = [contact(), contact({ title: "Thanks", locale: "en" }, { id: "c2" })];
  const ids = await element.evaluate(async (element, given) => {
    const shown = [];
    await Promise.all(given.map((contact) => element.show(contact).then(() => shown.push(element.contact.id))));
    return shown;
  }, given);
  assert.deepEqual(ids, ["c1", "c2"]);
  assert.equal(await page.getByText("Gracias").count(), 0);
  await page.getByRole("button", { name: "Dismiss" }).waitFor();
  await context.close();
});

test("what cannot be written is not shown, and the message before it stays", async () => {
  const { page, element, show, context } = await opened();
  await show(contact());
  const refusal = await element.evaluate((element, given) => element.show(given).catch((/** @type {Error} */ error) => error.message), contact({ body: "{nobody}" }));
  assert.match(refusal, /no parameter `nobody`/);
  await show(contact({ title: "Otra vez" }));
  await page.getByText("Otra vez").waitFor();
  await context.close();
});

test("a theme's own words, from its script, are in the message and in the dialog", async () => {
  const { page, show, context } = await opened();
  await page.evaluate(async () => {
    const { setWords } = await import("/dist/element.js");
    setWords({ es: { why: "¿Y esto?", preferences: "Menos mensajes", avoid: "Nada {where}", "where.onsite": "aquí", "why.order": "Por tu pedido." } });
  });
  await show(contact());
  await page.getByRole("button", { name: "¿Y esto?" }).click();
  await page.getByText("Por tu pedido. Se ha decidido aquí, en el navegador.").waitFor();
  await page.getByRole("button", { name: "Menos mensajes" }).click();
  await page.getByRole("dialog", { name: "Menos mensajes" }).getByLabel("Nada aquí").waitFor();
  await context.close();
});

test("it moves only for those who do not mind", async () => {
  for (const [reducedMotion, name] of /** @type {const} */ ([
    ["no-preference", "arrive"],
    ["reduce", "none"],
  ])) {
    const { element, show, context } = await opened({ reducedMotion });
    await show(contact());
    assert.equal(
      await element.locator("[part=message]").evaluate((card) => getComputedStyle(card).animationName),
      name,
    );
    await context.close();
  }
});

test("by day and by night every letter has a contrast of at least 4.5", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const { page, element, show, context } = await opened({ colorScheme });
    await show(contact({ action: { label: "Ver", to: "/jug" } }));
    await page.getByRole("button", { name: "¿Por qué" }).click();
    const contrasts = await element.evaluate((element) => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d");
      const luminance = (/** @type {string[]} */ ...layers) => {
        for (const layer of layers) {
          canvas.fillStyle = layer;
          canvas.fillRect(0, 0, 1, 1);
        }
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
          part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const root = element.shadowRoot;
      const ground = getComputedStyle(root.querySelector("[part=message]")).backgroundColor;
      return [...root.querySelectorAll("[part]:not([part=message])")].map((part) => {
        const { color, backgroundColor } = getComputedStyle(part);
        const [a, b] = [luminance(ground, backgroundColor), luminance(ground, backgroundColor, color)].sort((a, b) => b - a);
        return [part.getAttribute("part"), (a + 0.05) / (b + 0.05)];
      });
    });
    assert.equal(contrasts.length, 8);
    for (const [part, contrast] of contrasts) assert.ok(Number(contrast) >= 4.5, `${colorScheme}: ${part} ${contrast}`);
    await context.close();
  }
});

test("a theme has its parts, its properties, and the attribute hidden", async () => {
  const { page, element, show, context } = await opened();
  await page.addStyleTag({
    content:
      "querencia-message { --querencia-background: rgb(1, 2, 3) } querencia-message::part(title) { color: rgb(4, 5, 6) }",
  });
  await show(contact());
  assert.equal(
    await element.locator("[part=message]").evaluate((card) => getComputedStyle(card).backgroundColor),
    "rgb(1, 2, 3)",
  );
  assert.equal(
    await element.locator("[part=title]").evaluate((title) => getComputedStyle(title).color),
    "rgb(4, 5, 6)",
  );
  await element.evaluate((element) => (element.hidden = true));
  assert.equal(await element.isVisible(), false);
  await context.close();
});

test("it announces itself when it moves, when its placement changes, and when a shop opens", async () => {
  const { page, element, context } = await opened();
  await element.evaluate((element) => {
    document.body.prepend(element);
    element.placement = "top";
    document.dispatchEvent(new CustomEvent("querencia:ready"));
    element.remove();
    document.dispatchEvent(new CustomEvent("querencia:ready"));
  });
  const placements = (await events(page)).map((/** @type {any[]} */ [, { placement }]) => placement);
  assert.deepEqual(placements, ["thank-you", "thank-you", "top", "top"]);
  await context.close();
});
