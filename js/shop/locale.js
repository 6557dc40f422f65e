// The reader's language, where nobody says it.

/** The page's language; if it has none, the browser's. @param {Pick<Document, "documentElement"> | undefined} document */
export function pageLocale(document) {
  try {
    return new Intl.Locale(document?.documentElement.lang ?? "").toString();
  } catch {
    return globalThis.navigator?.language;
  }
}
