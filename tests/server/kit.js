// What every server's store keeps to, beside what every store does (tests/js/stores.js).

import { cases as pageCases } from "../js/stores.js";

/**
 * @typedef {import("../../js/server/store.d.ts").ServerStore} ServerStore
 * @typedef {import("../../js/server/store.d.ts").Kept} Kept
 */

/** @param {string} id @param {object} [more] @returns {any} */
export const record = (id, more) => ({ id, campaign: "c", class: "relational", channel: "email", at: 1, state: "reserved", leaseUntil: 5, ...more });

/** @param {string} key @param {object} [more] @returns {any} */
const grant = (key, more) => ({ key, offer: "gift", campaign: "c", occurrence: "1", at: 1, state: "reserved", ...more });

/** @param {unknown} found @param {unknown} expected */
function same(found, expected) {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`found ${a}, expected ${b}`);
}

/** Stores changes in a part. @param {ServerStore} store @param {string} part @param {any} change */
const change = (store, part, change) => store.transact(() => ({ put: [], result: undefined, ...change }), part);

/** What is kept of a part. @param {ServerStore} store @param {string} part @returns {Promise<Kept>} */
const kept = (store, part) => store.transact((_records, _wishes, _guests, _seen, kept) => ({ put: [], result: kept }), part);

/** @param {ServerStore} store @param {string} part */
const keys = async (store, part) => (await kept(store, part)).grants.map(({ key }) => key).sort();

/** What a rejection says. @param {Promise<unknown>} promise @returns {Promise<any>} */
const rejected = (promise) => promise.then(() => undefined, (error) => error);

/** Text that some databases refuse. */
const ODD = ["", "__proto__", "\0", "a\0b", "\\", "\\u0000", "\\0000", "\ud800", "\udc00x", "😀", "'\"`${}", "é\u0301", "\uffff", "%_", "{}", "a".repeat(300), "\ud83d".repeat(400)];

/**
 * `paused(between)`: another store over the same, which waits for `between()` after it has read for a decision and before it stores it. Absent:
 * whatever comes in between waits for it instead.
 * @type {Record<string, (store: ServerStore, options?: { paused?: (between: () => Promise<void>) => ServerStore }) => Promise<void>>}
 */
