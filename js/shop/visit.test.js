import assert from "node:assert/strict";
import { test } from "node:test";
import { visitOf } from "./visit.js";

/** @param {object} sessionStorage @returns {any} */
const page = (sessionStorage) => ({ defaultView: { sessionStorage } });

test("a visit begins with the first page of its tab", () => {
  const tab = page({});
  assert.deepEqual(visitOf(tab, 5), { since: 5 });
  assert.deepEqual(visitOf(tab, 9), { since: 5 });
  assert.deepEqual(visitOf(page({}), 9), { since: 9 });
});

test("where nothing can be kept, or what was kept is no instant, it begins with the page", () => {
  const shut = {
    get defaultView() {
      throw new Error("no storage here");
    },
  };
  assert.deepEqual(visitOf(/** @type {any} */ (shut), 9), { since: 9 });
  assert.deepEqual(visitOf(/** @type {any} */ (new EventTarget()), 9), { since: 9 });
  assert.deepEqual(visitOf(page({ querencia: "soon" }), 9), { since: 9 });
});

test("without a page nobody visits", () => {
  assert.equal(visitOf(undefined, 9), undefined);
});
