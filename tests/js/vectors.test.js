// The contract, over the built package in Node.

import * as querencia from "querencia";
import { describe, test } from "node:test";
import { vectorFiles } from "../vectors/files.js";
import { check } from "../vectors/match.js";

for (const { name, cases } of await vectorFiles()) {
  describe(name, () => {
    for (const given of cases) test(given.name, () => check(given, querencia));
  });
}
