// The contract, over the built bundle in Chromium: the lean build alone, which must find what the full one finds in Node.

import { readdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fresh, start } from "./browser.js";

const names = (await readdir(new URL("../vectors/", import.meta.url))).filter((name) => name.endsWith(".json")).sort();
if (names.length === 0) throw new Error("there are no vectors");

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

for (const name of names) {
  test(name, async (context) => {
    const { page, context: profile } = await fresh(stage.browser);
    await page.route("**/querencia-full.*", (route) => route.abort());
    await page.goto(`${stage.url}/blank.html`);
    const answers = await page.evaluate(async (name) => {
      const querencia = await import("/dist/index.js");
      const { casesOf, check } = await import("/tests/vectors/match.js");
      const answers = [];
      for (const given of casesOf(await (await fetch(`/tests/vectors/${name}`)).json())) {
        answers.push([
          given.name,
          await check(given, querencia).then(
            () => null,
            (error) => String(error.stack),
          ),
        ]);
      }
      return answers;
    }, name);
    for (const [title, failure] of answers) {
      await context.test(title, () => {
        if (failure) throw new Error(failure);
      });
    }
    await profile.close();
  });
}

test("identity.json", async (context) => {
  const { page, context: profile } = await fresh(stage.browser);
  await page.route("**/querencia-full.*", (route) => route.abort());
  await page.goto(`${stage.url}/blank.html`);
  const answers = await page.evaluate(async () => {
    const querencia = await import("/dist/index.js");
    const { unite } = await import("/js/identity/index.js");
    const { checkUnion } = await import("/tests/identity.js");
    const file = await (await fetch("/tests/identity.json")).json();
    const answers = [];
    for (const given of file.cases) {
      answers.push([
        given.name,
        await checkUnion(file, given, unite, querencia).then(
          () => null,
          (error) => String(error.stack),
        ),
      ]);
    }
    return answers;
  });
  for (const [title, failure] of answers) {
    await context.test(title, () => {
      if (failure) throw new Error(failure);
    });
  }
  await profile.close();
});
