// The birthday that the server goes by. A birthday is worth a present, so when it became known, and how often it may change, is the server's.

const DAY = 86_400_000;
const YEAR = 365 * DAY;
/** So long a birthday must be known before the engine speaks of it. */
const KNOWN = 30 * DAY;

/**
 * @typedef {object} Before what is kept of a customer
 * @property {{ birthday?: string | null, birthdaySince?: any } | null} [customer]
 * @property {{ changed?: number, open?: boolean, at?: number }} [birthday] `at`: of which time it was told; `changed`: when it last changed or was taken away; `open`: it was taken away, and
 *   another may be given once
 *
 * @typedef {object} Birthday
 * @property {string | null} birthday month and day, as `--11-22`
 * @property {number} [birthdaySince]
 * @property {{ changed?: number, open?: boolean }} kept for `facts.birthday`
 * @property {{ code: "birthday-kept-until", path: string, message: string, until: number }} [problem]
 */

/** Month and day of a birthday, without the year. @param {unknown} text */
export function monthDay(text) {
  const [, day] = /(?:^|-)-?(\d\d-\d\d)$/.exec(String(text ?? "").trim()) ?? [];
  return day ? `--${day}` : null;
}

/** @param {any} customer */
export const birthdayIn = (customer) => monthDay(customer?.birthday) ?? undefined;

/**
 * The birthday that holds after the shop told one. The first is taken as it is. A change is taken once in 365 days; before, the old one is
 * kept, with a problem that says until when. Taking it away is always possible, and counts as the change: one may be given again then.
 * @param {Before} before
 * @param {{ birthday?: string | null, birthdaySince?: unknown }} given `birthdaySince` is read only where nothing was known of a birthday: a
 *   shop brings what it knew before. Only the shop itself may tell it.
 * @param {number} now the store's clock
 * @returns {Birthday}
 */
export function birthdayOf(before, given, now) {
  const { at, ...kept } = before.birthday ?? {};
  const was = monthDay(before.customer?.birthday);
  const since = instantOf(before.customer?.birthdaySince);
  const holds = { birthday: was, ...(since !== undefined && { birthdaySince: since }), kept };
  if (given.birthday === undefined) return holds;
  const is = monthDay(given.birthday);
  if (is === was) return holds;
  const mayChange = kept.changed === undefined || now - kept.changed >= YEAR;
  if (is === null) return { birthday: null, kept: mayChange ? { changed: now, open: true } : { changed: kept.changed } };
  if (was === null && kept.changed === undefined) {
    const told = instantOf(given.birthdaySince);
    return { birthday: is, birthdaySince: told !== undefined && told < now ? told : now, kept };
  }
  if (was === null && kept.open) return { birthday: is, birthdaySince: now, kept: { changed: kept.changed } };
  if (mayChange) return { birthday: is, birthdaySince: now, kept: { changed: now } };
  const until = /** @type {number} */ (kept.changed) + YEAR;
  const message = `a birthday changes once in 365 days; the one before holds, and another can be told from ${new Date(until).toISOString()} on`;
  return { ...holds, problem: { code: "birthday-kept-until", path: "customer.birthday", message, until } };
}

/**
 * What a fact says of the birthday, apart from all else that it says.
 * @template {Record<string, any>} T
 * @param {Record<string, any>} before the facts of the customer
 * @param {T} given
 * @param {number} now the store's clock
 * @param {number} [time] when it was so; absent: now
 * @returns {{ given: Omit<T, "birthday" | "birthdaySince">, birth: { birthday?: string, birthdaySince?: number }, kept: Record<string, any>, problem?: Birthday["problem"] }}
 *   `birth`: what the customer has; `kept`: for the facts
 */
export function born(before, { birthday: told, birthdaySince, ...given }, now, time = now) {
  const at = Math.min(time, now);
  const isLate = told === undefined || at < (before.birthday?.at ?? -Infinity);
  const { birthday, birthdaySince: since, kept, problem } = birthdayOf(before, isLate ? {} : { birthday: told, birthdaySince }, now);
  const all = { ...kept, ...(isLate ? before.birthday?.at !== undefined && { at: before.birthday.at } : { at }) };
  return {
    given,
    birth: birthday === null ? {} : { birthday, ...(since !== undefined && { birthdaySince: since }) },
    kept: Object.keys(all).length > 0 ? { birthday: all } : {},
    ...(problem && { problem }),
  };
}

/**
 * Since when the engine may take the birthday as known. After a present for another birthday the next comes 365 days later at the earliest:
 * 300 days, which the engine holds, are what a birthday may move by itself; who changes the date gains nothing.
 * @param {any} facts of the customer
 * @param {readonly import("../store.d.ts").Grant[]} grants
 * @param {number} [toldAt] when a contact last gave a birthday present
 * @returns {unknown}
 */
export function knownSince(facts, grants, toldAt = -Infinity) {
  const { birthday, birthdaySince } = facts.customer ?? {};
  const now = monthDay(birthday);
  if (now === null) return birthdaySince;
  const since = instantOf(birthdaySince) ?? 0;
  const changed = facts.birthday?.changed ?? -Infinity;
  const others = grants.filter((grant) => grant.birthday !== undefined && grant.birthday !== now).map(({ at }) => at);
  // A contact does not say for which birthday it was: it was for another, if the birthday changed after it.
  const last = Math.max(...others, changed >= toldAt ? toldAt : -Infinity);
  return last === -Infinity ? birthdaySince : Math.max(since, last + YEAR - KNOWN);
}

/** @param {unknown} at */
function instantOf(at) {
  const instant = typeof at === "number" ? at : typeof at === "string" ? Date.parse(at) : Number.NaN;
  return Number.isFinite(instant) ? instant : undefined;
}
