// The dialog about preferences: what it asks, what it dispatches, and what the keyboard does.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fresh, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/**
 * A page with a message between two buttons, and somebody who knows what is wished.
 * @param {{ wishes?: object, own?: object, topics?: string[] }} [known]
 * @param {{ locale?: string, channel?: string }} [message]
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
async function opened(known, { locale = "es-ES", channel = "onsite" } = {}, options) {
  const found = await fresh(stage.browser, options);
  await found.page.goto(`${stage.url}/blank.html`);
  await found.page.evaluate(
    async ([known, locale, channel]) => {
      document.documentElement.style.colorScheme = "light dark";
      document.body.innerHTML = `<button>before</button>
        <querencia-message placement="thank-you"><b slot="topic-recipes">Recetas</b>Pedido recibido</querencia-message>
        <button>after</button>`;
      globalThis.events = [];
      globalThis.escapes = 0;
      document.addEventListener("keydown", ({ key }) => key === "Escape" && globalThis.escapes++);
      for (const name of ["wish", "reaction"]) {
        document.addEventListener(`querencia:${name}`, ({ detail }) => globalThis.events.push([name, detail]));
      }
      document.addEventListener("querencia:preferences", ({ detail }) => {
        if (known) detail.answer = Promise.resolve({ wishes: {}, own: {}, topics: [], ...known });
      });
      await import("/dist/element.js");
      globalThis.show = (/** @type {string} */ id) =>
        document.querySelector("querencia-message").show({
          ...{ id, campaign: "thanks", channel, why: [{ code: "order" }] },
          message: { locale, variant: 0, title: "Gracias", body: "Ya está en el taller.", params: {}, signer: "Lola" },
        });
      globalThis.show("c1");
    },
    /** @type {any} */ ([known, locale, channel]),
  );
  const { page } = found;
  const dialog = page.getByRole("dialog");
  return {
    ...found,
    dialog,
    element: page.locator("querencia-message"),
    /** @param {string} name */
    press: (name) => dialog.getByRole("button", { name, exact: true }).click(),
    /** Opens it as a keyboard does. */
    async ask(name = "Mis preferencias") {
      await page.getByRole("button", { name }).focus();
      await page.keyboard.press("Enter");
      await dialog.waitFor();
    },
    events: () => page.evaluate(() => globalThis.events),
    /** What has the focus, by its text. */
    focus: () =>
      page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.textContent || active?.getAttribute("name") || active?.tagName;
      }),
  };
}

test("by keyboard: it opens, is named, and Escape closes it and nothing else", async () => {
  const { page, dialog, element, ask, events, focus, context } = await opened({ topics: ["recipes", "new-arrivals"] });
  await ask();
  assert.equal(
    await dialog.ariaSnapshot(),
    `- dialog "Mis preferencias":
  - heading "Mis preferencias" [level=2]
  - paragraph: Aquí decide quien lee, no la tienda.
  - group "Con qué frecuencia":
    - text: Con qué frecuencia
    - radio "Como hasta ahora" [checked]
    - text: Como hasta ahora
    - radio "Una vez por semana, como mucho"
    - text: Una vez por semana, como mucho
    - radio "Una vez al mes, como mucho"
    - text: Una vez al mes, como mucho
  - text: A qué hora
  - combobox "A qué hora":
    - option "A cualquier hora" [selected]
    - option "No antes de las 7:00"
    - option "No antes de las 8:00"
    - option "No antes de las 9:00"
    - option "No antes de las 10:00"
    - option "No antes de las 11:00"
    - option "No antes de las 12:00"
    - option "No antes de las 13:00"
  - group "De qué temas":
    - text: De qué temas
    - checkbox "Recetas" [checked]
    - text: Recetas
    - checkbox "New arrivals" [checked]
    - text: New arrivals
  - checkbox "Sin mensajes en las páginas de la tienda"
  - text: Sin mensajes en las páginas de la tienda
  - list:
    - button "Cancelar"
    - button "Guardar"
  - button "Ningún mensaje más, nunca"`,
  );
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  assert.equal(await focus(), "Mis preferencias");
  assert.equal(await element.evaluate((element) => element.contact.id), "c1");
  // beside a control, too
  await ask();
  await dialog.getByText("Aquí decide").click();
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  assert.equal(await page.evaluate(() => globalThis.escapes), 0);
  assert.deepEqual(await events(), []);
  await page.keyboard.press("Escape");
  assert.equal(await element.evaluate((element) => element.contact), null);
  await context.close();
});

test("the keyboard stays inside, whatever is pressed", async () => {
  const { page, ask, focus, context } = await opened({});
  await ask();
  const seen = new Set();
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press("Tab");
    seen.add(await focus());
  }
  assert.ok(seen.has("Guardar") && !seen.has("before") && !seen.has("after"), [...seen].join());
  await context.close();
});

