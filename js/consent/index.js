// What the shopper allows, as the sources tell it that `data-consent` names. Each is downloaded only where it is named. A no wins, and what is
// unknown is no consent.

/**
 * What one source knows: true is a yes, false a no, absent that it does not know.
 * @typedef {{ preferences?: boolean, analytics?: boolean, marketing?: boolean, saleOfData?: boolean }} Told
 * @typedef {"granted" | "denied" | "unknown"} Answer
 * @typedef {{ preferences: Answer, analytics: Answer, marketing: Answer, saleOfData: Answer }} Answers
 * @typedef {{ state(): Answers, onChange(listener: () => void): () => void, sources(): Record<string, Told | null | undefined> }} Consent
 *
 * @typedef {object} Page
 * @property {any} window
 * @property {string} [layer] the name of the data layer
 * @property {() => void} changed to be called when a source may know more
 * @property {(find: () => any, use: (found: any) => void) => void} until waits for what a page loads late
 *
 * A source returns what reads it. Undefined: it has not answered yet.
 * @typedef {(page: Page) => () => Told | undefined} Source
 */

/** @type {Record<string, () => Promise<{ source: Source }>>} */
export const SOURCES = {
  explicit: () => import("./explicit/index.js"),
  google: () => import("./google/index.js"),
  wordpress: () => import("./wordpress/index.js"),
  shopify: () => import("./shopify/index.js"),
  tcf: () => import("./tcf/index.js"),
  gpc: () => import("./gpc/index.js"),
};

/** Each wait is longer than the one before: what comes after some seconds is found a second later, and after two minutes nobody looks. */
const [FIRST, GROWTH, TOLD, LAST] = [50, 1.2, 1500, 20_000];

/** @param {string} text */
const say = (text) => console.warn(`querencia: data-consent: ${text}`);

/**
 * Resolves once each source has answered, or after a while: whoever comes later is heard all the same.
 * @param {string[]} names
 * @param {{ window?: any, layer?: string, patience?: number }} [env]
 * @returns {Promise<Consent>}
 */
export async function consentOf(names, { window = globalThis, layer, patience = 1500 } = {}) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {(() => Told | null | undefined)[]} */
  let readers = [];
  let last = "";
  let answered = () => {};
  const changed = () => {
    if (told().every((one) => one !== undefined)) answered();
    if (last !== (last = JSON.stringify(state()))) for (const listener of listeners) listener();
  };

  readers = await Promise.all(
    names.map(async (name) => {
      /** @type {Page["until"]} */
      const until = (find, use) => {
        const look = (/** @type {number} */ wait) => {
          try {
            const found = find();
            if (found) return use(found);
          } catch {
            // half of it is there
          }
          if (wait > TOLD && wait <= TOLD * GROWTH) say(`\`${name}\` has not come; until it does, nothing is allowed`);
          if (wait < LAST) setTimeout(look, wait, wait * GROWTH);
        };
        look(FIRST);
      };
      if (!Object.hasOwn(SOURCES, name)) say(`\`${name}\` is not known, so nothing is allowed; known are: ${Object.keys(SOURCES).join(", ")}`);
      try {
        return (await SOURCES[name]()).source({ window, layer, changed, until });
      } catch {
        // It may have had a no: then no other's yes counts.
        return () => null;
      }
    }),
  );
  if (!names.some((name) => name !== "gpc")) say("`gpc` never says yes; name another source too");

  const told = () =>
    readers.map((read) => {
      try {
        return read();
      } catch {
        return null;
      }
    });
  /** @returns {Answers} */
  const state = () => {
    const all = told();
    /** @param {keyof Told} purpose @returns {Answer} */
    const answer = (purpose) => {
      const answers = all.map((one) => one?.[purpose]);
      return answers.includes(false) ? "denied" : answers.includes(true) && !all.includes(null) ? "granted" : "unknown";
    };
    return { preferences: answer("preferences"), analytics: answer("analytics"), marketing: answer("marketing"), saleOfData: answer("saleOfData") };
  };

  await new Promise((done) => {
    answered = () => done(undefined);
    changed();
    setTimeout(done, patience);
  });
  return {
    state,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sources() {
      const all = told();
      return Object.fromEntries(names.map((name, index) => [name, all[index]]));
    },
  };
}
