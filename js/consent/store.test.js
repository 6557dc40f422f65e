import assert from "node:assert/strict";
import { test } from "node:test";
import { memory } from "../ledger/memory.js";
import { consented } from "./store.js";

/** @param {string} id @returns {any} */
const record = (id) => ({ id, campaign: "thanks", class: "service", channel: "onsite", at: 1, state: "delivered" });
const ids = async (/** @type {any} */ store) => (await store.all()).map((/** @type {any} */ { id }) => id).sort();
const put = (/** @type {any} */ store, /** @type {string} */ id, /** @type {string} */ part = "") => store.transact(() => ({ put: [record(id)], result: id }), part);

/** @param {any} preferences @param {any[]} [records] what the browser has; absent: it has no database */
async function scene(preferences, records, /** @type {any} */ beside = undefined) {
  const browser = memory(records ?? []);
  const wishes = new Map();
  let isThere = !!records;
  const seen = { opened: 0, forgotten: 0, tidied: 0 };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let answer = preferences;
  const consent = {
    state: () => /** @type {any} */ ({ preferences: answer }),
    onChange: (/** @type {() => void} */ listener) => (listeners.add(listener), () => void listeners.delete(listener)),
  };
  let inside = browser;
  const lasting = async () => {
    seen.opened++;
    isThere = true;
    return {
      ...browser, kind: "indexedDB", hard: true,
      transact: (/** @type {any} */ work, /** @type {any} */ part) => inside.transact(work, part),
      all: () => inside.all(),
      async forget() {
        seen.forgotten++;
        const own = await inside.transact((_, own) => ({ put: [], result: own }));
        inside = memory();
        await inside.transact(() => ({ put: [], wish: own, result: undefined }));
      },
    };
  };
  const store = await consented({ lasting, exists: async () => isThere, memory, kept: beside, consent, forget: () => void seen.tidied++ });
  return {
    store, seen, wishes, browser: { all: () => inside.all() },
    async answers(/** @type {string} */ next, quiet = false) {
      answer = next;
      if (!quiet) for (const listener of listeners) listener();
      await store.transact(() => ({ put: [], result: undefined }));
    },
  };
}

test("before a yes nothing is opened and nothing lasts", async () => {
  const { store, seen } = await scene("unknown");
  await put(store, "a");
  assert.deepEqual([await ids(store), seen.opened, store.lasting, store.writes, store.kind, store.hard], [["a"], 0, false, false, "memory", false]);
});

test("a wish is written all the same, and read again", async () => {
  const { store, seen, browser } = await scene("unknown");
  await store.transact(() => ({ put: [record("a")], wish: { unsubscribed: ["onsite"] }, result: undefined }));
  assert.equal(seen.opened, 1);
  assert.deepEqual(await ids(browser), [], "the record is not");
  assert.deepEqual(await store.transact((_, own) => ({ put: [], result: own })), { unsubscribed: ["onsite"] });
  assert.equal(seen.tidied, 1, "and no mark of it");
});

test("where the browser has no database, the wishes that are kept beside it hold", async () => {
  const { store, seen } = await scene("unknown", undefined, (/** @type {string} */ part) => (part ? { spam: ["email"] } : { unsubscribed: ["onsite"] }));
  const read = (/** @type {string} */ part) => store.transact((_, own, guests) => ({ put: [], result: [own, guests] }), part);
  assert.deepEqual(await read(""), [{ unsubscribed: ["onsite"] }, {}]);
  assert.deepEqual(await read("ana"), [{ spam: ["email"] }, { unsubscribed: ["onsite"] }]);
  assert.equal(seen.opened, 0, "and none is made for that");
});

test("after a yes what was kept so far moves, each record to its part", async () => {
  const { store, seen, browser, answers } = await scene("unknown", [record("old")]);
  let heard = 0;
  store.onChange?.(() => heard++);
  await put(store, "guest");
  await put(store, "ana", "part-of-ana");
  assert.deepEqual(await ids(store), ["ana", "guest"], "what an earlier yes left is not read");
  await answers("granted");
  assert.deepEqual(await ids(store), ["ana", "guest", "old"]);
  assert.deepEqual(await ids(browser), ["ana", "guest", "old"]);
  assert.deepEqual((await store.transact((records) => ({ put: [], result: records.map(({ id }) => id).sort() }), "other")), ["guest", "old"]);
  assert.deepEqual([heard, store.lasting, store.writes, store.kind, seen.forgotten], [1, undefined, undefined, "indexedDB", 0]);
});

test("after a no the browser's store is emptied; wishes stay; on this page nothing is said twice", async () => {
  const { store, seen, browser, answers } = await scene("granted", [record("old")]);
  await store.transact(() => ({ put: [record("a")], wish: { unsubscribed: ["onsite"] }, result: undefined }));
  await answers("denied");
  assert.deepEqual([await ids(browser), seen.forgotten, seen.tidied], [[], 1, 1]);
  assert.deepEqual(await ids(store), ["a", "old"]);
  assert.deepEqual(await store.transact((_, own) => ({ put: [], result: own })), { unsubscribed: ["onsite"] });
  await put(store, "b");
  assert.deepEqual(await ids(browser), []);
  await answers("granted");
  assert.deepEqual(await ids(browser), ["a", "b", "old"]);
});

test("a no that was said elsewhere deletes when the page is opened; what is unknown deletes nothing", async () => {
  assert.equal((await scene("denied", [record("old")])).seen.forgotten, 1);
  assert.deepEqual((await scene("denied")).seen, { opened: 0, forgotten: 0, tidied: 1 });
  const unknown = await scene("unknown", [record("old")]);
  assert.deepEqual([await ids(unknown.browser), unknown.seen.forgotten], [["old"], 0]);
});

test("an answer that nobody tells of is heard at the next decision", async () => {
  const { seen, answers } = await scene("granted", [record("old")]);
  await answers("denied", true);
  assert.equal(seen.forgotten, 1);
});

test("several changes in a row end with the last", async () => {
  const { store, browser, answers } = await scene("unknown");
  await put(store, "a");
  await Promise.all([answers("granted"), answers("denied"), answers("granted"), answers("denied")]);
  assert.deepEqual(await ids(browser), []);
  assert.equal(store.writes, false);
});

test("a no holds at once, while the records are still on their way to the page's memory", async () => {
  const { store, answers } = await scene("granted", []);
  assert.deepEqual([store.lasting, store.writes], [undefined, undefined]);
  const settled = answers("denied");
  assert.deepEqual([store.lasting, store.writes], [false, false]);
  await settled;
});
