import assert from "node:assert/strict";
import { test } from "node:test";
import { versioned } from "./versioned.js";

/** What somebody else keeps: a number of grants, of which there may be three. */
function kept() {
  const state = { version: 0, grants: 0 };
  return {
    state,
    read: async () => ({ ...state }),
    /** @param {{ version: number }} known @param {number} change */
    async write(known, change) {
      await null;
      if (known.version !== state.version) return { ok: /** @type {false} */ (false), state: { ...state } };
      state.version += 1;
      state.grants += change;
      return { ok: /** @type {true} */ (true) };
    },
  };
}

test("of sixteen who ask at once three are granted", async () => {
  const { state, read, write } = kept();
  const decide = (/** @type {{ version: number, grants: number }} */ { grants }) => (grants < 3 ? { change: 1, result: true } : { result: false });
  const granted = await Promise.all(Array.from({ length: 16 }, () => versioned({ read, decide, write, wait: async () => {} })));
  assert.equal(granted.filter(Boolean).length, 3);
  assert.equal(state.grants, 3);
});

test("it ends although somebody else is always faster", async () => {
  let decided = 0;
  const read = async () => ({ version: 0 });
  const steps = { read, decide: () => ({ change: 1, result: (decided += 1) }), write: async () => ({ ok: /** @type {const} */ (false), state: { version: 0 } }) };
  await assert.rejects(versioned({ ...steps, tries: 5, wait: async () => {} }), { code: "busy" });
  assert.equal(decided, 5);
});

test("what the decision throws ends it, and nothing is stored", async () => {
  const { state, read, write } = kept();
  const decide = () => {
    throw new RangeError("no");
  };
  await assert.rejects(versioned({ read, decide, write }), RangeError);
  assert.equal(state.version, 0);
});
