// What a server refuses: one list of codes, each with its HTTP status and a sentence that says how to mend it.

/** @type {Record<string, { status: number, message: string }>} */
export const CODES = {
  "missing-field": { status: 400, message: "it is required here" },
  "invalid-value": { status: 400, message: "expected another value" },
  "unknown-customer": { status: 404, message: "nothing is known of this customer; send a fact of them first" },
  "unknown-contact": { status: 404, message: "no contact of this customer has this id; take it from a decision" },
};

export class ServerError extends Error {
  name = "ServerError";

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
}
