// Microseconds for one decision: `handle.decide` and `engine.decide` of this package, json-rules-engine, and a function written by hand.
// In each round every contender decides all requests, so a busy machine slows all of them; only ratios within a round are compared.

import { deepEqual } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import jre from "json-rules-engine";
import { load } from "querencia";
import { arbitrate, decideByHand, factsOf } from "./byhand.mjs";
import { campaigns, policy, requests } from "./peers/workload.mjs";

const ROUNDS = 40;
const WARM_UP = 5;

const operators = {
  $eq: "equal", $ne: "notEqual", $gte: "greaterThanInclusive", $gt: "greaterThan", $lt: "lessThan", $lte: "lessThanInclusive",
  $in: "in", $nin: "notIn",
};

/** An audience as conditions of json-rules-engine. */
function conditions(audience) {
  const all = Object.entries(audience).flatMap(([fact, operand]) => {
    if (fact === "$or") return [{ any: operand.map(conditions) }];
    if (Object(operand) !== operand) return [{ fact, operator: "equal", value: operand }];
    return Object.entries(operand).map(([operator, value]) =>
      fact === "families"
        ? { fact, operator: operator === "$in" ? "contains" : "doesNotContain", value: value[0] }
        : { fact, operator: operators[operator], value },
    );
  });
  return { all };
}

const rules = new jre.Engine();
for (const { id, audience } of campaigns) rules.addRule({ conditions: conditions(audience), event: { type: id } });

async function decideByRules(request) {
  const facts = factsOf(request);
  const { events } = await rules.run(facts);
  const matching = new Set(events.map(({ type }) => type));
  return arbitrate(request, facts, (id) => matching.has(id));
}

const engine = await load(policy);
const handles = requests.map(({ customer, ledger }) => engine.customer(customer, ledger));
const moments = requests.map(({ now, zone, zones, event }) => ({ now, zone, zones, event }));

const contenders = {
  "a function by hand": () => requests.map(decideByHand),
  "querencia, handle.decide": () => handles.map((handle, index) => handle.decide(moments[index])),
  "querencia, engine.decide": () => requests.map((request) => engine.decide(request)),
  "json-rules-engine, with the contact rules written by hand": async () => {
    const decisions = [];
    for (const request of requests) decisions.push(await decideByRules(request));
    return decisions;
  },
};

/** What all contenders must agree on: the campaigns that are sent, and those whose audience does not hold. */
const comparable = ({ contacts, refused }) => ({
  contacts: contacts.map((contact) => contact.campaign ?? contact),
  outside: (Array.isArray(refused) ? refused.map(({ campaign, code }) => [campaign, code]) : Object.entries(refused))
    .filter(([, code]) => code === "not-in-audience")
    .map(([id]) => id)
    .sort(),
});
const expected = requests.map(decideByHand).map(comparable);
for (const [name, decideAll] of Object.entries(contenders)) {
  deepEqual((await decideAll()).map(comparable), expected, `${name} decides differently`);
}

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let round = -WARM_UP; round < ROUNDS; round++) {
  for (const [name, decideAll] of Object.entries(contenders)) {
    globalThis.gc?.();
    const start = performance.now();
    await decideAll();
    if (round >= 0) times[name].push(((performance.now() - start) * 1000) / requests.length);
  }
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const ratio = (name, other) => median(times[name].map((time, round) => time / times[other][round]));
const [byHand, , , byRules] = Object.keys(contenders);
const contacted = expected.filter(({ contacts }) => contacts.length > 0).length;
const { version } = JSON.parse(await readFile("node_modules/json-rules-engine/package.json", "utf8"));

console.log(`${campaigns.length} campaigns, ${requests.length} customers (${contacted} get a message), ${ROUNDS} rounds; all contenders agree
Node ${process.version}, json-rules-engine ${version}; only querencia also gives \`retryAt\`, messages and every reason\n`);
console.table(
  Object.fromEntries(
    Object.keys(contenders).map((name) => [
      name,
      {
        "µs, median": median(times[name]).toFixed(1),
        "× by hand": ratio(name, byHand).toFixed(1),
        "× faster than json-rules-engine": ratio(byRules, name).toFixed(1),
      },
    ]),
  ),
);