const serverCases = {
  "finds the parts of which something is due, the earliest first": async (store) => {
    await change(store, "ana", { facts: { due: 30 } });
    await change(store, "eva", { facts: { due: 10.5 } });
    await store.putFacts?.("lia", { due: 30 });
    await change(store, "ida", { facts: { due: "soon" } });
    await change(store, "pia", { put: [record("p")] });
    const all = [{ part: "eva", due: 10.5 }, { part: "ana", due: 30 }, { part: "lia", due: 30 }];
    same(await store.due({ limit: 9 }), all);
    same(await store.due({ until: 29, limit: 9 }), all.slice(0, 1));
    same(await store.due({ after: all[0], limit: 1 }), all.slice(1, 2));
    same(await store.due({ after: all[1], limit: 9 }), all.slice(2));
    // What else changes leaves it; other facts do not.
    await change(store, "ana", { put: [record("a")], wish: { avoid: ["sms"] } });
    await change(store, "lia", { facts: { customer: {} } });
    await store.erase("eva");
    same(await store.due({ limit: 9 }), all.slice(1, 2));
    await store.forget?.();
    same(await store.due({ limit: 9 }), []);
  },

  "deletes all of a part in the transaction that says so, and nothing that is told after it": async (store) => {
    await store.transact(() => ({ put: [record("gone")], facts: { customer: { id: "ana" } }, result: 0 }), "ana");
    await Promise.all([
      store.transact(() => ({ put: [], erase: true, count: { "day.erased": 1 }, result: 0 }), "ana"),
      store.transact(() => ({ put: [record("new")], facts: { customer: { id: "ana", locale: "es" } }, result: 0 }), "ana"),
    ]);
    const { facts } = await kept(store, "ana");
    const after = await store.transact((records) => ({ put: [], result: records.map(({ id }) => id) }), "ana");
    // Whichever came first: all of it is there, or nothing.
    same([facts?.customer?.locale, after], facts ? ["es", ["new"]] : [undefined, []]);
    await store.transact(() => ({ put: [record("late")], erase: true, result: 0 }), "ana");
    same([(await kept(store, "ana")).facts, (await store.parts({ limit: 9 })).includes("ana")], [undefined, false]);
    same(await store.counters("day.erased"), { "day.erased": 1 });
  },

  "deletes counters": async (store) => {
    await store.count({ "live.a": 1, "live.b": 2, "day.é": 3, "day.b": 4 });
    await store.uncount(["live.a", "day.é", "none"]);
    await store.uncount([]);
    same(await store.counters(""), { "day.b": 4, "live.b": 2 });
    same((await kept(store, "ana")).live, { "live.b": 2 });
  },

  "deletes counters while others count: each count is there, or was deleted whole": async (store) => {
    const names = Array.from({ length: 12 }, (_, at) => `live.${at}`);
    const add = Object.fromEntries([...names, "day.kept"].map((name) => [name, 1]));
    const count = (/** @type {number} */ at) => change(store, `p${at}`, { put: [record(`r${at}`)], count: add });
    await Promise.all(Array.from({ length: 24 }, (_, at) => (at % 4 ? count(at) : store.uncount([...names].reverse()))));
    const { "day.kept": kept, ...others } = await store.counters("");
    // A transaction counts all of its names or none, so they are deleted and counted together.
    same([kept, new Set(names.map((name) => others[name])).size, (others[names[0]] ?? 0) <= 18], [18, 1, true]);
    await store.uncount(names);
    same(await store.counters(""), { "day.kept": 18 });
  },

  // Who asks first need not be first here.
  "does one after the other across its parts": async (store) => {
    await Promise.all(
      Array.from({ length: 20 }, (_, id) =>
        store.transact((records) => {
          const free = !records.some(({ campaign }) => campaign === "guest");
          return { put: free ? [record(String(id), { campaign: id % 2 ? "guest" : "own" })] : [], result: free };
        }, id % 2 ? "" : "ana"),
      ),
    );
    same((await store.all()).filter(({ campaign }) => campaign === "guest").length, 1);
  },

  "merges the guests' record once, whoever changes it at once": async (store) => {
    await change(store, "", { put: [record("guest")] });
    const reactions = ["dismissed", "clicked", "converted"];
    await Promise.all(
      Array.from({ length: 12 }, (_, at) => change(store, `p${at}`, { put: [record("guest", { state: "delivered", reaction: reactions[at % 3], at: at + 1 }), record(`r${at}`)] })),
    );
    const all = await store.all();
    const guest = /** @type {any} */ (all.find(({ id }) => id === "guest"));
    same([all.length, guest.state, guest.reaction, guest.at], [13, "delivered", "converted", 12]);
  },

  "has a clock, and decides by it": async (store) => {
    const before = await store.now();
    const { now } = await kept(store, "ana");
    const after = await store.now();
    if (!(before <= now && now <= after) || !Number.isInteger(now)) throw new Error(`${before}, ${now}, ${after}`);
  },

  "keeps facts, grants and counters with the records, all or nothing": async (store) => {
    await change(store, "ana", { put: [record("a")], facts: { customer: { id: "ana" } }, grants: [grant("g")], count: { "live.n": 2, "day.n": 1 } });
    const error = await rejected(
      store.transact((records, _wishes, _guests, _seen, { facts, grants, live }) => {
        same([records.length, facts, grants, live], [1, { customer: { id: "ana" } }, [grant("g")], { "live.n": 2 }]);
        throw new RangeError("no");
      }, "ana"),
    );
    same([error instanceof RangeError, error.message], [true, "no"]);
    same(await store.facts?.("ana"), { customer: { id: "ana" } });
    same((await kept(store, "luis")).facts, undefined);
    same(await store.counters(""), { "day.n": 1, "live.n": 2 });
    same(await store.counters("day."), { "day.n": 1 });
  },

  "keeps facts that a page put, and replaces them whole": async (store) => {
    await change(store, "ana", { facts: { a: 1, b: [null, "\0", "\ud800", 1e300, -0.5] } });
    same((await kept(store, "ana")).facts, { a: 1, b: [null, "\0", "\ud800", 1e300, -0.5] });
    await change(store, "ana", { put: [record("a")] });
    same((await kept(store, "ana")).facts.a, 1);
    await store.putFacts?.("ana", { c: 1 });
    same((await kept(store, "ana")).facts, { c: 1 });
    await change(store, "ana", { facts: null });
    same([await store.facts?.("ana")], [null]);
    await store.putFacts?.("ana", undefined);
    same([(await kept(store, "ana")).facts === undefined, (await store.facts?.("ana")) === undefined], [true, true]);
  },

  "hands out what nobody can change": async (store) => {
    await change(store, "ana", { facts: { list: [1] }, grants: [grant("g")], count: { "live.n": 1 } });
    await store
      .transact((_records, _wishes, _guests, _seen, kept) => {
        kept.facts.list.push(2);
        return { put: [], result: 0 };
      }, "ana")
      .catch(() => {});
    const mine = /** @type {any} */ (await store.facts?.("ana"));
    mine.list.push(3);
    same(await store.facts?.("ana"), { list: [1] });
    const given = await kept(store, "ana");
    same([Object.isFrozen(given), Object.isFrozen(given.grants), Object.isFrozen(given.live)], [true, true, true]);
  },

  "keeps a customer's records from the others', whatever id a copy has": async (store) => {
    await change(store, "ana", { put: [record("a", { channel: "email" })] });
    await change(store, "luis", { put: [record("a", { state: "delivered" })], drop: ["b"] });
    await change(store, "eva", { drop: ["a"] });
    const state = (/** @type {string} */ part) => store.transact((records) => ({ put: [], result: records.map(({ state }) => state) }), part);
    same([await state("ana"), await state("luis"), await state("eva")], [["reserved"], ["delivered"], []]);
    await change(store, "ana", { drop: ["a"] });
    same([await state("ana"), await state("luis")], [[], ["delivered"]]);
  },

  "deletes what one transaction put and dropped, and drops where the guests have it": async (store) => {
    await change(store, "", { put: [record("guest")] });
    await change(store, "ana", { put: [record("a"), record("b")], drop: ["a", "guest", "none"] });
    same((await store.all()).map(({ id }) => id), ["b"]);
  },

  "refuses work that is not synchronous": async (store) => {
    const error = await rejected(store.transact(/** @type {any} */ (async () => ({ put: [record("a")], result: 0 })), "ana"));
    same([error instanceof TypeError, (await store.all()).length], [true, 0]);
  },

  "has each grant once by its key, and deletes what is taken back": async (store) => {
    await change(store, "ana", { grants: [grant("g"), grant("h")] });
    await change(store, "ana", { grants: [grant("g", { state: "issued", code: "X1" })] });
    same(await keys(store, "ana"), ["g", "h"]);
    same(await store.granted("X1"), { part: "ana", grant: grant("g", { state: "issued", code: "X1" }) });
    await change(store, "ana", { ungrant: ["h", "none"] });
    same(await keys(store, "ana"), ["g"]);
    await change(store, "ana", { ungrant: ["g"], grants: [grant("g", { code: "X2" })] });
    same([await store.granted("X1"), (await store.granted("X2"))?.part], [undefined, "ana"]);
    same(await keys(store, "luis"), []);
  },

  "gives no code to two grants": async (store) => {
    await change(store, "ana", { grants: [grant("g", { code: "X" })] });
    const error = await rejected(change(store, "luis", { put: [record("l")], grants: [grant("g", { code: "X" })] }));
    same([error?.code, await keys(store, "luis"), (await store.all()).length], ["taken", [], 0]);
    await change(store, "ana", { grants: [grant("g", { code: "X", state: "issued" })] });
    same((await store.granted("X"))?.grant.state, "issued");
    await store.erase("ana");
    same(await store.granted("X"), undefined);
    await change(store, "luis", { grants: [grant("g", { code: "X" })] });
    same((await store.granted("X"))?.part, "luis");
  },

  "finds the grants that wait for their code": async (store) => {
    for (const part of ["b", "a", "c"]) await change(store, part, { grants: [grant("2"), grant("1"), grant("done", { state: "issued", code: part })] });
    const all = ["a", "b", "c"].flatMap((part) => ["1", "2"].map((key) => ({ part, key })));
    same(await store.pending({ limit: 10 }), all);
    same(await store.pending({ limit: 2, after: all[2] }), all.slice(3, 5));
    await change(store, "b", { grants: [grant("2", { state: "issued", code: "b2" })], ungrant: ["1"] });
    same((await store.pending({ limit: 10 })).map(({ part }) => part), ["a", "a", "c", "c"]);
  },

  "lets no counter become greater than its most": async (store) => {
    const take = (/** @type {number} */ id) =>
      change(store, `p${id}`, { put: [record(String(id))], count: { "live.issued": 1, "day.n": 1 }, most: { "live.issued": 5 } });
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, id) => rejected(take(id))));
    const refused = outcomes.filter(Boolean);
    same([refused.length, refused[0].code, refused[0].counter], [7, "over", "live.issued"]);
    same([await store.counters(""), (await store.all()).length], [{ "day.n": 5, "live.issued": 5 }, 5]);
    await change(store, "p", { count: { "live.issued": -2 } });
    same((await rejected(change(store, "p", { count: { "live.issued": 3 }, most: { "live.issued": 5 } })))?.code, "over");
    same(await rejected(change(store, "p", { count: { "live.issued": 2 }, most: { "live.issued": 5 } })), undefined);
    same((await rejected(change(store, "p", { put: [record("x")], most: { "live.issued": 4 } })))?.code, "over");
    same(await rejected(change(store, "p", { put: [record("x")], most: { new: 0 } })), undefined);
  },

  "loses no count, however many count at once": async (store) => {
    const names = ["a", "b", "live.c", "__proto__"];
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        const rotated = names.map((_, index) => names[(index + at) % names.length]);
        const add = Object.fromEntries(rotated.map((name) => [name, 1]));
        return at % 2 ? store.count(add) : change(store, `p${at % 5}`, { count: add });
      }),
    );
    const counted = await store.counters("");
    same(names.map((name) => Object.getOwnPropertyDescriptor(counted, name)?.value), [40, 40, 40, 40]);
    same(Object.keys((await kept(store, "p1")).live), ["live.c"]);
    await store.count({});
    await store.count({ half: 0.5, large: 2 ** 52 });
    same(await store.counters("half"), { half: 0.5 });
    same(await store.counters("large"), { large: 2 ** 52 });
    same((await rejected(store.count({ a: NaN }))) instanceof TypeError, true);
  },

  "queues the records of a state, the oldest first, a page after the other": async (store) => {
    for (let at = 0; at < 12; at += 1) {
      const put = [record(`r${at}`, { at: at < 6 ? 100 : 200 - at, channel: at % 2 ? "email" : "push" })];
      await change(store, `p${at % 3}`, { put });
    }
    await change(store, "p0", { put: [record("armed", { state: "armed" }), record("odd", { at: "2026-01-01T00:00:00Z" })] });
    const all = await store.queue({ state: "reserved", limit: 100 });
    same(all.map(({ id }) => id), ["r0", "r1", "r2", "r3", "r4", "r5", "r11", "r10", "r9", "r8", "r7", "r6", "odd"]);
    same([all[0], all[12]], [{ part: "p0", id: "r0", at: 100 }, { part: "p0", id: "odd", at: Date.UTC(2026, 0, 1) }]);
    const paged = [];
    for (let after; ; ) {
      const page = await store.queue({ state: "reserved", limit: 4, after });
      paged.push(...page);
      after = page.at(-1);
      if (page.length < 4) break;
    }
    same(paged, all);
    same((await store.queue({ state: "reserved", channel: "email", until: 189, limit: 9 })).map(({ id }) => id), ["r1", "r3", "r5", "r11"]);
    same((await store.queue({ state: "armed", limit: 9 })).map(({ id }) => id), ["armed"]);
    same(await store.queue({ state: "armed", channel: "push", limit: 9 }), []);
  },

  "moves a record in the queue as its state and its date change": async (store) => {
    await change(store, "ana", { put: [record("a"), record("b", { at: 2 })] });
    await change(store, "ana", { put: [record("a", { at: 9 })] });
    same((await store.queue({ state: "reserved", limit: 9 })).map(({ id }) => id), ["b", "a"]);
    // the page after one that is no longer there
    const [b] = await store.queue({ state: "reserved", limit: 1 });
    await change(store, "ana", { put: [record("b", { state: "armed", at: 2 })] });
    same((await store.queue({ state: "reserved", after: b, limit: 9 })).map(({ id }) => id), ["a"]);
    same((await store.queue({ state: "armed", channel: "email", limit: 9 })).map(({ id }) => id), ["b"]);
    await change(store, "ana", { drop: ["a", "b"] });
    same([await store.queue({ state: "reserved", limit: 9 }), await store.queue({ state: "armed", limit: 9 })], [[], []]);
  },

  "lists the parts in order": async (store) => {
    for (const part of ["b", "a", "d", "c"]) await change(store, part, { facts: { part } });
    await kept(store, "only read");
    same(await store.parts({ limit: 2 }), ["a", "b"]);
    same(await store.parts({ after: "b", limit: 9 }), ["c", "d"]);
    await store.erase("c");
    same(await store.parts({ after: "b", limit: 9 }), ["d"]);
  },

  "keeps notes by name": async (store) => {
    same(await store.note("nightly"), null);
    await store.putNote("nightly", { after: "x", at: 1, odd: "\0\ud800" });
    await store.putNote("other", [1]);
    same(await store.note("nightly"), { after: "x", at: 1, odd: "\0\ud800" });
    await store.putNote("nightly", 7);
    same([await store.note("nightly"), await store.note("other")], [7, [1]]);
    await store.putNote("nightly", null);
    same(await store.note("nightly"), null);
  },

  "redeems a code once": async (store) => {
    same(await store.redeemed("X"), undefined);
    const uses = await Promise.all(Array.from({ length: 16 }, (_, at) => store.redeem("X", `order ${at}`)));
    same(new Set(uses.map(({ order }) => order)).size, 1);
    const again = await store.redeem("X", "later");
    same([again, await store.redeemed("X")], [uses[0], uses[0]]);
    same(Number.isInteger(again.at), true);
    same((await store.redeem("Y", "later")).order, "later");
  },

  "erases all of a part and nothing else": async (store) => {
    for (const part of ["ana", "luis", ""]) {
      await change(store, part, { put: [record(`r${part}`)], wish: { lessOften: "7d" }, facts: { part }, grants: [grant("g", { code: `c${part}` })] });
    }
    await store.erase("ana");
    await store.erase("nobody");
    same((await store.all()).map(({ id }) => id).sort(), ["r", "rluis"]);
    const { facts, grants } = await kept(store, "ana");
    same([facts, grants], [undefined, []]);
    same(await store.transact((_, wishes) => ({ put: [], result: wishes }), "ana"), {});
    same((await store.queue({ state: "reserved", limit: 9 })).length, 2);
    same([await store.granted("cana"), (await store.granted("cluis"))?.part], [undefined, "luis"]);
    same(await store.parts({ limit: 9 }), ["luis"]);
  },

  "stores nothing over what was told after an erase that was read before it": async (store, { paused } = {}) => {
    await change(store, "ana", { facts: { consent: true } });
    /** @type {Promise<void> | undefined} */
    let told;
    const between = () => (told ??= store.erase("ana").then(() => change(store, "ana", { facts: { consent: false } })));
    const late = paused?.(between) ?? store;
    await late.transact((_records, _wishes, _guests, _seen, { facts }) => {
      void between();
      return { put: [], facts: { ...facts, seen: true }, result: 0 };
    }, "ana");
    await told;
    same(/** @type {any} */ (await store.facts?.("ana")).consent, false);
  },

  "forgets records and facts of all, and keeps wishes": async (store) => {
    await change(store, "ana", { put: [record("a")], wish: { lessOften: "7d" }, facts: 1, grants: [grant("g")] });
    await store.forget?.();
    same([await store.all(), await store.facts?.("ana"), await store.queue({ state: "reserved", limit: 1 })], [[], undefined, []]);
    same(await store.transact((_, wishes) => ({ put: [], result: wishes }), "ana"), { lessOften: "7d" });
  },

  "takes any text for ids, keys, codes, names and values": async (store) => {
    for (const [at, text] of ODD.entries()) {
      const part = `p${text}`;
      const put = [record(`r${text}`, { channel: text, offer: text, campaign: text })];
      const more = { put, facts: { [text]: text }, grants: [grant(`k${text}`, { code: `c${text}` })], wish: { topics: [`t${text}`] }, count: { [`n${at}${text}`]: 1 } };
      await change(store, part, more);
      same(await store.transact((records, wishes) => ({ put: [], result: [records, wishes] }), part), [put, { topics: [`t${text}`] }]);
      same(await store.facts?.(part), { [text]: text });
      same(await store.granted(`c${text}`), { part, grant: more.grants[0] });
      same(await store.counters(`n${at}`), { [`n${at}${text}`]: 1 });
      same((await store.queue({ state: "reserved", channel: text, limit: 9 })).map(({ part, id }) => [part, id]), [[part, `r${text}`]]);
      await store.putNote(`n${text}`, text);
      same(await store.note(`n${text}`), text);
      same((await store.redeem(`c${text}`, text)).order, text);
      same((await store.redeemed(`c${text}`))?.order, text);
    }
    same((await store.parts({ limit: 99 })).sort(), ODD.map((text) => `p${text}`).sort());
    same((await store.queue({ state: "reserved", limit: 99 })).length, ODD.length);
    same((await store.pending({ limit: 99 })).map(({ key }) => key).sort(), ODD.map((text) => `k${text}`).sort());
  },

  "keeps a large part": async (store) => {
    const put = Array.from({ length: 3000 }, (_, at) => record(`r${at}`, { campaign: "x".repeat(100) }));
    await change(store, "ana", { put, facts: { text: "y".repeat(1_000_000) } });
    const [count, length] = await store.transact((records, _w, _g, _s, { facts }) => ({ put: [], result: [records.length, facts.text.length] }), "ana");
    same([count, length], [3000, 1_000_000]);
  },
};

/** All that a server's store keeps to. */
export const cases = { ...pageCases, ...serverCases };
