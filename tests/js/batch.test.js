// engine.batch, over the built package in Node.

import { load } from "querencia";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import { Engine as Core } from "#glue";
import { batch } from "../../js/batch/batch.js";
import { vectorFiles } from "../vectors/files.js";

const NOW = Date.parse("2026-11-22T10:00:00Z");

/** @type {any} */
const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] },
  campaigns: [{ id: "oranges", kind: "announcement", channel: "onsite", placement: "home", message: "oranges" }],
  messages: { oranges: { en: [{ body: "The oranges have arrived." }] } },
};

/**
 * The rows of a table as the objects that they are in a decision, for one customer of the chunk.
 * @param {any} table
 * @param {number} customer
 * @param {any[]} words
 */
function rowsOf({ row, ...columns }, customer, words) {
  const indices = Array.from(row, (_, index) => index).filter((index) => row[index] === customer);
  const valueAt = (/** @type {any} */ column, /** @type {number} */ index) => {
    if (column instanceof Uint16Array) return words[column[index]];
    if (column instanceof Float64Array) return Number.isNaN(column[index]) ? null : column[index];
    return column instanceof Uint8Array ? column[index] === 1 : column[index];
  };
  return indices.map((index) => Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, valueAt(column, index)])));
}

/**
 * What a batch decides, as `engine.decide` would say it of each customer.
 * @param {any} engine
 * @param {any} customers
 * @param {any} [options]
 */
async function decisionsOf(engine, customers, options) {
  const decisions = [];
  for await (const { words, nextAt, customer, first, ...tables } of engine.batch(customers, options)) {
    assert.equal(first, decisions.length);
    for (const row of customer.keys()) {
      const at = (/** @type {string} */ table) => rowsOf(tables[table], row, words);
      const { contacts, ghosts, entitled, refused, tasks, standing, errors } = Object.fromEntries(Object.keys(tables).map((table) => [table, at(table)]));
      const next = Number.isNaN(nextAt[row]) ? null : nextAt[row];
      decisions.push(errors.length > 0 ? { problems: errors } : { contacts, ghosts, entitled, refused, tasks, standing: standing[0] ?? null, nextAt: next });
    }
  }
  return decisions;
}

/** What `engine.decide` answers, or the problems that it throws. @param {any} engine @param {any} request */
function decided(engine, request) {
  try {
    const { policy, tasks, ...decision } = engine.decide(request);
    // a column has a value for every task
    const none = { conversation: null, mention: null, order: null };
    return { ...decision, tasks: tasks?.map((/** @type {object} */ task) => ({ ...none, ...task })) };
  } catch (/** @type {any} */ refusal) {
    return { problems: refusal.problems };
  }
}

/** The requests of the vectors by policy: those of one are a batch. */
async function vectorsByPolicy() {
  /** @type {Map<string, any[]>} */
  const requests = new Map();
  for (const { cases } of await vectorFiles()) {
    for (const { policy, request, decision, error } of cases) {
      if (!decision && !error) continue;
      const text = JSON.stringify(policy);
      requests.set(text, [...(requests.get(text) ?? []), request]);
    }
  }
  return requests;
}

for (const workers of process.env.ALL ? [0, 1, 2] : [0, 2]) {
  // To start workers for each of a thousand policies takes minutes. `VECTORS=a` does so for all whose file or name has an a.
  const least = workers === 0 || process.env.VECTORS ? 1 : 8;
  test(`the vectors are decided as one by one, by ${workers} workers`, async () => {
    for (const [policy, requests] of await vectorsByPolicy()) {
      if (requests.length < least) continue;
      const engine = await load(policy);
      const oneByOne = requests.map((request) => decided(engine, request));
      assert.deepEqual(await decisionsOf(engine, requests, { workers, size: 2, explain: true, nextAt: true }), oneByOne);
      engine.free();
    }
  });
}

