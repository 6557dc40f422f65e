// What a store keeps a second time outside its database: the wishes for good, because the shopper asked for them, and when the latest contacts
// were, so that a limit still holds when a browser has emptied the database. Neither names anybody: a part is a hash, and the contacts have
// no customer, no order and no text.

import { told } from "../told/index.js";
import { instant } from "./record.js";
import { partOf } from "./part.js";

/**
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 */

/** The database of the tag that names none. Its keys have the names of earlier releases. */
export const DEFAULT = "querencia";
/** What a shopper asked for is kept for good; the others may change every week. */
const FOR_GOOD = /** @type {const} */ (["unsubscribed", "spam", "avoid", "subscribe"]);
/** More contacts than the windows of a shop's limits have. */
const MOST = 40;
/** For so many seconds a browser keeps a cookie, at most. */
const LONGEST = 400 * 86_400;

/** The key of one thing that a store keeps outside its database. @param {string | undefined} name @param {string} what */
export const keyOf = (name = DEFAULT, what) => (name === DEFAULT ? "" : `${DEFAULT}-`) + `${name}-${what}`;

/** @param {string} key @returns {any[]} what cannot be read has nothing in it */
function listAt(key) {
  let text;
  try {
    text = localStorage.getItem(key);
  } catch {
    // The browser forbids it.
  }
  try {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${key}=`));
    return [JSON.parse(text ?? decodeURIComponent(cookie?.slice(key.length + 1) ?? "[]"))].flat();
  } catch {
    return [];
  }
}

/** @param {string} key @param {any[]} list @returns {boolean} whether it is kept */
function keepAt(key, list) {
  try {
    localStorage.setItem(key, JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name @param {string} [part] @returns {[part: string, wishes: Wishes, at: number] | undefined} */
const entryOf = (name, part = "") => listAt(keyOf(name, "wishes")).find((one) => one?.[0] === part && Object(one[1]) === one[1]);

/**
 * The wishes for good of a part, as they were kept last. Absent: none were.
 * @param {string} name
 * @param {string} [part]
 */
export const keptWishes = (name, part) => entryOf(name, part)?.[1];

/**
 * Keeps them. Where localStorage is full or forbidden, in a cookie of this site.
 * @param {string} name
 * @param {string | undefined} part
 * @param {Wishes} wishes all that the part has now
 * @param {number} [at] when they were wished
 */
export function keepWishes(name, part = "", wishes, at = Date.now()) {
  const key = keyOf(name, "wishes");
  const known = listAt(key);
  const final = Object.fromEntries(FOR_GOOD.flatMap((field) => (told(wishes[field])?.length ? [[field, wishes[field]]] : [])));
  if (Object.keys(final).length === 0 && !known.some((one) => one?.[0] === part)) return;
  const list = [...known.filter((one) => one?.[0] !== part), [part, final, at]];
  if (keepAt(key, list)) return;
  try {
    // What is older must not be read instead.
    localStorage.removeItem(key);
  } catch {}
  try {
    document.cookie = `${key}=${encodeURIComponent(JSON.stringify(list))};path=/;max-age=${LONGEST};samesite=lax`;
  } catch {}
}

/** Whether a wish for good is kept outside the database, too. @param {string} name */
export function keepsWishes(name) {
  const key = keyOf(name, "wishes");
  const list = listAt(key);
  try {
    const isKept = keepAt(key, list) || navigator.cookieEnabled;
    if (list.length === 0) localStorage.removeItem(key);
    return isKept;
  } catch {
    return false;
  }
}

/**
 * The wishes of a store with those that are kept beside it, if these are later: the database was emptied since, or could not be written.
 * @param {Wishes & { at?: number }} wishes `at`: when they were wished
 * @param {string} name
 * @param {string} [part]
 * @returns {Wishes}
 */
export function withKept({ at = 0, ...wishes }, name, part) {
  const [, kept, later = 1] = entryOf(name, part) ?? [];
  // What a clock dated that ran ahead says nothing: each time that the database was written, so was this.
  if (!kept || (at <= Date.now() && !(later > at))) return wishes;
  const others = Object.entries(wishes).filter(([field]) => !FOR_GOOD.includes(/** @type {any} */ (field)));
  return { ...Object.fromEntries(others), ...kept };
}

/**
 * The latest contacts, as records of guests: whom they were for is not kept, so they count for everybody here.
 * @param {string} name
 * @returns {LedgerRecord[]}
 */
export function keptContacts(name) {
  return listAt(keyOf(name, "contacts")).flatMap((one) => {
    if (!Array.isArray(one)) return [];
    const [campaign, group, channel, at, placement, offer] = one;
    const id = partOf({ id: JSON.stringify(one) });
    const record = /** @type {LedgerRecord} */ ({ id, campaign, class: group, channel, at, state: "delivered" });
    return [{ ...record, ...(placement && { placement }), ...(offer && { offer }) }];
  });
}

/** Whether a contact counts for good. @param {{ state?: string }} [record] */
const isSeen = (record) => /^(armed|delivered)$/.test(record?.state ?? "");

/**
 * Keeps when a contact was, once it counts for good. A later part of a digest is no contact of its own.
 * @param {string} name
 * @param {LedgerRecord | undefined} known the record before
 * @param {LedgerRecord} record
 */
export function keepContact(name, known, record) {
  const { campaign, class: group, channel, at, seenAt, placement, offer, digest = record.id } = record;
  if (isSeen(known) || !isSeen(record) || digest !== record.id) return;
  const key = keyOf(name, "contacts");
  const when = Math.min(instant(at), instant(seenAt ?? at));
  const all = [...listAt(key), [campaign, group, channel, when, placement ?? 0, offer ?? 0]];
  keepAt(key, all.sort((a, b) => b?.[3] - a?.[3]).slice(0, MOST));
}

/** What must not outlive the records: when the contacts were, and what the engine had nothing to say about. @param {string} name */
export function forgetBeside(name) {
  try {
    for (const what of ["contacts", "pages"]) localStorage.removeItem(keyOf(name, what));
    localStorage.removeItem("querencia-asked");
  } catch {}
}

/**
 * The loader must know, without opening the database, whether anything was stored since it last asked (js/loader/question.js). A number that
 * nobody had before: of two tabs that count at one instant, one count would be lost.
 */
export function stampWrite() {
  try {
    localStorage["querencia-writes"] = Math.random();
  } catch {
    // The storage is full: then no answer may stay. Or there is none, and the loader spares nothing.
    try {
      localStorage.removeItem("querencia-asked");
    } catch {}
  }
}
