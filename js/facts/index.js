// Facts that the page saw itself: orders, the cart and ratings, of events that a platform or a program told. They are kept a part a customer,
// where the shopper allows it, so that on the next page calm, what was bought and what waits in the cart are known of a guest, too.

import { partOf } from "../ledger/part.js";
import { isObject, present, told } from "../told/index.js";
import { factsFrom, withPatch, withSeen } from "./kept.js";

/**
 * @typedef {import("../shop/index.d.ts").Options} Options
 * @typedef {{ facts(part: string): Promise<any>, putFacts(part: string, facts: any): Promise<void>, lasting?: boolean }} Shelf
 * @typedef {{ at?: number, none?: boolean }} Known the cart that this visit began with. `none`: the customer wants none to be looked at
 */

/** Tells the loader that something is kept, and each time that it changed. */
const MARK = "querencia-facts";

/** When the cart was seen that each visit knows. @type {WeakMap<object, Known>} */
const carts = new WeakMap();

/**
 * The options of a visit, its customer with what was seen. Where the engine refuses that, it is deleted.
 * @param {Options} options
 * @param {Shelf} store
 * @param {import("../index.d.ts").Engine} engine
 * @param {object} visit
 * @returns {Promise<Options>}
 */
export async function seenBy(options, store, engine, visit) {
  const printed = present(told(options.customer)) ?? {};
  const part = partOf(printed);
  const now = (options.clock ?? Date.now)();
  const all = await Promise.all([...new Set(["", part])].map(async (one) => factsFrom(await store.facts(one), now)));
  const known = new Set(all.flatMap(({ refunds }) => refunds));
  const { platform } = options;
  const own = platform && {
    ...(platform.apply && { apply: platform.apply.bind(platform) }),
    /** @type {import("../shop/index.d.ts").Platform["start"]} */
    start: (emit, ...more) =>
      platform.start((name, data) => {
        // Its page was loaded again.
        if (name === "refund" && keysOf(data).some((key) => known.has(key))) return;
        emit(name, data);
      }, ...more),
  };
  const united = { ...options, ...(own && { platform: own }) };
  const { consent } = options;
  const none = [printed.consent, typeof consent === "function" ? consent() : consent].some((one) => one?.cart === false);
  carts.set(visit, { none, at: Math.max(...all.map(({ cart }) => cart?.at ?? 0)) || undefined });
  if (!isWhole(printed) || all.every(({ orders, ratings, cart }) => !orders.length && !ratings.length && !cart)) return united;
  const customer = withSeen(printed, all);
  try {
    engine.customer(customer).free();
  } catch {
    // It is not for what the page prints that it is refused.
    if (isAccepted(engine, options.customer)) await forget(store, part);
    return united;
  }
  return { ...united, customer };
}

/** Whether the page's customer can be united: what is no list of objects is for the engine to refuse. @param {any} printed */
function isWhole(printed) {
  return isObject(printed) && [printed.orders, printed.ratings].every((list) => list == null || (Array.isArray(list) && list.every(isObject)));
}

/** @param {import("../index.d.ts").Engine} engine @param {any} customer */
function isAccepted(engine, customer) {
  try {
    engine.customer(customer ?? {}).free();
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps what an event told.
 * @param {Shelf} store
 * @param {string} part
 * @param {import("../shop/remember.js").Event} event
 * @param {Partial<import("../types.d.ts").Customer>} patch what it changed of the customer
 * @param {number} now
 * @param {object} visit
 */
export async function keep(store, part, event, { ...patch }, now, visit) {
  const { name } = event;
  if (carts.get(visit)?.none) delete patch.cart;
  if (!("cart" in patch || "orders" in patch || "ratings" in patch)) return;
  // What shows the whole cart needs none before it.
  const isWhole = name === "view_cart" || name === "purchase";
  await alone(async () => {
    /** @param {string} one @param {(facts: import("./kept.js").Facts) => any} change */
    const put = async (one, change) => store.putFacts(one, change(factsFrom(await store.facts(one), now)));
    await put(part, (facts) => {
      const known = carts.get(visit);
      const next = withPatch(facts, patch, now, (at) => isWhole || !at || at <= Number(known?.at ?? 0));
      if ("cart" in patch) carts.set(visit, { ...known, at: next.cart?.at });
      return name === "refund" ? { ...next, refunds: [...new Set([...next.refunds, ...keysOf(event)])] } : next;
    });
    if (part) {
      await put("", ({ cart, ...facts }) => ({
        ...facts,
        parts: [...new Set([...facts.parts, part])],
        // The guest's cart became the customer's.
        ...(cart && { cart: "cart" in patch ? { at: now } : cart }),
      }));
    }
    // What does not outlive the page is nothing for the loader of the next.
    if (store.lasting !== false) mark(Math.random());
  });
}

/** Deletes what is kept of everybody. @param {Shelf} store @param {string} [part] */
export function forget(store, part = "") {
  return alone(async () => {
    const { parts } = factsFrom(await store.facts(""), Date.now());
    for (const one of new Set([...parts, part, ""])) await store.putFacts(one, null);
    mark();
  });
}

/** Names a refund: of which order, by its id or its number, and what was given back. @param {any} event @returns {string[]} */
function keysOf(event) {
  const items = Array.isArray(event?.items) ? event.items.map((/** @type {any} */ item) => [item?.sku, item?.quantity]) : undefined;
  const names = [event?.order?.id, event?.order?.number].filter((name) => name != null);
  return names.map((name) => partOf({ id: JSON.stringify([name, event.value, items]) }));
}

/** @param {number} [stamp] absent: nothing is kept */
function mark(stamp) {
  try {
    // What was asked before knew otherwise. After a no nothing is written.
    localStorage.removeItem("querencia-asked");
    if (stamp === undefined) localStorage.removeItem(MARK);
    else localStorage[MARK] = stamp;
  } catch {
    // no storage: the loader spares nothing
  }
}

/** What this page writes comes one after the other. @type {Promise<unknown>} */
let queue = Promise.resolve();

/** Runs alone in this browser: two tabs must not each write over what the other has read. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
function alone(work) {
  const done = queue.then(() => {
    try {
      return navigator.locks.request(MARK, work);
    } catch {
      // An older browser, or a page without https: then the last one to write wins.
      return work();
    }
  });
  queue = done.catch(() => {});
  return /** @type {Promise<T>} */ (done);
}
