// Names as a database takes them. PostgreSQL's text has no character 0 and, as UTF-8, no half of a surrogate pair, and its indexes have no
// entries of more than about 2,700 bytes. What a shop sends may have all of that, and is neither refused nor changed.

import { partOf } from "../../ledger/part.js";

/** Longer names are kept whole elsewhere in their row, and found by a hash. */
const LONG = 250;

/** Stands in a shortened name, and in no other. */
const SHORTENED = "\\~";

/** Any text, as one that every database takes. Ordinary text stays as it is. @param {string} text */
export const encode = (text) => text.replace(/[\0\\\p{Cs}]/gu, (letter) => `\\${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** @param {string} text */
export const decode = (text) => text.replace(/\\([0-9a-f]{4})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

/** A name by which something is found. @param {string} name */
export const keyOf = (name) => (name.length <= LONG ? encode(name) : `${encode(name.slice(0, 100))}${SHORTENED}${partOf({ id: `_${name}` })}`);

/** Whether the name cannot be read from its key. @param {string} key */
export const isShortened = (key) => key.includes(SHORTENED);
