// The parts of `cargo xtask bench`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agree as batchesAgree } from "../bench/batch.mjs";
import { compare } from "../bench/baseline.mjs";
import { agree, openAll } from "../bench/peers/index.mjs";
import { node } from "../bench/peers/node.mjs";
import { policy } from "../bench/peers/workload.mjs";

test("the engines that are compared decide the same", async () => {
  const contenders = await openAll(node);
  assert.ok(contenders.length >= 10, contenders.map(({ name }) => name).join());
  await agree(contenders, 50);

  const wrong = { ...contenders[0], name: "wrong", decide: () => ({ contacts: ["linen"], refused: [] }) };
  await assert.rejects(agree([contenders[0], wrong], 50), /^Error: wrong decides request 0 differently/);
});

test("batches decide the same, with and without workers", async () => {
  const engine = await node.load(policy);
  await batchesAgree(engine);
  engine.free();
});

test("instructions above the baseline fail, and far below it; those below it are named", () => {
  const baseline = { page: { visit: 1000, load: 500 } };
  assert.equal(compare(baseline, baseline).failed, false);
  assert.deepEqual(compare(baseline, baseline).notes, []);
  assert.equal(compare({ page: { visit: 1019, load: 491 } }, baseline).notes.length, 0);

  const more = compare({ page: { visit: 1021, load: 500 } }, baseline);
  assert.equal(more.failed, true);
  assert.match(more.notes[0], /page: visit: 1,021 instructions, 102.1 % of 1,000\n.*bench instructions --write/);
  const fewer = compare({ page: { visit: 1000, load: 400 } }, baseline);
  assert.match(fewer.notes[0], /lower the baseline.*\n  page: load: 400/);
  assert.equal(fewer.failed, true, "so much would not be guarded");
  assert.equal(compare({ page: { visit: 1000, load: 460 } }, baseline).failed, false);
});

test("a case that the baseline lacks fails, and one that is gone", () => {
  assert.equal(compare({ page: { visit: 1 } }, { page: {} }).failed, true);
  assert.equal(compare({ page: {} }, { page: { visit: 1 } }).failed, true);
});
