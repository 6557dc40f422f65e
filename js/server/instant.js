// An instant that somebody tells, by the rule of the engine (src/reader/value.rs): whole milliseconds since 1970, or a text of RFC 3339 with its
// zone. What must be seconds is refused: taken for milliseconds it would be January 1970, and what was told with it would count as long outdated.

import { ServerError } from "./errors.js";

/** As a number of seconds this is the end of the year 4970, as milliseconds the beginning of 1973: a lower one is told in seconds. */
const LEAST = 94_694_400_000;
const MOST = 253_402_300_799_999;

const TEXT = /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?)(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * @param {unknown} told
 * @param {string} path where it stands, for problems
 * @returns {number} in epoch milliseconds
 */
export function instantAt(told, path) {
  if (typeof told !== "number" && typeof told !== "string") throw new ServerError("wrong-type", path, "expected epoch milliseconds or an RFC 3339 text as `2026-12-31T09:00:00Z`");
  const at = typeof told === "number" ? told : millisecondsOf(told);
  if (typeof told === "string" && Number.isNaN(at)) throw new ServerError("invalid-value", path, "not an RFC 3339 instant; write it as `2026-12-31T09:00:00Z`");
  if (at % 1 !== 0 && Number.isFinite(at)) throw new ServerError("invalid-value", path, "not a whole number of milliseconds; round it");
  if (typeof told === "number" && at >= 0 && at < LEAST) {
    throw new ServerError("invalid-value", path, "before 1973: are these seconds? give milliseconds, or a text as `2026-12-31T09:00:00Z`");
  }
  if (!(at >= 0 && at <= MOST)) throw new ServerError("out-of-range", path, "an instant before 1970 or after 9999; give milliseconds since 1970");
  return at;
}

/** @param {string} text NaN: it is no instant */
function millisecondsOf(text) {
  const [, date, time, zone] = TEXT.exec(text) ?? [];
  if (date === undefined) return NaN;
  // 30 February would be 2 March.
  const begin = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(begin) || !new Date(begin).toISOString().startsWith(date)) return NaN;
  return Date.parse(`${date}T${time}${zone.toUpperCase()}`);
}
