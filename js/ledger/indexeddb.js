// The ledger of a browser profile. All tabs share it, and a tab decides and reserves in one transaction, so a limit holds
// however many tabs decide at once.
//
// To read some thousand records takes long, so what a page has read it keeps. Each transaction that writes says in `changes` what it wrote,
// and the next one reads no more than that, whichever tab wrote it. Transactions come one after the other, so nothing is missed.

import { DEFAULT, forgetBeside, keepContact, keepWishes, keptContacts, stampWrite, withKept } from "./kept.js";
import { mergeRecords } from "./record.js";
import { changeWishes } from "./wishes.js";

/**
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {[part: string, record: LedgerRecord]} Kept a record and the part that it is in
 * @typedef {{ at: number, mark: number, put?: Kept[], drop?: string[] }} Change without either: all may have changed
 *
 * @typedef {object} View what a page knows of a part
 * @property {string | undefined} part
 * @property {Map<string, Kept>} byId those of the guests and of the part
 * @property {number} at the change that was read last
 * @property {number} mark what only that change has: a database may have been emptied, and its changes counted anew
 * @property {[at: number, record: LedgerRecord][]} news what changed since the view was made
 */

/** The guests' records, by id. Databases from before there were parts have no others. */
const RECORDS = "records";
/** The customers' records, by part and id. */
const PARTS = "parts";
/** The wishes by part. */
const WISHES = "wishes";
/** What the page saw of a part's customer: one value a part. */
const FACTS = "facts";
/** What the latest transactions wrote. */
const CHANGES = "changes";
/** The key of the guests' wishes and facts. */
const GUESTS = 0;

/** So many changes are kept: a tab that missed more reads all. */
const MOST_CHANGES = 64;
/** In so many milliseconds a database answers, or it is as if there were none. */
const PATIENCE = 1500;

/**
 * @param {{ name?: string }} [options] shops on one origin need different names
 * @returns {import("../shop/index.d.ts").Store & { known: () => Kept[] }}
 */
