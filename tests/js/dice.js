// Chance that can be had again.

/** @param {number} seed */
export function dice(seed) {
  // mulberry32: small, seeded, good enough to choose
  let state = Math.imul(seed + 1, 0x9e3779b9);
  const below = (/** @type {number} */ end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
  return {
    below,
    /** @template T @param {T[]} from @returns {T} */
    pick: (from) => from[below(from.length)],
    /** @template T @param {T[]} from @returns {T[]} */
    shuffled: (from) => from.map((value) => ({ value, at: below(1e9) })).sort((a, b) => a.at - b.at).map(({ value }) => value),
  };
}