/** Gives so many guests, and remembers how many were asked for and whether it was closed. @param {number} count */
function guests(count, request = {}) {
  const source = {
    given: 0,
    closed: 0,
    [Symbol.iterator]: () => ({
      next: () => (source.given < count ? { done: false, value: (source.given++, request) } : { done: true, value: undefined }),
      return: () => ({ done: true, value: void source.closed++ }),
    }),
  };
  return source;
}

/** Workers that were started since the test began. @param {import("node:test").TestContext} context */
function workersOf(context) {
  /** @type {import("node:worker_threads").Worker[]} */
  const workers = [];
  const keep = (/** @type {any} */ worker) => void workers.push(worker);
  process.on("worker", keep);
  context.after(() => process.off("worker", keep));
  // an ended worker has no number
  return { all: workers, running: () => workers.filter(({ threadId }) => threadId !== -1).length };
}

const all = async (/** @type {AsyncIterable<any>} */ chunks) => {
  const list = [];
  for await (const chunk of chunks) list.push(chunk);
  return list;
};

test("who is spoken to, and nothing that was not asked for", async () => {
  const engine = await load(policy);
  const [chunk, ...more] = await all(engine.batch([{ customer: { id: "ana" } }, {}], { now: NOW }));
  assert.equal(more.length, 0);
  assert.deepEqual(chunk.customer, ["ana", null]);
  const { row, campaign, at, message } = chunk.contacts;
  assert.deepEqual([...row], [0, 1]);
  assert.deepEqual(Array.from(campaign, (index) => chunk.words[index]), ["oranges", "oranges"]);
  assert.deepEqual([at[0], message[1].body], [NOW, "The oranges have arrived."]);
  for (const table of ["refused", "tasks", "standing", "errors", "ghosts", "entitled"]) assert.equal(chunk[table].row.length, 0, table);
  assert.deepEqual([...chunk.nextAt], [NaN, NaN]);

  const [asked] = await all(engine.batch([{ channels: ["email"] }], { now: NOW, explain: true, nextAt: true }));
  assert.equal(asked.standing.row.length, 1);
  const [unasked] = await all(engine.batch([{}], { now: NOW, explain: undefined, nextAt: null }));
  assert.equal(unasked.standing.row.length, 0);
  const record = { id: "r", campaign: "figs", class: "promotional", channel: "onsite", at: NOW - 3_600_000, state: "delivered" };
  const full = await load({ ...policy, limits: [{ id: "two", max: 1, per: "2d" }] });
  const [held] = await all(full.batch([{ ledger: [record] }], { now: NOW, explain: true, nextAt: true }));
  assert.equal(held.nextAt[0], NOW - 3_600_000 + 2 * 86_400_000);
  assert.deepEqual([held.words[held.refused.code[0]], held.refused.detail[0].limit], ["limit-full", "two"]);
});

test("columns and any iterable are the same; a request's own fields stand before the shared ones", async () => {
  const engine = await load(policy);
  const customer = ["ana", "luis", "eva"].map((id) => ({ id }));
  const now = Float64Array.of(NOW, NOW + 1, NOW + 2);
  const rows = customer.map((customer, index) => ({ customer, now: now[index] }));
  async function* waiting() {
    yield* rows;
  }
  const shared = { now: 5, zones: undefined, size: 2 };
  const expected = rows.map((request) => decided(engine, { ...request, explain: false, nextAt: false }));
  for (const workers of [0, 1]) {
    for (const given of [rows, new Set(rows), waiting(), { customer, now }]) {
      const found = await decisionsOf(engine, given, { ...shared, workers });
      assert.deepEqual(found.map(({ contacts }) => contacts), expected.map(({ contacts }) => contacts));
    }
  }
  assert.deepEqual(await all(engine.batch([], { now: NOW })), []);
  assert.deepEqual(await all(engine.batch({ customer: [] }, { now: NOW })), []);
});

