// What a page gives, as platforms print it. Whatever computes in JavaScript reads it here first; src/reader/told.rs reads it so too.

import { thousandthsOf } from "../money/index.js";

/** Spaces alone, or a date of zeros with or without a time and an offset. */
const NOTHING = /^\s*(0000-00-00[ 0:.TZ]*([+-][\d:]*)?)?$/;
/** What is the shop's own stays as it is. */
const FREE = /^(attributes|forms)$/;
/** No part of a request that is read here is deeper. Something that holds itself is. */
const DEPTH = 6;

/**
 * What is there. Platforms print a blank text where they have nothing, and PHP an empty list for an object without fields.
 * @template T
 * @param {T | null} [value]
 * @returns {T | undefined}
 */
export function present(value) {
  const isNothing = value == null || (typeof value === "string" && NOTHING.test(value)) || (Array.isArray(value) && !value.length);
  return isNothing ? undefined : value;
}

/** Whether a value has fields of its own. A text has its letters: to spread it would make fields of them. @param {unknown} value */
export function isObject(value) {
  return Object(value) === value && !Array.isArray(value);
}

/**
 * The same without what says nothing: its blank texts, zero dates and nulls. What is no JSON stays, for the engine to refuse.
 * @param {any} value
 * @param {(item: any) => any} [article] what becomes of the articles of orders and carts
 * @param {string} [key]
 * @param {number} [depth]
 * @returns {any}
 */
export function told(value, article, key = "", depth = 0) {
  if (typeof value === "string") return present(value);
  if (FREE.test(key) || depth > DEPTH) return value;
  const inside = (/** @type {any} */ one, /** @type {string} */ key) => told(one, article, key, depth + 1);
  if (Array.isArray(value)) return value.map((one) => inside(one, key)).filter((one) => one != null);
  if ({}.toString.call(value) !== "[object Object]") return value;
  const fields = Object.entries(value).map(([key, one]) => [key, inside(one, key)]);
  const object = Object.fromEntries(fields.filter(([, one]) => one != null));
  return article && key === "items" ? article(object) : object;
}

/**
 * An article whose quantity can be counted with: `"2"` is 2. With one that nobody can read, what the article costs is unknown, and 0 stands
 * for the number.
 * @param {{ quantity?: any, price?: any, sku?: unknown }} item
 */
export function countable({ price, ...item }) {
  const thousandths = thousandthsOf(item);
  if (!(thousandths > 0)) return { ...item, quantity: 0 };
  return { ...item, ...(item.quantity != null && { quantity: thousandths / 1000 }), ...(price !== undefined && { price }) };
}
