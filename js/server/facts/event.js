// Something that happened, as a fact tells it: what it says of the customer, and the event that is decided about.

import { eventOf, isOld, remember } from "../../shop/remember.js";
import { countable, told } from "../../told/index.js";

/**
 * @param {Record<string, any>} customer as they are known
 * @param {{ name: string } & Record<string, any>} given
 * @param {number} time when it happened
 * @param {number} now
 * @returns {{ given: Record<string, any>, event?: any }} fields of the customer; without `event` it is too old to speak of
 */
export function happened(customer, { name, ...data }, time, now) {
  const event = eventOf(customer, name, data, time);
  const patch = /** @type {Record<string, any>} */ (remember(customer, event, time));
  const { orders, ...given } = patch;
  const order = told(data.order, countable);
  if (name === "purchase" && (order?.id ?? order?.number) != null) {
    given.orders = [order];
  } else if (name === "refund" && orders) {
    const { id, number, refunded, refundedAt } = orders.at(-1);
    given.orders = [{ ...(id != null ? { id } : { number }), ...(refunded != null && { refunded }), ...(refundedAt != null && { refundedAt }) }];
  }
  if ("cart" in given) given.cart ??= null;
  return { given, ...(!isOld(event, now) && time > now - WINDOW && { event: { ...event, at: event.at ?? time } }) };
}

/**
 * The order of a purchase was placed when it happened, as long as nobody says otherwise.
 * @template {Record<string, any>} C
 * @param {C} customer
 * @param {Record<string, any>} event
 * @param {number} time
 * @returns {C}
 */
export function dated(customer, { name, order }, time) {
  const id = order?.id ?? order?.number;
  if (name !== "purchase" || id == null || !customer.orders) return customer;
  return { ...customer, orders: customer.orders.map((/** @type {any} */ one) => ((one.id ?? one.number) === id && one.at == null ? { ...one, at: time } : one)) };
}

/** An event that is older is known, and not spoken of. */
const WINDOW = 7 * 86_400_000;
