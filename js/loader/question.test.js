import assert from "node:assert/strict";
import { test } from "node:test";
import { hash, isSpared, keep, writes } from "./question.js";

const DAY = 86_400_000;
const storage = () => /** @type {any} */ ({});

test("the same question is spared until `nextAt`, and not a millisecond longer", () => {
  const kept = storage();
  assert.equal(isSpared(kept, "a", 5, undefined), false);
  keep(kept, "a", 5, 100);
  assert.deepEqual([5, 99, 100].map((now) => isSpared(kept, "a", now, undefined)), [true, true, false]);
  assert.equal(isSpared(kept, "b", 50, undefined), false);
});

test("an answer that nothing would change holds for a month", () => {
  const kept = storage();
  keep(kept, "a", 5, Infinity);
  assert.deepEqual([30 * DAY + 4, 30 * DAY + 5].map((now) => isSpared(kept, "a", now, undefined)), [true, false]);
});

test("a clock that was a year ahead spares nothing once it is right", () => {
  const kept = storage();
  keep(kept, "a", 365 * DAY, 366 * DAY);
  assert.equal(isSpared(kept, "a", 5, undefined), false);
});

test("a write to the ledger asks everything anew", () => {
  const kept = storage();
  keep(kept, "a", 5, 100);
  kept["querencia-writes"] = "1";
  assert.equal(writes(kept), 1);
  assert.equal(isSpared(kept, "a", 50, undefined), false);
  keep(kept, "b", 5, 100);
  assert.deepEqual(["a", "b"].map((key) => isSpared(kept, key, 50, undefined)), [false, true]);
});

test("an answer may be for one visit alone", () => {
  const kept = storage();
  keep(kept, "a", 5, 100, "7");
  assert.deepEqual(["7", "8", undefined].map((visit) => isSpared(kept, "a", 50, visit)), [true, false, false]);
});

test("what is kept stays small, and what nobody can read is as if it were not there", () => {
  const kept = storage();
  for (let index = 0; index < 500; index++) keep(kept, hash(String(index)), 5, 100);
  assert.ok(kept["querencia-asked"].length < 5000, kept["querencia-asked"].length);
  for (const text of ["", "{", "null", "[0]", "[0,5]", '[0,{"a":1}]', '[0,{"a":null}]']) {
    assert.equal(isSpared(/** @type {any} */ ({ "querencia-asked": text }), "a", 50, undefined), false, text);
  }
});

test("the hash of a question differs with each of its letters", () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `["home"],${index}`);
  assert.equal(new Set(texts.map(hash)).size, texts.length);
  assert.match(hash("Ana"), /^-?\d+\.3$/);
});
