// What the shop tells of its customers.

import { enveloped } from "../cloudevents.js";

/** @type {import("../routes.js").Route} */
export const facts = {
  method: "POST",
  path: "/facts",
  who: ["shop"],
  about: "Takes what the shop knows of a customer, or what happened to them. The same again changes nothing.",
  anyBody: {
    anyOf: [{ $ref: "Fact" }, { type: "array", items: { $ref: "Fact" }, maxItems: 1000 }],
    description: "one fact, or a list; a mistake in one of a list, and none is stored",
  },
  answer: { anyOf: [{ $ref: "Taken" }, { type: "array", items: { $ref: "Taken" } }] },
  codes: ["id-reused", "unknown-field", "wrong-type", "invalid-value", "out-of-range", "not-allowed", "store-full"],
  run: ({ server, body, headers }) => server.facts(/** @type {any} */ (enveloped(headers, body))),
};
