// What the shopper wishes: how a new wish joins the old ones, and how theirs and those of their account hold together.

/** @typedef {import("../shop/index.d.ts").Wishes} Wishes */

/** Nothing takes these back. */
const FINAL = ["unsubscribed", "spam"];

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * The wishes after a change: fields are replaced, null takes one back.
 * @param {Wishes} known
 * @param {Partial<Wishes>} change
 */
export function wished(known, change) {
  return joined(known, change, FINAL);
}

/**
 * Both hold: what either forbids is forbidden. What is no wish is left for the engine to refuse.
 * @param {Wishes} account
 * @param {Wishes} own
 */
export function united(account, own) {
  const { lessOften: gap, topics: welcome } = account;
  return joined(account, own, [...FINAL, "avoid", "quiet"], {
    ...(gap != null && !(seconds(gap) < seconds(own.lessOften)) && { lessOften: gap }),
    ...(welcome && { topics: welcome.filter((topic) => own.topics?.includes(topic) ?? true) }),
  });
}

/**
 * The second goes before the first, except that these lists unite.
 * @param {any} a
 * @param {any} b
 * @param {string[]} lists
 * @param {Wishes} [rest]
 * @returns {Wishes}
 */
function joined(a, b, lists, rest) {
  const all = { ...a, ...b, ...rest };
  for (const name of lists) if (a[name]) all[name] = [...new Set([a[name], b[name] ?? []].flat())];
  return Object.fromEntries(Object.entries(all).filter(([, wish]) => wish != null));
}

/** @param {string | null} [duration] */
function seconds(duration) {
  const [, count, unit] = /^(\d+)(.)$/.exec(duration ?? "") ?? [];
  return Number(count) * SECONDS[/** @type {"s"} */ (unit)];
}
