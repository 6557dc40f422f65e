// What a page downloads, in brotli bytes: the budget is a test, and so are the figures in the README.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

// The aim is 50 KB. What shrinks the build lowers this figure; the contact policy (wishes, care, calm, foresight, digests) raised
// it by 8 KB, twenty kinds of campaign with phases, tasks and rewards by 9 KB, honesty by 9 KB, what a review of the practices
// found undecided (questions as a floor, low scores as cases, codes bound to a contact, told prices, calls to share) by 4 KB, totals
// that make a year's window as cheap as a day's by 2 KB, what a second review found (honest postage, consent to carts and forms,
// incidents as a set, articles that came back) by 3 KB.
const BUDGET = 94 * 1024;
const BUDGET_OF_JAVASCRIPT = 12 * 1024; // wasm-bindgen's glue counts as JavaScript

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

const [wasm, javascript, fullWasm, fullJavascript] = await Promise.all(
  ["querencia.wasm", "querencia.js", "querencia-full.wasm", "querencia-full.js"].map((name) => brotli(`dist/${name}`)),
);
const total = wasm + javascript;
console.log(`lean: Wasm ${wasm} + JavaScript ${javascript} = ${total} bytes in brotli, of ${BUDGET} allowed`);
console.log(`full, asked for when a policy is refused: Wasm ${fullWasm} + JavaScript ${fullJavascript}`);

test("the script tag's build keeps to its budget", () => {
  assert.ok(total <= BUDGET, `${total} bytes are more than ${BUDGET}`);
  assert.ok(javascript <= BUDGET_OF_JAVASCRIPT, `${javascript} bytes of JavaScript are more than ${BUDGET_OF_JAVASCRIPT}`);
});

test("README.md tells the same figures", async () => {
  const line = (await readFile("README.md", "utf8")).split("\n").find((line) => line.includes("<!-- bytes -->"));
  assert.ok(line, "README.md has no line with `<!-- bytes -->`");
  const told = [...line.matchAll(/([\d.]+) KB/g)].map(([, figure]) => Number(figure));
  const measured = [total, wasm, javascript].map(kilobytes);
  const right =
    told.length === measured.length &&
    // Another release of Node may compress a few bytes otherwise.
    measured.every((figure, index) => Math.abs(Number(figure) - Number(told[index])) < 0.11);
  assert.ok(right, `its line must name, in this order, ${measured.map((figure) => `${figure} KB`).join(", ")}: ${line}`);
});
