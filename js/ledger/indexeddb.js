// The ledger of a browser profile. All tabs share it, and a tab decides and reserves in one transaction, so a limit holds
// however many tabs decide at once.

import { mergeRecords } from "./record.js";
import { changeWishes } from "./wishes.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

/** The guests' records, by id. Databases from before there were parts have no others. */
const RECORDS = "records";
/** The customers' records, by part and id. */
const PARTS = "parts";
/** The wishes by part. */
const WISHES = "wishes";
/** The key of the guests' wishes. */
const GUESTS = 0;

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
    async transact(work, part) {
      // "strict": the record is on the disk before the message is shown.
      const transaction = (await database()).transaction([RECORDS, PARTS, WISHES], "readwrite", { durability: "strict" });
      const [records, parts, wishes] = [RECORDS, PARTS, WISHES].map((name) => transaction.objectStore(name));
      // A list comes after every text, so this is all ids of the part.
      const range = part === undefined ? undefined : IDBKeyRange.bound([part], [part, []]);
      return new Promise((resolve, reject) => {
        /** @type {any} */
        let result;
        /** @type {unknown} */
        let thrown;
        transaction.oncomplete = () => resolve(result);
        transaction.onabort = () => reject(thrown ?? transaction.error);
        // Requests of one transaction finish in order: with the last one all have arrived.
        const [guestWishes, ownWishes] = [wishes.get(GUESTS), wishes.get(part || GUESTS)];
        const [guests, keys, own] = [records.getAll(), parts.getAllKeys(range), parts.getAll(range)];
        own.onsuccess = () => {
          try {
            /** @type {Map<string, { record?: LedgerRecord, key?: IDBValidKey }>} a record without a key is the guests' */
            const byId = new Map(guests.result.map((record) => [record.id, { record }]));
            own.result.forEach((record, index) => byId.set(record.id, { record, key: keys.result[index] }));
            const done = work(
              [...byId.values()].map(({ record }) => /** @type {LedgerRecord} */ (record)),
              ownWishes.result ?? {},
              (part && guestWishes.result) || {},
            );
            result = done.result;
            if (done.wish || done.put.length > 0) stampWrite();
            if (done.wish) wishes.put(changeWishes(ownWishes.result ?? {}, done.wish), part || GUESTS);
            for (const copy of done.put) {
              const known = byId.get(copy.id) ?? (part ? { key: [part, copy.id] } : {});
              known.record = mergeRecords(known.record, copy);
              byId.set(copy.id, known);
              if (known.key) parts.put(known.record, known.key);
              else records.put(known.record);
            }
          } catch (error) {
            thrown = error;
            transaction.abort();
          }
        };
      });
    },
    async all() {
      const transaction = (await database()).transaction([RECORDS, PARTS]);
      const [guests, customers] = [RECORDS, PARTS].map((name) => transaction.objectStore(name).getAll());
      return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve([...guests.result, ...customers.result]);
        transaction.onabort = () => reject(transaction.error);
      });
    },
    async forget() {
      const transaction = (await database()).transaction([RECORDS, PARTS], "readwrite", { durability: "strict" });
      for (const name of [RECORDS, PARTS]) transaction.objectStore(name).clear();
      return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
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
 * The loader must know, without opening the database, whether anything was stored since it last asked (js/loader/question.js). A number that
 * nobody had before: of two tabs that count at one instant, one count would be lost.
 */
function stampWrite() {
  try {
    localStorage["querencia-writes"] = Math.random();
  } catch {
    // The storage is full: then no answer may stay. Or there is none, and the loader spares nothing.
    try {
      localStorage.removeItem("querencia-asked");
    } catch {}
  }
}

/**
 * @param {string} name
 * @param {() => void} lost called when the connection cannot be used any longer
 * @returns {Promise<IDBDatabase>}
 */
function connect(name, lost) {
  return new Promise((resolve, reject) => {
    const request = globalThis.indexedDB.open(name, 3);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) request.result.createObjectStore(RECORDS, { keyPath: "id" });
      if (oldVersion < 2) request.result.createObjectStore(WISHES);
      request.result.createObjectStore(PARTS);
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