test("options and columns that cannot be", async () => {
  const engine = await load(policy);
  const refused = (/** @type {any} */ customers, /** @type {any} */ options, /** @type {object} */ error) =>
    assert.rejects(all(engine.batch(customers, { now: NOW, ...options })), error);
  for (const workers of [-1, 0.5, NaN, "2"]) await refused([{}], { workers }, { name: "RangeError", message: /`workers`/ });
  for (const size of [0, 1.5, null]) await refused([{}], { size }, { name: "RangeError", message: /`size`/ });
  await refused({ customer: [{}, {}], ledger: [[]] }, {}, { name: "RangeError", message: /`ledger` has 1 values, `customer` has 2/ });
  await refused({ customer: [{}], zone: "Europe/Madrid" }, {}, { name: "TypeError", message: /`zone` is no column/ });
  for (const odd of [null, undefined, 5, {}]) await refused(odd, {}, { name: "TypeError" });
  engine.free();
  for (const workers of [0, 1]) await refused([{}], { workers }, { message: /free/ });
});

test("a request with mistakes has its problems in `errors`, and the others are decided", async () => {
  const engine = await load(policy);
  const thrower = { get customer() { throw new Error("no"); } };
  const seconds = { customer: { id: "luis", since: 1778580000 } };
  class Row {
    customer = {};
  }
  const odd = [null, new Map(), { customer: { id: () => {} } }, thrower, { nwo: 1 }, new Row(), { customer: new Row() }];
  const requests = [{}, seconds, { customer: { id: 5, orders: 5 } }, ...odd, {}];
  for (const workers of [0, 1]) {
    for (const size of [1, 100]) {
      const chunks = await all(engine.batch(/** @type {any} */ (requests), { now: NOW, workers, size }));
      const found = chunks.flatMap(({ first, errors, words }) =>
        Array.from(errors.row, (row, index) => `${first + row} ${words[errors.code[index]]} ${errors.path[index]}`),
      );
      assert.deepEqual(found, [
        "1 invalid-value customer.since",
        "2 wrong-type customer.id",
        "2 wrong-type customer.orders",
        "3 wrong-type ",
        "4 wrong-type ",
        "5 wrong-type customer.id",
        "6 wrong-type ",
        "7 unknown-field nwo",
        "8 wrong-type ",
        "9 wrong-type customer",
      ]);
      const spoken = chunks.flatMap(({ first, contacts }) => Array.from(contacts.row, (row) => first + row));
      assert.deepEqual(spoken, [0, 10]);
      assert.deepEqual(chunks.flatMap(({ customer }) => customer)[1], "luis");
      assert.match(chunks.flatMap(({ errors }) => errors.message)[0], /seconds/);
    }
  }
});

test("the order is that of the input, and progress is told, whatever the workers", async () => {
  const engine = await load(policy);
  const customers = Array.from({ length: 1203 }, (_, index) => ({ customer: { id: `c${index}` } }));
  for (const workers of [0, 1, 3]) {
    /** @type {any[]} */
    const progress = [];
    const onProgress = (/** @type {object} */ given) => void progress.push(given);
    const chunks = await all(engine.batch(customers, { now: NOW, workers, size: 100, onProgress }));
    assert.deepEqual(chunks.flatMap(({ customer }) => customer), customers.map(({ customer }) => customer.id));
    assert.deepEqual(chunks.map(({ first }) => first), Array.from({ length: 13 }, (_, index) => index * 100));
    assert.equal(progress.length, 13);
    assert.deepEqual(progress.at(-1), { done: 1203, total: 1203 });
  }
  const totals = new Set();
  const onProgress = (/** @type {{ total: any }} */ { total }) => void totals.add(total);
  await all(engine.batch(new Set(customers), { now: NOW, onProgress }));
  await all(engine.batch({ customer: [{}, {}] }, { now: NOW, onProgress }));
  assert.deepEqual([...totals], [null, 2]);
});