export function indexedDB({ name = DEFAULT } = {}) {
  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;
  /** @type {View | undefined} */
  let view;
  /** The view before the database failed. @type {View | undefined} */
  let last;
  const lost = () => (opened = undefined);
  const database = () => (opened ??= connect(name, lost));

  /**
   * Runs a transaction. A connection that the browser has closed is opened anew, once. What the transaction wrote is then undone.
   * @template T
   * @param {(database: IDBDatabase) => Promise<T>} run
   * @param {() => boolean} [mayAgain]
   */
  const run = async (run, mayAgain = () => true) => {
    try {
      return await run(await database());
    } catch (error) {
      if (!mayAgain() || /^(Quota|Version|Timeout)/.test(/** @type {any} */ (error)?.name)) throw error;
      opened?.then((database) => database.close()).catch(() => {});
      lost();
      return run(await database());
    }
  };

  /** @type {import("../shop/index.d.ts").Store["transact"]} */
  const transact = (work, part) => {
    /** Whether `work` threw: then the database is not to blame. */
    let threw = false;
    return run((database) => {
      // "strict": the record is on the disk before the message is shown.
      const transaction = database.transaction([RECORDS, PARTS, WISHES, CHANGES], "readwrite", { durability: "strict" });
      const [records, parts, wishes, changes] = [RECORDS, PARTS, WISHES, CHANGES].map((name) => transaction.objectStore(name));
      const watch = watched(transaction);
      /** @type {any} */
      let result;
      // Requests of one transaction finish in order: with the last one all have arrived.
      const [guestWishes, ownWishes] = [wishes.get(GUESTS), wishes.get(part || GUESTS)];

      /** @param {View} now */
      const decide = (now) => {
        const own = withKept(ownWishes.result ?? {}, name, part);
        const guests = part ? withKept(guestWishes.result ?? {}, name) : {};
        const token = { of: now, at: now.at };
        /** @type {import("../shop/index.d.ts").Seen} */
        const seen = {
          token,
          since: (/** @type {any} */ since) => (since?.of === now ? now.news.flatMap(([at, record]) => (at > since.at ? record : [])) : undefined),
        };
        threw = true;
        const done = work([...now.byId.values()].map(([, record]) => record), own, guests, seen);
        if (done.wish || done.put.length > 0) stampWrite();
        const changed = done.wish && changeWishes(own, done.wish);
        threw = false;
        if (changed) {
          // later than any before, whatever the clock says
          const at = Math.max(Date.now(), (ownWishes.result?.at ?? 0) + 1);
          wishes.put({ ...changed, at }, part || GUESTS);
          keepWishes(name, part, changed, at);
        }
        /** @type {Map<string, Kept>} */
        const put = new Map();
        for (const copy of done.put) {
          const [of, known] = put.get(copy.id) ?? now.byId.get(copy.id) ?? [part ?? ""];
          const record = mergeRecords(known, copy);
          keepContact(name, known, record);
          put.set(copy.id, [of, record]);
        }
        for (const [of, record] of put.values()) {
          (of ? parts.put(record, [of, record.id]) : records.put(record)).onsuccess = watch.heard;
        }
        const drop = done.drop ?? [];
        for (const id of drop) {
          const [of] = now.byId.get(id) ?? [""];
          of ? parts.delete([of, id]) : records.delete(id);
        }
        if (put.size + drop.length > 0) {
          changes.add({ mark: Math.random(), put: [...put.values()], drop });
          changes.delete(IDBKeyRange.upperBound(now.at - MOST_CHANGES));
        }
        transaction.addEventListener("complete", () => {
          if (view === now) for (const [id, [of, record]] of put) now.byId.set(id, [of, Object.freeze(record)]);
        });
        result = done.result;
      };

      /** Reads what changed since the view was made; without one, all. @param {View} [known] */
      const read = (known) => {
        const log = changes.getAll(known && IDBKeyRange.lowerBound(known.at));
        // A list comes after every text, so this is all ids of the part.
        const range = part === undefined ? undefined : IDBKeyRange.bound([part], [part, []]);
        const all = known ? [] : [records.getAll(), parts.getAllKeys(range), parts.getAll(range)];
        (all[2] ?? log).onsuccess = guarded(transaction, () => {
          watch.heard();
          if (known) return follow(known, log.result) ? decide(known) : read();
          const last = log.result[log.result.length - 1] ?? { at: 0, mark: NaN };
          /** @type {View} */
          const now = { part, byId: new Map(), at: last.at, mark: last.mark, news: [] };
          const [guests, keys, own] = all.map(({ result }) => result);
          for (const record of guests) now.byId.set(record.id, ["", Object.freeze(record)]);
          own.forEach((/** @type {LedgerRecord} */ record, /** @type {number} */ index) => now.byId.set(record.id, [keys[index][0], Object.freeze(record)]));
          // Part of a part is not all that a later transaction is asked for.
          view = part === undefined ? undefined : now;
          const kept = now.byId.size > 0 ? [] : keptContacts(name);
          if (kept.length === 0) return decide(now);
          const count = parts.count();
          count.onsuccess = guarded(transaction, () => {
            // The browser has emptied the database.
            for (const record of count.result ? [] : kept) {
              now.byId.set(record.id, ["", Object.freeze(record)]);
              records.put(record);
            }
            decide(now);
          });
        });
      };
      const isKnown = view && view.part === part;
      read(isKnown ? view : undefined);
      return watch.end(() => result).catch((error) => {
        // What was read may have been undone.
        last = view ?? last;
        view = undefined;
        throw error;
      });
    }, () => !threw);
  };

  /** @template T @param {string[]} names @param {IDBTransactionMode} mode @param {(...stores: IDBObjectStore[]) => IDBRequest<T> | undefined} ask */
  const once = (names, mode, ask) =>
    run((database) => {
      const transaction = database.transaction(names, mode);
      const request = ask(...names.map((name) => transaction.objectStore(name)));
      return watched(transaction).end(() => request?.result);
    });

  return {
    kind: "indexedDB",
    hard: true,
    transact,
    /** What a page knows that has read it. */
    known: () => [...((view ?? last)?.byId.values() ?? [])],
    async all() {
      /** @type {IDBRequest<LedgerRecord[]> | undefined} */
      let guests;
      const customers = await once([RECORDS, PARTS], "readonly", (records, parts) => {
        guests = records.getAll();
        return parts.getAll();
      });
      return [...(guests?.result ?? []), ...(customers ?? [])];
    },
    facts: (part) => once([FACTS], "readonly", (facts) => facts.get(part || GUESTS)),
    async putFacts(part, value) {
      await once([FACTS], "readwrite", (facts) => facts.put(value, part || GUESTS));
    },
    async forget() {
      await once([RECORDS, PARTS, FACTS, CHANGES], "readwrite", (...stores) => {
        for (const store of stores) store.clear();
        return stores[3].add({ mark: Math.random() });
      });
      forgetBeside(name);
      stampWrite();
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
 * Brings a view up to date. False: it cannot be, and all must be read.
 * @param {View} view
 * @param {Change[]} changes the one that it read last, and those after it
 */
function follow(view, [last, ...changes]) {
  if (last?.at !== view.at || last.mark !== view.mark || changes.some(({ put, drop }) => !put && !drop)) return false;
  for (const { at, mark, put = [], drop = [] } of changes) {
    for (const [part, record] of put) {
      if (part !== "" && part !== view.part) continue;
      view.byId.set(record.id, [part, Object.freeze(record)]);
      view.news.push([at, record]);
    }
    // What was pruned changes no decision, so it is no news.
    for (const id of drop) view.byId.delete(id);
    Object.assign(view, { at, mark });
  }
  return true;
}

/**
 * A listener that undoes the transaction if it throws, and tells why.
 * @param {IDBTransaction} transaction
 * @param {() => unknown} listen
 */
const guarded = (transaction, listen) => () => {
  try {
    listen();
  } catch (error) {
    thrown.set(transaction, error);
    transaction.abort();
  }
};
/** @type {WeakMap<IDBTransaction, unknown>} why a transaction was undone */
const thrown = new WeakMap();

/**
 * Watches over a transaction: it is undone if nothing of it is answered for too long.
 * @param {IDBTransaction} transaction
 */
function watched(transaction) {
  const clock = patient((error) => {
    thrown.set(transaction, error);
    transaction.abort();
  });
  return {
    /** Something was answered. */
    heard: clock.start,
    /** Resolves once it has finished. @template T @param {() => T} result @returns {Promise<T>} */
    end: (result) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(thrown.get(transaction) ?? transaction.error ?? new DOMException("the connection was closed", "AbortError"));
        clock.orElse(fail);
        transaction.oncomplete = () => {
          clock.stop();
          resolve(result());
        };
        transaction.onabort = () => {
          clock.stop();
          fail();
        };
      }),
  };
}

/**
 * A clock that calls `give` if it is not stopped in time.
 * @param {(error: DOMException) => void} give
 */
function patient(give) {
  /** @type {any} */
  let timer;
  let then = () => {};
  const end = () => {
    try {
      give(new DOMException(`no answer within ${PATIENCE} ms`, "TimeoutError"));
    } catch {
      // It was just finishing.
    }
    then();
  };
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    // A page that was busy hears the clock before the answer, which came in time.
    timer = setTimeout(() => (timer = setTimeout(end, 50)), PATIENCE);
  };
  start();
  return { start, stop, orElse: (/** @type {() => void} */ next) => void (then = next) };
}

/**
 * @param {string} name
 * @param {() => void} lost called when the connection cannot be used any longer
 * @returns {Promise<IDBDatabase>}
 */
function connect(name, lost) {
  return new Promise((resolve, reject) => {
    /** @param {unknown} error */
    const fail = (error) => {
      lost();
      reject(error);
    };
    let late = false;
    const { stop } = patient((error) => {
      late = true;
      fail(error);
    });
    // Throws where the browser forbids it.
    const request = globalThis.indexedDB.open(name, 4);
    request.onupgradeneeded = ({ oldVersion }) => {
      const { result } = request;
      if (oldVersion < 1) result.createObjectStore(RECORDS, { keyPath: "id" });
      if (oldVersion < 2) result.createObjectStore(WISHES);
      if (oldVersion < 3) result.createObjectStore(PARTS);
      result.createObjectStore(FACTS);
      result.createObjectStore(CHANGES, { keyPath: "at", autoIncrement: true }).add({ mark: Math.random() });
    };
    request.onerror = () => {
      stop();
      fail(request.error);
    };
    request.onsuccess = () => {
      stop();
      const database = request.result;
      // Nobody waits for it any longer, and an open connection blocks others.
      if (late) return database.close();
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
