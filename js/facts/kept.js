// What is kept of the facts that a page saw: what the engine reads and no more, so many orders, for so long.

import { unite } from "../identity/index.js";
import { instant } from "../ledger/record.js";
import { isObject } from "../told/index.js";

/**
 * @typedef {import("../types.d.ts").Customer} Customer
 * @typedef {{ orders: any[], ratings: any[], cart?: any, refunds: string[], parts: string[] }} Facts `refunds`: what was given back, so that a page
 *   that is loaded again gives nothing back; `parts`: in the guests' facts, the customers who have some
 */

const DAY = 86_400_000;
/** So many orders, ratings and refunds, the latest ones. */
export const MOST = 50;
/** So long an order counts. */
export const LONGEST = 400 * DAY;
/** So long a cart is believed that was seen: most shops forget theirs sooner. */
export const CART = 30 * DAY;
/** No id is longer, and no order has more articles. */
const [LETTERS, ARTICLES] = [200, 100];

/** @type {Record<string, (value: any) => any>} */
const TYPES = {
  text: (value) => (typeof value === "string" && value && value.length <= LETTERS ? value : undefined),
  number: (value) => (Number.isFinite(value) && value >= 0 ? value : undefined),
  boolean: (value) => (typeof value === "boolean" ? value : undefined),
  instant: (value) => (value != null && Number.isFinite(instant(value)) ? instant(value) : undefined),
  texts: (value) => (Array.isArray(value) ? value.filter(TYPES.text).slice(0, ARTICLES) : undefined),
  items: (value) => (Array.isArray(value) ? value.filter(isObject).slice(0, ARTICLES).map((item) => pick(ITEM, item)) : undefined),
};
const ITEM = { sku: "text", family: "text", quantity: "number", price: "number", returnedAt: "instant", gift: "boolean" };
const ORDER = {
  id: "text",
  number: "text",
  at: "instant",
  paid: "boolean",
  renewal: "boolean",
  promisedBy: "instant",
  shippedAt: "instant",
  deliveredAt: "instant",
  cancelledAt: "instant",
  returnedAt: "instant",
  refundedAt: "instant",
  refunded: "number",
  total: "number",
  items: "items",
};
const SEEN_CART = { total: "number", count: "number", families: "texts", items: "items", at: "instant" };
const RATING = { orderId: "text", sku: "text", score: "number", at: "instant" };

/** The fields that are kept, where they are of their type. @param {Record<string, string>} fields @param {any} value @returns {any} */
function pick(fields, value) {
  const picked = Object.entries(fields).map(([name, type]) => [name, TYPES[type](value[name])]);
  return Object.fromEntries(picked.filter(([, one]) => one !== undefined));
}

/**
 * The latest of a list. What a clock that ran ahead has written is as old as the clock says now.
 * @param {unknown} list
 * @param {Record<string, string>} fields
 * @param {number} now
 */
function latest(list, fields, now) {
  const all = (Array.isArray(list) ? list : []).filter(isObject).map((one) => pick(fields, one));
  for (const one of all) one.at = Math.min(one.at ?? now, now);
  return all
    .filter(({ at }) => at > now - LONGEST)
    .sort((one, other) => other.at - one.at)
    .slice(0, MOST);
}

/**
 * What a store has, whoever wrote it.
 * @param {any} value
 * @param {number} now
 * @returns {Facts}
 */
export function factsFrom(value, now) {
  const { orders, ratings, cart, refunds, parts } = isObject(value) ? value : {};
  const texts = (/** @type {unknown} */ list) => (TYPES.texts(list) ?? []).slice(-MOST);
  const seen = isObject(cart) ? pick(SEEN_CART, cart) : {};
  return {
    orders: latest(orders, ORDER, now).filter(({ id }) => id),
    ratings: latest(ratings, RATING, now).filter(({ score }) => score <= 10),
    ...(seen.at > now - CART && { cart: { ...seen, at: Math.min(seen.at, now) } }),
    refunds: texts(refunds),
    parts: texts(parts),
  };
}

/**
 * The facts with what an event told. `orders`, `ratings` and `cart` are of the patch that js/shop/remember.js made of it.
 * @param {Facts} facts
 * @param {Partial<Customer>} patch
 * @param {number} now
 * @param {(at: number | undefined) => boolean} isOwn whether the cart that is kept is the one that the patch began with: another tab may have another
 * @returns {Facts}
 */
export function withPatch(facts, patch, now, isOwn) {
  const orders = Array.isArray(patch.orders) ? patch.orders.slice(-1) : [];
  const ratings = Array.isArray(patch.ratings) ? patch.ratings.slice(-1) : [];
  const customer = { orders: together(facts.orders, latest(orders, ORDER, now)), ratings: [...facts.ratings, ...latest(ratings, RATING, now)] };
  // Without anything but its instant it is unknown, since then.
  const at = Math.max(now, (facts.cart?.at ?? 0) + 1);
  const cart = "cart" in patch ? { ...(patch.cart && isOwn(facts.cart?.at) ? pick(SEEN_CART, patch.cart) : {}), at } : facts.cart;
  // To look at a cart does not change it.
  if (cart && isTold(cart) && facts.cart && JSON.stringify({ ...cart, at: 0 }) === JSON.stringify({ ...facts.cart, at: 0 })) cart.at = facts.cart.at;
  const others = factsFrom({ ...facts, ...customer, cart: undefined }, now);
  return cart ? { ...others, cart } : others;
}

/**
 * The orders of both lists, the copies of one united by the rules of `querencia/identity`. To unite whole lists takes a tenth of a second.
 * @param {readonly any[]} known
 * @param {readonly any[]} others
 * @returns {any[]}
 */
function together(known, others) {
  /** @type {any[]} */
  let all = [...known];
  for (const order of others) {
    const copies = all.filter(({ id }) => id === order.id);
    // What the shop wrote holds whole.
    if (copies.length > 0 && copies.every(({ updatedAt }) => updatedAt != null) && order.updatedAt == null) continue;
    const joined = copies.length > 0 ? unite({ customer: { orders: copies } }, { customer: { orders: [order] } }).customer.orders : undefined;
    all = [...all.filter(({ id }) => id !== order.id), ...(joined ?? [order])];
  }
  return all;
}

/** Whether a cart says what is in it. @param {any} cart */
const isTold = (cart) => cart && (cart.items || cart.total !== undefined || cart.count !== undefined);

/**
 * A customer with what was seen. Who has the same order in both is united by the rules of `querencia/identity`; the cart that the page prints wins,
 * unless the one that was seen is known to be newer.
 * @param {Customer} printed
 * @param {Facts[]} all of the guests, and of the customer
 * @returns {Customer}
 */
export function withSeen(printed, all) {
  /** @type {any} */
  let cart;
  /** @type {any[]} */
  let orders = [];
  /** @type {any[]} */
  let ratings = [];
  for (const facts of all) {
    if (!(cart?.at >= facts.cart?.at)) cart = facts.cart ?? cart;
    orders = together(orders, facts.orders);
    ratings = [...ratings, ...facts.ratings];
  }
  const isSeen = orders.length > 0;
  orders = together(printed.orders ?? [], orders);
  if (ratings.length > 0) ratings = unite({ customer: { ratings: printed.ratings } }, { customer: { ratings } }).customer.ratings ?? [];
  const isNewer = !isObject(printed.cart) || (printed.cart?.at != null && Number(cart?.at) > instant(printed.cart.at));
  return {
    ...printed,
    ...(isSeen && { orders }),
    ...(ratings.length > 0 && { ratings }),
    ...(isTold(cart) && isNewer && { cart }),
  };
}
