// What an event says about the customer: orders and the cart. It is remembered until the reader leaves the page.

/**
 * @typedef {import("../types.d.ts").Customer} Customer
 * @typedef {import("./index.d.ts").EventData} EventData
 * @typedef {EventData & { name: string }} Event
 * @typedef {NonNullable<Customer["orders"]>[number]} Order
 * @typedef {import("./index.d.ts").Item} Item
 */

/**
 * The event for the engine. An order that the customer already has keeps its known fields, such as `at`.
 * @param {Customer} customer
 * @param {string} name
 * @param {EventData | undefined} data
 * @param {number} now
 * @returns {Event}
 */
export function eventOf(customer, name, data, now) {
  if (!data?.order) return { ...data, name };
  return { ...data, name, order: { at: now, ...orderOf(customer, data.order.id), ...data.order } };
}

/**
 * @param {Customer} customer
 * @param {Event} event
 * @param {number} now
 * @returns {Partial<Customer>} the fields that change
 */
export function remember(customer, { name, order, partial, items, value }, now) {
  const known = orderOf(customer, order?.id);
  /** @param {object} news */
  const withOrder = (news) => [
    ...(customer.orders ?? []).filter((order) => order !== known),
    /** @type {Order} */ (news),
  ];

  switch (name) {
    case "purchase":
      return { cart: cartOf(), ...(order?.id != null && { orders: withOrder(order) }) };
    case "refund":
      return known && !partial ? { orders: withOrder({ ...known, refundedAt: now }) } : {};
    case "view_cart":
      return { cart: cartOf(items, value) };
    case "add_to_cart":
      return { cart: joined(customer.cart ?? cartOf(), cartOf(items, value)) };
    default:
      return {};
  }
}

/**
 * @param {Customer} customer
 * @param {string | null} [id]
 */
function orderOf(customer, id) {
  return customer.orders?.find((order) => id != null && order.id === id);
}

/**
 * @param {Item[]} [items]
 * @param {number} [total] absent: the sum of the items, when all prices are known
 */
function cartOf(items = [], total) {
  const sum = items.reduce((sum, { price, quantity = 1 }) => sum + (price ?? NaN) * quantity, 0);
  return {
    total: total ?? (Number.isNaN(sum) ? undefined : sum),
    count: items.reduce((sum, { quantity = 1 }) => sum + quantity, 0),
    families: [...new Set(items.flatMap(({ family }) => family ?? []))],
    items,
  };
}

/**
 * @param {NonNullable<Customer["cart"]>} cart
 * @param {ReturnType<typeof cartOf>} more
 */
function joined({ total, count, families, items }, more) {
  return {
    total: total == null || more.total === undefined ? undefined : total + more.total,
    count: (count ?? 0) + more.count,
    families: [...new Set([...(families ?? []), ...more.families])],
    items: [...(items ?? []), ...more.items],
  };
}
