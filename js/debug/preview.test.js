import assert from "node:assert/strict";
import { test } from "node:test";
import { partsOf } from "./parts.js";
import { literal } from "./preview.js";

test("what nobody knows is written as it is called, also in a plural and beside what is known", () => {
  assert.equal(literal("{givenName}: { order.total }, {order.totals}.", ["order.total"]), "{givenName}: ‹order.total›, {order.totals}.");
  assert.equal(literal("{cart.count, plural, one {un artículo} other {# artículos}} en la cesta", ["cart.count"]), "‹cart.count› artículos en la cesta");
  assert.equal(literal("\\{order.total}", ["order.total"]), "\\{order.total}", "a brace that is meant as one stays");
});

test("the lines of a story become headings with entries", () => {
  assert.deepEqual(partsOf(["lunes", "", "¿Qué se muestra?", "  thanks (onsite)", "    | Gracias", "    Por qué", "  hello", "", "policy: x"]), [
    { title: "lunes", entries: [] },
    { title: "¿Qué se muestra?", entries: [["thanks (onsite)", "| Gracias", "Por qué"], ["hello"]] },
    { title: "policy: x", entries: [] },
  ]);
});
