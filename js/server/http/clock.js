// The store's clock, for tokens: asked of the store now and then, and counted on between.

/** For how long an answer of the store is counted on, in milliseconds. */
const FRESH = 10_000;

/** @param {import("../store.d.ts").ServerStore} store @returns {() => Promise<number>} */
export function clockOf(store) {
  /** @type {{ now: number, at: number } | undefined} */
  let known;
  return async () => {
    if (store.kind === "memory") return store.now();
    const at = performance.now();
    if (!known || at - known.at > FRESH) known = { now: await store.now(), at };
    return known.now + (at - known.at);
  };
}
