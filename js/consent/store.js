// The store where somebody is asked first. Before a yes it is the page's memory, and only wishes are written: the shopper asks for that
// themselves. After a yes what was kept so far moves to the browser's store. After a no that store is emptied, but for the wishes.

/**
 * @typedef {import("../shop/index.d.ts").Store} Store
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 */

/** A store that does not answer holds the page up no longer. */
const PATIENCE = 1500;

/**
 * @param {object} parts
 * @param {() => Promise<Store>} parts.lasting opens the browser's store, which makes it if there is none
 * @param {() => Promise<boolean>} parts.exists whether the browser has one: looking must not make it
 * @param {() => Store} parts.memory
 * @param {Pick<import("./index.js").Consent, "state" | "onChange">} parts.consent
 * @param {(part?: string) => Wishes} [parts.kept] the wishes that are kept beside a database, for where there is none
 * @param {(mark?: true) => void} [parts.forget] deletes what else the page has kept, or the mark of a write alone
 * @returns {Promise<Store>}
 */
export async function consented({ lasting, exists, memory, consent, kept = () => ({}), forget = () => {} }) {
  /** @type {Store | undefined} the browser's store, once it was opened */
  let opened;
  /** @type {Store} */
  let current = memory();
  let isAllowed = false;
  /** @type {Set<string>} the parts that this page has used */
  const parts = new Set([""]);
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const open = async () => (opened ??= await lasting());

  /** @param {Store} from @param {Store} to */
  const move = async (from, to) => {
    for (const part of parts) {
      const records = await from.transact((records) => ({ put: [], result: records }), part);
      // the guests' records are there already when those of a customer come, and stay the guests'
      if (records.length > 0) await to.transact(() => ({ put: records, result: undefined }), part);
    }
  };

  /** Does what the latest answer asks for. */
  const settle = async () => {
    const { preferences } = consent.state();
    const before = isAllowed;
    isAllowed = preferences === "granted";
    if (isAllowed && !before) {
      const browser = await open();
      await move(current, browser);
      current = browser;
    } else if (!isAllowed && before) {
      const page = memory();
      // what was said on this page is not said again on it
      await move(current, page);
      current = page;
    }
    if (preferences === "denied") {
      if (before || (await exists())) await (await open()).forget?.();
      // a browser may have emptied the database, and not what was beside it
      forget();
    }
    if (before !== isAllowed) for (const listener of listeners) listener();
  };
  /** A no holds at once, not when the records have moved: what is about to be shown asks. */
  const isInUse = () => current === opened && consent.state().preferences === "granted";
  /** What is under way. Nothing is decided meanwhile. */
  let settled = settle();
  let answer = consent.state().preferences;
  const look = () => {
    if (answer === (answer = consent.state().preferences)) return settled;
    return (settled = settled.catch(() => {}).then(settle));
  };
  consent.onChange(() => void look().catch(() => {}));
  await Promise.race([settled.catch(() => {}), new Promise((done) => setTimeout(done, PATIENCE))]);

  return {
    get kind() {
      return current.kind;
    },
    get hard() {
      return current.hard;
    },
    get lasting() {
      return isInUse() ? current.lasting : false;
    },
    get writes() {
      return isInUse() ? undefined : false;
    },
    // Wishes are stored before a yes, too.
    keepsWishes: () => opened?.keepsWishes?.() ?? true,
    async transact(work, part) {
      // A no that nobody has told of is heard at the next decision.
      await look().catch(() => {});
      parts.add(part ?? "");
      if (current === opened) return current.transact(work, part);
      /** @type {[own: Wishes, guests?: Wishes]} */
      const wishes = (opened || (await exists())) ? await (await open()).transact((_, own, guests) => ({ put: [], result: [own, guests] }), part) : [kept(part), part ? kept() : {}];
      /** @type {any} */
      let wish;
      const result = await current.transact((records, _, __, seen) => {
        const done = work(records, wishes[0], wishes[1], seen);
        wish = done.wish;
        return { put: done.put, drop: done.drop, result: done.result };
      }, part);
      if (wish) {
        await (await open()).transact(() => ({ put: [], wish, result: undefined }), part);
        // the mark of that write is for answers that are kept, and none is
        forget(true);
      }
      return result;
    },
    all: async () => current.all(),
    async forget() {
      await current.forget?.();
      if (opened && current !== opened) await opened.forget?.();
      forget();
    },
    async facts(part) {
      await look().catch(() => {});
      return current.facts?.(part);
    },
    async putFacts(part, facts) {
      await look().catch(() => {});
      if (current === opened) await current.putFacts?.(part, facts);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      listeners.clear();
      current.close();
      opened?.close();
    },
  };
}

/**
 * Whether the browser has a database of this name. One that is not there is not made by looking.
 * @param {string} name
 * @returns {Promise<boolean>}
 */
export function hasDatabase(name) {
  return new Promise((done) => {
    setTimeout(done, PATIENCE, false);
    try {
      const request = globalThis.indexedDB.open(name);
      request.onupgradeneeded = () => request.transaction?.abort();
      request.onerror = (event) => {
        event.preventDefault();
        done(false);
      };
      request.onsuccess = () => {
        request.result.close();
        done(true);
      };
    } catch {
      done(false);
    }
  });
}
