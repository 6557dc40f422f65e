// A run over the customers decides for each of them, also when it is interrupted, and once at a time.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { memory } from "../../js/server/index.js";
import { NOON, DAY, openOver, states, tell } from "./mails.js";

let now = NOON;
/** @type {any} */
let store;
/** @type {any} */
let server;

const ids = Array.from({ length: 30 }, (_, i) => `c-${String(i).padStart(2, "0")}`);

beforeEach(async () => {
  now = NOON;
  store = memory({ clock: () => now });
  server = await openOver(store);
  for (const id of ids) await tell(store, id);
});

/** The ids, and after `at` of them what a process does that is killed. @param {number} at @param {() => void} [then] */
async function* until(at, then = () => {}) {
  for (const [i, id] of ids.entries()) {
    if (i === at) then();
    yield id;
  }
}

test("each customer is decided for, and what may be said is reserved", async () => {
  await tell(store, "c-03", { consent: { email: false } });
  const report = await server.nightly({ customers: ids });
  assert.deepEqual([report.customers, report.contacts, report.finished, report.resumedFrom], [30, 29, true, 0]);
  assert.deepEqual(report.reserved, { oranges: 29 });
  assert.equal(report.refused["consent/withdrawn"], 1);
  assert.equal((await states(store, "oranges")).length, 29);
  assert.deepEqual([report.from, report.to], [NOON, NOON]);
});

test("a second run reserves nothing twice", async () => {
  await server.nightly({ customers: ids });
  const report = await server.nightly({ customers: ids });
  assert.deepEqual([report.customers, report.contacts], [30, 0]);
  assert.equal((await states(store)).length, 30);
});

test("without customers it is all whom the store knows, but guests", async () => {
  await store.transact(() => ({ put: [], wish: { avoid: ["oranges"] }, result: 0 }));
  const report = await server.nightly();
  assert.deepEqual([report.customers, report.contacts], [30, 30]);
});

test("customers with facts are known before they are decided for", async () => {
  const rows = ids.map((id) => ({ id, consent: { email: id !== "c-07" } }));
  const report = await server.nightly({ customers: rows });
  assert.deepEqual([report.contacts, report.refused["consent/withdrawn"]], [29, 1]);
});

test("an iterator, and a function that is asked for those after an id", async () => {
  assert.equal((await server.nightly({ customers: until(-1) })).customers, 30);
  /** @type {any[]} */
  const asked = [];
  const customers = async (/** @type {string} */ after = "") => (asked.push(after), ids.filter((id) => id > after));
  assert.equal((await server.nightly({ customers, name: "second" })).customers, 30);
  assert.deepEqual(asked, [""]);
});

test("a mistake of one customer ends nothing, and is counted without their id", async () => {
  await tell(store, "c-05", { birthday: "no day" });
  const report = await server.nightly({ customers: [...ids, "nobody", "", /** @type {any} */ (17), { consent: {} }] });
  assert.equal(report.customers, 34);
  assert.deepEqual(report.errors, { "invalid-value": 2, "unknown-customer": 1, "missing-field": 2 });
  assert.equal(report.finished, true);
  assert.ok(!JSON.stringify(report).includes("nobody"));
});

test("a run that was stopped goes on where it was", async () => {
  const stop = new AbortController();
  const first = await server.nightly({ customers: until(11, () => stop.abort()), signal: stop.signal });
  assert.equal(first.finished, false);
  assert.ok(first.customers >= 8 && first.customers < 14, `${first.customers}`);
  const second = await server.nightly({ customers: ids });
  assert.deepEqual([second.resumedFrom, second.customers, second.contacts, second.finished], [first.customers, 30, 30, true]);
  const third = await server.nightly({ customers: ids });
  assert.deepEqual([third.resumedFrom, third.customers], [0, 30]);
});

test("a function is asked for those after the last that was done", async () => {
  const stop = new AbortController();
  /** @type {any[]} */
  const asked = [];
  const customers = (/** @type {string} */ after = "") => {
    asked.push(after);
    return asked.length === 1 ? until(11, () => stop.abort()) : ids.filter((id) => id > after);
  };
  const first = await server.nightly({ customers, signal: stop.signal });
  const second = await server.nightly({ customers });
  assert.deepEqual(asked, ["", ids[first.customers - 1]]);
  assert.deepEqual([second.customers, second.contacts], [30, 30]);
});

test("all whom the store knows: it goes on after the last part", async () => {
  const stop = new AbortController();
  let asked = 0;
  const counting = Object.assign(Object.create(store), { facts: (/** @type {string} */ part) => (++asked === 11 && stop.abort(), store.facts(part)) });
  const other = await openOver(counting);
  const first = await other.nightly({ signal: stop.signal });
  assert.equal(first.finished, false);
  const second = await other.nightly();
  assert.deepEqual([second.resumedFrom, second.customers, second.contacts], [first.customers, 30, 30]);
});

