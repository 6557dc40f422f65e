// What a shop sends, as plain JSON: a copy in which nothing can surprise what reads it later. All problems are found here, before anything is stored.

import { MAX_DEPTH } from "../../constants.js";
import { ServerError } from "../errors.js";

/** So many bytes one fact may have, and what it says of one customer. */
export const MOST_BYTES = 262_144;
/** Keys that would reach the prototype of an object in some program that reads it. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** The length of a value as JSON, in bytes. @param {unknown} value */
export const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value) ?? "").length;

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {any}
 */
export function plain(value, path) {
  let left = MOST_BYTES;
  /** @param {number} bytes @param {string} at */
  const take = (bytes, at) => {
    left -= bytes;
    if (left < 0) throw new ServerError("too-large", at, `more than ${MOST_BYTES} bytes; send the latest alone, in several facts`);
  };
  /** @param {any} one @param {string} at @param {number} depth @returns {any} */
  const copy = (one, at, depth) => {
    if (one === null || typeof one === "boolean") {
      take(4, at);
      return one;
    }
    if (typeof one === "number") {
      if (!Number.isFinite(one)) throw new ServerError("invalid-value", at, "not a finite number; give a finite one, or leave the field out");
      take(8, at);
      return one;
    }
    if (typeof one === "string") {
      take(one.length, at);
      // Half of a surrogate pair is refused by databases.
      return /** @type {any} */ (one).toWellFormed?.() ?? one;
    }
    if (one instanceof Date && !Number.isNaN(+one)) return one.toISOString();
    if (depth > MAX_DEPTH) throw new ServerError("too-deep", at, `nested deeper than ${MAX_DEPTH} levels`);
    if (Array.isArray(one)) {
      take(one.length, at);
      return one.map((item, index) => copy(item ?? null, `${at}[${index}]`, depth + 1));
    }
    const prototype = Object(one) === one && Object.getPrototypeOf(one);
    if (typeof one !== "object" || (prototype !== null && {}.toString.call(one) !== "[object Object]")) {
      throw new ServerError("wrong-type", at, "expected a value of JSON");
    }
    /** @type {Record<string, unknown>} */
    const object = {};
    for (const [key, item] of Object.entries(one)) {
      const below = at ? `${at}.${key.slice(0, 100)}` : key.slice(0, 100);
      if (FORBIDDEN.has(key)) throw new ServerError("not-allowed", below, "a field may not have this name");
      take(key.length + 3, below);
      if (item !== undefined) object[key] = copy(item, below, depth + 1);
    }
    return object;
  };
  try {
    return copy(value, path, 0);
  } catch (error) {
    throw error instanceof ServerError ? error : new ServerError("wrong-type", path, "a field of it cannot be read");
  }
}
