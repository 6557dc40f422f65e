// What a wrong clock does to a visit, over the built package.

import { memory } from "querencia/shop";
import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, NOW, FakeElement, opened, policy, records, scene } from "./visit.js";

test("a clock a year ahead silences no longer than the limit's window from the first look after it is set right", async () => {
  const YEAR = 365 * 24 * 60 * MINUTE;
  const WEEK = 7 * 24 * 60 * MINUTE;
  const news = { id: "news", kind: "announcement", channel: "onsite", placement: "news", message: "bulk", repeat: "1h" };
  const limited = { ...policy, campaigns: [news], limits: [{ id: "week", max: 1, per: "7d" }] };
  const element = new FakeElement(scene.page, "news");
  scene.now = NOW + YEAR;
  const shop = await opened({ policy: limited });
  await shop.decide();
  assert.equal(element.shown.length, 1);
  scene.now = NOW;
  const { refused } = await shop.decide();
  assert.deepEqual([refused[0].also[0].code, refused[0].retryAt], ["limit-full", NOW + WEEK]);
  assert.deepEqual(await records("at", "seenAt"), [[NOW + YEAR, NOW]]);
  scene.now = NOW + WEEK - 1;
  assert.equal((await shop.decide()).contacts.length, 0);
  scene.now = NOW + WEEK;
  assert.equal((await shop.decide()).contacts.length, 1);
  assert.equal(element.shown.length, 2);
  assert.deepEqual(await records("at", "seenAt"), [[NOW + YEAR, NOW], [scene.now, undefined]]);
});

test("what a clock a year ahead saw of a clock two years ahead is seen anew when it is set right", async () => {
  const YEAR = 365 * 24 * 60 * MINUTE;
  const record = { id: "a", campaign: "c", class: "relational", channel: "email", state: "delivered" };
  scene.store = memory(/** @type {any} */ ([{ ...record, at: NOW + 2 * YEAR, seenAt: NOW + YEAR }]));
  const shop = await opened();
  await shop.decide();
  assert.deepEqual(await records("seenAt"), [[NOW]]);
  scene.now = NOW + MINUTE;
  await shop.decide();
  assert.deepEqual(await records("seenAt"), [[NOW]]);
});

test("five minutes are no wrong clock", async () => {
  const record = { id: "a", campaign: "c", class: "relational", channel: "email", state: "delivered" };
  scene.store = memory(/** @type {any} */ ([{ ...record, at: NOW + 5 * MINUTE }, { ...record, id: "b", at: new Date(NOW + 5 * MINUTE + 1).toISOString() }]));
  await (await opened()).decide();
  assert.deepEqual(await records("seenAt"), [[undefined], [NOW]]);
});
