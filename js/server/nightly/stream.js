// The customers of a run, one after the other, from where an earlier one came to.

import { partOf } from "../../ledger/part.js";
import { ServerError } from "../errors.js";

/**
 * @typedef {import("../night.d.ts").NightlyOptions["customers"]} Customers
 * @typedef {import("./run.js").Progress} Progress
 * @typedef {{ id: unknown, facts?: Record<string, any>, position: string }} One `position`: what tells where the run came to
 */

/** So many parts are listed at once. */
const PAGE = 500;

/**
 * @param {import("../store.d.ts").ServerStore} store
 * @param {Customers} customers
 * @param {Progress | undefined} progress
 * @returns {AsyncGenerator<One, void, void>}
 */
export async function* stream(store, customers, progress) {
  if (customers === undefined) return yield* known(store, progress?.after);
  if (typeof customers === "function") {
    const given = /** @type {any} */ (await customers(progress?.after));
    if (typeof given !== "object" || !(given?.[Symbol.iterator] ?? given?.[Symbol.asyncIterator])) throw new ServerError("wrong-type", "customers", "the function gave no list, no iterator and no query of ids");
    for await (const one of given) yield read(one, (id) => String(id));
    return;
  }
  let skip = progress?.done ?? 0;
  for await (const given of customers) {
    // The id itself is not kept: a hash is enough to see that the order is the same.
    const one = read(given, (id) => partOf({ id: /** @type {any} */ (String(id)) }));
    if (skip === 0) yield one;
    else if (--skip === 0 && one.position !== progress?.after) {
      throw new ServerError("order-changed", "customers", "the customers came in another order than in the run that was interrupted; give them sorted, or begin with `again`");
    }
  }
}

/** @param {unknown} given @param {(id: unknown) => string} position @returns {One} */
function read(given, position) {
  if (typeof given !== "object" || given === null) return { id: given, position: position(given) };
  const { id, ...facts } = /** @type {any} */ (given);
  return { id, position: position(id), ...(Object.keys(facts).length > 0 && { facts }) };
}

/** All whom the store knows. @param {import("../store.d.ts").ServerStore} store @param {string} [after] @returns {AsyncGenerator<One, void, void>} */
async function* known(store, after) {
  for (;;) {
    const parts = await store.parts({ after, limit: PAGE });
    if (parts.length === 0) return;
    for (const part of parts) {
      const id = (await store.facts?.(part))?.customer?.id;
      // The guests, and what is none of a customer.
      if (id !== undefined) yield { id, position: part };
    }
    after = parts.at(-1);
  }
}
