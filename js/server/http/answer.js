// What goes out: JSON, and the same form for everything that is refused. A sentence never repeats a value, and no stack goes out.

import { CODES, ServerError } from "../errors.js";
import { fieldOf } from "../tell.js";
import { SENTENCES } from "../../load/sentences.js";

/** Nothing of a customer stays in a cache, and no browser takes JSON for something else. */
const ALWAYS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** How much of a path goes out: it has keys that the caller chose. */
const LONGEST = 200;

/**
 * @typedef {{ code: string, path: string, message: string }} Problem
 * @typedef {{ status: number, problems: Problem[], headers: Record<string, string> }} Refused
 */

/**
 * @param {unknown} value
 * @param {number} [status]
 * @param {Record<string, string>} [headers]
 */
export function json(value, status = 200, headers = {}) {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json; charset=utf-8", ...ALWAYS, ...headers } });
}

/** @param {string} text @param {string} type */
export const plain = (text, type) => new Response(text, { headers: { "content-type": type, ...ALWAYS } });

/** @param {Record<string, string>} headers */
export const nothing = (headers) => new Response(null, { status: 204, headers: { ...ALWAYS, ...headers } });

/** @param {Refused} refused */
export const refusal = ({ status, problems, headers }) => json({ problems }, status, headers);

/**
 * What an error says to the caller.
 * @param {unknown} error
 * @returns {Refused}
 */
export function refusedBy(error) {
  if (error instanceof ServerError) return { status: error.status, problems: error.problems.map(short), headers: headersOf(error) };
  // The engine's problems with a request: its full sentences may repeat a value.
  const told = fieldOf(error, "problems");
  if (fieldOf(error, "name") === "RequestError" && Array.isArray(told)) {
    const problems = told.map((/** @type {Problem} */ { code, path }) => ({ code, path, message: SENTENCES[/** @type {keyof typeof SENTENCES} */ (code)] ?? CODES["invalid-value"].message }));
    return { status: 400, problems: problems.map(short), headers: {} };
  }
  return refusedBy(new ServerError(isUnreachable(error) ? "store-unreachable" : "internal"));
}

/** @param {ServerError} error @returns {Record<string, string>} */
function headersOf({ status, retryAfter, allow }) {
  return {
    ...(status === 401 && { "www-authenticate": 'Bearer realm="querencia"' }),
    ...(retryAfter && { "retry-after": String(retryAfter) }),
    ...(status === 503 && !retryAfter && { "retry-after": "5" }),
    ...(allow && { allow }),
  };
}

/** @param {Problem} problem */
const short = ({ code, path, message }) => ({ code, path: path.length > LONGEST ? `${path.slice(0, LONGEST)}…` : path, message: withoutValue(message) });

/** The engine's sentence about a word that is not in a list begins with that word. @param {string} message */
const withoutValue = (message) => message.replace(/^`[^]*` is none of (?=`|$)/, "expected one of ").replace(/(expected one of .*?); did you mean.*$/s, "$1");

/** Whether a database is away, restarts, is full or takes nobody more: SQLSTATE 08, 53, 57, 58, 25006 (it only reads), and the codes of sockets. @param {unknown} error */
function isUnreachable(error) {
  const code = [error, fieldOf(error, "cause")].map((one) => fieldOf(one, "code")).find((one) => typeof one === "string") ?? "";
  return /^((08|53|57|58)[0-9A-Z]{3}|25006)$/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET|ENOSPC|UND_ERR|NR_CLOSED)/.test(code);
}
