/**
 * What this browser keeps of the demo. It lives as long as the ledger of Querencia does (both survive the tab): a clock
 * that forgot where it stood would make yesterday's contacts look like tomorrow's.
 *
 * @typedef {object} State
 * @property {"es" | "en"} [language]
 * @property {"guest" | "ana"} [who]
 * @property {number} [ahead] how far the demo's clock is ahead of the device's, in milliseconds
 * @property {Record<string, number>} [basket] quantity by sku
 * @property {number} [left] when the basket was last changed
 * @property {object[]} [orders] what Ana bought here, as her shop's server would print it
 * @property {object} [purchase] the order of the thank-you page
 * @property {"open" | "closed"} [panel]
 * @property {true} [afresh] the next page is to forget everything
 */

const KEY = "casa-lola";

/** @returns {State} */
export function state() {
  return JSON.parse(localStorage.getItem(KEY) ?? "{}");
}

/** @param {Partial<State>} change */
export function keep(change) {
  localStorage.setItem(KEY, JSON.stringify({ ...state(), ...change }));
}

/** From the next page on everything is new, the ledger too; only the language stays. */
export function forget() {
  localStorage.setItem(KEY, JSON.stringify({ language: state().language, afresh: true }));
}

/** The demo's present, in epoch milliseconds: tag.js has moved the clock of the page. */
export function now() {
  return Date.now();
}

/** The device's own present. */
export function deviceNow() {
  return Date.now() - (state().ahead ?? 0);
}
