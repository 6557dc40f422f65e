// Facts come to two servers over one PostgreSQL, all at once and each several times.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, postgres } from "querencia/server";
import { dice } from "../js/dice.js";
import { policy } from "./casa.js";
import { startPostgres } from "./postgres.js";

const CUSTOMERS = process.env.PROVE ? 300 : 8;
const TIMES = 6;
const NOW = Date.now();

/** @type {Awaited<ReturnType<typeof startPostgres>>} */
let database;
before(async () => void (database = await startPostgres()));
after(() => database?.stop());

const waits = (/** @type {any} */ { answeredAt, solvedAt, reopenedAt = 0 }) => !(answeredAt >= reopenedAt) && !(solvedAt >= reopenedAt);

test("each purchase is thanked for once, and the conversations that wait are counted exactly", async () => {
  const servers = await Promise.all([1, 2].map(async () => open({ policy: { ...policy(), limits: [{ id: "week", max: 9, per: "7d" }], care: {} }, store: postgres(database.pool({ max: 8 })) })));
  const { below: pick, shuffled } = dice(7);
  const time = new Date(NOW).toISOString();
  const events = Array.from({ length: CUSTOMERS }, (_, customer) => {
    const subject = `c${customer}`;
    const conversations = Array.from({ length: 1 + pick(4) }, (_, index) => ({ id: `k${index % 3}`, at: NOW - 9000, ...(pick(2) && { answeredAt: NOW - 5000 + pick(3) * 1000 }), ...(pick(3) === 0 && { reopenedAt: NOW - 4000 }), ...(pick(4) === 0 && { solvedAt: NOW - 3000 }) }));
    return [
      { type: "consent", data: { email: true }, subject },
      { type: "event", data: { name: "purchase", order: { id: `o${customer}`, total: 100 } }, subject },
      ...conversations.map((data) => ({ type: "conversation", data, subject })),
    ].map(({ type, ...rest }, index) => ({ specversion: /** @type {const} */ ("1.0"), type: `querencia.${type}`, source: "/", id: `${customer}-${index}`, time, ...rest }));
  });
  await Promise.all(events.map(([consent]) => servers[0].facts(/** @type {any} */ (consent))));
  const storm = shuffled(Array.from({ length: TIMES }, () => events.flatMap(([, ...others]) => others)).flat());
  const taken = await Promise.all(storm.map((event, index) => servers[index % 2].facts(/** @type {any} */ (event))));
  const thanks = taken.flatMap(({ decision }) => decision?.contacts ?? []).filter(({ campaign }) => campaign === "thanks");
  assert.equal(thanks.length, CUSTOMERS);
  assert.equal(taken.filter(({ replayed }) => replayed).length, storm.length * (TIMES - 1) / TIMES);

  const [{ store }] = servers;
  const expected = events.map(([, , ...told]) => {
    /** @type {Map<string, any>} */
    const byId = new Map();
    for (const { data } of /** @type {any[]} */ (told)) {
      const known = byId.get(data.id) ?? {};
      byId.set(data.id, Object.fromEntries([...new Set([...Object.keys(known), ...Object.keys(data)])].map((key) => [key, typeof data[key] === "number" || typeof known[key] === "number" ? Math.max(known[key] ?? 0, data[key] ?? 0) : data[key] ?? known[key]])));
    }
    return [...byId.values()].filter(waits).length;
  });
  const sum = (/** @type {number[]} */ all) => all.reduce((a, b) => a + b, 0);
  const live = async () => (await store.counters("live."))["live.unanswered"] ?? 0;
  assert.ok(sum(expected) > 0);
  assert.equal(await live(), sum(expected));
  for (let customer = 0; customer < CUSTOMERS; customer += 2) await servers[customer % 4 ? 1 : 0].erase(`c${customer}`);
  assert.equal(await live(), sum(expected.filter((_, customer) => customer % 2)));
  // Nothing is left of who was erased, and everything of the others.
  assert.equal((await store.all()).filter(({ campaign }) => campaign === "thanks").length, CUSTOMERS / 2);
  const report = await servers[0].report();
  assert.ok(report.decisions > 0 && report.contacts.email.reserved > 0);
  for (const server of servers) await server.close();
});
