// The ledger of a browser profile. All tabs share it, and a tab decides and reserves in one transaction, so a limit holds
// however many tabs decide at once.

import { mergeRecords } from "./record.js";
import { changeWishes } from "./wishes.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

const RECORDS = "records";
const WISHES = "wishes";
/** The only key in the store of wishes. */
const WISHES_KEY = 0;

/**
 * @param {{ name?: string }} [options] shops on one origin need different names
 * @returns {import("../shop/index.d.ts").Store}
 */
export function indexedDB({ name = "querencia" } = {}) {
  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;
  const database = () => (opened ??= connect(name, () => (opened = undefined)));

  return {
    kind: "indexedDB",
    hard: true,
    async transact(work) {
      // "strict": the record is on the disk before the message is shown.
      const transaction = (await database()).transaction([RECORDS, WISHES], "readwrite", { durability: "strict" });
      const records = transaction.objectStore(RECORDS);
      const wishes = transaction.objectStore(WISHES);
      return new Promise((resolve, reject) => {
        /** @type {any} */
        let result;
        /** @type {unknown} */
        let thrown;
        transaction.oncomplete = () => resolve(result);
        transaction.onabort = () => reject(thrown ?? transaction.error);
        // Requests of one transaction finish in order: the wishes have arrived when the records arrive.
        const ownWishes = wishes.get(WISHES_KEY);
        const read = records.getAll();
        read.onsuccess = () => {
          try {
            const done = work(read.result, ownWishes.result ?? {});
            result = done.result;
            if (done.wish) wishes.put(changeWishes(ownWishes.result ?? {}, done.wish), WISHES_KEY);
            const byId = new Map(read.result.map((record) => [record.id, record]));
            for (const copy of done.put) {
              const record = mergeRecords(byId.get(copy.id), copy);
              byId.set(record.id, record);
              records.put(record);
            }
          } catch (error) {
            thrown = error;
            transaction.abort();
          }
        };
      });
    },
    async all() {
      const read = (await database()).transaction(RECORDS).objectStore(RECORDS).getAll();
      return new Promise((resolve, reject) => {
        read.onsuccess = () => resolve(read.result);
        read.onerror = () => reject(read.error);
      });
    },
    close() {
      opened?.then(
        (database) => database.close(),
        () => {},
      );
      opened = undefined;
    },
  };
}

/**
 * @param {string} name
 * @param {() => void} lost called when the connection cannot be used any longer
 * @returns {Promise<IDBDatabase>}
 */
function connect(name, lost) {
  return new Promise((resolve, reject) => {
    const request = globalThis.indexedDB.open(name, 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (!oldVersion) request.result.createObjectStore(RECORDS, { keyPath: "id" });
      request.result.createObjectStore(WISHES);
    };
    request.onerror = () => {
      lost();
      reject(request.error);
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = lost;
      // An open connection would block whoever deletes or upgrades the database.
      database.onversionchange = () => {
        lost();
        database.close();
      };
      resolve(database);
    };
  });
}
