// Conditions hold where GrowthBook's evaluator says they hold: random ones, over random attributes, with a seed. Where the
// contract wants something else, the difference stands in the table below, and both sides of it are tested.

import { evalCondition } from "@growthbook/growthbook";
import { load } from "querencia";
import assert from "node:assert/strict";
import { test } from "node:test";
import { dice } from "./dice.js";
import { asker, attributes } from "./conditions.js";

/** In the gate; `CASES=5000 node --test tests/js/conditions.test.js` runs as many as one likes. */
const POLICIES = Number(process.env.CASES ?? 60);
const [CONDITIONS, CUSTOMERS] = [50, 40];

/** @typedef {[why: string, condition: any, attributes: any, ours: boolean][]} Differences */

/** @type {Differences} */
const DIFFERENCES = [
  ["equality is strict; theirs turns a bare value's other side into its type", { n: 5 }, { n: "5" }, false],
  ["… also null into a number", { n: 0 }, { n: null }, false],
  ["… and anything into a boolean", { n: true }, { n: "x" }, false],
  ["a list equals a list, with `$eq` as without", { l: { $eq: [1, 2] } }, { l: [1, 2] }, true],
  ["… and so does an object", { o: { $ne: { a: 1 } } }, { o: { a: 1 } }, false],
  ["… whatever the order of its keys", { o: { a: 1, b: 2 } }, { o: { b: 2, a: 1 } }, true],
  ["… in a list of `$in`, too", { l: { $in: [[1]] } }, { l: [[1]] }, true],
  ["truth has no order", { n: { $gt: 0 } }, { n: true }, false],
  ["a list has no order", { n: { $gt: 0 } }, { n: [5] }, false],
  ["… nor has an empty one", { n: { $gte: 0 } }, { n: [] }, false],
  ["a numeric string is a plain decimal: not the empty one", { n: { $lt: 1 } }, { n: "" }, false],
  ["… no exponent", { n: { $gt: 1 } }, { n: "1e3" }, false],
  ["… no hexadecimal", { n: { $gt: 1 } }, { n: "0x10" }, false],
  ["… no spaces, no plus", { n: { $gt: 1 } }, { n: " +5" }, false],
  ["… digits on both sides of the point", { n: { $lt: 1 } }, { n: ".5" }, false],
  ["… at most fifteen digits", { n: { $gt: 1 } }, { n: "1234567890123456" }, false],
  ["two strings compare by code point, theirs by UTF-16 unit", { n: { $gt: "ｚ" } }, { n: "😀" }, true],
  ["an empty `$nor` is true", { $nor: [] }, {}, true],
  ["a wrong operand type is false", { n: { $exists: 1 } }, { n: 5 }, false],
  ["null in a list is an element", { l: { $elemMatch: { $eq: null } } }, { l: [null] }, true],
  ["`$or` in `$elemMatch` joins conditions", { l: { $elemMatch: { $or: [{ n: 1 }] } } }, { l: [{ n: 1 }] }, true],
  ["a list has no `length`", { "l.length": 1 }, { l: [5] }, false],
];

/** An engine with a campaign for each condition; it answers which of them hold. */
async function engineOf(/** @type {any[]} */ audiences) {
  const id = (/** @type {number} */ index) => `c${String(index).padStart(3, "0")}`;
  const engine = await load({
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", zone: "UTC", locales: ["en"] },
    arbitration: { contacts: audiences.length },
    campaigns: audiences.map((audience, index) => ({
      ...{ id: id(index), kind: "announcement", channel: "onsite", placement: id(index), message: "hello" },
      audience: ours(audience),
    })),
    messages: { hello: { en: [{ body: "Hello" }] } },
  });
  return (/** @type {any} */ attributes) => {
    const { contacts } = engine.decide({ now: 0, zones: { UTC: [[0, 0]] }, customer: { attributes } });
    const spoken = new Set(contacts.map(({ campaign }) => campaign));
    return audiences.map((_, index) => spoken.has(id(index)));
  };
}

const isObject = (/** @type {any} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isOperators = (/** @type {any} */ value) => isObject(value) && Object.keys(value).some((key) => key[0] === "$");
/** @returns {any} */
const mapped = (/** @type {any} */ object, /** @type {(value: any, key: string) => any} */ change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

/** A condition as a policy has it: its paths lead into `attributes`. @returns {any} */
function ours(/** @type {any} */ condition) {
  const entries = Object.entries(condition).map(([key, value]) => {
    if (Array.isArray(value) && key[0] === "$") return [key, value.map(ours)];
    return key[0] === "$" ? [key, ours(value)] : [`attributes.${key}`, value];
  });
  return Object.fromEntries(entries);
}

/** A condition in their words, where ours mean something else. @returns {any} */
function theirs(/** @type {any} */ condition) {
  const { $nor, ...rest } = condition;
  const kept = $nor?.length === 0 ? rest : condition;
  return mapped(kept, (value, key) => {
    if (key === "$not") return theirs(value);
    return key[0] === "$" ? value.map(theirs) : matcher(value);
  });
}

/** @returns {any} */
function matcher(/** @type {any} */ value) {
  if (!isOperators(value)) return typeof value === "object" ? sorted(value) : { $eq: value };
  const entries = Object.entries(value).map(([key, operand]) => {
    const deep = typeof operand === "object" && operand !== null;
    if (key === "$eq" && deep) return ["$not", { $not: sorted(operand) }];
    if (key === "$ne" && deep) return ["$not", sorted(operand)];
    if (key === "$not" || key === "$size") return [key, matcher(operand)];
    if (key === "$all" && deep) return [key, operand.map(matcher)];
    if (key === "$elemMatch") return [key, isOperators(operand) && !hasPaths(operand) ? matcher(operand) : theirs(operand)];
    return [key, operand];
  });
  return Object.fromEntries(entries);
}

const hasPaths = (/** @type {any} */ condition) => Object.keys(condition).some((key) => key[0] !== "$");

/** The same value with its keys in order: they compare texts. @returns {any} */
function sorted(/** @type {any} */ value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return mapped(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))), sorted);
}

test("conditions hold where GrowthBook's evaluator says so", async () => {
  let [checked, held] = [0, 0];
  for (let seed = 0; seed < POLICIES; seed++) {
    const roll = dice(seed);
    const customers = Array.from({ length: CUSTOMERS }, () => attributes(roll));
    const condition = asker(roll, customers);
    const conditions = Array.from({ length: CONDITIONS }, () => condition());
    const answers = await engineOf(conditions);
    const words = conditions.map(theirs);
    for (const given of customers) {
      const theirGiven = sorted(given);
      answers(given).forEach((holds, index) => {
        const expected = evalCondition(theirGiven, words[index]);
        const seedAndCase = () => `seed ${seed}: ${JSON.stringify(conditions[index])} over ${JSON.stringify(given)}`;
        if (holds !== expected) assert.fail(`${seedAndCase()}: ${holds}, theirs ${expected}`);
        checked++;
        held += Number(holds);
      });
    }
  }
  console.log(`${checked} answers, ${held} times yes`);
  assert.ok(held > checked / 10 && held < checked * 0.9);
});

for (const [why, condition, attributes, holds] of DIFFERENCES) {
  test(`unlike GrowthBook's: ${why}`, async () => {
    assert.deepEqual((await engineOf([condition]))(attributes), [holds]);
    assert.equal(evalCondition(attributes, condition), !holds, "there is no difference any more");
  });
}
