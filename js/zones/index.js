// The offsets of the zones that a moment needs, from the host's Intl. So the engine needs no zone database.

import { HORIZON, MAX_INSTANT } from "../constants.js";
import { present } from "../told/index.js";

/** @typedef {[from: number, minutes: number][]} Table minutes east of UTC from each instant on */

const WEEK = 604_800_000;
/** A table begins one block before the moment's block and ends two after it. A decision looks one block ahead. */
const BLOCK = HORIZON;

/** @type {Map<string, Table>} */
const tables = new Map();
/** @type {Map<string, Record<string, Table>>} the same arguments give the same object: a handle that has it need not pass it again */
const answers = new Map();

/**
 * The customer's zone and the shop's. If the customer's is unknown, all zones of the country instead of it.
 * @param {unknown} now an instant; for any other value there is no table
 * @param {string | null} [zone] the customer's
 * @param {string | null} [shop] the shop's
 * @param {string | null} [country] ISO 3166
 * @returns {Record<string, Table> | undefined}
 */
export function zonesOf(now, zone, shop, country) {
  const at = typeof now === "string" ? +new Date(now) : now;
  if (typeof at !== "number" || !(at >= 0 && at <= MAX_INSTANT)) return undefined;
  const block = Math.floor(at / BLOCK);

  const key = JSON.stringify([block, zone, shop, country]);
  const known = answers.get(key);
  if (known) return known;

  const names = [...(valid(zone) ? [zone] : zonesIn(country)), shop].filter(valid);
  const answer = Object.fromEntries(names.map((name) => [name, table(name, block)]));
  if (answers.size >= 1000) answers.clear();
  answers.set(key, answer);
  return answer;
}

/**
 * @param {unknown} zone
 * @returns {zone is string}
 */
export function valid(zone) {
  try {
    return typeof zone === "string" && !!clock(zone);
  } catch {
    return false;
  }
}

/** @param {string} zone */
function clock(zone) {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
}

/** @param {string | null} [country] */
function zonesIn(country) {
  try {
    const region = /** @type {any} */ (new Intl.Locale(`und-${country}`));
    return region.getTimeZones?.() ?? region.timeZones ?? [];
  } catch {
    return [];
  }
}

/**
 * @param {string} zone
 * @param {number} block
 */
function table(zone, block) {
  const key = `${block} ${zone}`;
  const known = tables.get(key);
  if (known) return known;

  const made = changes(zone, Math.max(0, (block - 1) * BLOCK), Math.min(MAX_INSTANT, (block + 3) * BLOCK));
  if (tables.size >= 1000) tables.clear();
  tables.set(key, made);
  return made;
}

/**
 * No zone changes twice within a week, so one look a week finds every change. Bisection finds its instant.
 * @param {string} zone
 * @param {number} from
 * @param {number} to
 */
function changes(zone, from, to) {
  const format = clock(zone);
  /** @param {number} at */
  const minutesAt = (at) => {
    const [, sign, hours, minutes] = /GMT(?:(.)(\d+):(\d+))?/.exec(format.format(at)) ?? [];
    return hours ? (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) : 0;
  };

  /** @type {Table} */
  const found = [[from, minutesAt(from)]];
  for (let start = from, then = minutesAt(from); start < to; start += WEEK) {
    let [before, after] = [start, Math.min(start + WEEK, to)];
    const later = minutesAt(after);
    if (later === then) continue;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (minutesAt(middle) === then) before = middle;
      else after = middle;
    }
    found.push([after, later]);
    then = later;
  }
  return found;
}

/**
 * The zone tables to add to a moment: none if the moment has its own, or if its `now` is no instant.
 * @param {any} moment
 * @param {any} customer
 * @param {{ zone?: string | null, country?: string | null }} shop
 */
export function zonesFor(moment, customer, shop) {
  try {
    if (Object(moment) !== moment || present(moment.zones)) return undefined;
    return zonesOf(moment.now, moment.zone, shop.zone, present(customer?.destination?.country) ?? shop.country);
  } catch {
    // A getter threw. The core reads the value again and names its path.
    return undefined;
  }
}
