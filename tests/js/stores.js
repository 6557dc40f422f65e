// What every ledger store keeps to. The cases need no test runner, so that Node and Chromium run the same ones.

/** @typedef {import("../../js/shop/index.d.ts").Store} Store */

/** @param {string} id @param {object} [more] @returns {any} */
const record = (id, more) => ({
  id,
  campaign: "c",
  class: "relational",
  channel: "onsite",
  at: 1,
  state: "reserved",
  leaseUntil: 5,
  ...more,
});

/** @param {unknown} found @param {unknown} expected */
function same(found, expected) {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`found ${a}, expected ${b}`);
}

/** @param {Store} store @param {any[]} put */
const put = (store, ...put) => store.transact(() => ({ put, result: undefined }));

/** @param {Store} store @param {string} part @param {any[]} put */
const putIn = (store, part, ...put) => store.transact(() => ({ put, result: undefined }), part);

/** The ids that a part shows, sorted. @param {Store} store @param {string} [part] */
const seen = (store, part) => store.transact((records) => ({ put: [], result: records.map(({ id }) => id).sort() }), part);

/** @param {Store} store */
const states = async (store) => Object.fromEntries((await store.all()).map(({ id, state }) => [id, state]));

/** @param {Store} store @param {any} wish */
const wish = (store, wish) => store.transact(() => ({ put: [], wish, result: undefined }));

/** @param {Store} store */
const wishes = (store) => store.transact((_, wishes) => ({ put: [], result: wishes }));

