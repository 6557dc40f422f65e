import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { reasonFor, setWords, wordsFor } from "./words.js";

// `qaa` and `qab` are reserved for private use: no table will ever be called so.
// The language of the page.
const root = { lang: "" };
/** @type {any} */ (globalThis).document = { documentElement: root };

const languages = (await readdir(new URL("words/", import.meta.url))).map((name) => name.replace(".js", ""));
/** @type {Record<string, Record<string, string>>} */
const tables = await all("words");

/** @param {string} folder @returns {Promise<Record<string, Record<string, string>>>} */
async function all(folder) {
  return Object.fromEntries(await Promise.all(languages.map(async (name) => [name, (await import(`./${folder}/${name}.js`)).default])));
}

for (const folder of ["words", "dialog"]) test(`${folder}: every language has the same words with the same placeholders, and no two words of a group are the same`, async () => {
  const tables = await all(folder);
  for (const language of ["en", "es"]) assert.ok(languages.includes(language), language);
  const placeholders = (/** @type {string} */ text) => text.match(/\{.*?\}/g) ?? [];
  for (const [language, table] of Object.entries(tables)) {
    assert.deepEqual(Object.keys(table).sort(), Object.keys(tables.en).sort(), language);
    for (const [key, text] of Object.entries(table)) {
      assert.ok(text.trim() === text && text !== "", `${language} ${key}`);
      assert.deepEqual(placeholders(text), placeholders(tables.en[key]), `${language} ${key}`);
    }
    assert.equal(new Set(Object.values(table)).size, Object.keys(table).length, `${language} says one thing twice`);
  }
});

test("every language can be chosen by its tag, and is loaded as it is written", async () => {
  for (const [language, table] of Object.entries(tables)) {
    assert.deepEqual(await wordsFor(language), { ...table, lang: language });
    assert.deepEqual(await wordsFor(`${language.toUpperCase()}-XX`), { ...table, lang: language });
  }
});

test("a language without a table has the words of the page's language, else English", async () => {
  root.lang = "es-ES";
  assert.equal((await wordsFor("qaa")).lang, "es");
  root.lang = "qab";
  assert.equal((await wordsFor("qaa")).lang, "en");
  root.lang = "constructor";
  assert.equal((await wordsFor("constructor")).lang, "en");
  root.lang = "";
});

test("a theme's own words go before the built-in ones; what it leaves out is built in", async () => {
  setWords({ es: { dismiss: "Ocultar", why: "¿Por qué?" } });
  setWords({ es: { dismiss: "Quitar" }, "es-MX": { dismiss: "Descartar" } });
  const spain = await wordsFor("es-ES");
  assert.deepEqual(spain, { ...tables.es, dismiss: "Quitar", why: "¿Por qué?", lang: "es-ES" });
  assert.equal((await wordsFor("es-mx")).dismiss, "Descartar");
  assert.equal((await wordsFor("es-mx")).why, "¿Por qué?");
  assert.equal((await wordsFor("en")).dismiss, tables.en.dismiss);
});

test("a theme adds a language; in it, too, a missing word is that of the page's language, else English", async () => {
  setWords({ qaa: { why: "Per què ho veig?", "why.order": "Per una comanda." } });
  const words = await wordsFor("qaa-ES");
  assert.deepEqual([words.lang, words.why, words.copied], ["qaa-ES", "Per què ho veig?", tables.en.copied]);
  assert.equal(reasonFor(/** @type {any} */ ({ why: [{ code: "packing" }] }), words), "Per una comanda.");
  root.lang = "es";
  assert.equal((await wordsFor("qaa")).copied, tables.es.copied);
  root.lang = "";
});

test("a value that is no text is ignored", async () => {
  setWords(/** @type {any} */ ({ en: null }));
  setWords(/** @type {any} */ ({ en: { why: 5, dismiss: null, copied: ["x"] } }));
  assert.deepEqual(await wordsFor("en"), { ...tables.en, lang: "en" });
});

test("an unknown occasion is explained as an announcement", async () => {
  const words = await wordsFor("en");
  for (const why of [[{ code: "constructor" }], [{ code: "new one" }], [], undefined]) {
    assert.equal(reasonFor(/** @type {any} */ ({ why }), words), words["why.announcement"]);
  }
});
