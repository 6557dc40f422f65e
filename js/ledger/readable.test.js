import assert from "node:assert/strict";
import { test } from "node:test";
import { isUndated, readable } from "./readable.js";

const whole = { id: "a", campaign: "news", class: "relational", channel: "onsite", at: 5, state: "delivered" };
/** @param {any} one */
const plain = (one) => JSON.parse(JSON.stringify(one));

test("what can be read stays", () => {
  const all = { ...whole, placement: "top", leaseUntil: 9, seenAt: 7, occurrence: "o", offer: "ten", variant: 2, reaction: "clicked", urgent: true, digest: "a" };
  assert.deepEqual(plain(readable({ ...all, mood: "blue" }, 100)), [all]);
  assert.deepEqual(plain(readable({ ...whole, id: 7, occurrence: 8, at: "1970-01-01T00:00:00.005Z" }, 100)), [{ ...whole, id: "7", occurrence: "8" }]);
});

test("what cannot be read counts as what silences most", () => {
  for (const [odd, read] of /** @type {[any, any][]} */ ([
    [{ state: "whispered" }, {}],
    [{ channel: "pigeon" }, {}],
    [{ at: "soon" }, { at: 100 }],
    [{ at: null, seenAt: 8 }, { at: 8, seenAt: 8 }],
    [{ at: -1 }, { at: 100 }],
    [{ at: Infinity }, { at: 100 }],
    [{ campaign: " " }, { campaign: "?" }],
    [{ campaign: {} }, { campaign: "?" }],
    [{ variant: -1, reaction: "sang", urgent: "yes", leaseUntil: {} }, {}],
  ])) {
    assert.deepEqual(plain(readable({ ...whole, ...odd }, 100)), [{ ...whole, ...read }]);
  }
  assert.deepEqual(
    readable({ ...whole, class: "poem" }, 100).map(({ id, class: group }) => [id, group]),
    [["a", "promotional"], ["a.", "relational"]],
  );
  for (const nothing of [null, undefined, 5, "text", []]) assert.equal(readable(nothing, 100).length, 2);
});

test("undated is what has no date that can be read", () => {
  assert.deepEqual([{ at: 5 }, { at: "x", seenAt: 5 }, { at: "x" }, { at: {} }, {}].map(isUndated), [false, false, true, true, true]);
});