test("what is chosen by keyboard is dispatched, and only that", async () => {
  const { page, dialog, ask, events, focus, context } = await opened({ topics: ["recipes", "new-arrivals"] });
  await ask();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("No antes de las 10");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  assert.equal(await dialog.count(), 0);
  assert.equal(await focus(), "Mis preferencias");
  const channels = ["onsite", "email", "push", "sms", "phone", "social"];
  assert.deepEqual(await events(), [
    ["wish", { lessOften: "7d", quiet: [{ from: "00:00", to: "10:00", channels }], topics: ["recipes"] }],
  ]);
  await context.close();
});

test("who changes nothing wishes nothing; who cancels neither", async () => {
  const { dialog, ask, press, events, context } = await opened({ wishes: { lessOften: "30d" } });
  await ask();
  await press("Guardar");
  await ask();
  assert.equal(await dialog.getByLabel("Una vez al mes").isChecked(), true);
  await dialog.getByLabel("Una vez por semana").check();
  await press("Cancelar");
  assert.deepEqual(await events(), []);
  await context.close();
});

test("what was wished is shown and can be taken back; the account's is not taken for one's own", async () => {
  const night = { from: "22:00", to: "24:00" };
  const morning = { from: "00:00", to: "10:30" };
  const { dialog, ask, press, events, context } = await opened({
    wishes: { lessOften: "7d", avoid: ["email", "onsite", "push"], quiet: [night, morning], topics: ["recipes", "elsewhere"] },
    own: { lessOften: "7d", avoid: ["onsite", "push"], quiet: [night, morning], topics: ["recipes", "elsewhere"] },
    topics: ["recipes", "tea"],
  });
  await ask();
  assert.equal(await dialog.getByRole("combobox").inputValue(), "10:30");
  await dialog.getByLabel("Como hasta ahora").check();
  await dialog.getByRole("combobox").selectOption("A cualquier hora");
  await dialog.getByLabel("Tea").check();
  await dialog.getByLabel("Sin mensajes").uncheck();
  await press("Guardar");
  assert.deepEqual(await events(), [["wish", { lessOften: null, quiet: [night], topics: null, avoid: ["push"] }]]);
  await context.close();
});

test("who unsubscribed may come back by their own act; who reported spam may not", async () => {
  const { dialog, ask, press, events, context } = await opened({
    wishes: { unsubscribed: ["email", "push", "sms"], spam: ["sms"] },
    own: { unsubscribed: ["email"] },
  });
  await ask();
  assert.equal(await dialog.getByLabel("De nuevo mensajes").count(), 2);
  await press("Guardar");
  assert.deepEqual(await events(), []);
  await ask();
  await dialog.getByLabel("De nuevo mensajes por correo electrónico").check();
  await dialog.getByLabel("De nuevo mensajes en notificaciones").check();
  await press("Guardar");
  assert.deepEqual(await events(), [["wish", { subscribe: ["email", "push"] }]]);
  await context.close();
});

test("not on this channel: dispatched, and the message is removed too", async () => {
  const { dialog, element, ask, press, events, context } = await opened({ wishes: { avoid: ["email"] } });
  await ask();
  await dialog.getByLabel("Sin mensajes en las páginas de la tienda").check();
  await press("Guardar");
  assert.deepEqual(await events(), [
    ["wish", { avoid: ["onsite"] }],
    ["reaction", { contactId: "c1", campaign: "thanks", reaction: "dismissed" }],
  ]);
  assert.equal(await element.evaluate((element) => element.contact), null);
  await context.close();
});

test("it promises no more than what is known to be kept", async () => {
  for (const [known, lead, forGood] of /** @type {[any, RegExp, RegExp][]} */ ([
    [{ kept: "shop", keptForGood: "shop" }, /tienda\.$/, /^Es para siempre: /],
    [{ kept: "browser", keptForGood: "browser" }, /tienda\. Lo que se elija vale en este navegador\.$/, /^En este navegador es para siempre: /],
    [{ kept: "page", keptForGood: "browser" }, /no guarda nada: lo que se elija vale hasta que se cierre esta página\.$/, /^En este navegador es para siempre: /],
    [{ kept: "page", keptForGood: "page" }, /no guarda nada: lo que se elija vale hasta que se cierre esta página\.$/, /^Hasta que se cierre esta página: no habrá más mensajes en las páginas de la tienda/],
  ])) {
    const { dialog, ask, press, context } = await opened(known);
    await ask();
    assert.match(await dialog.locator("[part=dialog-text]").innerText(), lead);
    await press("Ningún mensaje más, nunca");
    assert.match(await dialog.locator("#for-good").innerText(), forGood);
    await context.close();
  }
});

