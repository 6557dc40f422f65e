// The ledger of a browser profile.
// All tabs share it, and what a tab decides and reserves is one transaction: the cap is hard.

import { merged } from "./record.js";
import { wished } from "./wishes.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

const RECORDS = "records";
const WISHES = "wishes";
/** The only key of the wishes: they are the shopper's, whoever they are. */
const OWN = 0;

/**
 * @param {{ name?: string }} [options] shops that share an origin want different names
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
      // The strict kind is on the disk before anything is shown.
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
        // One answer comes after the other, so this one is there when the records are.
        const own = wishes.get(OWN);
        const read = records.getAll();
        read.onsuccess = () => {
          try {
            const done = work(read.result, own.result ?? {});
            result = done.result;
            if (done.wish) wishes.put(wished(own.result ?? {}, done.wish), OWN);
            const known = new Map(read.result.map((record) => [record.id, record]));
            for (const news of done.put) {
              const record = merged(known.get(news.id), news);
              known.set(record.id, record);
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
      // Whoever deletes the database or brings a newer one is not to wait for us.
      database.onversionchange = () => {
        lost();
        database.close();
      };
      resolve(database);
    };
  });
}
