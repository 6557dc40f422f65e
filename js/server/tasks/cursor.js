// Where a list of tasks goes on: the place of a task in their order, as text that says nothing to who has it.

import { ServerError } from "../errors.js";

/**
 * A place in the order of tasks: an instant, which source it comes from, and two texts that tell apart what is due at one instant.
 * @typedef {[due: number, source: number, first: string, second: string]} Place
 */

/** @param {Place} a @param {Place} b */
export function compare(a, b) {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
  return 0;
}

/** @param {Place} place */
export function cursorOf(place) {
  const bytes = new TextEncoder().encode(JSON.stringify(place));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {unknown} cursor @returns {Place} */
export function placeOf(cursor) {
  try {
    const bytes = Uint8Array.from(atob(String(cursor).replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const [due, source, ...texts] = JSON.parse(new TextDecoder().decode(bytes));
    if (Number.isFinite(due) && Number.isInteger(source) && texts.length === 2 && texts.every((/** @type {unknown} */ text) => typeof text === "string")) return [due, source, texts[0], texts[1]];
  } catch {
    // It is told below.
  }
  throw new ServerError("invalid-value", "after", "expected the `cursor` of the last of an earlier list");
}
