// The reader's language, where nobody says it.

/** The page's language, which some write as `es_ES`; if it has none, the browser's. @param {Pick<Document, "documentElement"> | undefined} document */
export function pageLocale(document) {
  const lang = document?.documentElement?.lang?.trim().replaceAll("_", "-") ?? "";
  return /^[a-z]{2,8}(-[a-z\d]{1,8})*$/i.test(lang) ? lang : globalThis.navigator?.language;
}
