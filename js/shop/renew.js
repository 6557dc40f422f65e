// What is known of a customer besides what the page prints now: orders, ratings and a cart that events told of.

/** @typedef {import("../types.d.ts").Customer} Customer */

/**
 * @param {Customer} printed
 * @param {Customer} before
 * @returns {Partial<Customer>} what the page does not print
 */
export function alsoKnown(printed, before) {
  const orders = Array.isArray(printed.orders) ? printed.orders : [];
  const others = Array.isArray(before.orders) ? before.orders.filter(({ id, number }) => !orders.some((one) => one?.id === id || (number != null && one?.number === number))) : [];
  return {
    ...(printed.ratings === undefined && before.ratings && { ratings: before.ratings }),
    ...(others.length > 0 && { orders: [...orders, ...others] }),
    ...(printed.cart === undefined && before.cart && { cart: before.cart }),
  };
}
