// The shapes in which data layers tell of a shop: Google's; the older one of Universal Analytics (`ecommerce.purchase.actionField`); its first,
// flat one (`transactionId`). What a shop pushed is read, and nothing is kept of it but what comes before its event.

/**
 * What an entry says. `way`: in which words. `isGrand`: `value` is what was paid, with tax and postage, as Universal Analytics has it.
 * @typedef {{ name: string, way: string, id?: unknown, value?: unknown, tax?: unknown, shipping?: unknown, currency?: unknown, items?: unknown, isGrand?: boolean }} Said
 */

/** Google's names, and as Elevar (`dl_`) and Stape (`_stape`) write them. */
const NAMED = /^(?:dl_)?(purchase|refund|view_item|view_cart|add_to_cart|remove_from_cart|page_not_found|no_results|lost)(?:_stape)?$/;
/** Google has no event for these (`view_search_results` has no count): the names are Querencia's, without `ecommerce`. */
export const BARE = /^(page_|no_|lost)/;
/** What the older shape has in `ecommerce`. The first step of its checkout lists the cart. */
const OLDER = Object.entries({
  purchase: "purchase",
  refund: "refund",
  add: "add_to_cart",
  remove: "remove_from_cart",
  detail: "view_item",
  checkout: "view_cart",
});

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isObject = (value) => Object(value) === value;

/** `addToCart` is `add_to_cart`. @param {unknown} name */
function named(name) {
  if (typeof name !== "string" || name.length > 40) return undefined;
  return NAMED.exec(name.replace(/[a-z](?=[A-Z])/g, "$&_").toLowerCase())?.[1];
}

/** @returns {(entry: any) => Said[]} reads the entries of a data layer in their order */
export function shapes() {
  /** `ecommerce` that was pushed without an event: Tag Manager keeps it for the events that come. @type {Record<string, any> | undefined} */
  let before;
  /** The currency that was pushed without an event. @type {unknown} */
  let money;
  /** What of it was told. */
  const told = new WeakSet();

  return (entry) => {
    // Most entries say nothing of a shop.
    if (!isObject(entry)) return [];
    // gtag() pushes its arguments, Tag Manager pushes an object.
    if (entry[0] === "event") return google(named(entry[1]), entry[2]?.ecommerce ?? entry[2], `gtag ${entry[1]}`);
    const { event, transactionId } = entry;
    const name = named(event);
    // As Tag Manager writes gtag's own events down.
    const own = entry.ecommerce ?? entry.eventModel;
    if (entry.ecommerce === null) before = undefined;
    if (own === undefined && !name && transactionId === undefined) return [];
    if (event == null && isObject(own)) {
      before = { ...before, ...own };
      money = currencyOf(own) ?? money;
    }
    const facts = isObject(own) ? own : entry.items || entry.transaction_id || (entry.value && entry.currency) ? entry : before;
    // What an event brings replaces what came before.
    if (own !== undefined && event != null) before = undefined;
    const isGoogles = name && (!isObject(facts) || facts.items || facts.transaction_id || !OLDER.some(([key]) => isObject(facts[key])));
    if (isGoogles) return google(name, facts, event, entry.currency ?? money);
    const all = older(facts, event, name, isObject(own) && event != null ? undefined : told, money);
    return all.length || !transactionId || !(entry.transactionTotal ?? entry.transactionProducts) ? all : [flat(entry)];
  };
}

/** @param {string | undefined} name @param {any} facts @param {string} way @param {unknown} [currency] @returns {Said[]} */
function google(name, facts, way, currency) {
  if (!name) return [];
  if (BARE.test(name)) return [{ name, way }];
  if (!isObject(facts)) return [];
  const { transaction_id: id, value, tax, shipping, items = facts.products } = facts;
  return [{ name, way, id, value, tax, shipping, items, currency: currencyOf(facts) ?? currency }];
}

/**
 * @param {any} facts
 * @param {unknown} event
 * @param {string | undefined} name what the event is in Google's words
 * @param {WeakSet<object>} [told] of facts that came before their event: an order and an article are told with the page, the cart by its event
 * @param {unknown} [money]
 */
function older(facts, event, name, told, money) {
  /** @type {Said[]} */
  const all = [];
  if (!isObject(facts)) return all;
  for (const [key, means] of OLDER) {
    const one = facts[key];
    if (!isObject(one)) continue;
    if (told && (told.has(one) || (means !== name && (event != null || /add|remove/.test(key))))) continue;
    told?.add(one);
    const { actionField: about = one, products: items = one.items } = one;
    const isCart = means === "view_cart";
    // Later steps repeat the list, or a part of it.
    if (isCart && !(isObject(items) && !(about?.step > 1))) continue;
    const { id = about?.transaction_id, revenue, value, tax, shipping } = about ?? {};
    all.push({
      name: means,
      way: `older ${event}`,
      id,
      value: revenue ?? value,
      tax,
      shipping,
      items,
      isGrand: revenue != null,
      currency: currencyOf(about) ?? currencyOf(facts) ?? money,
    });
  }
  return all;
}

/** @param {any} entry @returns {Said} */
function flat(entry) {
  const { transactionId: id, transactionTotal: value, transactionTax: tax, transactionShipping: shipping } = entry;
  const currency = entry.transactionCurrency ?? currencyOf(entry);
  return { name: "purchase", way: "flat", id, value, tax, shipping, currency, items: entry.transactionProducts, isGrand: true };
}

/** @param {any} facts */
function currencyOf(facts) {
  return facts?.currency ?? facts?.currencyCode;
}

/**
 * The articles of a list, or of an object: one article, or several under any keys.
 * @param {unknown} items
 * @returns {any[] | undefined} undefined: none are told
 */
export function listOf(items) {
  if (!isObject(items)) return undefined;
  const isOne = ["item_id", "item_name", "id", "name", "sku"].some((key) => items[key] != null && !isObject(items[key]));
  const list = Array.isArray(items) ? items : isOne ? [items] : Object.entries(items).map(([, item]) => item);
  return list.filter(isObject);
}
