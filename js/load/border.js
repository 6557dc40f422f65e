// How values cross into the engine and back: a list of numbers (tags, lengths, numbers) and one text that holds all texts. That
// makes two crossings instead of one for every value. A key that comes again is a number below 0; so is a word of the engine's source,
// which is read once from its memory. src/wasm.rs is the other side.

import {
  MAX_BYTES,
  MAX_DEPTH,
  MAX_LIST,
  MIN_VALUE_BYTES,
  TAG_FALSE,
  TAG_FOREIGN,
  TAG_LATER,
  TAG_LIST,
  TAG_NULL,
  TAG_NUMBER,
  TAG_OBJECT,
  TAG_TEXT,
  TAG_TOO_DEEP,
  TAG_TOO_LARGE,
  TAG_TRUE,
} from "../constants.js";

/** The texts of the value encoded last. */
let lastTexts = "";

/** A value that another thread has encoded. */
export class Encoded {
  #own = true;

  /** Whether a value is one. No proxy hears that it was asked. @param {unknown} value @returns {value is Encoded} */
  static is(value) {
    return Object(value) === value && #own in /** @type {object} */ (value);
  }

  /**
   * @param {Float64Array} numbers
   * @param {string} texts
   */
  constructor(numbers, texts) {
    this.numbers = numbers;
    this.texts = texts;
  }
}

/**
 * Encodes a value as numbers. `encodedTexts` then returns its texts. A value whose getter throws becomes `TAG_FOREIGN`.
 * @param {unknown} value
 * @param {Map<string, number>} [keysSeen] those of what comes before it; the value's are added
 */
export function encode(value, keysSeen = new Map()) {
  if (Encoded.is(value)) {
    lastTexts = value.texts;
    return value.numbers;
  }
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
  /** @param {string} key */
  const putKey = (key) => {
    const index = keysSeen.get(key);
    if (index === undefined) {
      keysSeen.set(key, keysSeen.size);
      put(key);
    } else {
      bytesLeft -= key.length;
      numbers.push(-1 - index);
    }
  };
  /** @param {any} holder @param {string | number} key @param {number} depth */
  const write = (holder, key, depth) => {
    const [numbersBefore, textsBefore, keysBefore] = [numbers.length, texts.length, keysSeen.size];
    /** Writes a tag in place of whatever was written of the value. @param {number} tag */
    const replaceBy = (tag) => {
      numbers.length = numbersBefore;
      texts.length = textsBefore;
      for (const [key, index] of keysSeen) if (index >= keysBefore) keysSeen.delete(key);
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
          if (keys) putKey(keys[index]);
          write(value, keys ? keys[index] : index, depth + 1);
        }
      } else replaceBy(TAG_FOREIGN);
    } catch {
      replaceBy(TAG_FOREIGN);
    }
  };
  write([value], 0, 0);
  // The `\0` between them keeps two halves of a surrogate pair apart.
  lastTexts = texts.map((text) => `${text}\0`).join("");
  return numbers;
}

/** The texts of the value encoded last. */
export const encodedTexts = () => lastTexts;

/**
 * Whether a value is an object made by braces or `JSON.parse`, in this window or another: not a Date, Map, Set or typed array.
 * @param {any} value
 */
export function isPlain(value) {
  if (typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** @type {Map<number, string>} the words of the engine's source, by place and length */
const wordsRead = new Map();

/**
 * Builds the value that the engine encoded.
 * @param {Float64Array} words where the words that it uses are in the engine's memory
 * @param {Float64Array} numbers
 * @param {string} texts
 */
export function decode(words, numbers, texts) {
  const known = Array.from(words, (word) => {
    let text = wordsRead.get(word);
    if (text === undefined) {
      const length = Math.floor(word / 2 ** 32);
      text = new TextDecoder().decode(new Uint8Array(words.buffer, word % 2 ** 32, length));
      wordsRead.set(word, text);
    }
    return text;
  });
  return build(known, numbers, texts);
}

/**
 * @param {string[]} words
 * @param {Float64Array} numbers
 * @param {string} texts
 */
function build(words, numbers, texts) {
  let index = 0;
  let start = 0;
  const text = () => {
    const length = numbers[index++];
    return length < 0 ? words[-1 - length] : texts.slice(start, (start += length));
  };
  /** @returns {unknown} */
  const value = () => {
    const tag = numbers[index++];
    if (tag === TAG_NUMBER) return numbers[index++];
    if (tag === TAG_TEXT) return text();
    if (tag === TAG_LIST) {
      const list = [];
      for (let count = numbers[index++]; count > 0; count--) list.push(value());
      return list;
    }
    if (tag !== TAG_OBJECT) return [null, false, true][tag];
    /** @type {Record<string, unknown>} */
    const object = {};
    for (let count = numbers[index++]; count > 0; count--) {
      const key = text();
      if (numbers[index] === TAG_LATER) later(object, key);
      else object[key] = value();
    }
    return object;
  };
  /** @param {object} object @param {string} key */
  const later = (object, key) => {
    const [, length, units] = numbers.subarray(index, (index += 3));
    const own = /** @type {const} */ ([words, numbers.slice(index, (index += length)), texts.slice(start, (start += units))]);
    const set = (/** @type {unknown} */ value) => {
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      return value;
    };
    Object.defineProperty(object, key, { get: () => set(build(...own)), set, enumerable: true, configurable: true });
  };
  return value();
}
