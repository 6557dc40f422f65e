// Deciding, and what becomes of contacts.

import { SENT } from "../../channels.js";
import { ServerError } from "../../errors.js";

/** @typedef {import("../routes.js").Route} Route */

/** @type {import("../routes.js").Field} */
export const CUSTOMER = { schema: { type: "string", minLength: 1 }, about: "the customer's id; with a customer's token it may be left out" };

/** @type {import("../routes.js").Field} */
const CONTACT = { schema: { type: "string", minLength: 1 }, required: true, about: "the id of a contact, from a decision; with a customer's token of the channel `onsite` alone" };

/**
 * What a page may say of its moment. What it could forge an offer with (an order, the catalogue, the state of the shop) is not among it:
 * the server takes that from the shop alone.
 */
const CLAIMS = ["zone", "explain", "nextAt", "visit", "channels", "placements", "without"];

/**
 * A page speaks for itself alone: a mail that waits is not its to say, nor whether it came. Of what is not a page's it learns nothing: that is
 * as unknown as what there is not.
 * @param {import("../routes.js").Who | undefined} by
 * @returns {import("../../index.d.ts").Only}
 */
const onlyFor = (by) => (by === "customer" ? { channel: "onsite" } : {});

/** @type {Route} */
export const decide = {
  method: "POST",
  path: "/decide",
  who: ["shop", "customer"],
  about: "Decides for a customer on what the server knows, and reserves what is to be said.",
  body: { customer: CUSTOMER },
  rest: "Moment",
  claims: CLAIMS,
  answer: { $ref: "Decision" },
  run: ({ server, customer, by, body: { customer: _, ...moment } }) => server.decide(customer, by === "customer" ? { ...moment, channels: ["onsite"] } : moment),
};

/** @type {Route} */
export const contacts = {
  method: "GET",
  path: "/contacts",
  who: ["shop"],
  about: "The contacts of a channel that are reserved and wait to be sent, the oldest first. Each is armed just before it is sent.",
  query: {
    channel: { schema: { type: "string", enum: SENT }, required: true, about: "a channel that the shop sends on" },
    limit: { schema: { type: "string", pattern: "^\\d+$" }, about: "so many at most, 1 to 1,000; absent: 100. With fewer the list is at its end" },
    after: { schema: { type: "string" }, about: "the `cursor` of the last of a list that was cut off: those after it" },
  },
  answer: { type: "array", items: { $ref: "QueuedContact" } },
  codes: ["missing-field", "invalid-value", "out-of-range"],
  run: ({ server, query: { channel, limit, after } }) => server.contacts({ channel: /** @type {any} */ (channel), after, ...(limit !== undefined && { limit: Number(limit) }) }),
};

/** @type {Route} */
export const arm = {
  method: "POST",
  path: "/arm",
  who: ["shop", "customer"],
  about: "Just before a contact is said: decides again. Who gets `armed: true` says it, once; a second ask gets `armed: false`.",
  body: {
    customer: CUSTOMER,
    contact: {
      schema: { anyOf: [CONTACT.schema, { type: "object" }] },
      required: true,
      about: "the id of a contact, from a decision of the server (with a customer's token of the channel `onsite` alone); or what a page decided itself: its record, or `campaign`, `occurrence`, `placement`",
    },
    moment: { schema: { type: ["object", "null"] }, about: "with what a page decided itself: its `event`, `cart`, `placements`, `visit`, `zone`. Who has an offer is decided on what the server knows alone" },
  },
  answer: { $ref: "Armed" },
  codes: ["unknown-contact", "not-allowed", "invalid-value"],
  run: ({ server, customer, by, body: { contact, moment } }) => (typeof contact === "string" ? server.arm(customer, contact, onlyFor(by)) : server.arm(customer, contact, moment ?? undefined)),
};

/** @type {Route} */
export const outcome = {
  method: "POST",
  path: "/outcome",
  who: ["shop", "customer"],
  about: "Notes what became of a contact that was armed, and answers its record as it is then. To say it again changes nothing.",
  body: {
    customer: CUSTOMER,
    contact: CONTACT,
    outcome: { schema: { enum: ["delivered", "failed", "dismissed", "clicked", "converted"] }, required: true, about: "what became of it; `failed` is the shop's to say" },
  },
  answer: { $ref: "LedgerRecord" },
  codes: ["unknown-contact", "not-armed"],
  run({ server, customer, by, body }) {
    // What failed counts for nothing: a page could make room for more.
    if (by === "customer" && body.outcome === "failed") throw new ServerError("not-authorised", "outcome", "`failed` is the shop's server's to say");
    return server.outcome(customer, body.contact, body.outcome, onlyFor(by));
  },
};
