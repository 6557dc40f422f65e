// A verdict for each request, and the columns that many verdicts become: the same on the host's thread and in a worker.

import { isPlain } from "../load/border.js";

/**
 * @typedef {import("../index.d.ts").Engine} Engine
 * @typedef {Omit<import("./index.d.ts").BatchChunk, "first">} Columns
 * @typedef {(values: any[], indexOf: (word: string | null) => number) => ArrayLike<unknown>} Column
 */

/** @type {Column} any values */
const any = (values) => values.map((value) => value ?? null);
/** @type {Column} numbers; NaN in place of null */
const number = (values) => Float64Array.from(values, (value) => value ?? NaN);
/** @type {Column} 0 or 1 */
const flag = (values) => Uint8Array.from(values, Number);
/** @type {Column} words of a short list */
const word = (values, indexOf) => Uint16Array.from(values, indexOf);

const CONTACT = {
  id: any,
  campaign: word,
  class: word,
  channel: word,
  placement: word,
  occurrence: any,
  at: number,
  expiresAt: number,
  message: any,
  offer: word,
  urgent: flag,
  digest: any,
  why: any,
};

/** The tables of a chunk, with the fields of what their rows are in a decision. @type {Record<string, Record<string, Column>>} */
const TABLES = {
  contacts: CONTACT,
  ghosts: CONTACT,
  entitled: { campaign: word, offer: word, occurrence: any, until: number, code: any },
  refused: { campaign: word, gate: word, code: word, detail: any, retryAt: number, disposition: word, expiresAt: number, also: any },
  tasks: { kind: word, conversation: any, mention: any, order: any, dueAt: number },
  standing: { tier: word, phase: word, because: any },
  errors: { code: word, path: any, message: any },
};

/**
 * A request with what all share, and the customer's id. What is no request the engine refuses, and what throws when it is read.
 * @param {object} moment what all share
 * @param {any} given
 * @returns {{ request: any, customer: string | null }}
 */
export function complete(moment, given) {
  try {
    const request = isPlain(given) ? { ...moment, ...given } : given;
    const id = request?.customer?.id;
    return { request, customer: typeof id === "string" ? id : null };
  } catch {
    return { request: null, customer: null };
  }
}

/**
 * Decides one request. One with mistakes has `errors` in place of a decision.
 * @param {Engine} engine
 * @param {ReturnType<typeof complete>} complete
 */
export function verdictOf(engine, { request, customer }) {
  try {
    const decision = engine.decide(request);
    const { contacts, ghosts, entitled, tasks, standing, nextAt } = decision;
    // `refused` is built when it is read
    const explained = standing && { refused: decision.refused, tasks, standing: [standing] };
    return { customer, contacts, ghosts, entitled, ...explained, nextAt };
  } catch (error) {
    const { problems } = /** @type {{ problems?: import("../types.d.ts").Problem[] }} */ (error);
    if (!problems) throw error;
    return { customer, errors: problems };
  }
}

/**
 * The tables of some verdicts: a column for each field, and the column `row` with the index of the verdict.
 * @param {any[]} verdicts
 * @returns {Columns}
 */
export function columnsOf(verdicts) {
  /** @type {Map<string | null, number>} */
  const indices = new Map([[null, 0]]);
  const indexOf = (/** @type {string | null} */ word) => {
    const index = indices.get(word) ?? indices.size;
    indices.set(word, index);
    return index;
  };
  const tables = Object.entries(TABLES).map(([table, fields]) => {
    /** @type {number[]} */
    const rows = [];
    /** @type {any[]} */
    const values = [];
    verdicts.forEach((verdict, row) => {
      for (const value of verdict[table] ?? []) {
        rows.push(row);
        values.push(value);
      }
    });
    const columns = Object.entries(fields).map(([field, column]) => [field, column(values.map((value) => value[field]), indexOf)]);
    return [table, { row: Uint32Array.from(rows), ...Object.fromEntries(columns) }];
  });
  return {
    customer: verdicts.map(({ customer }) => customer),
    ...Object.fromEntries(tables),
    nextAt: number(verdicts.map(({ nextAt }) => nextAt), indexOf),
    words: [...indices.keys()],
  };
}
