// What a page downloads, in bytes of brotli at quality 11: the budgets are tests, and so are the figures in the README.
//
// *Always*: the loader and the table of the policy. *Once something may be said*: the page part, the adapter of ga4, the engine and the
// policy. *With the first message*: the words of its language. The dialog about preferences is downloaded when the reader opens it.
// Nobody downloads `whole` whose policy was published.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { publishedFiles } from "../published.js";

const BUDGETS = {
  loader: 2_000,
  words: 450,
  /** loader, page part, what spares the next pages, adapter, words: all of JavaScript */
  javascript: 27_100,
  /** all that is downloaded until a message in Spanish is shown, policy included */
  starter: 95_400,
  casaLola: 128_600,
  /** the same over a policy that was not published, without the policy */
  whole: 146_800,
};

/** @param {Uint8Array} bytes */
function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

const names = (await readdir("dist", { recursive: true })).map((name) => name.replaceAll("\\", "/"));
/** The bytes of the file of dist/ whose name begins so. @param {string} begin */
async function bytesOf(begin) {
  const found = names.filter((name) => new RegExp(`^${begin}(-[0-9a-f]{8,16})?\\.(js|wasm)$`).test(name));
  assert.equal(found.length, 1, `${begin}: ${found}`);
  return brotli(await readFile(`dist/${found[0]}`));
}

/** @param {number} bytes */
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
const languages = names.filter((name) => name.startsWith("words/")).map((name) => name.replace(/-[0-9a-f]{8}\.js$/, ""));

const loader = brotli(await readFile("dist/querencia.js"));
const [page, spared, ga4, spanish, whole, wholeEngine] = await Promise.all(["page", "question", "platforms/ga4", "words/es", "whole", "querencia-whole"].map(bytesOf));
const javascript = loader + page + spared + ga4 + spanish;

/** @param {string} policy a preset */
async function totalOf(policy) {
  const { index, files } = await publishedFiles(`www/policies/${policy}.json`);
  const table = brotli(files["index.json"]);
  const engine = await bytesOf(`querencia-${index.engine?.[0] ?? "page"}`);
  const compiled = brotli(files[index.files["es-ES"].compiled]);
  const total = javascript + table + engine + compiled;
  console.log(`${policy}: always ${loader + table}, then ${page + spared + ga4} of JavaScript, engine ${engine}, policy ${compiled}, words ${spanish}: ${total}`);
  return { total, always: loader + table, engine, compiled };
}
const [starter, casaLola] = [await totalOf("starter"), await totalOf("casa-lola")];
const wholeTotal = loader + whole + wholeEngine + ga4 + spanish;
console.log(`JavaScript: loader ${loader}, page part ${page}, sparing ${spared}, ga4 ${ga4}, Spanish ${spanish}: ${javascript}`);
console.log(`not published: JavaScript ${loader + whole + ga4 + spanish}, Wasm ${wholeEngine}: ${wholeTotal} and the policy`);

for (const [what, bytes, budget] of /** @type {const} */ ([
  ["the loader", loader, BUDGETS.loader],
  ["the JavaScript of a page that speaks", javascript, BUDGETS.javascript],
  ["starter.json, once something is said", starter.total, BUDGETS.starter],
  ["casa-lola.json, once something is said", casaLola.total, BUDGETS.casaLola],
  ["a policy that was not published, without it", wholeTotal, BUDGETS.whole],
])) {
  test(`${what}: its budget is ${budget}`, () => assert.ok(bytes <= budget, `${bytes} bytes are more than ${budget}`));
}

test("each language keeps to its budget", async () => {
  assert.ok(languages.length > 1);
  for (const language of languages) {
    const bytes = await bytesOf(language);
    assert.ok(bytes <= BUDGETS.words, `${language}: ${bytes} bytes are more than ${BUDGETS.words}`);
  }
});

test("what `data-consent` can name has less than 2,000 bytes all together", async () => {
  const sources = names.filter((name) => /^consent\/.*\.js$/.test(name));
  assert.equal(sources.length, 6);
  const bytes = await Promise.all(sources.map(async (name) => brotli(await readFile(`dist/${name}`))));
  const all = bytes.reduce((sum, one) => sum + one);
  console.log(`consent: sources ${all}, the ledger that asks first ${await bytesOf("consent")}`);
  assert.ok(all < 2_000, `${all} bytes`);
});

test("what keeps what a page saw itself has less than 4,500 bytes, and a page that asks nobody has none of them", async () => {
  const bytes = (await bytesOf("facts")) + (await bytesOf("seen"));
  assert.ok(bytes < 4_500, `${bytes}`);
  assert.doesNotMatch(await readFile(`dist/${names.find((name) => /^page-.*\.js$/.test(name))}`, "utf8"), /navigator\.locks/);
});

test("README.md has the same figures", async () => {
  const line = (await readFile("README.md", "utf8")).split("\n").find((line) => line.includes("<!-- bytes -->"));
  assert.ok(line, "README.md has no line with `<!-- bytes -->`");
  const figures = [...line.matchAll(/([\d.]+) kB/g)].map(([, figure]) => Number(figure));
  const measured = [starter.always, casaLola.always, starter.total, casaLola.total].map(kilobytes);
  const right =
    figures.length === measured.length &&
    // Another release of Node may compress to a few bytes more or less.
    measured.every((figure, index) => Math.abs(Number(figure) - Number(figures[index])) < 0.11);
  assert.ok(right, `its line must name, in this order, ${measured.map((figure) => `${figure} kB`).join(", ")}: ${line}`);
});
