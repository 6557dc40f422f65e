// Presents: what a customer has, its code, and the order that uses it.

import { CUSTOMER } from "./contacts.js";

const TEXT = { type: "string", minLength: 1 };

/** @type {import("../routes.js").Route} */
export const entitled = {
  method: "GET",
  path: "/entitled",
  who: ["shop", "customer"],
  about: "The presents that a customer has, spoken of or not.",
  query: { customer: CUSTOMER },
  answer: { type: "array", items: { $ref: "Present" } },
  run: ({ server, customer }) => server.entitled(customer),
};

/** @type {import("../routes.js").Route} */
export const claim = {
  method: "POST",
  path: "/claim",
  who: ["shop", "customer"],
  about: "The customer takes a present of that list: its code is issued, once. Asked again it gives the same code.",
  body: {
    customer: CUSTOMER,
    campaign: { schema: TEXT, required: true, about: "as the list names it" },
    occurrence: { schema: TEXT, required: true, about: "as the list names it" },
  },
  answer: { $ref: "Claimed" },
  codes: ["not-entitled", "code-pending", "code-refused"],
  run: ({ server, customer, body: { campaign, occurrence } }) => server.claim(customer, { campaign, occurrence }),
};

/** @type {import("../routes.js").Route} */
export const redeem = {
  method: "POST",
  path: "/redeem",
  who: ["shop"],
  about: "An order uses a code: once. The same order may ask again.",
  body: {
    code: { schema: TEXT, required: true, about: "as the customer wrote it" },
    order: { schema: TEXT, required: true, about: "the order's id" },
    customer: { schema: TEXT, required: false, about: "whose order it is; then a code of somebody else is refused" },
  },
  answer: { $ref: "Redeemed" },
  codes: ["unknown-code", "code-expired", "already-redeemed", "not-theirs"],
  run: ({ server, body: { code, order, customer } }) => server.redeem(code, order, customer === undefined ? {} : { customer }),
};