/** @type {Record<string, (store: Store) => Promise<void>>} each gets an empty store */
export const cases = {
  "begins empty and says what it is": async (store) => {
    same(await store.all(), []);
    same([typeof store.kind, typeof store.hard], ["string", "boolean"]);
  },

  "resolves with the result and keeps what was put": async (store) => {
    same(await store.transact((records) => ({ put: [record("a")], result: records.length })), 0);
    same(await store.transact((records) => ({ put: [], result: records })), [record("a")]);
    same(await store.all(), [record("a")]);
  },

  "merges by id; a state never goes down": async (store) => {
    await put(store, record("a", { state: "armed", at: 3 }), record("b"));
    await put(store, record("a", { at: 7, leaseUntil: 9 }), record("b", { state: "released" }));
    same(await states(store), { a: "armed", b: "released" });
    const [a] = await store.all();
    same([a.at, a.leaseUntil], [7, 9]);
  },

  "merges what one transaction puts twice": async (store) => {
    await put(store, record("a", { state: "delivered" }), record("a", { state: "armed" }));
    same(await states(store), { a: "delivered" });
  },

  "stores nothing when work throws, and goes on": async (store) => {
    await put(store, record("a"));
    const thrown = await store
      .transact(() => {
        throw new RangeError("no");
      })
      .catch((error) => error);
    same([thrown instanceof RangeError, thrown.message], [true, "no"]);
    await put(store, record("b"));
    same(Object.keys(await states(store)), ["a", "b"]);
  },

  "does not hand out what it keeps": async (store) => {
    await put(store, record("a"));
    for (const mine of await store.all()) mine.state = "delivered";
    await store
      .transact((records) => {
        for (const mine of records) mine.state = "delivered";
        return { put: [], result: undefined };
      })
      // a store may freeze them
      .catch(() => {});
    same(await states(store), { a: "reserved" });
  },

  "does one after the other, however many ask at once": async (store) => {
    const grants = Array.from({ length: 60 }, (_, id) =>
      store.transact((records) => {
        const free = records.length < 3;
        return { put: free ? [record(String(id))] : [], result: free };
      }),
    );
    same((await Promise.all(grants)).filter(Boolean).length, 3);
    same((await store.all()).length, 3);
  },

  "keeps the shopper's wishes beside the records": async (store) => {
    const seen = await store.transact((_, wishes) => ({ put: [record("a")], wish: { lessOften: "7d" }, result: wishes }));
    same(seen, {});
    same(await wishes(store), { lessOften: "7d" });
    await wish(store, { avoid: ["push"] });
    same(await wishes(store), { lessOften: "7d", avoid: ["push"] });
    await wish(store, { lessOften: null, avoid: ["sms"] });
    same(await wishes(store), { avoid: ["sms"] });
    same(Object.keys(await states(store)), ["a"]);
  },

  "never forgets who unsubscribed or was sent spam": async (store) => {
    await wish(store, { unsubscribed: ["email"], spam: ["sms"] });
    await wish(store, { unsubscribed: [], spam: null });
    await wish(store, { unsubscribed: ["push", "email"] });
    same(await wishes(store), { unsubscribed: ["email", "push"], spam: ["sms"] });
    await wish(store, { subscribe: ["email", "sms"] });
    same(await wishes(store), { unsubscribed: ["push"], spam: ["sms"], subscribe: ["email", "sms"] });
  },

  "keeps no wish when work throws": async (store) => {
    await wish(store, { lessOften: "7d" });
    await store
      .transact(() => {
        throw new RangeError("no");
      })
      .catch(() => {});
    same(await wishes(store), { lessOften: "7d" });
  },

  "keeps the greatest reaction to a contact": async (store) => {
    await put(store, record("a", { state: "delivered", reaction: "clicked" }));
    await put(store, record("a", { state: "armed", reaction: "dismissed" }));
    const [a] = /** @type {any[]} */ (await store.all());
    same([a.state, a.reaction], ["delivered", "clicked"]);
  },

  "shows a customer their own part and the guests', and a guest the guests' alone": async (store) => {
    await putIn(store, "", record("guest"));
    await putIn(store, "ana", record("ana"));
    await putIn(store, "luis", record("luis"));
    same(await seen(store, ""), ["guest"]);
    same(await seen(store, "ana"), ["ana", "guest"]);
    same(await seen(store, "luis"), ["guest", "luis"]);
    same(await seen(store, "eva"), ["guest"]);
  },

  "shows all parts to who names none, and in all()": async (store) => {
    await putIn(store, "ana", record("ana"));
    await put(store, record("guest"));
    same(await seen(store), ["ana", "guest"]);
    same(Object.keys(await states(store)).sort(), ["ana", "guest"]);
    same(await seen(store, ""), ["guest"]);
  },

  "merges a record where it is, whoever puts it": async (store) => {
    await putIn(store, "", record("guest"));
    await putIn(store, "ana", record("ana"), record("guest", { state: "delivered" }));
    await put(store, record("ana", { state: "delivered" }));
    same(await states(store), { guest: "delivered", ana: "delivered" });
    same(await seen(store, "luis"), ["guest"]);
    same(await seen(store, "ana"), ["ana", "guest"]);
  },

  "keeps a customer's wishes apart from the guests'": async (store) => {
    const wishIn = (/** @type {string} */ part, /** @type {any} */ wish) => store.transact(() => ({ put: [], wish, result: 0 }), part);
    const both = (/** @type {string} */ part) => store.transact((_, own, guests) => ({ put: [], result: [own, guests] }), part);
    await wishIn("", { avoid: ["push"] });
    await wishIn("ana", { unsubscribed: ["email"] });
    same(await both("ana"), [{ unsubscribed: ["email"] }, { avoid: ["push"] }]);
    same(await both("luis"), [{}, { avoid: ["push"] }]);
    same(await both(""), [{ avoid: ["push"] }, {}]);
    same(await wishes(store), { avoid: ["push"] });
  },

  "takes any text for the name of a part": async (store) => {
    const parts = ["0", "__proto__", "constructor", "\0", "[]", " ", "\ud800", "\uffff", "a".repeat(4096)];
    for (const part of parts) await putIn(store, part, record(`r${part}`));
    for (const part of parts) same(await seen(store, part), [`r${part}`]);
    same(await seen(store, ""), []);
  },

  "does one after the other across its parts": async (store) => {
    const grants = Array.from({ length: 20 }, (_, id) =>
      store.transact((records) => {
        const free = !records.some(({ campaign }) => campaign === "guest");
        return { put: free ? [record(String(id), { campaign: id % 2 ? "guest" : "own" })] : [], result: free };
      }, id % 2 ? "" : "ana"),
    );
    same((await Promise.all(grants)).filter(Boolean).length, 2);
  },
};
