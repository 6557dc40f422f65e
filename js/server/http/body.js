// The body of a request: bounded while it streams, and JSON that says one thing to every reader.

import { duplicatesIn } from "../../load/duplicates.js";
import { ServerError } from "../errors.js";
import { timer } from "../timer.js";

/** How deep objects and lists may lie in each other: deeper than any fact or moment, and far from what a parser's stack holds. */
const DEEPEST = 32;

/** `application/json`, and the two of CloudEvents; a charset, if named, is UTF-8. */
const TYPES = /^application\/(?:json|cloudevents\+json|cloudevents-batch\+json)(?: *; *charset *= *"?utf-?8"?)? *$/i;

/**
 * The JSON of a body.
 * @param {Request} request
 * @param {{ body: number, bodyTime: number }} limits bytes, milliseconds
 * @returns {Promise<any>}
 */
export async function jsonOf(request, limits) {
  const type = request.headers.get("content-type") ?? "";
  if (!TYPES.test(type)) throw new ServerError("unsupported-type");
  const encoding = request.headers.get("content-encoding") ?? "identity";
  // A packed body of a kilobyte can hold a gigabyte.
  if (encoding.trim().toLowerCase() !== "identity") throw new ServerError("unsupported-encoding");
  return parse(await textOf(request, limits));
}

/**
 * @param {Request} request
 * @param {{ body: number, bodyTime: number }} limits
 */
async function textOf(request, { body: most, bodyTime }) {
  const told = request.headers.get("content-length");
  const length = told === null ? undefined : Number(told);
  const tooLarge = () => new ServerError("too-large", "", `the body is larger than ${most} bytes; send less at once`);
  if (length !== undefined && length > most) {
    request.body?.cancel().catch(() => {});
    throw tooLarge();
  }
  const bytes = await read(request, most, bodyTime, tooLarge);
  if (length !== undefined && bytes.length < length) throw new ServerError("cut-off");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ServerError("not-utf-8");
  }
}

/**
 * @param {Request} request
 * @param {number} most
 * @param {number} within
 * @param {() => ServerError} tooLarge
 */
async function read(request, most, within, tooLarge) {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let ending;
  const late = new Promise((_, reject) => {
    ending = timer(() => reject(new ServerError("too-slow")), within);
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), /** @type {Promise<never>} */ (late)]);
      if (done) break;
      size += value.length;
      if (size > most) throw tooLarge();
      parts.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error instanceof ServerError ? error : new ServerError("cut-off");
  } finally {
    clearTimeout(ending);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Strict JSON: no key twice, no depth without end, no number that none can hold. @param {string} text */
export function parse(text) {
  if (text.trim() === "") throw new ServerError("not-json", "", "the body is empty; send a JSON object");
  refuseDeep(text);
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The parser's own sentence repeats what was sent.
    const [, at] = /position (\d+)/.exec(/** @type {Error} */ (error).message) ?? [];
    throw new ServerError("not-json", "", at === undefined ? undefined : `the body is no JSON: it breaks at character ${at}`);
  }
  const [twice] = duplicatesIn(text);
  if (twice) throw new ServerError("duplicate-key", twice.path);
  refuseHostile(value, "");
  return value;
}

/** @param {string} text */
function refuseDeep(text) {
  let depth = 0;
  for (const bracket of bracketsOf(text)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > DEEPEST) throw new ServerError("too-deep", "", `the body is nested more than ${DEEPEST} levels deep; flatten it`);
  }
}

/** The brackets outside of strings. A pattern that takes a whole string fails in one of millions of characters. @param {string} text */
function* bracketsOf(text) {
  const tokens = /["[\]{}]/g;
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    if (found[0] !== '"') yield found[0];
    else {
      let end = found.index + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
      tokens.lastIndex = end + 1;
    }
  }
}

/**
 * What is JSON, and what a store or a later reader takes for something else.
 * @param {any} value
 * @param {string} path
 */
function refuseHostile(value, path) {
  if (typeof value === "number" && !Number.isFinite(value)) throw new ServerError("out-of-range", path, "the number is too large to be held; write it smaller");
  else if (Array.isArray(value)) value.forEach((one, index) => refuseHostile(one, `${path}[${index}]`));
  else if (value && typeof value === "object") {
    for (const [key, one] of Object.entries(value)) {
      const inner = path ? `${path}.${key}` : key;
      if (key === "__proto__") throw new ServerError("not-allowed", inner, "no object may have this key; give it another name");
      refuseHostile(one, inner);
    }
  }
}