test("of 100,000 customers a few chunks are read ahead, and the memory does not grow", async () => {
  const engine = await load(policy);
  const shared = { now: NOW, zones: { "Europe/Madrid": [[0, 60]] } };
  for (const [workers, count] of [[0, 20_000], [1, 100_000]]) {
    const source = guests(count, { channels: ["email"] });
    let [taken, ahead, early, late] = [0, 0, 0, 0];
    for await (const { customer } of engine.batch(source, { ...shared, workers, size: 200 })) {
      taken += customer.length;
      ahead = Math.max(ahead, source.given - taken);
      const { heapUsed, external } = process.memoryUsage();
      if (taken <= count / 2) early = Math.max(early, heapUsed + external);
      else late = Math.max(late, heapUsed + external);
    }
    assert.equal(taken, count);
    assert.ok(ahead <= 200 * 2 * workers, `${ahead} were read ahead`);
    assert.ok(late < early + 50e6, `${early} bytes grew to ${late}`);
  }
});

/** A customer with so many records. @param {number} count */
function recorded(count) {
  const record = (/** @type {number} */ index) => ({ id: `record-${index}`, campaign: "news", class: "relational", channel: "email", at: NOW - index * 1000, state: "delivered" });
  return { customer: { id: "ana" }, ledger: Array.from({ length: count }, (_, index) => record(index)) };
}

test("a chunk for a worker ends early where ledgers are long", async () => {
  const engine = await load(policy);
  const sizes = async (/** @type {any} */ customers, workers = 1) =>
    (await all(engine.batch(customers, { now: NOW, workers }))).map(({ customer }) => customer.length);
  const many = Array.from({ length: 100 }, () => recorded(1000));
  const found = await sizes(many);
  assert.equal(found.reduce((sum, size) => sum + size), 100);
  const [first] = found;
  // a record has at least 100 bytes, and at most 500
  assert.ok(first > 8e6 / 500_000 && first < 8.5e6 / 100_000, `${found}`);
  for (const size of found.slice(0, -1)) assert.equal(size, first);
  // one that is too large for any chunk has its own
  assert.deepEqual(await sizes([recorded(90_000), {}, recorded(90_000), {}]), [1, 2, 1]);
  assert.deepEqual(await sizes(many, 0), [100]);
});

test("what is wrong with what all share is said once, before any customer is read", async () => {
  const engine = await load(policy);
  for (const [shared, path] of [[{ now: NOW, worker: 2 }, "worker"], [{ now: "today" }, "now"], [{ now: NOW, channels: ["mail"] }, "channels[0]"]]) {
    const source = guests(10);
    await assert.rejects(all(engine.batch(source, /** @type {any} */ (shared))), (/** @type {any} */ error) => error.problems[0].path === path);
    assert.equal(source.given, 0);
  }
  // the moment itself may come with each customer
  const zones = { "Europe/Madrid": [["2026-10-25T01:00:00Z", 60]] };
  const [chunk] = await all(engine.batch([{ now: "2026-11-22T10:00:00Z" }], /** @type {any} */ ({ zones })));
  assert.equal(chunk.errors.row.length, 0);
});

test("the host's thread keeps no request that it has decided", async (context) => {
  const engine = await load(policy);
  const decided = context.mock.method(Core.prototype, "decide");
  function* customers() {
    // what all share was asked once
    for (let count = 0; count < 1000; count++) {
      assert.equal(decided.mock.callCount(), 1 + count);
      yield {};
    }
  }
  assert.deepEqual((await all(engine.batch(customers(), { now: NOW }))).map(({ customer }) => customer.length), [500, 500]);
});

test("a host that stops early has the iterator closed and the workers ended", async (context) => {
  const started = workersOf(context);
  const engine = await load(policy);
  for (const workers of [0, 2]) {
    const source = guests(5000);
    for await (const chunk of engine.batch(source, { now: NOW, workers, size: 10 })) if (chunk.first > 0) break;
    assert.equal(source.closed, 1);
    assert.ok(source.given < 100);
  }
  assert.equal(started.all.length, 2);
  assert.equal(started.running(), 0);
});

/** Aborts in a moment. `AbortSignal.timeout` would let the process end before. @param {Error} reason */
function soon(reason) {
  const canceller = new AbortController();
  setTimeout(() => canceller.abort(reason), 50);
  return canceller.signal;
}

