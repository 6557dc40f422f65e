// Cedar, compiled to Wasm, with its policies parsed once. It decides the audiences; the rest is written by hand. Usual is one question
// for each campaign, an action. In the second row one question is asked, and the answer's reasons tell which policies permit.

import { initSync, preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/web";
import { arbitrate, factsOf } from "./byhand.mjs";
import { campaigns, requests } from "./workload.mjs";

/** @type {Record<string, string>} */
const operators = { $ne: "!=", $gte: ">=", $lt: "<" };

/** An audience in Cedar's language. @param {Record<string, any>} audience @returns {string} */
function condition(audience) {
  const parts = Object.entries(audience).flatMap(([fact, operand]) => {
    if (fact === "$or") return [`(${operand.map(condition).join(" || ")})`];
    const value = `context[${JSON.stringify(fact)}]`;
    if (Object(operand) !== operand) return [`${value} == ${JSON.stringify(operand)}`];
    return Object.entries(operand).map(([operator, limit]) => {
      if (fact === "families") return `${operator === "$in" ? "" : "!"}${value}.contains(${JSON.stringify(limit[0])})`;
      return operator === "$in" ? `${JSON.stringify(limit)}.contains(${value})` : `${value} ${operators[operator]} ${JSON.stringify(limit)}`;
    });
  });
  return `(${parts.join(" && ")})`;
}

/** @param {string} set @param {string} action @param {import("./byhand.mjs").Facts} context */
function ask(set, action, context) {
  const answer = statefulIsAuthorized({
    principal: { type: "Customer", id: "c" },
    action: { type: "Action", id: action },
    resource: { type: "Shop", id: "s" },
    context,
    preparsedPolicySetId: set,
    entities: [],
  });
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join());
  return answer.response;
}

/** @param {string} name @param {(id: string) => string} actionOf */
function parse(name, actionOf) {
  const rules = campaigns.map(({ id, audience }) => [
    id,
    `permit(principal, ${actionOf(id)}, resource) when { ${condition(audience)} };`,
  ]);
  const parsed = preparsePolicySet(name, { staticPolicies: Object.fromEntries(rules) });
  if (parsed.type === "failure") throw new Error(parsed.errors.map(({ message }) => message).join());
}

/** @param {import("./index.mjs").Host} host */
const start = async ({ bytes }) => void initSync({ module: await bytes("@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm") });

/** @type {import("./index.mjs").Peer[]} */
export const peers = [
  {
    name: "Cedar, a question a campaign",
    does: "audiences",
    async open(host) {
      await start(host);
      parse("each", (id) => `action == Action::${JSON.stringify(id)}`);
      return {
        decide(index) {
          const facts = factsOf(requests[index]);
          return arbitrate(requests[index], facts.tier, campaigns.map(({ id }) => ask("each", id, facts).decision === "allow"));
        },
      };
    },
  },
  {
    name: "Cedar, one question",
    does: "audiences",
    async open(host) {
      await start(host);
      parse("all", () => "action");
      return {
        decide(index) {
          const facts = factsOf(requests[index]);
          const { reason } = ask("all", "decide", facts).diagnostics;
          return arbitrate(requests[index], facts.tier, campaigns.map(({ id }) => reason.includes(id)));
        },
      };
    },
  },
];
