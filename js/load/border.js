// How values cross into the engine and out of it: numbers that say what stands where, and all texts in one. Two crossings
// instead of one for every value. src/wasm.rs has the other side, src/base/tree.rs the limits.

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const TEXT = 4;
const LIST = 5;
const OBJECT = 6;
const FOREIGN = 7;
const TOO_DEEP = 8;
const TOO_LARGE = 9;

const MAX_DEPTH = 32;
const MAX_LIST = 100_000;
const MAX_BYTES = 2 ** 26;
const LEAST = 16;

/** @type {string[]} the texts of what was taken apart last */
let last;

/**
 * What a value is made of. A getter that throws makes its value a foreign one.
 * @param {unknown} value
 */
export function shapeOf(value) {
  /** @type {number[]} */
  const shape = [];
  /** @type {string[]} */
  const texts = [];
  let left = MAX_BYTES;

  /** @param {string} text */
  const put = (text) => {
    left -= text.length;
    shape.push(text.length);
    texts.push(text);
  };
  /** @param {any} holder @param {string | number} key @param {number} depth */
  const write = (holder, key, depth) => {
    const [marks, words] = [shape.length, texts.length];
    /** @param {number} mark */
    const mark = (mark) => {
      shape.length = marks;
      texts.length = words;
      shape.push(mark);
    };
    left -= LEAST;
    try {
      const value = holder[key];
      if (value == null) shape.push(NULL);
      else if (typeof value === "boolean") shape.push(value ? TRUE : FALSE);
      else if (typeof value === "number") shape.push(NUMBER, value);
      else if (typeof value === "string") {
        shape.push(TEXT);
        put(value);
        if (left < 0) mark(TOO_LARGE);
      } else if (Array.isArray(value) || isPlain(value)) {
        const keys = Array.isArray(value) ? null : Object.keys(value);
        const count = (keys ?? value).length >>> 0;
        if (count > 0 && depth >= MAX_DEPTH) return mark(TOO_DEEP);
        if (count > MAX_LIST) return mark(TOO_LARGE);
        shape.push(keys ? OBJECT : LIST, count);
        for (let place = 0; place < count; place++) {
          if (left <= 0) return mark(TOO_LARGE);
          if (keys) put(keys[place]);
          write(value, keys ? keys[place] : place, depth + 1);
        }
      } else mark(FOREIGN);
    } catch {
      mark(FOREIGN);
    }
  };
  write([value], 0, 0);
  last = texts;
  return shape;
}

/** The texts of what was taken apart last, each with an end, lest halves of letters meet. */
export const textsOf = () => last.map((text) => `${text}\0`).join("");

/**
 * Objects made by braces or `JSON.parse`, in this window or another: not dates, maps, sets or views.
 * @param {any} value
 */
function isPlain(value) {
  if (typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Puts together what the engine took apart.
 * @param {Float64Array} shape
 * @param {string} texts
 */
export function made(shape, texts) {
  let place = 0;
  let start = 0;
  const text = () => texts.slice(start, (start += shape[place++]));
  /** @returns {unknown} */
  const value = () => {
    const mark = shape[place++];
    if (mark === NUMBER) return shape[place++];
    if (mark === TEXT) return text();
    if (mark === LIST) return Array.from({ length: shape[place++] }, value);
    if (mark !== OBJECT) return [null, false, true][mark];
    /** @type {Record<string, unknown>} */
    const object = {};
    for (let count = shape[place++]; count > 0; count--) {
      const key = text();
      object[key] = value();
    }
    return object;
  };
  return value();
}
