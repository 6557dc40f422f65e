// The shopper's wishes: how a change joins the wishes kept before, and how the browser's and the account's wishes combine.

/** @typedef {import("../shop/index.d.ts").Wishes} Wishes */

/** These lists only grow. */
const FINAL = ["unsubscribed", "spam"];

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * The wishes after a change: a field replaces the one before, null removes it.
 * @param {Wishes} wishes
 * @param {Partial<Wishes>} change
 */
export function changeWishes(wishes, change) {
  return join(wishes, change, FINAL);
}

/**
 * The wishes of the account and those of this browser together: whatever either forbids is forbidden. A value that is no wish
 * is kept, so that the engine refuses it with its path.
 * @param {Wishes} account
 * @param {Wishes} own
 */
export function combineWishes(account, own) {
  const { lessOften, topics } = account;
  return join(account, own, [...FINAL, "avoid", "quiet"], {
    ...(lessOften != null && !(seconds(lessOften) < seconds(own.lessOften)) && { lessOften }),
    ...(topics && { topics: topics.filter((topic) => own.topics?.includes(topic) ?? true) }),
  });
}

/**
 * Fields of the second replace those of the first; the named lists are concatenated without repetition.
 * @param {any} a
 * @param {any} b
 * @param {string[]} lists
 * @param {Wishes} [fixed] fields that replace both
 * @returns {Wishes}
 */
function join(a, b, lists, fixed) {
  const all = { ...a, ...b, ...fixed };
  for (const name of lists) if (a[name]) all[name] = [...new Set([a[name], b[name] ?? []].flat())];
  return Object.fromEntries(Object.entries(all).filter(([, wish]) => wish != null));
}

/** @param {string | null} [duration] such as `7d` */
export function seconds(duration) {
  const [, count, unit] = /^(\d+)(.)$/.exec(duration ?? "") ?? [];
  return Number(count) * SECONDS[/** @type {"s"} */ (unit)];
}