test("no more messages: says that it is for good, and can still be left", async () => {
  const { page, dialog, element, ask, press, events, focus, context } = await opened({});
  await ask();
  await press("Ningún mensaje más, nunca");
  await dialog.getByText("Es para siempre: no habrá más mensajes en las páginas de la tienda").waitFor();
  assert.equal(await focus(), "Volver");
  assert.match(
    (await dialog.getByRole("button", { name: "Volver" }).getAttribute("aria-describedby")) ?? "",
    /^for-good$/,
  );
  await page.keyboard.press("Enter");
  assert.equal(await focus(), "Ningún mensaje más, nunca");
  await press("Ningún mensaje más, nunca");
  await page.keyboard.press("Escape");
  assert.deepEqual(await events(), []);

  await ask();
  await press("Ningún mensaje más, nunca");
  await press("Sí, para siempre");
  assert.deepEqual((await events())[0], ["wish", { unsubscribed: ["onsite"] }]);
  assert.equal(await element.evaluate((element) => element.contact), null);
  await page.keyboard.press("Tab");
  assert.equal(await focus(), "after");
  await context.close();
});

test("in English, about its channel, without topics, and when nobody knows anything", async () => {
  const { dialog, ask, press, events, context } = await opened(undefined, { locale: "en-GB", channel: "email" });
  await ask("My preferences");
  assert.equal(await dialog.getAttribute("lang"), "en");
  assert.equal(await dialog.getByRole("group").count(), 1);
  await dialog.getByLabel("No messages by e-mail").check();
  await dialog.getByRole("combobox").selectOption("Not before 08:00");
  await press("Save");
  const [[, wish]] = await events();
  assert.deepEqual([wish.avoid, wish.quiet[0].to], [["email"], "08:00"]);
  await context.close();
});

test("a later message does not disturb it, and the focus does not get lost", async () => {
  const { page, dialog, element, ask, press, events, context } = await opened({});
  await ask();
  await page.evaluate(() => globalThis.show("c2"));
  await dialog.getByLabel("Sin mensajes").check();
  await press("Guardar");
  assert.equal(await element.evaluate((element) => element.contact.id), "c2", "it was about the one before");
  assert.equal((await events()).length, 1);
  assert.equal(await element.evaluate((element) => element.shadowRoot.activeElement.getAttribute("part")), "message");
  await context.close();
});

test("pressed twice it opens once; a page's own link opens it too, without a message", async () => {
  const { dialog, element, page, context } = await opened({});
  await element.evaluate((element) => Promise.all([element.preferences(), element.preferences()]));
  assert.equal(await dialog.count(), 1);
  await page.keyboard.press("Escape");
  await element.evaluate((element) => element.dismiss());
  await element.evaluate((element) => element.preferences());
  await dialog.getByLabel("No messages on the shop's pages").waitFor();
  const isSeen = await element.evaluate((element) => {
    element.remove();
    document.body.append(element);
    return element.shadowRoot.querySelector("dialog").checkVisibility();
  });
  assert.equal(isSeen, false, "a dialog that is no longer modal lies in the page");
  // Soon after it is modal again: a theme that moves its element takes the dialog along.
  await element.locator("dialog:modal").waitFor();
  await context.close();
});

test("when it cannot be had the message stays as it was, and one warning says so", async () => {
  const { page, element, warnings, errors, context } = await opened({});
  await page.route("**/preferences-*.js", (route) => route.abort());
  await page.getByRole("button", { name: "Mis preferencias" }).click();
  for (let wait = 0; warnings.length === 0 && wait < 100; wait++) await page.waitForTimeout(20);
  assert.match(warnings[0], /^querencia: .*preferences-\w+\.js/);
  assert.deepEqual([warnings.length, errors], [1, []]);
  assert.equal(await element.evaluate((element) => element.contact.id), "c1");
  assert.equal(await page.getByRole("button", { name: "Mis preferencias" }).isVisible(), true);
  await context.close();
});

test("by day and by night it can be read; it moves only for those who do not mind", async () => {
  for (const [colorScheme, reducedMotion] of /** @type {const} */ ([
    ["light", "reduce"],
    ["dark", "no-preference"],
  ])) {
    const { dialog, ask, context } = await opened({ topics: ["tea"] }, {}, { colorScheme, reducedMotion });
    await ask();
    assert.equal(
      await dialog.evaluate((dialog) => getComputedStyle(dialog).animationName),
      reducedMotion === "reduce" ? "none" : "arrive",
    );
    const contrasts = await dialog.evaluate((dialog) => {
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
      const ground = getComputedStyle(dialog).backgroundColor;
      return [...dialog.querySelectorAll("h2, p, legend, label, select, button")].map((part) => {
        const { color, backgroundColor } = getComputedStyle(part);
        const [a, b] = [luminance(ground, backgroundColor), luminance(ground, backgroundColor, color)].sort((a, b) => b - a);
        return [part.textContent, (a + 0.05) / (b + 0.05)];
      });
    });
    assert.ok(contrasts.length > 10);
    for (const [text, contrast] of contrasts) assert.ok(Number(contrast) >= 4.5, `${colorScheme}: ${text} ${contrast}`);
    await context.close();
  }
});
