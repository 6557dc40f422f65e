import assert from "node:assert/strict";
import { test } from "node:test";
import { combineWishes, changeWishes } from "./wishes.js";

/** @typedef {import("../shop/index.d.ts").Wishes} Wishes */

/** @type {[string, any, any, Wishes][]} of the account, of this browser, combined */
const table = [
  ["none", {}, {}, {}],
  ["one side's alone", { lessOften: "7d", topics: ["a"] }, {}, { lessOften: "7d", topics: ["a"] }],
  ["the other's alone", {}, { lessOften: "7d", topics: ["a"] }, { lessOften: "7d", topics: ["a"] }],
  ["a blank of the account takes nothing back", { lessOften: "", topics: " ", quiet: "", avoid: "" }, { lessOften: "7d", topics: ["a"] }, { lessOften: "7d", topics: ["a"] }],
  ["a blank kept here takes nothing back", { lessOften: "7d", topics: ["a"] }, { lessOften: "", topics: "" }, { lessOften: "7d", topics: ["a"] }],
  ["no wish is no wish", { lessOften: null, avoid: null, topics: null }, { quiet: null }, {}],
  [
    "lists unite",
    { unsubscribed: ["email"], spam: ["sms"], avoid: ["push"] },
    { unsubscribed: ["sms"], spam: ["sms"], avoid: ["onsite", "push"] },
    { unsubscribed: ["email", "sms"], spam: ["sms"], avoid: ["push", "onsite"] },
  ],
  ["the longer gap holds, whatever its unit", { lessOften: "8d" }, { lessOften: "1w" }, { lessOften: "8d" }],
  ["the longer gap holds, whoever says it", { lessOften: "24h" }, { lessOften: "90000s" }, { lessOften: "90000s" }],
  ["a topic both welcome", { topics: ["a", "b"] }, { topics: ["b", "c"] }, { topics: ["b"] }],
  ["none both welcome: none", { topics: ["a"] }, { topics: ["b"] }, { topics: [] }],
  [
    "quiet windows unite",
    { quiet: [{ from: "00:00", to: "08:00" }] },
    { quiet: [{ from: "20:00", to: "24:00" }] },
    {
      quiet: [
        { from: "00:00", to: "08:00" },
        { from: "20:00", to: "24:00" },
      ],
    },
  ],
];

for (const [name, account, own, expected] of table) {
  test(`combined wishes: ${name}`, () => {
    const kept = structuredClone([account, own]);
    const combined = combineWishes(account, own);
    assert.deepEqual(combined, expected);
    assert.deepEqual(combineWishes(combined, own), combined, "combining again changes nothing");
    assert.deepEqual([account, own], kept);
  });
}

test("who subscribes again here is unsubscribed nowhere, and spam stays", () => {
  const account = /** @type {any} */ ({ unsubscribed: ["email", "sms"], spam: ["sms"], subscribe: [] });
  const own = changeWishes({ unsubscribed: ["email", "push"] }, { subscribe: ["email", "sms"] });
  assert.deepEqual(own, { unsubscribed: ["push"], subscribe: ["email", "sms"] });
  assert.deepEqual(combineWishes(account, own), { unsubscribed: ["push"], spam: ["sms"], subscribe: ["email", "sms"] });
  const left = changeWishes(own, { unsubscribed: ["email"] });
  assert.deepEqual(left, { unsubscribed: ["push", "email"], subscribe: ["sms"] });
  assert.deepEqual(combineWishes(account, left).unsubscribed, ["email", "push"]);
  assert.deepEqual(combineWishes({ unsubscribed: ["email"], subscribe: ["email"] }, { unsubscribed: ["email"] }).unsubscribed, ["email"]);
  assert.deepEqual(changeWishes({}, { subscribe: ["email"], unsubscribed: ["email"] }).unsubscribed, ["email"]);
  assert.deepEqual(changeWishes(own, { subscribe: null }), own);
});

test("a value that is no wish is kept, so that the engine refuses it", () => {
  const odd = /** @type {any} */ ({ lesOften: "7d", avoid: 5 });
  assert.deepEqual(combineWishes({}, odd), odd);
});

test("a change replaces fields, null removes one, and `unsubscribed` and `spam` only grow", () => {
  const known = changeWishes({ lessOften: "7d", avoid: ["push"], unsubscribed: ["email"] }, { avoid: [], lessOften: null });
  assert.deepEqual(known, { avoid: [], unsubscribed: ["email"] });
  assert.deepEqual(changeWishes({ lessOften: "7d" }, /** @type {any} */ ({ lessOften: " ", topics: "" })), {});
  assert.deepEqual(changeWishes(known, { unsubscribed: ["sms"], spam: ["email"] }), {
    avoid: [],
    unsubscribed: ["email", "sms"],
    spam: ["email"],
  });
  assert.deepEqual(changeWishes(known, { unsubscribed: null }).unsubscribed, ["email"]);
});
