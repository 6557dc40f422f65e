// `querencia serve` over a PostgreSQL of its own: two processes over one database, which is killed in the middle.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startPostgres } from "./postgres.js";
import { asker, shop } from "./serve.js";

const database = await startPostgres();
after(() => database.stop());
const { serve } = await shop({ after });
const secret = "the-secret-of-both-processes-of-forty-characters";
const env = { DATABASE_URL: database.url, QUERENCIA_SECRET: `a-newer-secret-that-replaces-the-one-in-use ${secret}` };
const both = await Promise.all([serve([], env), serve([], env)]);
const asks = both.map(({ url }) => asker(url, secret));

test("what one process was told the other knows, and one limit holds over both", async () => {
  const event = { specversion: "1.0", type: "querencia.event", source: "/t", id: "1", subject: "ana", data: { name: "purchase", order: { id: "1042", total: 4900 } } };
  const taken = await Promise.all(Array.from({ length: 12 }, (_, index) => asks[index % 2]("POST", "/facts", event)));
  assert.deepEqual(taken.map(({ status }) => status), Array(12).fill(200));
  assert.equal(taken.filter(({ json }) => !json.replayed).length, 1, "twelve webhooks of one event are one event");
  const decided = await Promise.all(Array.from({ length: 12 }, (_, index) => asks[index % 2]("POST", "/decide", { customer: "ana", channels: ["onsite"], event: event.data })));
  const ids = decided.flatMap(({ json }) => json.contacts.map((/** @type {any} */ { id }) => id));
  assert.equal(new Set(ids).size, ids.length, "no contact is given to two");
  assert.ok(ids.length >= 1);
});

test("a PostgreSQL that is killed: an error that says so, nothing acknowledged is lost, and it goes on when it is back", async () => {
  const order = (/** @type {number} */ number) => ({ specversion: "1.0", type: "querencia.order", source: "/t", id: `k${number}`, subject: "eva", data: { id: String(number), total: 100 } });
  /** @type {number[]} */
  const acknowledged = [];
  const codes = new Set();
  let number = 0;
  let isOver = false;
  const senders = asks.map(async (ask) => {
    while (!isOver) {
      const mine = (number += 1);
      const { status, json } = await ask("POST", "/facts", order(mine));
      if (status === 200) acknowledged.push(mine);
      else codes.add(`${status} ${json.problems[0].code}`);
    }
  });
  while (acknowledged.length < 10) await new Promise((resolve) => setTimeout(resolve, 10));
  await database.kill();
  await database.start();
  const before = acknowledged.length;
  while (acknowledged.length < before + 10) await new Promise((resolve) => setTimeout(resolve, 10));
  isOver = true;
  await Promise.all(senders);
  assert.ok([...codes].every((code) => code === "503 store-unreachable"), [...codes].join());
  for (const mine of acknowledged) assert.equal((await asks[mine % 2]("POST", "/facts", order(mine))).json.replayed, true, `order ${mine}`);
});

test("a secret in the environment is written nowhere, and both stop", async () => {
  for (const { said, child, ended } of both) {
    assert.doesNotMatch(said.err + said.out, new RegExp(secret));
    assert.match(said.err, /the PostgreSQL of DATABASE_URL/);
    child.kill("SIGINT");
    assert.equal(await ended, 0);
  }
});
