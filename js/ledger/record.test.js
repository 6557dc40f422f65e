import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { REACTIONS, STATES } from "../constants.js";
import { mergeRecords, recordOf } from "./record.js";

/** A small generator with a seed, so that a failure can be seen again. */
function dice(/** @type {number} */ seed) {
  return (/** @type {number} */ sides) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };
}

test("a contact becomes a record; what it does not have is left out", () => {
  const contact = /** @type {any} */ ({
    id: "a".repeat(32),
    campaign: "thanks",
    class: "relational",
    channel: "onsite",
    placement: "thank-you",
    at: 5,
    expiresAt: 9,
    occurrence: "o1",
    offer: null,
    urgent: false,
    digest: null,
    why: [],
    message: { locale: "es", variant: 2, title: null, body: "", params: {}, signer: null },
  });
  assert.deepEqual(recordOf(contact, "reserved", "hash", 7), {
    id: "a".repeat(32),
    campaign: "thanks",
    class: "relational",
    channel: "onsite",
    placement: "thank-you",
    at: 5,
    state: "reserved",
    leaseUntil: 7,
    occurrence: "o1",
    variant: 2,
    policy: "hash",
  });
  assert.equal("leaseUntil" in recordOf(contact, "delivered", "hash"), false);
  const { urgent, digest } = /** @type {any} */ (recordOf({ ...contact, urgent: true, digest: "d" }, "armed", "hash"));
  assert.deepEqual([urgent, digest], [true, "d"]);
});

/** @type {{ copies: any[], merged: any }[]} the engine runs the same cases (src/ledger/tests.rs) */
const cases = JSON.parse(await readFile(new URL("../../tests/copies.json", import.meta.url), "utf8"));
const ORDERS = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

test("three copies become the same record as in the engine, in every order and however they meet", () => {
  assert.ok(cases.length >= 60);
  for (const { copies, merged: expected } of cases) {
    for (const [first, second, third] of ORDERS.map((order) => order.map((index) => copies[index]))) {
      assert.deepEqual(mergeRecords(mergeRecords(first, second), third), expected);
      assert.deepEqual(mergeRecords(first, mergeRecords(second, third)), expected);
      assert.deepEqual(mergeRecords(expected, first), expected);
    }
  }
});

test("merging never minds the order, nor a repetition, and nothing goes down", () => {
  const roll = dice(7);
  const random = () =>
    /** @type {any} */ ({
      id: "x",
      campaign: "c",
      class: "relational",
      channel: "onsite",
      at: roll(3),
      state: STATES[roll(STATES.length)],
      ...(roll(2) && { leaseUntil: roll(3) }),
      ...(roll(2) && { seenAt: roll(3) }),
      ...(roll(2) && { variant: roll(2) }),
      ...(roll(2) && { reaction: REACTIONS[roll(3)] }),
    });
  for (let round = 0; round < 5000; round++) {
    const [a, b, c] = [random(), random(), random()];
    const ab = mergeRecords(a, b);
    assert.deepEqual(ab, mergeRecords(b, a));
    assert.deepEqual(mergeRecords(ab, b), ab);
    assert.deepEqual(mergeRecords(ab, c), mergeRecords(a, mergeRecords(b, c)));
    assert.equal(STATES.indexOf(ab.state), Math.max(STATES.indexOf(a.state), STATES.indexOf(b.state)));
    assert.equal(ab.at, Math.max(a.at, b.at));
    const reaction = (/** @type {any[]} */ ...copies) => Math.max(...copies.map(({ reaction }) => REACTIONS.indexOf(reaction)));
    assert.equal(reaction(ab), reaction(a, b));
    assert.equal(ab.leaseUntil ?? -1, Math.max(a.leaseUntil ?? -1, b.leaseUntil ?? -1));
    assert.equal(ab.seenAt ?? 9, Math.min(a.seenAt ?? 9, b.seenAt ?? 9));
  }
});

test("the rest comes from the higher state, then from the later instant", () => {
  const of = (/** @type {string} */ state, /** @type {number} */ at, /** @type {number} */ variant) =>
    /** @type {any} */ ({ id: "x", state, at, variant });
  assert.deepEqual(mergeRecords(of("armed", 1, 0), of("reserved", 2, 1)), { ...of("armed", 2, 0), versionAt: 1 });
  assert.deepEqual(mergeRecords(of("armed", 1, 1), of("armed", 2, 0)), of("armed", 2, 0));
});

test("instants as text and as milliseconds compare", () => {
  const later = /** @type {any} */ ({ id: "x", state: "armed", at: "1970-01-01T00:00:02Z" });
  const sooner = /** @type {any} */ ({ id: "x", state: "armed", at: 1000 });
  assert.deepEqual(mergeRecords(later, sooner), later);
  assert.deepEqual(mergeRecords(sooner, later), later);
  const seen = /** @type {any} */ ({ ...later, seenAt: "1970-01-01T00:00:01Z" });
  assert.deepEqual(mergeRecords(seen, { ...later, seenAt: 2000 }), seen);
  assert.deepEqual(mergeRecords({ ...later, seenAt: 2000 }, seen), seen);
});

test("at equal state and instant the greater bytes win, beyond the first 65,536 letters too", () => {
  const of = (/** @type {string} */ occurrence) => /** @type {any} */ ({ id: "x", state: "armed", at: 1, occurrence });
  assert.equal(mergeRecords(of("\ufb33"), of("😀")).occurrence, "😀");
  assert.equal(mergeRecords(of("😀"), of("\ufb33")).occurrence, "😀");
});

test("a reaction does not choose between two copies, and an unknown reaction is not chosen", () => {
  const of = (/** @type {number} */ variant, /** @type {string | undefined} */ reaction) =>
    /** @type {any} */ ({ id: "x", state: "armed", at: 1, variant, reaction });
  assert.deepEqual(mergeRecords(of(1, "dismissed"), of(2, undefined)), of(2, "dismissed"));
  assert.deepEqual(mergeRecords(of(2, "dismissed"), of(1, "converted")), of(2, "converted"));
  assert.equal(/** @type {any} */ (mergeRecords(of(2, "dismissed"), of(2, "frowned"))).reaction, "dismissed");
});
