// The day, week, month or year of the shop in which an instant lies, and when an offer ends. The engine reckons alike.

import { zonesOf } from "../../zones/index.js";

/** @typedef {import("../../types.d.ts").Policy} Policy */

const DAY = 86_400_000;
const LENGTHS = /** @type {Record<string, number>} */ ({ s: 1000, m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY });

/** @param {unknown} text as `14d` */
export function lengthOf(text) {
  const [, number, unit] = /^(\d+)([smhdw])$/.exec(String(text)) ?? [];
  return unit ? Number(number) * LENGTHS[unit] : undefined;
}

/** The zone's offsets around an instant: minutes east of UTC from each instant on. @param {number} at @param {string} zone */
function offsets(at, zone) {
  return zonesOf(at, undefined, zone)?.[zone] ?? [[0, 0]];
}

/** The date that a wall calendar of the zone shows, as `2026-11-22`. @param {number} at @param {string} zone */
export function dateAt(at, zone) {
  const table = offsets(at, zone);
  const [, minutes] = table.findLast(([from]) => from <= at) ?? table[0];
  return new Date(at + minutes * 60_000).toISOString().slice(0, 10);
}

/** The first instant of a date in the zone. @param {string} date @param {string} zone */
export function beginOf(date, zone) {
  const midnight = Date.parse(date);
  const table = offsets(midnight, zone);
  const starts = table.map(([from, minutes], index) => {
    const begins = Math.max(midnight - minutes * 60_000, index === 0 ? -Infinity : from);
    return begins < (table[index + 1]?.[0] ?? Infinity) ? begins : Infinity;
  });
  return Math.min(...starts);
}

/**
 * A name of the unit, the same for each of its instants: the date on which it begins.
 * @param {number} at
 * @param {"day" | "week" | "month" | "year"} per
 * @param {string} zone
 */
export function unitOf(at, per, zone) {
  const date = dateAt(at, zone);
  if (per === "month") return date.slice(0, 7);
  if (per === "year") return date.slice(0, 4);
  if (per === "day") return date;
  // A week begins on its Monday.
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  return `week-${new Date(Date.parse(date) - weekday * DAY).toISOString().slice(0, 10)}`;
}

/** When a unit of that name ends, give or take a day; Infinity: no unit has such a name. @param {string} unit */
export function aboutEndOf(unit) {
  const [, week, year, month, day] = /^(week-)?(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(unit) ?? [];
  if (!year) return Infinity;
  if (day) return Date.parse(`${year}-${month}-${day}`) + (week ? 7 : 1) * DAY;
  return month ? Date.UTC(Number(year), Number(month)) : Date.UTC(Number(year) + 1, 0);
}

/**
 * When a code that is made now must expire; undefined: nothing ends it.
 * @param {{ validFor?: string | null, until?: string | number | null }} offer
 * @param {number} now
 * @param {string} zone the shop's
 */
export function expiryOf({ validFor, until }, now, zone) {
  const ends = [];
  if (validFor != null) ends.push(now + (lengthOf(validFor) ?? Infinity));
  // A date is the last on which it is valid.
  if (typeof until === "string" && /^\d{4}-\d\d-\d\d$/.test(until)) {
    ends.push(beginOf(new Date(Date.parse(until) + DAY).toISOString().slice(0, 10), zone));
  } else if (until != null) ends.push(typeof until === "number" ? until : Date.parse(until));
  const first = Math.min(...ends);
  return Number.isFinite(first) ? first : undefined;
}
