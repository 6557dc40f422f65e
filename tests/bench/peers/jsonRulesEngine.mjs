// json-rules-engine as its README uses it: one engine, a rule for each campaign, `run(facts)`. It decides the audiences; the rest is
// written by hand.

import jre from "json-rules-engine";
import { arbitrate, factsOf } from "./byhand.mjs";
import { campaigns, requests } from "./workload.mjs";

/** @type {Record<string, string>} */
const operators = { $ne: "notEqual", $gte: "greaterThanInclusive", $lt: "lessThan", $in: "in", $nin: "notIn" };

/** An audience as its conditions. @param {Record<string, any>} audience @returns {import("json-rules-engine").TopLevelCondition} */
function conditions(audience) {
  /** @type {any[]} */
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

/** @type {import("./index.mjs").Peer[]} */
export const peers = [
  {
    name: "json-rules-engine",
    does: "audiences",
    async open() {
      const engine = new jre.Engine();
      for (const { id, audience } of campaigns) engine.addRule({ conditions: conditions(audience), event: { type: id } });
      return {
        async decide(index) {
          const facts = factsOf(requests[index]);
          const { events } = await engine.run(facts);
          const matching = new Set(events.map(({ type }) => type));
          return arbitrate(requests[index], facts.tier, campaigns.map(({ id }) => matching.has(id)));
        },
      };
    },
  },
];
