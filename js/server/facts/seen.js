// Which deliveries of events came already, so that one that is sent again changes nothing.

import { canonical, fingerprint } from "../../load/canonical.js";
import { ServerError } from "../errors.js";

/** A delivery is remembered for so long; and of one customer so many. */
export const REMEMBERED = 30 * 86_400_000;
export const MOST_SEEN = 200;

/**
 * @typedef {[at: number, content: string, time?: number | null, contacts?: string[]]} Known `contacts`: the ids of those that it reserved
 * @typedef {Record<string, Known>} Seen by the hash of the source and the id
 * @typedef {{ key: string, content: string, time?: number }} Delivery
 */

/** @param {{ source: string, id: string, body: unknown }} delivery @param {number} [time] @returns {Promise<Delivery>} */
export async function deliveryOf({ source, id, body }, time) {
  const [key, content] = await Promise.all([canonical([source, id]), canonical(body)].map(fingerprint));
  return { key: key.slice(0, 24), content: content.slice(0, 16), ...(time !== undefined && { time }) };
}

/**
 * What is remembered of it, if it came already.
 * @param {Seen | undefined} seen
 * @param {Delivery} delivery
 * @param {string} path
 */
export function seenBefore(seen, { key, content }, path) {
  const known = seen?.[key];
  if (known && known[1] !== content) throw new ServerError("id-reused", path);
  return known;
}

/** @param {Known} known */
export const contactsOf = ([, , , contacts = []]) => contacts;

/**
 * Notes what a delivery has reserved, so that it can be told again.
 * @param {Seen} seen made by `withSeen` in this transaction
 * @param {Delivery} delivery
 * @param {string[]} contacts the ids
 */
export function noteContacts(seen, { key }, contacts) {
  const [at, content, time = null] = seen[key];
  if (contacts.length > 0) seen[key] = [at, content, time, contacts];
}

/**
 * What is remembered with one more. Beyond the number the earliest go; `until` is the latest time of those that went.
 * @param {Seen | undefined} seen
 * @param {number | undefined} until
 * @param {Delivery} delivery
 * @param {number} now
 * @returns {{ seen: Seen, until?: number }}
 */
export function withSeen(seen = {}, until, { key, content, time }, now) {
  /** @type {[string, Seen[string]][]} */
  const all = [...Object.entries(seen).filter(([, [at]]) => at > now - REMEMBERED), [key, time === undefined ? [now, content] : [now, content, time]]];
  // A database need not keep the order of keys.
  all.sort(([, [a]], [, [b]]) => a - b);
  const gone = all.splice(0, Math.max(0, all.length - MOST_SEEN));
  const latest = Math.max(until ?? -Infinity, ...gone.map(([, [at, , time]]) => time ?? at));
  return { seen: Object.fromEntries(all), ...(latest > -Infinity && { until: latest }) };
}
