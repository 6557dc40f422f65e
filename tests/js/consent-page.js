// A page as the sources of consent see it: a document with events and one attribute, cookies, and what each platform puts on the window.

/** @param {object} [more] */
export function pageOf(more = {}) {
  const document = /** @type {any} */ (new EventTarget());
  /** @type {Set<() => void>} */
  const observers = new Set();
  /** @type {string | null} */
  let attribute = null;
  document.cookie = "";
  document.documentElement = { getAttribute: () => attribute };
  class MutationObserver {
    constructor(/** @type {() => void} */ changed) {
      observers.add(changed);
    }
    observe() {}
  }
  return {
    window: /** @type {any} */ ({ document, navigator: {}, MutationObserver, ...more }),
    /** @param {string | null} value */
    attribute(value) {
      attribute = value;
      for (const changed of observers) changed();
    },
    /** @param {string} name @param {any} [detail] */
    dispatch: (name, detail) => document.dispatchEvent(Object.assign(new Event(name), { detail })),
  };
}

/** @param {number} ms */
export const after = (ms) => new Promise((done) => setTimeout(done, ms));

/** What the console is told meanwhile. @param {() => Promise<unknown>} work */
export async function said(work) {
  /** @type {string[]} */
  const lines = [];
  const { warn } = console;
  console.warn = (line) => lines.push(String(line));
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return lines;
}
