// indexedDB(), the ledger of a browser profile, keeps the contract of every store, and its own promises.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cases } from "../js/stores.js";
import { fresh, start } from "./browser.js";

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/** @param {(page: import("playwright-core").Page) => Promise<void>} look */
async function inPage(look) {
  const { page, context } = await fresh(stage.browser);
  await page.goto(`${stage.url}/blank.html`);
  await look(page);
  await context.close();
}

for (const name of Object.keys(cases)) {
  test(`indexedDB() ${name}`, () =>
    inPage((page) =>
      page.evaluate(async (name) => {
        const { indexedDB } = await import("/dist/shop.js");
        const { cases } = await import("/tests/js/stores.js");
        await cases[name](indexedDB());
      }, name),
    ));
}

test("indexedDB() outlives the page, and its cap is hard", () =>
  inPage(async (page) => {
    const hard = await page.evaluate(async () => {
      const { indexedDB } = await import("/dist/shop.js");
      const store = indexedDB();
      await store.transact(() => ({ put: [{ id: "a", state: "armed", at: 1 }], result: 0 }));
      return store.hard;
    });
    assert.equal(hard, true);
    await page.reload();
    const kept = await page.evaluate(async () => (await import("/dist/shop.js")).indexedDB().all());
    assert.deepEqual(kept, [{ id: "a", state: "armed", at: 1 }]);
  }));

test("what is written is strictly durable", () =>
  inPage(async (page) => {
    const durability = await page.evaluate(async () => {
      const seen = /** @type {any[]} */ ([]);
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...words) {
        const made = transaction.apply(this, words);
        seen.push([made.mode, made.durability]);
        return made;
      };
      const { indexedDB } = await import("/dist/shop.js");
      await indexedDB().transact(() => ({ put: [], result: 0 }));
      return seen;
    });
    assert.deepEqual(durability, [["readwrite", "strict"]]);
  }));

test("two shops on one origin keep two ledgers", () =>
  inPage(async (page) => {
    const other = await page.evaluate(async () => {
      const { indexedDB } = await import("/dist/shop.js");
      await indexedDB({ name: "one" }).transact(() => ({ put: [{ id: "a", state: "armed", at: 1 }], result: 0 }));
      return indexedDB({ name: "two" }).all();
    });
    assert.deepEqual(other, []);
  }));

for (const version of [1, 2]) {
  test(`what a database of version ${version} has is the guests', and nothing is lost`, () =>
    inPage(async (page) => {
      const found = await page.evaluate(async (version) => {
        await new Promise((done, failed) => {
          const request = globalThis.indexedDB.open("querencia", version);
          request.onupgradeneeded = () => {
            request.result.createObjectStore("records", { keyPath: "id" });
            if (version > 1) request.result.createObjectStore("wishes");
          };
          request.onerror = failed;
          request.onsuccess = () => {
            // As a tab of that release does that is still open: whoever upgrades the database need not wait for it.
            request.result.onversionchange = () => request.result.close();
            const names = version > 1 ? ["records", "wishes"] : ["records"];
            const transaction = request.result.transaction(names, "readwrite");
            transaction.objectStore("records").put({ id: "a", state: "armed", at: 1 });
            if (version > 1) transaction.objectStore("wishes").put({ avoid: ["push"] }, 0);
            transaction.oncomplete = done;
          };
        });
        const { indexedDB } = await import("/dist/shop.js");
        const store = indexedDB();
        const look = (/** @type {string} */ part) => store.transact((records, own, guests) => ({ put: [], result: [records.length, own, guests] }), part);
        return [await look(""), await look("ana"), await store.all()];
      }, version);
      const kept = version > 1 ? { avoid: ["push"] } : {};
      assert.deepEqual(found, [[1, kept, {}], [1, {}, kept], [{ id: "a", state: "armed", at: 1 }]]);
    }));
}

test("no name or address of a customer stands in the database, and each sees their own", () =>
  inPage(async (page) => {
    const [keys, counts] = await page.evaluate(async () => {
      const { open } = await import("/dist/shop.js");
      const policy = await (await fetch("/policy.json")).json();
      const counts = [];
      for (const id of ["ana@example.com", "luis@example.com", "ana@example.com"]) {
        const shop = await open({ policy, customer: { id } });
        counts.push((await shop.track("purchase", { order: { id: "o1" } })).contacts.length);
        await shop.wish({ lessOften: "7d" });
        shop.close();
      }
      const database = await new Promise((done) => {
        const request = globalThis.indexedDB.open("querencia");
        request.onsuccess = () => done(request.result);
      });
      const keys = await Promise.all(
        [...database.objectStoreNames].map(
          (name) =>
            new Promise((done) => {
              const request = database.transaction(name).objectStore(name).getAllKeys();
              request.onsuccess = () => done(request.result);
            }),
        ),
      );
      return [JSON.stringify(keys), counts];
    });
    assert.doesNotMatch(keys, /example/);
    assert.equal(counts[0], counts[1]);
    assert.equal(counts[2], 0);
  }));

test("a database that was deleted is opened again, and whoever deletes it does not wait", () =>
  inPage(async (page) => {
    const [before, after] = await page.evaluate(async () => {
      const { indexedDB } = await import("/dist/shop.js");
      const store = indexedDB();
      await store.transact(() => ({ put: [{ id: "a", state: "armed", at: 1 }], result: 0 }));
      const before = (await store.all()).length;
      await new Promise((done, failed) => {
        const request = globalThis.indexedDB.deleteDatabase("querencia");
        request.onsuccess = done;
        request.onblocked = failed;
      });
      return [before, (await store.all()).length];
    });
    assert.deepEqual([before, after], [1, 0]);
  }));

test("after close() the store can still be used", () =>
  inPage(async (page) => {
    const kept = await page.evaluate(async () => {
      const { indexedDB } = await import("/dist/shop.js");
      const store = indexedDB();
      await store.transact(() => ({ put: [{ id: "a", state: "armed", at: 1 }], result: 0 }));
      store.close();
      return store.all();
    });
    assert.equal(kept.length, 1);
  }));

test("where storage is forbidden a shop remembers as long as its page", () =>
  inPage(async (page) => {
    const kind = await page.evaluate(async () => {
      globalThis.indexedDB.open = () => {
        throw new DOMException("forbidden", "SecurityError");
      };
      const { open } = await import("/dist/shop.js");
      const policy = await (await fetch("/policy.json")).json();
      const shop = await open({ policy });
      await shop.decide();
      return shop.ledger.kind;
    });
    assert.equal(kind, "memory");
  }));
