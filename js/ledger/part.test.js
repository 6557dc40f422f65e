import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "./part.js";

test("a guest's part is empty: no customer, no id, or an id that the engine reads as none", () => {
  for (const guest of [undefined, null, {}, { id: null }, { id: "" }, { id: " \t\u00a0\u3000" }]) assert.equal(partOf(guest), "");
});

test("every id has a part of its own, whatever it looks like", () => {
  const ids = ["ana", "Ana", " ana", "ana@example.com", "0", "1", "null", "__proto__", "\0", "\ud800", "\udc00", "\ufffd", "é", "e\u0301", "[]", "\ufeff", "a".repeat(4096)];
  const parts = ids.map((id) => partOf({ id }));
  assert.equal(new Set(parts).size, ids.length);
  for (const part of parts) assert.match(part, /^[0-9a-f]{32}$/);
});

test("the same id has the same part in every release", () => {
  assert.equal(partOf({ id: "ana" }), partOf({ id: "ana" }));
  assert.equal(partOf({ id: "ana" }), "790e9c77a783d94f70809902f3b84bc5");
});
