// Whether a body or a query has the fields of its row. What is inside of them the functions and the engine check.

import { ServerError } from "../errors.js";
import { SCHEMAS } from "./schemas.js";

/** How long an id may be: as a text of the engine. */
const LONGEST = 4_096;

/**
 * @param {import("./routes.js").Route} route
 * @param {any} body
 * @param {"shop" | "customer" | undefined} by
 */
export function fieldsOf({ body: fields = {}, rest, claims }, body, by) {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new ServerError("wrong-type", "", "the body is one JSON object");
  const others = rest ? Object.keys(/** @type {any} */ (SCHEMAS)[rest].properties) : [];
  for (const name of Object.keys(body)) {
    if (Object.hasOwn(fields, name) && !(by === "customer" && fields[name].only)) continue;
    if (!Object.hasOwn(fields, name) && !others.includes(name)) throw new ServerError("unknown-field", name);
    if (name === "now") throw new ServerError("not-allowed", name, "the clock is the server's own; leave it out");
    if (by === "customer" && !claims?.includes(name)) throw new ServerError("not-allowed", name, "a customer's token may not say this; the shop's server may");
  }
  for (const [name, field] of Object.entries(fields)) {
    if (isRequired(name, field, by) && (body[name] === undefined || body[name] === null)) throw new ServerError("missing-field", name);
    if (body[name] !== undefined) refuseMisfit(field.schema, body[name], name);
  }
}

/** A token says whose it is; the shop must. @param {string} name @param {import("./routes.js").Field} field @param {"shop" | "customer" | undefined} by */
const isRequired = (name, field, by) => field.required ?? (name === "customer" && by === "shop");

/** @param {any} schema @param {unknown} value @param {string} path */
function refuseMisfit({ type, enum: words }, value, path) {
  if (words && !words.includes(value)) throw new ServerError("invalid-value", path, `expected one of ${words.map((/** @type {string} */ word) => `\`${word}\``).join(", ")}`);
  if (type === "string" && typeof value !== "string") throw new ServerError("wrong-type", path, "expected a text");
  if (type === "string" && /** @type {string} */ (value).length > LONGEST) throw new ServerError("too-large", path, `expected a text of at most ${LONGEST} characters`);
  if (type === "array" && !Array.isArray(value)) throw new ServerError("wrong-type", path, "expected a list");
  if (type === "object" && (typeof value !== "object" || value === null || Array.isArray(value))) throw new ServerError("wrong-type", path, "expected an object");
  if (type === "integer" && !Number.isSafeInteger(value)) throw new ServerError("wrong-type", path, "expected a whole number");
}

/**
 * @param {import("./routes.js").Route} route
 * @param {URLSearchParams} search
 * @param {"shop" | "customer" | undefined} by
 */
export function queryOf({ query = {} }, search, by) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const [name, value] of search) {
    if (!Object.hasOwn(query, name)) throw new ServerError("unknown-field", name);
    if (Object.hasOwn(found, name)) throw new ServerError("duplicate-key", name, "give it once");
    refuseMisfit(query[name].schema, value, name);
    found[name] = value;
  }
  for (const [name, field] of Object.entries(query)) if (isRequired(name, field, by) && !found[name]) throw new ServerError("missing-field", name);
  return found;
}
