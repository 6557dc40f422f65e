// How values cross into the engine and back: a list of numbers (tags, lengths, numbers) and one text that holds all texts. That
// makes two crossings instead of one for every value. src/wasm.rs is the other side.

import {
  MAX_BYTES,
  MAX_DEPTH,
  MAX_LIST,
  MIN_VALUE_BYTES,
  TAG_FALSE,
  TAG_FOREIGN,
  TAG_LIST,
  TAG_NULL,
  TAG_NUMBER,
  TAG_OBJECT,
  TAG_TEXT,
  TAG_TOO_DEEP,
  TAG_TOO_LARGE,
  TAG_TRUE,
} from "../constants.js";

/** @type {string[]} the texts of the value encoded last */
let lastTexts;

/**
 * Encodes a value as numbers. `encodedTexts` then returns its texts. A value whose getter throws becomes `TAG_FOREIGN`.
 * @param {unknown} value
 */
export function encode(value) {
  /** @type {number[]} */
  const numbers = [];
  /** @type {string[]} */
  const texts = [];
  let bytesLeft = MAX_BYTES;

  /** @param {string} text */
  const put = (text) => {
    bytesLeft -= text.length;
    numbers.push(text.length);
    texts.push(text);
  };
  /** @param {any} holder @param {string | number} key @param {number} depth */
  const write = (holder, key, depth) => {
    const [numbersBefore, textsBefore] = [numbers.length, texts.length];
    /** Writes a tag in place of whatever was written of the value. @param {number} tag */
    const replaceBy = (tag) => {
      numbers.length = numbersBefore;
      texts.length = textsBefore;
      numbers.push(tag);
    };
    bytesLeft -= MIN_VALUE_BYTES;
    try {
      const value = holder[key];
      if (value == null) numbers.push(TAG_NULL);
      else if (typeof value === "boolean") numbers.push(value ? TAG_TRUE : TAG_FALSE);
      else if (typeof value === "number") numbers.push(TAG_NUMBER, value);
      else if (typeof value === "string") {
        numbers.push(TAG_TEXT);
        put(value);
        if (bytesLeft < 0) replaceBy(TAG_TOO_LARGE);
      } else if (Array.isArray(value) || isPlain(value)) {
        const keys = Array.isArray(value) ? null : Object.keys(value);
        const count = (keys ?? value).length >>> 0;
        if (count > 0 && depth >= MAX_DEPTH) return replaceBy(TAG_TOO_DEEP);
        if (count > MAX_LIST) return replaceBy(TAG_TOO_LARGE);
        numbers.push(keys ? TAG_OBJECT : TAG_LIST, count);
        for (let index = 0; index < count; index++) {
          if (bytesLeft <= 0) return replaceBy(TAG_TOO_LARGE);
          if (keys) put(keys[index]);
          write(value, keys ? keys[index] : index, depth + 1);
        }
      } else replaceBy(TAG_FOREIGN);
    } catch {
      replaceBy(TAG_FOREIGN);
    }
  };
  write([value], 0, 0);
  lastTexts = texts;
  return numbers;
}

/** The texts of the value encoded last. The `\0` between them keeps two halves of a surrogate pair apart. */
export const encodedTexts = () => lastTexts.map((text) => `${text}\0`).join("");

/**
 * Whether a value is an object made by braces or `JSON.parse`, in this window or another: not a Date, Map, Set or typed array.
 * @param {any} value
 */
function isPlain(value) {
  if (typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Builds the value that the engine encoded.
 * @param {Float64Array} numbers
 * @param {string} texts
 */
export function decode(numbers, texts) {
  let index = 0;
  let start = 0;
  const text = () => texts.slice(start, (start += numbers[index++]));
  /** @returns {unknown} */
  const value = () => {
    const tag = numbers[index++];
    if (tag === TAG_NUMBER) return numbers[index++];
    if (tag === TAG_TEXT) return text();
    if (tag === TAG_LIST) return Array.from({ length: numbers[index++] }, value);
    if (tag !== TAG_OBJECT) return [null, false, true][tag];
    /** @type {Record<string, unknown>} */
    const object = {};
    for (let count = numbers[index++]; count > 0; count--) {
      const key = text();
      object[key] = value();
    }
    return object;
  };
  return value();
}
