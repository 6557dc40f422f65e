// Where `data-policy` is a table of markets: which policy this page has.

import { parse } from "./heard.js";

/**
 * The address for the page's currency, else for the reader's language, else the first.
 * @param {string} policy the table, as JSON: by currency or language the address of a policy
 * @param {string | undefined} currency of the tag
 * @param {ArrayLike<any>} list the data layer
 * @param {(table: Record<string, string>) => string} fitting what a table has for the reader
 * @returns {string}
 */
export function inMarket(policy, currency, list, fitting) {
  const table = parse(policy);
  /** @param {any} told */
  const currencyOf = (told) => told?.currency ?? told?.currencyCode ?? told?.transactionCurrency;
  for (let index = 0; index < list.length; index++) {
    const entry = list[index];
    currency ||= currencyOf(entry?.[0] === "event" ? entry[2] : entry?.ecommerce) ?? currencyOf(entry);
  }
  // as the adapter reads it
  return table[`${currency}`.trim().toUpperCase()] ?? fitting(table);
}