test("a host that forgets a batch can end", async () => {
  const program = `import { load } from "querencia";
    const engine = await load(${JSON.stringify(policy)});
    const { value } = await engine.batch([{}, {}, {}, {}], { now: ${NOW}, workers: 2, size: 1 }).next();
    console.log(value.contacts.row.length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { timeout: 60_000 });
  assert.equal(stdout, "1\n");
});

test("a batch that is cancelled throws the signal's reason, wherever it is", async (context) => {
  const started = workersOf(context);
  const engine = await load(policy);
  const reason = new Error("the shop closes");
  for (const workers of [0, 2]) {
    const before = guests(5000);
    await assert.rejects(all(engine.batch(before, { now: NOW, workers, signal: AbortSignal.abort(reason) })), reason);
    assert.equal(before.given, 0);

    // between two chunks
    const between = guests(5000);
    const canceller = new AbortController();
    const onProgress = () => canceller.abort(reason);
    await assert.rejects(all(engine.batch(between, { now: NOW, workers, size: 10, signal: canceller.signal, onProgress })), reason);
    assert.equal(between.closed, 1);

    // in the middle of one
    const middle = guests(50_000);
    await assert.rejects(all(engine.batch(middle, { now: NOW, workers, size: 5_000, signal: soon(reason) })), reason);
    assert.equal(middle.closed, 1);

    // while the iterator waits for ever
    const hanging = { next: () => new Promise(() => {}), return: context.mock.fn(async () => ({ done: true, value: undefined })) };
    const endless = /** @type {any} */ ({ [Symbol.asyncIterator]: () => hanging });
    await assert.rejects(all(engine.batch(endless, { now: NOW, workers, signal: soon(reason) })), reason);
    assert.equal(hanging.return.mock.callCount(), 1);
  }
  assert.equal(started.running(), 0);
});

test("what ends a batch: an iterator that throws, a worker that ends or cannot start, an engine that fails, a host's error", async (context) => {
  const started = workersOf(context);
  const engine = await load(policy);
  function* broken() {
    yield {};
    throw new Error("the table is gone");
  }
  for (const workers of [0, 1]) await assert.rejects(all(engine.batch(broken(), { now: NOW, workers, size: 1 })), /the table is gone/);

  const source = guests(5000);
  const onProgress = () => void started.all.at(-1)?.terminate();
  await assert.rejects(all(engine.batch(source, { now: NOW, workers: 1, size: 10, onProgress })), /a worker of the batch ended/);
  assert.equal(source.closed, 1);

  const given = guests(5000);
  const fails = () => { throw new Error("no disk"); };
  await assert.rejects(all(engine.batch(given, { now: NOW, workers: 1, size: 10, onProgress: fails })), /no disk/);
  assert.equal(given.closed, 1);
  await assert.rejects(all(batch(engine, "{}", [{}], { now: NOW, workers: 1 })), { name: "PolicyError", path: "querencia" });
  assert.equal(started.running(), 0);

  context.mock.method(Core.prototype, "decide", () => { throw new WebAssembly.RuntimeError("unreachable"); });
  await assert.rejects(all(engine.batch([{}], { now: NOW })), /the engine failed and was restarted/);
});

test("on the host's thread others have their turns", async () => {
  const engine = await load(policy);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const [{ customer }] = await all(engine.batch(guests(3000), { now: NOW, size: 3000 }));
  clearInterval(timer);
  assert.equal(customer.length, 3000);
  assert.ok(turns > 1, `${turns}`);
});

test("the build for browsers has no threads, and decides the same", async (context) => {
  const started = workersOf(context);
  const engine = await load(policy);
  const bundled = (await readdir("dist")).find((name) => /^batch-\w+\.js$/.test(name));
  const { batch: batchOfBrowsers } = await import(`../../dist/${bundled}`);
  const chunks = await all(batchOfBrowsers(engine, JSON.stringify(policy), [{}, { customer: 5 }], { now: NOW, workers: 2 }));
  assert.deepEqual(chunks, await all(engine.batch([{}, { customer: 5 }], { now: NOW, workers: 2 })));
  assert.equal(started.all.length, 1);
});
