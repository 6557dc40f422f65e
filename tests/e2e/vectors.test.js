// The contract, over the built bundle in Chromium: the lean build alone, which must find what the full one finds in Node.

import { after, before, test } from "node:test";
import { vectorFiles } from "../vectors/files.js";
import { fresh, start } from "./browser.js";

const files = await vectorFiles();

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
/** One page decides everything: what one case leaves behind another must not see. @type {import("playwright-core").Page} */
let page;
before(async () => {
  stage = await start();
  ({ page } = await fresh(stage.browser));
  await page.route("**/querencia-full-*", (route) => route.abort());
  await page.goto(`${stage.url}/blank.html`);
});
after(() => stage.close());

for (const { name, cases } of files) {
  test(name, async (context) => {
    const wanted = cases.map(({ name }) => name);
    const answers = await page.evaluate(async ({ name, wanted }) => {
      const querencia = await import("/dist/index.js");
      const { casesOf, check } = await import("/tests/vectors/match.js");
      const answers = [];
      for (const given of casesOf(await (await fetch(`/tests/vectors/${name}`)).json())) {
        if (!wanted.includes(given.name)) continue;
        answers.push([
          given.name,
          await check(given, querencia).then(
            () => null,
            (error) => String(error.stack),
          ),
        ]);
      }
      return answers;
    }, { name, wanted });
    if (answers.length !== cases.length) throw new Error(`${answers.length} of ${cases.length} cases were run`);
    for (const [title, failure] of answers) {
      await context.test(title, () => {
        if (failure) throw new Error(failure);
      });
    }
  });
}

// `VECTORS` chooses among the files of tests/vectors/ alone.
if (!process.env.VECTORS) test("identity.json", async (context) => {
  const answers = await page.evaluate(async () => {
    const querencia = await import("/dist/index.js");
    const { unite } = await import("/js/identity/index.js");
    const { checkUnion, identityCases } = await import("/tests/identity.js");
    const cases = identityCases(await (await fetch("/tests/identity.json")).json());
    const answers = [];
    for (const given of cases) {
      answers.push([
        given.name,
        await checkUnion(given, unite, querencia).then(
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
});
