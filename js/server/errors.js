// What a server refuses: one list of codes, each with its HTTP status and a sentence that says how to mend it.

import { fieldOf } from "./tell.js";

/** @type {Record<string, { status: number, message: string }>} */
export const CODES = {
  "missing-field": { status: 400, message: "it is required here" },
  "invalid-value": { status: 400, message: "expected another value" },
  "id-reused": { status: 409, message: "another event had this `id` of this `source`; give each event an id of its own" },
  "unknown-customer": { status: 404, message: "nothing is known of this customer; send a fact of them first" },
  "not-entitled": { status: 404, message: "the customer does not have this present; take `campaign` and `occurrence` from the list of what they have" },
  "code-pending": { status: 503, message: "the code is not there yet; ask again, nothing is given twice" },
  "code-refused": { status: 409, message: "the platform refuses to issue a code for this offer" },
  "unknown-code": { status: 404, message: "nobody was given this code" },
  "code-expired": { status: 410, message: "the code can no longer be used" },
  "already-redeemed": { status: 409, message: "another order has used this code" },
  "not-theirs": { status: 409, message: "the code was given to another customer" },
  "unknown-contact": { status: 404, message: "no contact of this customer has this id; take it from a decision" },
  "not-armed": { status: 409, message: "it was not armed, so nobody may have sent it: ask `/arm` just before it is sent, and say only then what became of it" },
  "not-written": { status: 500, message: "the message cannot be written: a parameter or an address in it is wrong; mend it in the policy" },
  "not-found": { status: 404, message: "there is no such address here; `GET /openapi.json` lists them" },
  "method-not-allowed": { status: 405, message: "this address is asked in another way: see the header `Allow`" },
  "not-authenticated": { status: 401, message: "say who asks: `Authorization: Bearer …` with the shop's secret or a customer's token" },
  "not-authorised": { status: 403, message: "a customer's token may ask this for that customer alone" },
  "unsupported-type": { status: 415, message: "send JSON, with the header `Content-Type: application/json`" },
  "unsupported-encoding": { status: 415, message: "send the body as it is, without `Content-Encoding`" },
  "too-large": { status: 413, message: "too large; send less at once" },
  "too-deep": { status: 400, message: "nested too deep; flatten it" },
  "too-slow": { status: 408, message: "the body did not come in time; send it again" },
  "cut-off": { status: 400, message: "the body ended before it was whole; send it again" },
  "not-utf-8": { status: 400, message: "the body is not in UTF-8" },
  "not-json": { status: 400, message: "the body is no JSON" },
  "duplicate-key": { status: 400, message: "the object has this key twice, and only one would count; give each its own" },
  "unknown-field": { status: 400, message: "there is no such field here; `GET /openapi.json` lists them" },
  "wrong-type": { status: 400, message: "another type is expected; see `GET /openapi.json`" },
  "out-of-range": { status: 400, message: "out of the range of this field" },
  "not-allowed": { status: 400, message: "not allowed here; leave it out" },
  "too-many-requests": { status: 429, message: "too many requests; ask again after the seconds of `Retry-After`" },
  "store-unreachable": { status: 503, message: "the database does not answer; send the same again later" },
  stopping: { status: 503, message: "the server stops; send the same again later" },
  internal: { status: 500, message: "the server failed; its log says where. Send the same again later" },
  "already-running": { status: 409, message: "another process does this run" },
  "taken-over": { status: 409, message: "another process took this run over" },
  "order-changed": { status: 409, message: "the customers came in another order; give them sorted" },
  "send-timeout": { status: 504, message: "`send` did not answer in time, so nobody knows whether the message went" },
  "stood-still": { status: 504, message: "this process stood still after it had noted that it was about to; it did not, and a person must look" },
  "store-full": { status: 503, message: "the store has no room left, and nothing was stored; make room on its disk" },
  "store-newer": { status: 503, message: "a later release has changed the store, so this one only reads it; use that release" },
  "store-evicts": { status: 503, message: "Redis deletes keys when its memory is full, and would forget what was said; set `maxmemory-policy` to `noeviction`" },
  "store-foreign": { status: 503, message: "the store holds something else under the same names: give it another prefix, schema or database" },
  busy: { status: 503, message: "too many ask for the same at once; ask again in a while" },
};

export class ServerError extends Error {
  name = "ServerError";

  /** After how many seconds to ask again. @type {number | undefined} */
  retryAfter;
  /** The methods of an address. @type {string | undefined} */
  allow;

  /**
   * @param {string} code of CODES
   * @param {string} [path] to the field that is wrong
   * @param {string} [message] absent: the code's sentence
   */
  constructor(code, path = "", message = CODES[code]?.message ?? code) {
    super(path ? `${path}: ${message}` : message);
    this.code = code;
    this.path = path;
    this.status = CODES[code]?.status ?? 500;
    this.problems = [{ code, path, message }];
  }

  /**
   * What the engine refuses, with its paths as who sent it wrote them.
   * @param {unknown} error
   * @param {(path: string) => string} pathOf
   * @returns {unknown} another error is itself
   */
  static of(error, pathOf) {
    /** @type {{ code: string, path: string, message: string }[] | undefined} */
    const problems = fieldOf(error, "problems");
    if (!problems?.length || error instanceof ServerError) return error;
    const all = problems.map(({ code, path, message }) => ({ code, path: pathOf(path), message }));
    const one = new ServerError(all[0].code, all[0].path, all[0].message);
    one.status = CODES[one.code]?.status ?? 400;
    one.problems = all;
    return one;
  }
}

/** What the store says of itself, and no caller can mend. */
const OF_STORE = ["store-unreachable", "store-full", "store-newer", "store-evicts", "store-foreign", "busy"];

/** Whether what was asked is wrong, so that asking again changes nothing. @param {unknown} error */
export const isMistake = (error) => Array.isArray(fieldOf(error, "problems")) && !OF_STORE.includes(fieldOf(error, "code"));
