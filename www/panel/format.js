import { locale } from "../shop/language.js";

/** The shop's zone: the panel tells its day and its hour, wherever the device is. */
const timeZone = "Europe/Madrid";
const short = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone });
const long = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone });
const hour = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
/** Swedes write a time as ISO 8601 does. */
const iso = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "medium", timeZone });
const relative = new Intl.RelativeTimeFormat(locale);
const list = new Intl.ListFormat(locale);

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** @param {number} at epoch milliseconds, as everything here */
export const date = (at) => long.format(at);
/** @param {number} at */
export const time = (at) => hour.format(at);
/** @param {number} at */
export const moment = (at) => short.format(at);
/** @param {string[]} names */
export const listed = (names) => list.format(names);

/** The day in the shop. @param {number} at */
export const dayOf = (at) => iso.format(at).slice(0, 10);

/** The instant of an hour of a day in the shop. Its clock is changed at night, at neither end of these. @param {string} day @param {string} hour */
export function instantOf(day, hour) {
  const asUtc = Date.parse(`${day}T${hour}:00Z`);
  return 2 * asUtc - Date.parse(`${iso.format(asUtc).replace(" ", "T")}Z`);
}

/** "in 22 hours". A unit is used from two of it on, so that little is rounded away. @param {number} at @param {number} from */
export function away(at, from) {
  const [unit, length] = UNITS.find(([, length]) => Math.abs(at - from) >= 2 * length) ?? ["second", 1000];
  return relative.format(Math.round((at - from) / length), unit);
}

/** "30 days". @param {number} length */
function span(length) {
  const [unit, one] = UNITS.find(([, one]) => length % one === 0) ?? ["second", 1000];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(length / one);
}

/** One figure of the engine, as a person reads it. @param {string} name @param {unknown} value */
export function figure(name, value) {
  if (name === "gap") return span(Number(value));
  // What is as large as an instant is one; an announcement is named after the instant of the one before.
  if (Number(value) > 1e11) return moment(Number(value));
  return typeof value === "string" ? value : JSON.stringify(value);
}
