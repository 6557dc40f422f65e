// What a page tells: its events and its islands.

/** The events that the adapter of ga4 hears; js/platforms/ga4/index.js. */
const HEARD = /^(purchase|refund|(view|add_to|remove_from)_cart|view_item|page_not_found|no_results|lost)$/;
/** Other names of theirs, and the fields of Google's older shapes; js/platforms/ga4/shapes.js. */
const OTHER =
  /\b(dl_)?(purchase|refund|(view|add_?to|remove_?from)_?cart|view_?item)(_stape)?\b|\b(add|remove|detail|checkout|transactionId)\b/i;

/**
 * The event of an entry of the data layer: its name, or `*` for one that only the adapter can read. It may be any event. Undefined: none.
 * @param {any} entry
 * @param {any} name
 * @param {any} facts what Google's shape has beside the name
 */
export const eventIn = (entry, name, facts) =>
  HEARD.test(name) && (!/_[ci]/.test(name) || facts?.items || facts?.value != null)
    ? name
    : OTHER.test([name, Object.keys(Object(facts)), Object.keys(Object(entry))].join())
      ? "*"
      : undefined;

/** Whether something is known of the customer from an event: an order, or a cart. @param {string} name */
export const brings = (name) => /cart$|^pur|^ref|\*/.test(name);

/** What cannot be read has nothing in it. @param {any} text @returns {any} */
export const parse = (text) => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};
