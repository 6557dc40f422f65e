// The table of a published policy: whether anything may be said on a page. A row says *may*, never *will*: wherever the engine would
// speak, a row fits (tests/js/published.test.js). So a page that fits no row needs no engine.

/**
 * What a page is. An event `*` may be any; `now` in milliseconds; `customer`: the theme printed a customer's island.
 * @typedef {{ placements: readonly string[], events: readonly string[], now: number, customer: unknown }} Page
 *
 * A row of the table. What it leaves out may be anything. `until` is the first instant at which the row no longer holds.
 * @typedef {{ placement?: string, event?: string, from?: number, until?: number, customer?: boolean }} Row
 */

/**
 * @param {readonly Row[]} rows
 * @param {Page} page
 */
export const mayMatter = (rows, { placements, events, now, customer }) =>
  rows.some(
    (row) =>
      (!row.placement || placements.includes(row.placement)) &&
      (!row.event || events.includes(row.event) || events.includes("*")) &&
      (!row.customer || customer) &&
      // an absent bound compares as false
      !(now < /** @type {number} */ (row.from)) &&
      !(now >= /** @type {number} */ (row.until)),
  );
