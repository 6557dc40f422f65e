// All of one customer: given out, and deleted.

/** @type {import("../routes.js").Route} */
export const exported = {
  method: "GET",
  path: "/customers/{id}",
  who: ["shop"],
  about: "All that is known of a customer, as JSON.",
  answer: { $ref: "Exported" },
  codes: ["unknown-customer"],
  run: ({ server, params }) => server.export(params.id),
};

/** @type {import("../routes.js").Route} */
export const erased = {
  method: "DELETE",
  path: "/customers/{id}",
  who: ["shop"],
  about: "Deletes all that is known of a customer. To ask again changes nothing.",
  answer: { $ref: "Erased" },
  run: ({ server, params }) => server.erase(params.id),
};
