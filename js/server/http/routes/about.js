// What the server says of itself.

/** @type {import("../routes.js").Route} */
export const health = {
  method: "GET",
  path: "/health",
  who: [],
  about: "Whether the server can decide: its store answers. Else 503.",
  answer: { $ref: "Health" },
  run: ({ part }) => part.health(),
};

/** @type {import("../routes.js").Route} */
export const openapi = {
  method: "GET",
  path: "/openapi.json",
  who: [],
  about: "This document.",
  answer: { type: "object", description: "OpenAPI 3.1" },
  run: ({ part }) => part.openapi(),
};
