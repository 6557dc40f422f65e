import assert from "node:assert/strict";
import { test } from "node:test";
import { warning } from "./warning.js";

test("of many problems twenty are told, and how many more there are", () => {
  const problems = Array.from({ length: 20_000 }, (_, at) => ({ path: `catalog.products[${at}]`, code: "unknown-field", message: "no" }));
  const line = warning({ problems }, { catalog: "data-catalog" });
  assert.match(line, /^querencia: data-catalog\.products\[0\]: no; .*data-catalog\.products\[19\]: no; and 19980 more$/);
  assert.equal(warning({ problems: problems.slice(0, 20) }).includes("more"), false);
});
