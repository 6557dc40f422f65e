// How many contacts wait, by channel, and for how long: what tells that a queue stands.

/** More are not counted one by one. */
const MOST = 10_000;
const PAGE = 1000;

/**
 * @param {import("./context.js").Context} context
 * @param {string[]} [channels]
 * @returns {Promise<Record<string, import("./delivery.d.ts").Waiting>>}
 */
export async function queued({ store, channels: all }, channels = all) {
  const now = await store.now();
  const each = channels.map(async (channel) => [channel, await one(store, channel, now)]);
  return Object.fromEntries(await Promise.all(each));
}

/** @param {import("./store.d.ts").ServerStore} store @param {string} channel @param {number} now */
async function one(store, channel, now) {
  let reserved = 0;
  /** @type {number | null} */
  let oldest = null;
  for (let after; reserved < MOST; ) {
    const page = await store.queue({ state: "reserved", channel, after, limit: PAGE });
    oldest ??= page.length > 0 ? Math.max(0, now - page[0].at) : null;
    reserved += page.length;
    after = page.at(-1);
    if (page.length < PAGE) return { reserved, oldest, more: false };
  }
  return { reserved, oldest, more: true };
}
