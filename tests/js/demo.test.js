// The files of the demo shop, read without a browser.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { load } from "querencia";

const www = new URL("../../www/", import.meta.url);
/** A Sunday at eleven in the morning: no quiet hours, and autumn. */
const SUNDAY = "2026-11-22T11:00:00+01:00";

/** The page of the year asks the engine itself, and at the till nothing is said. */
const WITHOUT_TAG = new Set(["year.html", "checkout.html"]);

test("the pages share one head and one foot, and run nothing inline", async () => {
  const pages = (await readdir(www)).filter((name) => name.endsWith(".html"));
  assert.equal(pages.length, 8);
  const frames = new Set();
  const tags = new Set();
  for (const name of pages) {
    const html = await readFile(new URL(name, www), "utf8");
    assert.doesNotMatch(html, / style=|<style| on\w+=|<script(?![^>]* src=)|https?:/);
    const tag = /<script type="module" src="\/dist[^>]*>/;
    assert.equal(tag.test(html), !WITHOUT_TAG.has(name), name);
    const shared = [/<meta charset.*?<title/s, /<script src="shop\/tag.js.*<\/header>/s, /<footer>.*/s];
    if (!WITHOUT_TAG.has(name)) tags.add(html.match(tag)?.[0].replace(' data-event="page_not_found"', ""));
    frames.add(shared.map((part) => html.match(part)?.[0].replaceAll(' aria-current="page"', "")).join());
  }
  assert.deepEqual([frames.size, tags.size], [1, 1]);
});

for (const name of (await readdir(new URL("policies/", www))).filter((name) => name !== "purchase.json")) {
  test(`${name} is read, and has three ways to say everything in each language`, async () => {
    const text = await readFile(new URL(`policies/${name}`, www), "utf8");
    const engine = await load(text);
    const { shop, messages } = JSON.parse(text);
    for (const [id, languages] of Object.entries(messages)) {
      assert.deepEqual(Object.keys(languages), shop.locales, id);
      for (const variants of Object.values(languages)) {
        assert.ok(variants.length >= 3, id);
        assert.ok(variants.some((/** @type {object} */ variant) => !JSON.stringify(variant).includes("givenName")), `${id} for somebody without a name`);
      }
    }
    const [thanks] = engine.decide({ now: SUNDAY, event: { name: "purchase", order: { id: "o-1", total: 4290 } } }).contacts;
    assert.equal(thanks.campaign, "thanks");
    engine.free();
  });
}
