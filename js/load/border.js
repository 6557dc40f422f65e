// How values cross into the engine and back: a list of numbers (tags, lengths, numbers) and one text that holds all texts. That
// makes two crossings instead of one for every value. A key that comes again is a number below 0; so is a word of the engine's source,
// which is read once from its memory. src/wasm.rs is the other side.

import {
  LITERALS,
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
  TAG_STRUCT,
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
  let texts = "";
  let bytesLeft = MAX_BYTES;
  /** The keys of the object before, at each depth, and what they are written as: the next has mostly the same. @type {{ keys: string[], places: number[] }[]} */
  const rows = [];

  /** The `\0` after each keeps two halves of a surrogate pair apart. @param {string} text */
  const put = (text) => {
    numbers.push(text.length);
    texts += `${text}\0`;
  };
  /** @param {string} key @param {number} index among the keys of its object @param {{ keys: string[], places: number[] }} row */
  const putKey = (key, index, row) => {
    bytesLeft -= key.length;
    if (row.keys[index] !== key) {
      const place = keysSeen.get(key);
      if (place === undefined) {
        keysSeen.set(key, keysSeen.size);
        return put(key);
      }
      row.keys[index] = key;
      row.places[index] = -1 - place;
    }
    numbers.push(row.places[index]);
  };
  /** Writes a list or an object. Returns the tag to write in its place, if it cannot be kept. @param {any} value @param {number} depth */
  const putInner = (value, depth) => {
    const keys = Array.isArray(value) ? null : isPlain(value) ? Object.keys(value) : undefined;
    if (keys === undefined) return TAG_FOREIGN;
    const count = (keys ?? value).length >>> 0;
    if (count > 0 && depth >= MAX_DEPTH) return TAG_TOO_DEEP;
    if (count > MAX_LIST) return TAG_TOO_LARGE;
    numbers.push(keys ? TAG_OBJECT : TAG_LIST, count);
    const row = (rows[depth] ??= { keys: [], places: [] });
    for (let index = 0; index < count; index++) {
      if (bytesLeft <= 0) return TAG_TOO_LARGE;
      if (keys) putKey(keys[index], index, row);
      write(value, keys ? keys[index] : index, depth + 1);
    }
  };
  /** @param {object} value @param {number} depth */
  const writeInner = (value, depth) => {
    const numbersBefore = numbers.length;
    const textsBefore = texts;
    const keysBefore = keysSeen.size;
    let tag;
    try {
      tag = putInner(value, depth);
    } catch {
      tag = TAG_FOREIGN;
    }
    if (tag === undefined) return;
    // in place of whatever was written of the value
    numbers.length = numbersBefore;
    texts = textsBefore;
    if (keysSeen.size > keysBefore) {
      for (const [key, index] of keysSeen) if (index >= keysBefore) keysSeen.delete(key);
      rows.length = 0;
    }
    numbers.push(tag);
  };
  /** @param {any} holder @param {string | number} key @param {number} depth */
  const write = (holder, key, depth) => {
    bytesLeft -= MIN_VALUE_BYTES;
    let value;
    try {
      value = holder[key];
    } catch {
      value = Symbol();
    }
    if (typeof value === "string") {
      bytesLeft -= value.length;
      if (bytesLeft < 0) return void numbers.push(TAG_TOO_LARGE);
      numbers.push(TAG_TEXT);
      put(value);
    } else if (typeof value === "number") numbers.push(TAG_NUMBER, value);
    else if (value == null) numbers.push(TAG_NULL);
    else if (typeof value === "boolean") numbers.push(value ? TAG_TRUE : TAG_FALSE);
    else if (typeof value === "object") writeInner(value, depth);
    else numbers.push(TAG_FOREIGN);
  };
  write([value], 0, 0);
  lastTexts = texts;
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
let wordsRead = new Map();
/** @type {ArrayBufferLike | undefined} the memory that they were read from: two builds have their words in different places */
let memory;

/**
 * Builds the value that the engine encoded.
 * @param {Float64Array} words where the words that it uses are in the engine's memory
 * @param {Float64Array} numbers
 * @param {string} texts
 */
export function decode(words, numbers, texts) {
  if (memory !== words.buffer) {
    memory = words.buffer;
    wordsRead = new Map();
  }
  /** @type {string[]} */
  const known = [];
  for (const word of words) {
    let text = wordsRead.get(word);
    if (text === undefined) {
      text = new TextDecoder().decode(new Uint8Array(words.buffer, word % 2 ** 32, Math.floor(word / 2 ** 32)));
      wordsRead.set(word, text);
    }
    known.push(text);
  }
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
  /** @type {(() => unknown) | undefined} */
  let later;
  const text = () => {
    const length = numbers[index++];
    return length < 0 ? words[-1 - length] : texts.slice(start, (start += length));
  };
  /** @returns {unknown} */
  const value = () => {
    const tag = numbers[index++];
    if (tag === TAG_TEXT) return text();
    if (tag === TAG_NUMBER) return numbers[index++];
    if (tag === TAG_STRUCT) {
      const shape = numbers[index++];
      const object = LITERALS[shape](value);
      // the first is the decision
      if (later && shape === 0) readLater(object, later);
      return object;
    }
    if (tag === TAG_LIST) {
      const list = [];
      for (let count = numbers[index++]; count > 0; count--) list.push(value());
      return list;
    }
    if (tag === TAG_LATER) {
      const length = numbers[index++];
      const units = numbers[index++];
      const own = /** @type {const} */ ([words, numbers.slice(index, (index += length)), texts.slice(start, (start += units))]);
      later = () => build(...own);
    }
    if (tag !== TAG_OBJECT) return [null, false, true][tag];
    /** @type {Record<string, unknown>} */
    const object = {};
    for (let count = numbers[index++]; count > 0; count--) {
      index++; // a key has its tag, too
      const key = text();
      object[key] = value();
    }
    return object;
  };
  return value();
}

/** `refused` is built when it is first read, also of a decision that was frozen before. @param {object} decision @param {() => unknown} later */
function readLater(decision, later) {
  /** @type {unknown} */
  let refused;
  Object.defineProperty(decision, "refused", {
    get: () => (refused ??= later()),
    /** @this {object} what is assigned belongs to the decision, or to what inherits from it @param {unknown} value */
    set(value) {
      Object.defineProperty(this, "refused", { value, writable: true, enumerable: true, configurable: true });
    },
    enumerable: true,
    configurable: true,
  });
}
