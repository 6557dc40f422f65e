import assert from "node:assert/strict";
import { test } from "node:test";
import { mayMatter } from "./may-matter.js";

/** @type {import("./may-matter.js").Page} */
const guest = { placements: ["home", "top"], events: ["view_item"], now: 1000, customer: false };

/** @type {[string, object[], Partial<import("./may-matter.js").Page>, boolean][]} */
const cases = [
  ["no table says anything", [], {}, false],
  ["a row without conditions is for every page", [{}], { placements: [] }, true],
  ["a page needs an element of the placement", [{ placement: "home" }], {}, true],
  ["another placement is not enough", [{ placement: "basket" }], {}, false],
  ["a page without an element says nothing", [{ placement: "home" }], { placements: [] }, false],
  ["the event must have happened", [{ placement: "home", event: "purchase" }], {}, false],
  ["the event has happened", [{ placement: "home", event: "view_item" }], {}, true],
  ["an event that only the adapter can read may be any", [{ placement: "home", event: "purchase" }], { events: ["*"] }, true],
  ["the customer's island is needed", [{ placement: "home", customer: true }], {}, false],
  ["the customer's island is there", [{ placement: "home", customer: true }], { customer: true }, true],
  ["before `from` there is nothing", [{ from: 1001 }], {}, false],
  ["`from` is the first instant", [{ from: 1000 }], {}, true],
  ["`until` is the first instant after it", [{ until: 1000 }], {}, false],
  ["the last instant before `until`", [{ until: 1001 }], {}, true],
  ["one row is enough", [{ placement: "basket" }, { event: "purchase" }, { from: 1, until: 2000 }], {}, true],
  ["all that a row names must fit", [{ placement: "home", event: "view_item", customer: true, from: 1 }], {}, false],
  ["what this release does not know does not narrow", [/** @type {any} */ ({ placement: "home", field: "cart" })], {}, true],
];

for (const [name, rows, page, expected] of cases) {
  test(name, () => assert.equal(mayMatter(rows, { ...guest, ...page }), expected));
}
