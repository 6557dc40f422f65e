// The ledger of a page that is given none: IndexedDB, and where that cannot be used, the page's memory.

import { indexedDB } from "../ledger/indexeddb.js";
import { DEFAULT } from "../ledger/kept.js";
import { changeWishes } from "../ledger/wishes.js";

/** @typedef {import("./index.d.ts").Store} Store */

/**
 * Once the database has failed, by whatever, the page stays with its memory: what two stores know would not be one ledger.
 * @param {() => Promise<Pick<typeof import("../ledger/fallen.js"), "fallen">>} load
 * @param {string} [name] of the database
 * @returns {Promise<Store>}
 */
export async function browserLedger(load, name = DEFAULT) {
  // A program without a page, such as one on a server, gives itself what it wants to keep.
  if (!globalThis.document && !globalThis.indexedDB) return { ...(await load()).fallen(name), lasting: undefined };
  const database = indexedDB({ name });
  /** The wishes by part, as they were last. @type {Map<string, import("../ledger/fallen.js").Wished>} */
  const wished = new Map();
  /** @type {Store} */
  let current = database;
  /** @type {Promise<Store> | undefined} */
  let falls;
  /** @param {any} error */
  const fall = async (error) => {
    console.warn(`querencia: this browser keeps nothing for this site (${error?.name}: ${error?.message}): it is remembered until the page is closed, and less is said`);
    const { fallen } = await load();
    return (current = fallen(name, database.known(), wished));
  };
  /**
   * What the database refuses is asked of the memory.
   * @template T
   * @param {(store: Store) => Promise<T>} ask
   * @param {() => boolean} [isToBlame]
   */
  const attempt = async (ask, isToBlame = () => true) => {
    if (!falls) {
      try {
        return await ask(database);
      } catch (error) {
        if (!isToBlame()) throw error;
        falls ??= fall(error);
      }
    }
    return ask(await falls);
  };

  // Whether it can be used is known now, not when something must be stored.
  await attempt((store) => store.transact(() => ({ put: [], result: 0 }), ""));
  return {
    get kind() {
      return current.kind;
    },
    get hard() {
      return current.hard;
    },
    get lasting() {
      return current.lasting;
    },
    keepsWishes: () => current.keepsWishes?.() ?? true,
    transact(work, part) {
      let threw = false;
      return attempt(
        (store) =>
          store.transact((records, own, guests, seen) => {
            threw = true;
            const done = work(records, own, guests, seen);
            threw = false;
            if (store === database) {
              const at = Date.now();
              if (part) wished.set("", { ...guests, at });
              wished.set(part ?? "", { ...(done.wish ? changeWishes(own, done.wish) : own), at });
            }
            if (done.wish) persist();
            return done;
          }, part),
        () => !threw,
      );
    },
    all: () => attempt((store) => store.all()),
    facts: (part) => attempt(async (store) => store.facts?.(part)),
    putFacts: (part, value) => attempt(async (store) => store.putFacts?.(part, value)),
    forget: () => attempt(async (store) => store.forget?.()),
    close() {
      database.close();
      current.close();
    },
  };
}

/** Asks the browser not to empty the database when it needs room: who wishes something wants it kept. */
function persist() {
  try {
    navigator.storage.persist().catch(() => {});
  } catch {
    // It knows of no such thing.
  }
}
