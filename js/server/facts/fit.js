// What is kept of one customer has an end. A shop that sells to somebody for twenty years must not be refused the next order, so what is read least goes first.

import { instant } from "../../ledger/record.js";
import { ServerError } from "../errors.js";
import { bytesOf } from "./plain.js";

/** So many bytes are kept of what the shop told of one customer. */
export const MOST_KEPT = 1_048_576;

/**
 * The customer, if need be shortened: first searches and forms, then the articles of the earliest orders, then the earliest ratings and
 * mentions. Orders themselves, conversations, consent and wishes stay.
 * @param {Record<string, any>} customer
 * @param {string} path
 */
export function fitted(customer, path) {
  if (bytesOf(customer) <= MOST_KEPT) return customer;
  const { searches, forms, ...short } = customer;
  const byDate = (Array.isArray(short.orders) ? [...short.orders] : []).sort((a, b) => (instant(a?.at) || 0) - (instant(b?.at) || 0));
  const bare = new Map(byDate.slice(0, -50).map((order) => [order, order?.items ? { ...order, items: undefined } : order]));
  if (short.orders) short.orders = short.orders.map((/** @type {any} */ order) => JSON.parse(JSON.stringify(bare.get(order) ?? order)));
  if (bytesOf(short) > MOST_KEPT) {
    for (const field of ["ratings", "mentions"]) if (short[field]) short[field] = short[field].slice(-50);
  }
  if (bytesOf(short) > MOST_KEPT) throw new ServerError("too-large", path, `more than ${MOST_KEPT} bytes are kept of this customer; send fewer orders and attributes`);
  return short;
}
