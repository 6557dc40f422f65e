// What fails where nobody listens is said once, so that it does not stay unseen; without what it says of values, which may be a customer's.

import { fieldOf } from "./tell.js";

/** The name of an error: its code, or its class. @param {unknown} error */
export function nameOf(error) {
  const found = [fieldOf(error, "code"), fieldOf(error, "name")].find((name) => typeof name === "string" && /^[A-Za-z][\w-]{0,39}$/.test(name));
  return found ?? "an error";
}

/**
 * @param {string} what failed
 * @param {string} listener the option that hears of each
 * @returns {(error: unknown) => void}
 */
export function warnOf(what, listener) {
  /** @type {Set<string>} */
  const told = new Set();
  return (error) => {
    const name = nameOf(error);
    // Each kind of failure once: the second says nothing that the first has not.
    if (told.has(name) || told.size >= 10) return;
    told.add(name);
    console.warn(`querencia: ${what}: ${name}; \`${listener}\` hears of each, with all that it says`);
  };
}
