// In which order a worker meets what waits, and how fast it goes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Line } from "../../js/server/delivery/line.js";
import { Pace } from "../../js/server/delivery/pace.js";
import { HOUR, NOON } from "./mails.js";

/** A store whose queue is a list, and how often it was read. @param {import("../../js/server/store.d.ts").Queued[]} list */
function listed(list) {
  const store = {
    reads: 0,
    /** @param {any} options */
    async queue({ after, limit, until = Infinity }) {
      store.reads++;
      return list.filter(({ at, id }) => at <= until && (!after || at > after.at || (at === after.at && id > after.id))).slice(0, limit);
    },
  };
  return store;
}

/** @param {number} count */
const waiting = (count) => Array.from({ length: count }, (_, i) => ({ part: `p${i}`, id: String(i).padStart(6, "0"), at: NOON + i }));

test("a thousand that must wait keep the last from its turn no longer than one round, and are met again when their time has come", async () => {
  const list = waiting(1000);
  const fake = listed(list);
  const line = new Line(/** @type {any} */ (fake), { state: "reserved", channel: "email" });
  /** @param {number} at */
  const round = async (at) => {
    const met = [];
    for (let one; (one = await line.next(at)); line.free(one)) {
      met.push(one.id);
      // An instant that is over already is put off all the same.
      if (one.id !== "000999") line.hold(one, NOON + HOUR);
    }
    line.again(at);
    return met;
  };
  assert.deepEqual((await round(NOON + 5000)).sort(), list.map(({ id }) => id));
  list.pop();
  const before = fake.reads;
  // With nothing new a round looks at the end of the queue alone.
  assert.deepEqual(await round(NOON + 6000), []);
  assert.ok(fake.reads - before <= 7, `${fake.reads - before}`);
  list.push({ part: "new", id: "new", at: NOON + 6500 });
  assert.deepEqual(await round(NOON + 7000), ["new"]);
  assert.deepEqual((await round(NOON + HOUR)).filter((id) => id !== "new").sort(), list.slice(0, -1).map(({ id }) => id));
});

test("what another worker had first is not met again, even where the queue still names it", async () => {
  const line = new Line(/** @type {any} */ (listed(waiting(3))), { state: "reserved", channel: "email" });
  const met = [];
  for (let one; (one = await line.next(NOON + HOUR)); line.free(one)) {
    met.push(one.id);
    line.isBehind(one);
  }
  assert.deepEqual(met.sort(), ["000000", "000001", "000002"]);
});

test("a contact that was stored later than the instant that it bears is met", async () => {
  const list = waiting(10);
  const line = new Line(/** @type {any} */ (listed(list)), { state: "reserved", channel: "email" });
  for (let one; (one = await line.next(NOON + HOUR)); line.free(one)) line.hold(one, Infinity);
  line.again(NOON + HOUR);
  list.unshift({ part: "late", id: "late", at: NOON - 30_000 });
  assert.equal((await line.next(NOON + HOUR))?.id, "late");
});

test("a rate is held, and a run of failures makes the worker slower and not wilder", () => {
  const pace = new Pace(10);
  pace.take(0);
  assert.equal(pace.wait(0), 100);
  pace.take(100);
  pace.giveBack();
  assert.equal(pace.wait(100), 0);
  for (let i = 0; i < 5; i++) pace.failed(1000);
  assert.equal(pace.wait(1000), 1000);
  pace.failed(1000);
  assert.equal(pace.wait(1000), 2000);
  pace.went();
  pace.failed(5000);
  assert.equal(pace.wait(5000), 0);
});
