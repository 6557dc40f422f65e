// The sentences of the demo shop's panel are whole, whatever a refusal does not know.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refusals } from "../../www/panel/refusals.js";

const list = (/** @type {string[]} */ names) => names.join(", ");

test("a refusal of which nothing is known has a whole sentence in each language", () => {
  const [unknown, withFigures] = [
    { by: null, parameters: null, issued: null, demand: null },
    { by: "news", for: "news", parameters: ["givenName"], counted: 3, max: 3, per: "7d", placement: "top" },
  ];
  for (const [code, words] of Object.entries(refusals)) {
    // A limit, a slot and a placement always have their figures.
    const isFigured = ["limit-full", "slot-kept", "no-place"].includes(code);
    for (const detail of [isFigured ? withFigures : unknown, withFigures]) {
      for (const sentence of Object.values(words(/** @type {any} */ (detail), list))) {
        assert.match(sentence, /^\p{Lu}.*[^ ,:]\.$/u, code);
        assert.doesNotMatch(sentence, /undefined|null| {2}|«»|“”/, code);
      }
    }
  }
});
