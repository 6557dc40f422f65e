// What an event says about the customer: orders, the cart and ratings. It is remembered until the reader leaves the page.

import { instant } from "../ledger/record.js";
import { costOf, thousandthsOf } from "../money/index.js";
import { countable, isObject, present, told } from "../told/index.js";

/**
 * @typedef {import("../types.d.ts").Customer} Customer
 * @typedef {import("./index.d.ts").EventData} EventData
 * @typedef {EventData & { name: string }} Event
 * @typedef {NonNullable<Customer["orders"]>[number]} Order
 * @typedef {NonNullable<Customer["cart"]>} Cart
 * @typedef {NonNullable<Cart["items"]>[number]} Item
 */

/** The articles that an event has put into the cart. Of the others nobody knows whether an event tells of them before or after. */
const added = new WeakSet();

/** How long after an order its cart may still be touched. A cart that was changed later is another. */
const GRACE = 300_000;

/** For how long an order is thanked for: a purchase that is older is the page of an old order, loaded again. */
const WINDOW = 7 * 86_400_000;

/**
 * The event for the engine, its order and articles as they are meant. An order that the customer already has keeps its known fields, such
 * as `at`. What is no object goes to the engine as it is, to be refused with its path.
 * @param {Customer} customer
 * @param {string} name
 * @param {EventData | undefined} given
 * @param {number} now
 * @returns {Event}
 */
export function eventOf(customer, name, given, now) {
  const data = present(given);
  if (data && !isObject(data)) return /** @type {any} */ (data);
  const items = Array.isArray(data?.items) && { items: told(data.items, countable, "items") };
  const order = told(data?.order, countable);
  if (!isObject(order)) return { ...data, ...items, name };
  const known = orderOf(customer, order.id);
  // What the event tells is as old as the event says, not as what the shop has written since.
  const { updatedAt, ...rest } = known ?? {};
  // The event may name it by its number.
  return { ...data, ...items, name, order: { at: now, ...rest, ...order, ...(known?.id != null && { id: known.id }) } };
}

/** Whether an event is the page of an old order, loaded again. @param {Event} event @param {number} now */
export function isOld({ name, order }, now) {
  return name === "purchase" && instant(order?.at) < now - WINDOW;
}

/**
 * @param {Customer} customer
 * @param {Event} event
 * @param {number} now
 * @returns {Partial<Customer>} the fields that change
 */
export function remember(customer, event, now) {
  const { name, order, partial } = event;
  const { cart } = customer;
  const items = Array.isArray(event.items) ? /** @type {Item[]} */ (event.items.filter(isObject)) : undefined;
  const value = typeof event.value === "number" && isFinite(event.value) && event.value >= 0 ? event.value : undefined;
  const known = orderOf(customer, order?.id);
  /** @param {object} news */
  const withOrder = (news) => ({
    orders: [...ordersOf(customer).filter((order) => order !== known), /** @type {Order} */ (news)],
  });

  switch (name) {
    case "purchase":
      return {
        // An order that is not paid has bought nothing yet.
        ...(order?.paid !== false && !(instant(cart?.at) > instant(order?.at) + GRACE) && { cart: cartOf() }),
        // What the shop has written of it stays beside the event's copy: the engine knows which is newer.
        ...(order?.id != null && known?.updatedAt == null && withOrder(order)),
      };
    case "refund":
      // Nothing was given back, or an amount that nobody can read: that is not the whole order.
      return known && !partial && (value || items?.length || present(event.value) === undefined) ? withOrder({ ...known, ...refunded(known, items, value, now) }) : {};
    case "view_cart":
      return { cart: seenCart(items, value) };
    case "add_to_cart":
      return cart ? { cart: more(cart, items, value) } : {};
    case "remove_from_cart":
      return cart ? { cart: less(cart, items, value) } : {};
    case "rate":
      return rated(customer, event, now);
    default:
      return {};
  }
}

/**
 * The order of this id, else the only one of this number.
 * @param {Customer} customer
 * @param {string | null} [id]
 */
function orderOf(customer, id) {
  if (id == null) return undefined;
  const orders = ordersOf(customer);
  const numbered = orders.filter(({ number }) => number === id);
  return orders.find((order) => order.id === id) ?? (numbered.length === 1 ? numbered[0] : undefined);
}

/** Platforms write `""` for no orders, too. @param {Customer} customer */
function ordersOf({ orders }) {
  return Array.isArray(orders) ? orders.filter(isObject) : [];
}

/**
 * What a refund changes in its order. It is one of the whole order if it gives back what was paid, or what the articles cost: Google's
 * `value` is without postage. If it tells no amount, it is one of the articles that it lists; without a list, of all.
 * @param {Order} order
 * @param {Item[] | undefined} items
 * @param {number | undefined} value
 * @param {number} now
 */
