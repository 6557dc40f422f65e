// What a page remembers when its browser keeps nothing: all that it knew before, and what is kept beside the database.

import { keepContact, keepWishes, keepsWishes, keptContacts, stampWrite, withKept } from "./kept.js";
import { memory } from "./memory.js";
import { changeWishes } from "./wishes.js";

/**
 * @typedef {import("../shop/index.d.ts").Store} Store
 * @typedef {import("../shop/index.d.ts").Wishes & { at?: number }} Wished `at`: when they were read
 */

/**
 * @param {string} name of the database
 * @param {import("./indexeddb.js").Kept[]} known the records that the page has read
 * @param {Map<string, Wished>} wished the wishes that it has read, by part
 * @returns {Store}
 */
export function fallen(name, known = [], wished = new Map()) {
  const store = memory();
  // Who has read nothing knows at least when the latest contacts were.
  const records = known.length > 0 ? known : keptContacts(name).map((record) => /** @type {const} */ (["", record]));
  const filled = (async () => {
    for (const [part, record] of records) await store.transact(() => ({ put: [record], result: 0 }), part);
    for (const [part, { at, ...wish }] of wished) await store.transact(() => ({ put: [], wish, result: 0 }), part);
  })();
  return {
    ...store,
    lasting: false,
    keepsWishes: () => keepsWishes(name),
    async transact(work, part) {
      await filled;
      return store.transact((records, own, guests = {}, seen) => {
        const beside = (/** @type {Wished} */ wishes, of = "") => withKept({ ...wishes, at: wished.get(of)?.at }, name, of);
        const wishes = beside(own, part);
        const done = work(records, wishes, part ? beside(guests) : guests, seen);
        for (const copy of done.put) keepContact(name, records.find(({ id }) => id === copy.id), copy);
        if (done.wish) {
          const at = Date.now();
          const changed = changeWishes(wishes, done.wish);
          wished.set(part ?? "", { at });
          keepWishes(name, part, changed, at);
          stampWrite();
          // with what was kept beside it, and without what is no longer wished
          const none = Object.fromEntries(Object.keys(own).map((field) => [field, null]));
          return { ...done, wish: { ...none, ...changed } };
        }
        return done;
      }, part);
    },
    all: () => filled.then(store.all),
  };
}
