import assert from "node:assert/strict";
import { test } from "node:test";
import { duplicatesIn } from "./duplicates.js";

/** @param {string} text */
const paths = (text) => duplicatesIn(text).map(({ path }) => path);

test("a key that comes again is named with its path", () => {
  assert.deepEqual(paths('{ "a": 1, "b": { "a": 2 }, "a": 3 }'), ["a"]);
  assert.deepEqual(paths('{ "limits": [{ "id": "x" }, { "id": "y", "per": "7d", "per": "day" }] }'), ["limits[1].per"]);
  assert.deepEqual(paths('[[{}, { "a": { "b": [0, 1, { "c": 1, "c": 2 }] } }]]'), ["[0][1].a.b[2].c"]);
  assert.deepEqual(paths('{ "a": 1, "a": 2, "a": 3 }'), ["a", "a"]);
});

test("the same key in other objects, and what only looks like one, is no problem", () => {
  assert.deepEqual(paths('{ "a": { "b": 1 }, "c": { "b": 1 }, "d": [{ "b": 1 }, { "b": 2 }] }'), []);
  assert.deepEqual(paths(JSON.stringify({ a: '"a": 1, "a": 2', 'b": {': '}, "a":', ":": ",", c: "\\" })), []);
  assert.deepEqual(paths("3"), []);
});

test("a key written in two ways is one key", () => {
  assert.deepEqual(paths('{ "a": 1, "\\u0061": 2 }'), ["a"]);
});

test("at most a hundred are named", () => {
  assert.equal(paths(`{ ${Array.from({ length: 300 }, () => '"a": 1').join(",")} }`).length, 100);
});
