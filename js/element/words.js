// The words of the element itself, apart from the shop's message. Each language has one table, which is downloaded when a message
// is shown, and another with the words of the dialog (dialog/). A theme can replace words, or add a language, with `setWords`.

/** @typedef {import("./index.d.ts").Words} Words */

/** @type {Record<string, () => Promise<{ default: import("./index.d.ts").MessageWords }>>} one file and one line for each language */
const TABLES = {
  en: () => import("./words/en.js"),
  es: () => import("./words/es.js"),
};

/** @type {Map<unknown, object>} the tables that were loaded, by what loads them: with them a message is shown before the browser paints again */
const loaded = new Map();

/** @type {Map<string, Partial<Words>>} by language tag in lower case */
const ownWords = new Map();

/** @type {typeof import("./index.d.ts").setWords} */
export function setWords(tables) {
  for (const [tag, words] of Object.entries(tables)) {
    const texts = Object.entries(words ?? {}).filter(([, text]) => typeof text === "string");
    const key = tag.toLowerCase().replaceAll("_", "-");
    ownWords.set(key, { ...ownWords.get(key), ...Object.fromEntries(texts) });
  }
}

/**
 * The words for a reader, and the language they are in. The theme's words come first. What the theme leaves out comes from the
 * table of the reader's language; without one, from that of the page's language; without one, from English.
 * @param {string} locale BCP 47
 * @param {Record<string, () => Promise<{ default: object }>>} [tables]
 * @returns {Promise<Record<string, string>>}
 */
export async function wordsFor(locale, tables = TABLES) {
  const tag = locale.toLowerCase();
  const own = { ...ownWords.get(languageOf(tag)), ...ownWords.get(tag) };
  const known = tableFor(locale, tables);
  const table = loaded.get(tables[known]) ?? (await tables[known]()).default;
  loaded.set(tables[known], table);
  return { ...table, ...own, lang: Object.keys(own).length > 0 ? locale : known };
}

/**
 * The language of the table for a reader.
 * @param {string} locale
 * @param {object} tables
 */
export function tableFor(locale, tables) {
  return [locale, document.documentElement.lang].map(languageOf).find((one) => Object.hasOwn(tables, one)) ?? "en";
}

/** @param {string} tag */
const languageOf = (tag) => tag.toLowerCase().split(/[-_]/)[0];

/** @typedef {import("./index.d.ts").ExplainedCode} ExplainedCode */

/**
 * Reasons that are explained with the words of another. The two that are left out are explained as an announcement.
 * @type {Record<Exclude<import("../types.d.ts").WhyCode, ExplainedCode | "question" | "share-withheld">, ExplainedCode>}
 */
const SAME = {
  article: "delivery",
  packing: "order",
  activity: "milestone",
};

/**
 * Why a contact is shown, in the reader's words.
 * @param {import("../types.d.ts").Contact} contact
 * @param {Record<string, string>} words
 */
export function reasonFor({ why }, words) {
  const code = why?.[0]?.code ?? "announcement";
  const explained = SAME[/** @type {keyof typeof SAME} */ (code)] ?? code;
  // A decision of a later engine, or of another program, can have a code without words.
  return words[`why.${explained}`] ?? words["why.announcement"];
}
