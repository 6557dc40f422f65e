// What a page downloads, in brotli bytes: the budget is a test, and so are the figures in the README.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

// What is summed is what a page with `data-platform="ga4"` downloads until it has shown a message in Spanish: the Wasm, the script,
// the adapter and the words of one language. The dialog about preferences is downloaded only when the reader opens it.
//
// The aim is 50 KB. What shrinks the build lowers this figure; the contact policy (wishes, care, calm, slots kept for dates, digests) raised
// it by 8 KB, twenty kinds of campaign with phases, tasks and rewards by 9 KB, honesty by 9 KB, what a review of the practices
// found undecided (questions as a floor, low scores as cases, codes bound to a contact, told prices, calls to share) by 4 KB, totals
// that make a year's window as cheap as a day's by 2 KB, what a second review found (honest postage, consent to carts and forms,
// incidents as a set, articles that came back) by 3 KB. Reading customers, catalogues and claims once into typed fields, instead of
// asking trees by text, raised it by 0.2 KB: that is 1 % above what a page weighed before, and the reader's code is the one to shrink.
// The second edition of the decisions (the plan, presents had, thanks and birthdays once over all campaigns, late parcels, settling, what
// platforms write, money and dates as people read them, a part of the store for each customer, carts and refunds, links and pictures)
// raised it by 23 KB. Facts of single campaigns, codes and searches, suggestions that bear what is said of them, strangers in segments, and
// pages read as platforms print them by 3 KB. Decisions in a third of the instructions (figures made where somebody reads them, answers without
// reasons, words that cross once, `refused` built when it is read) by 4 KB. A plan that knows every part of a digest by 0.8 KB.
// What a third review found (what a page gives is read before anything computes with it, refused requests are explained, mistakes of the
// tag are named; `engine.batch`, promises, warnings' rules that the lean build reads too) by 2 KB.
// Steps, which bound what any document can cost, and keys that come twice in the text of a policy by 1.9 KB. Offers that follow each other,
// in the comparison of what strangers and customers get, by 0.3 KB.
// Decisions in two thirds of the instructions of that (segments asked once 0.9 KB, records read without a tree 0.8, numbers as ranges, counts
// and quiet hours kept, a plan that goes on from a known walk) by 3.3 KB.
const BUDGET = 137_600;
// What every ga4 page downloads, shown message or not. wasm-bindgen's glue counts as JavaScript.
const BUDGET_OF_SCRIPT = 17_000;
// Downloaded with the first message: the words below it, and those of the dialog.
const BUDGET_OF_WORDS = 768;

/** @param {string} path */
async function brotli(path) {
  const bytes = await readFile(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

/** @param {number} bytes */
const kilobytes = (bytes) => (bytes / 1024).toFixed(1);

const languages = (await readdir("dist/words")).map((name) => `words/${name}`);
const [wasm, script, adapter, fullWasm, fullJavascript, ...words] = await Promise.all(
  ["querencia.wasm", "querencia.js", "platforms/ga4.js", "querencia-full.wasm", "querencia-full.js", ...languages].map((name) =>
    brotli(`dist/${name}`),
  ),
);
const spanish = words[languages.indexOf("words/es.js")];
const javascript = script + adapter + spanish;
const total = wasm + javascript;
console.log(`lean: Wasm ${wasm} + JavaScript ${javascript} = ${total} bytes in brotli, of ${BUDGET} allowed`);
console.log(`of JavaScript: script ${script}, ga4 ${adapter}, Spanish ${spanish}`);
console.log(`full, downloaded when a policy is refused: Wasm ${fullWasm} + JavaScript ${fullJavascript}`);

test("a ga4 page in Spanish keeps to its budget", () => {
  assert.ok(total <= BUDGET, `${total} bytes are more than ${BUDGET}`);
  const always = script + adapter;
  assert.ok(always <= BUDGET_OF_SCRIPT, `${always} bytes of JavaScript on every page are more than ${BUDGET_OF_SCRIPT}`);
});

test("each language keeps to its budget", () => {
  assert.ok(languages.length > 1);
  for (const [index, bytes] of words.entries()) {
    assert.ok(bytes <= BUDGET_OF_WORDS, `${languages[index]}: ${bytes} bytes are more than ${BUDGET_OF_WORDS}`);
  }
});

test("README.md has the same figures", async () => {
  const line = (await readFile("README.md", "utf8")).split("\n").find((line) => line.includes("<!-- bytes -->"));
  assert.ok(line, "README.md has no line with `<!-- bytes -->`");
  const figures = [...line.matchAll(/([\d.]+) KB/g)].map(([, figure]) => Number(figure));
  const measured = [total, wasm, javascript].map(kilobytes);
  const right =
    figures.length === measured.length &&
    // Another release of Node may compress to a few bytes more or less.
    measured.every((figure, index) => Math.abs(Number(figure) - Number(figures[index])) < 0.11);
  assert.ok(right, `its line must name, in this order, ${measured.map((figure) => `${figure} KB`).join(", ")}: ${line}`);
});
