// A dry run says what a run would reserve, and leaves everything as it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory } from "../../js/server/index.js";
import { ANA, BIRTHDAY, GIFT, NOW, policy, shop } from "./offers/shop.js";
import { NOON, openOver, states, tell } from "./mails.js";

/** A store whose every write is a mistake. @param {any} inner */
function readOnly(inner) {
  const writes = /** @type {string[]} */ ([]);
  const noted = (/** @type {string} */ name) => async () => void writes.push(name);
  const transact = (/** @type {any} */ work, /** @type {any} */ part) =>
    inner.transact((/** @type {any[]} */ ...given) => {
      const { put, result, ...change } = work(...given);
      if (put.length > 0 || Object.keys(change).length > 0) writes.push("transact");
      return { put: [], result };
    }, part);
  return { writes, store: { ...inner, transact, ...Object.fromEntries(["putFacts", "count", "uncount", "putNote", "redeem", "erase"].map((name) => [name, noted(name)])) } };
}

test("a dry run says what a run would reserve, and stores, asks and counts nothing", async () => {
  const customers = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`c${index}`, ANA]));
  const offers = { gift: { ...GIFT, budget: { max: 3, per: "year" } } };
  const inner = memory({ clock: () => NOW });
  const { store, writes } = readOnly(inner);
  await shop(policy(offers, [BIRTHDAY]), { store: inner }, customers);
  let asked = 0;
  const issue = () => ({ code: `CODE-${++asked}` });
  const { server } = await shop(policy(offers, [BIRTHDAY]), { store, issue }, {});
  const dry = await server.nightly({ dryRun: true });
  assert.deepEqual([dry.dryRun, dry.finished, dry.customers, dry.contacts, dry.reserved], [true, true, 5, 3, { birthday: 3 }]);
  assert.deepEqual(dry.refused, { "budget/spent": 2 });
  assert.equal((await server.report()).decisions, 0);
  await server.close();
  assert.deepEqual([writes, asked, await inner.all()], [[], 0, []]);

  // What it said is what a run does.
  const { server: real } = await shop(policy(offers, [BIRTHDAY]), { store: inner, issue }, {});
  const { dryRun, ...said } = dry;
  assert.deepEqual(await real.nightly(), said);
  assert.equal(asked, 3);
  await real.close();
});

test("facts of a dry run are decided about and not stored; beside it a real run goes on where it was", async () => {
  const store = memory({ clock: () => NOON });
  const server = await openOver(store);
  const ids = ["a", "b", "c", "d"];
  for (const id of ids) await tell(store, id);
  const stop = new AbortController();
  async function* two() {
    for (const id of ids) {
      if (id === "c") stop.abort();
      yield id;
    }
  }
  const first = await server.nightly({ customers: two(), signal: stop.signal, concurrency: 1 });
  assert.equal(first.finished, false);
  const before = JSON.stringify([await store.all(), await Promise.all((await store.parts({ limit: 99 })).map((part) => store.facts?.(part)))]);
  const dry = await server.nightly({ dryRun: true, customers: [...ids.map((id) => ({ id, consent: { email: id !== "d" } })), { id: "new", consent: { email: true } }] });
  assert.deepEqual([dry.customers, dry.reserved, dry.refused["consent/withdrawn"], dry.resumedFrom], [5, { oranges: 5 - 1 - first.contacts }, 1, 0]);
  assert.equal(JSON.stringify([await store.all(), await Promise.all((await store.parts({ limit: 99 })).map((part) => store.facts?.(part)))]), before);
  const rest = await server.nightly({ customers: ids });
  assert.deepEqual([rest.resumedFrom, rest.finished, rest.contacts], [first.customers, true, 4]);
  assert.equal((await states(store, "oranges")).length, 4);
  await assert.rejects(server.nightly({ dryRun: /** @type {any} */ ("yes") }), { code: "wrong-type", path: "dryRun" });
  await server.close();
});