test("customers in another order are told of, and `again` begins anew", async () => {
  const stop = new AbortController();
  await server.nightly({ customers: until(11, () => stop.abort()), signal: stop.signal });
  const reversed = [...ids].reverse();
  await assert.rejects(server.nightly({ customers: reversed }), (/** @type {any} */ error) => error.code === "order-changed" && error.path === "customers");
  const report = await server.nightly({ customers: reversed, again: true });
  assert.deepEqual([report.resumedFrom, report.customers], [0, 30]);
});

test("an interrupted run of the night before is not gone on with", async () => {
  const stop = new AbortController();
  await server.nightly({ customers: until(11, () => stop.abort()), signal: stop.signal });
  now += DAY;
  const report = await server.nightly({ customers: ids });
  assert.deepEqual([report.resumedFrom, report.customers], [0, 30]);
});

test("one process at a time, and after one that died another goes on", async () => {
  /** @type {(value?: unknown) => void} */
  let goOn = () => {};
  const held = new Promise((resolve) => (goOn = resolve));
  async function* slow() {
    yield* ids.slice(0, 5);
    await held;
    yield* ids.slice(5);
  }
  const first = server.nightly({ customers: slow(), lease: 1000 });
  first.catch(() => {});
  await sleep(20);
  await assert.rejects(server.nightly({ customers: ids }), (/** @type {any} */ error) => error.code === "already-running" && error.status === 409);
  assert.equal((await server.nightly({ customers: ids, name: "other" })).customers, 30);
  now += 2000; // no sign of life
  assert.equal((await server.nightly({ customers: ids })).customers, 30);
  // The first sees that it lost the run, at its next sign of life.
  await sleep(400);
  goOn();
  await assert.rejects(first, (/** @type {any} */ error) => error.code === "taken-over");
});

test("a store that does not answer for a moment is waited for", async () => {
  let calls = 0;
  const shaky = Object.assign(Object.create(store), {
    transact: (/** @type {any[]} */ ...given) => (++calls > 10 && calls < 14 ? Promise.reject(new Error("down")) : store.transact(...given)),
    now: () => (calls > 10 && calls < 14 ? Promise.reject(new Error("down")) : store.now()),
  });
  const other = await openOver(shaky);
  const report = await other.nightly({ customers: ids, concurrency: 2 });
  assert.deepEqual([report.customers, report.contacts, report.errors], [30, 30, {}]);
});

test("no more customers are read than are in hand", async () => {
  let read = 0;
  let done = 0;
  let most = 0;
  const counting = Object.assign(Object.create(store), {
    transact: async (/** @type {any[]} */ ...given) => {
      const result = await store.transact(...given);
      await sleep(1);
      done++;
      return result;
    },
  });
  const other = await openOver(counting);
  async function* customers() {
    for (const id of ids) {
      most = Math.max(most, ++read - done);
      yield id;
    }
  }
  await other.nightly({ customers: customers(), concurrency: 3 });
  assert.ok(most <= 5, `${most}`);
});

test("others have their turn while it runs, over a store that never waits too", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++);
  await server.nightly({ customers: Array.from({ length: 3000 }, (_, i) => ids[i % 30]) });
  clearInterval(timer);
  assert.ok(turns > 3, `${turns}`);
});

test("while a query takes long the run is held, and it tells how far it is", async () => {
  /** @type {number[]} */
  const told = [];
  let others = 0;
  async function* slow() {
    yield* ids.slice(0, 20);
    for (let turn = 0; turn < 12; turn++) {
      now += 100;
      await sleep(60);
    }
    await assert.rejects(server.nightly({ customers: ids }), (/** @type {any} */ error) => (others++, error.code === "already-running"));
    yield* ids.slice(20);
  }
  const onProgress = (/** @type {any} */ { customers }) => void told.push(customers);
  // A sign of life comes every 333 ms, in which the clock of the store goes on by about half of the lease.
  const report = await server.nightly({ customers: slow(), lease: 1000, onProgress });
  assert.deepEqual([report.customers, others], [30, 1]);
  assert.ok(told.length > 0 && told.every((count) => count >= 16 && count <= 20), `${told}`);
});

test("close ends it, and what was not done is left to the next", async () => {
  const slow = Object.assign(Object.create(store), { transact: async (/** @type {any[]} */ ...given) => (await sleep(2), store.transact(...given)), close() {} });
  const other = await openOver(slow);
  const running = other.nightly({ customers: ids, concurrency: 1 });
  await sleep(10);
  await other.close();
  const report = await running;
  assert.equal(report.finished, false);
  assert.deepEqual([(await server.nightly({ customers: ids })).resumedFrom], [report.customers]);
});

test("options that cannot be are refused with their path", async () => {
  for (const [options, path] of /** @type {[any, string][]} */ ([
    [{ customers: "ana" }, "customers"],
    [{ customers: 3 }, "customers"],
    [{ concurrency: 0 }, "concurrency"],
    [{ lease: "1d" }, "lease"],
  ])) {
    await assert.rejects(server.nightly(options), (/** @type {any} */ error) => error.path === path && error.status === 400);
  }
});
