import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fresh, start } from "../e2e/browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

test("Chromium decides as the native engine does", async () => {
  const { page, context } = await fresh(stage.browser);
  const body = await readFile(process.env.CASES ?? "");
  await page.route("**/cases.jsonl", (route) => route.fulfill({ body, contentType: "text/plain; charset=utf-8" }));
  await page.goto(`${stage.url}/blank.html`);
  const { count, found } = await page.evaluate(async () => {
    const [querencia, { differences }] = await Promise.all([import("/dist/index.js"), import("/tests/hosts/cases.js")]);
    return differences(await (await fetch("/cases.jsonl")).text(), querencia);
  });
  console.log(`${count} cases in Chromium`);
  // as many as the gate has; `--all` has more
  assert.ok(count >= 4_000, `${count} cases`);
  assert.deepEqual(found, []);
  await context.close();
});
