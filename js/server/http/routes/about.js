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
