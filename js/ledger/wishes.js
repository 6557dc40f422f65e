// What the shopper wishes: how a new wish joins the old ones, and how theirs and those of their account hold together.

/** @typedef {import("../shop/index.d.ts").Wishes} Wishes */

const SPANS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * The wishes after a change: fields are replaced, null takes one back. Nothing takes back `unsubscribed` and `spam`.
 * @param {Wishes} known
 * @param {Partial<Wishes>} change
 */
export function wished(known, change) {
  return said({
    ...known,
    ...change,
    unsubscribed: union(known.unsubscribed, change.unsubscribed),
    spam: union(known.spam, change.spam),
  });
}

/**
 * Both hold: what either forbids is forbidden. What is no wish is left for the engine to refuse.
 * @param {Wishes} account
 * @param {Wishes} own
 */
export function united(account, own) {
  const [a, b] = [account, own];
  return said({
    ...a,
    ...b,
    unsubscribed: union(a.unsubscribed, b.unsubscribed),
    spam: union(a.spam, b.spam),
    avoid: union(a.avoid, b.avoid),
    quiet: union(a.quiet, b.quiet),
    lessOften: a.lessOften == null || seconds(a.lessOften) < seconds(b.lessOften) ? b.lessOften : a.lessOften,
    topics: a.topics && b.topics ? a.topics.filter((topic) => b.topics?.includes(topic)) : (a.topics ?? b.topics),
  });
}

/**
 * @template T
 * @param {T[] | null} [a]
 * @param {T[] | null} [b]
 */
function union(a, b) {
  return a || b ? [...new Set([a ?? [], b ?? []].flat())] : undefined;
}

/** @param {string | null} [duration] */
function seconds(duration) {
  const [, count, unit] = /^(\d+)([smhdw])$/.exec(duration ?? "") ?? [];
  return Number(count) * SPANS[/** @type {"s"} */ (unit)];
}

/**
 * @param {object} wishes
 * @returns {Wishes}
 */
function said(wishes) {
  return Object.fromEntries(Object.entries(wishes).filter(([, wish]) => wish != null));
}
