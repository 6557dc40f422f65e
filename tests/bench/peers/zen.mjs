// GoRules' zen-engine, compiled to Wasm. In browsers and in this package it evaluates expressions only, no decision tables: all
// audiences stand in one expression, so that it is called once. It decides the audiences; the rest is written by hand.

import { evaluateExpression, initSync } from "@gorules/zen-engine-wasm";
import { arbitrate, nestedFactsOf } from "./byhand.mjs";
import { campaigns, requests } from "./workload.mjs";

/** @type {Record<string, string>} */
const operators = { $ne: "!=", $gte: ">=", $lt: "<" };

/** An audience in zen's language. @param {Record<string, any>} audience @returns {string} */
function expression(audience) {
  const parts = Object.entries(audience).flatMap(([fact, operand]) => {
    if (fact === "$or") return [`(${operand.map(expression).join(" or ")})`];
    if (Object(operand) !== operand) return [`${fact} == ${JSON.stringify(operand)}`];
    return Object.entries(operand).map(([operator, value]) => {
      if (fact === "families") return `(${JSON.stringify(value[0])} ${operator === "$in" ? "in" : "not in"} families)`;
      return operator === "$in" ? `(${fact} in ${JSON.stringify(value)})` : `${fact} ${operators[operator]} ${JSON.stringify(value)}`;
    });
  });
  return `(${parts.join(" and ")})`;
}

/** @type {import("./index.mjs").Peer[]} */
export const peers = [
  {
    name: "zen-engine (Wasm)",
    does: "audiences",
    async open({ bytes }) {
      initSync({ module: await bytes("@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm") });
      const all = `[${campaigns.map(({ audience }) => expression(audience)).join(", ")}]`;
      return {
        decide(index) {
          const facts = nestedFactsOf(requests[index]);
          const holds = evaluateExpression(all, facts);
          return arbitrate(requests[index], facts.tier, holds);
        },
      };
    },
  },
];