function refunded({ total, refunded, items: listed }, items, value, now) {
  const bought = Array.isArray(listed) ? listed : undefined;
  const whole = Math.min(total ?? Infinity, (bought?.length && costOf(bought)) || Infinity);
  if (value && whole < Infinity) {
    const back = (refunded ?? 0) + value;
    return back < whole ? { refunded: back } : { refunded: back, refundedAt: now };
  }
  /** @param {readonly Item[]} list @param {Item} item */
  const quantity = (list, { sku }) => thousandthsOfAll(list.filter((item) => item.sku === sku));
  const all = !items?.length || (bought?.length && bought.every((item) => item.sku != null && quantity(items, item) >= quantity(bought, item)));
  return all ? { refundedAt: now } : {};
}

/**
 * A rating that the customer gives: of an order, of an article, or of the shop.
 * @param {Customer} customer
 * @param {Event} event
 * @param {number} now
 */
function rated({ ratings }, { score, orderId, sku }, now) {
  const told = { orderId: present(orderId), sku: present(sku) };
  if (typeof score !== "number" || !(score >= 0 && score <= 10)) return {};
  const rating = /** @type {NonNullable<Customer["ratings"]>[number]} */ ({ ...told, score, at: now });
  return { ratings: [...(Array.isArray(ratings) ? ratings : []), rating] };
}

/** How many articles there are. @param {readonly Item[]} items */
function thousandthsOfAll(items) {
  let sum = 0;
  for (const item of items) sum += thousandthsOf(item);
  return sum;
}

/**
 * A cart that was seen whole. Without articles it is empty, unless it is worth something.
 * @param {Item[]} [items]
 * @param {number} [value]
 * @returns {Cart | undefined}
 */
function seenCart(items, value) {
  if (items && (items.length || !value)) return cartOf(items, value);
  return value === undefined ? undefined : { total: value };
}

/**
 * @param {readonly Item[]} [items]
 * @param {number} [total] absent: the sum of the items, when all prices are known
 * @returns {Cart}
 */
function cartOf(items = [], total = costOf(items)) {
  const thousandths = thousandthsOfAll(items);
  return {
    total,
    families: [...new Set(items.flatMap(({ family }) => family ?? []))],
    // With a quantity that nobody can read, neither the number of articles is known nor what the engine would make of the list.
    ...(thousandths >= 0 && { count: thousandths / 1000, items: [...items] }),
  };
}

/**
 * A cart that a page prints. With a quantity that nobody can read its list says neither how many articles there are nor what they cost.
 * @template {Cart | null | undefined} C
 * @param {C} cart
 */
export function printedCart(cart) {
  if (!Array.isArray(cart?.items) || cart.items.every((item) => thousandthsOf(item) > 0)) return cart;
  const { families } = cartOf(cart.items);
  return { families, ...cart, items: undefined };
}

/**
 * The cart with what was added. It is unknown if the page or `view_cart` has shown an article of them in it already: a shop may tell
 * the event before it prints the cart, or after.
 * @param {Cart} cart
 * @param {Item[]} [items]
 * @param {number} [value]
 * @returns {Cart | undefined}
 */
function more(cart, items = [], value) {
  const before = itemsOf(cart);
  const isNew = (/** @type {Item} */ { sku }) =>
    before?.every((item) => added.has(item) || (sku != null && item.sku != null && item.sku !== sku));
  if (!before || !items.length || !items.every(isNew)) return undefined;
  const news = items.map((item) => ({ ...item }));
  for (const item of news) added.add(item);
  const joined = cartOf([...before, ...news], changed(cart, value ?? costOf(items)));
  return { ...joined, families: [...new Set([cart.families ?? [], joined.families ?? []].flat())] };
}

/**
 * The cart without what was taken out. It is unknown unless an event of this visit had put it in.
 * @param {Cart} cart
 * @param {Item[]} [items]
 * @param {number} [value]
 * @returns {Cart | undefined}
 */
function less(cart, items = [], value) {
  const rest = itemsOf(cart)?.slice();
  for (const item of items) {
    const left = (/** @type {Item} */ other) => thousandthsOf(other) - thousandthsOf(item);
    const index = rest?.findIndex((other) => added.has(other) && other.sku === item.sku && left(other) >= 0) ?? -1;
    if (!rest || index < 0) return undefined;
    const part = { ...rest[index], quantity: left(rest[index]) / 1000 };
    added.add(part);
    rest.splice(index, 1, ...(part.quantity ? [part] : []));
  }
  return rest && items.length ? cartOf(rest, changed(cart, -(value ?? costOf(items) ?? NaN))) : undefined;
}

/** The articles in a cart; undefined: they are not known. @param {Cart} cart */
function itemsOf({ items, count }) {
  return Array.isArray(items) ? items : count === 0 ? [] : undefined;
}

/** The total after a change; undefined: it is unknown. @param {Cart} cart @param {number} [by] */
function changed({ total, items }, by = NaN) {
  const after = (total ?? costOf(items ?? []) ?? NaN) + by;
  return after >= 0 ? after : undefined;
}
