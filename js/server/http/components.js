// What the addresses take and answer besides what the engine's own tables describe, as JSON Schema. `$ref` names another of them.

import { SCHEMAS, VERSION } from "./schemas.js";

const text = { type: "string" };
const id = { type: "string", minLength: 1 };
const count = { type: "integer", minimum: 0 };
const instant = { type: "integer", description: "epoch milliseconds, by the store's clock" };
const cursor = { ...id, description: "its place in the list, for `after`" };
const byTwo = { type: "object", additionalProperties: { type: "object", additionalProperties: count } };

/** @param {Record<string, any>} properties @param {readonly string[]} [required] @param {boolean} [open] */
export const object = (properties, required = Object.keys(properties), open = false) => ({ type: "object", properties, required, additionalProperties: open });

const TYPES = ["customer", "order", "conversation", "mention", "rating", "consent", "wishes", "event"].map((name) => `querencia.${name}`);

/** Who asks with `explain: false` gets null for what explains. @param {any} decision */
function nullable({ properties, ...decision }) {
  const either = Object.entries(properties).map(([name, { description, ...schema }]) => [name, ["refused", "tasks", "standing"].includes(name) ? { anyOf: [schema, { type: "null" }], description } : { ...schema, description }]);
  return { ...decision, properties: Object.fromEntries(either) };
}

/** What the server adds to a decision. @param {any} decision */
const decided = ({ properties, ...decision }) => ({
  ...decision,
  properties: { ...properties, reserved: { type: "array", items: { $ref: "ReservedContact" }, description: "what was reserved before on the channels that were asked about, and still waits to be sent; absent: nothing" } },
});

/** A contact that waits, as it is armed by `customer` and `contact`. */
const RESERVED = {
  customer: id,
  contact: { ...id, description: "its id: give it and `customer` to `/arm`" },
  campaign: id,
  class: SCHEMAS.LedgerRecord.properties.class,
  channel: SCHEMAS.LedgerRecord.properties.channel,
  placement: text,
  occurrence: text,
  offer: text,
  digest: { ...text, description: "of a digest, which is one message: the id of its first part" },
  at: { ...instant, description: "when it was reserved, in epoch milliseconds" },
  leaseUntil: { ...instant, description: "until when it is" },
};
const WAITS = ["customer", "contact", "campaign", "class", "channel", "at", "leaseUntil"];

/** @type {Record<string, any>} */
const OWN = {
  Decision: decided(nullable(SCHEMAS.Decision)),
  ReservedContact: object(RESERVED, WAITS),
  QueuedContact: object({ ...RESERVED, cursor: { ...text, description: "give it as `after` for those after this one" } }, [...WAITS, "cursor"]),
  Problems: object({ problems: { type: "array", minItems: 1, items: { $ref: "Problem" } } }),
  Problem: object({
    code: { ...text, description: "what is wrong, for programs; a code never changes its meaning" },
    path: { ...text, description: "where it is, as `event.order.value`; empty: the whole" },
    message: { ...text, description: "how to mend it, for people; it never repeats a value" },
  }),
  Fact: { anyOf: [{ $ref: "CustomerFact" }, { $ref: "CloudEvent" }] },
  CustomerFact: object(
    {
      customer: { allOf: [{ $ref: "Customer" }], required: ["id"], description: "what is known of the customer now; fields that are not named stay as they are, null removes one; besides the engine's fields: `zone`" },
      time: { type: ["integer", "string"], description: "when it was so; absent: now" },
    },
    ["customer"],
  ),
  CloudEvent: object(
    {
      specversion: { const: "1.0" },
      type: { enum: TYPES },
      source: { ...id, description: "with `id` it names the event: sent again it changes nothing" },
      id,
      subject: { ...id, description: "the id of the customer" },
      time: { ...text, description: "RFC 3339: when it was so; absent: now" },
      datacontenttype: text,
      data: { type: "object", description: "of `querencia.customer`: fields of Customer; of `.order`, `.conversation`, `.mention`, `.rating`: one of them; of `.consent`, `.wishes`: those; of `.event`: an Event" },
    },
    ["specversion", "type", "source", "id", "subject", "data"],
    true,
  ),
  Taken: object(
    {
      customer: id,
      changed: { type: "array", items: text, description: "the fields of the customer that are another now" },
      replayed: { const: true, description: "this event came before: nothing changed" },
      stale: { const: true, description: "this event is older than what is remembered of events: nothing changed" },
      decision: { $ref: "Decision" },
      reserved: { type: "array", items: { $ref: "ReservedContact" }, description: "with `replayed`: what this event had reserved and still waits to be sent; absent: nothing" },
    },
    ["customer", "changed"],
  ),
  Armed: {
    oneOf: [
      object({ armed: { const: true }, contact: { $ref: "Contact" }, text: { type: "object", description: "the message, filled in: `title`, `body`, `signer`, and `share`, `action`, `image` where it has them; where the contact was given by its id; of a digest the text of all parts" }, parts: { type: "array", items: object({ contact: { $ref: "Contact" }, text: { type: "object" } }), description: "of a digest, whichever of its parts was named: each that is said" }, record: { $ref: "LedgerRecord" } }, ["armed"], true),
      object(
        {
          armed: { const: false },
          code: { enum: ["not-reserved", "lapsed", "refused", "awaiting-code"] },
          refused: object({ gate: text, code: text }, ["gate", "code"], true),
          retryAt: { ...instant, description: "it stays reserved, and may be said from then on; absent: it was released" },
        },
        ["armed", "code"],
        true,
      ),
    ],
  },
  Claimed: object({
    offer: id,
    campaign: id,
    occurrence: id,
    code: { type: ["string", "null"], description: "null: the offer needs none" },
    expiresAt: { type: ["integer", "null"], description: "epoch milliseconds; null: it has no end" },
  }),
  Redeemed: object({ order: id, at: instant, offer: id, campaign: id }),
  Synced: object({
    records: { type: "array", items: { $ref: "LedgerRecord" } },
    wishes: { $ref: "Wishes" },
    codes: { type: "object", description: "by offer: `code`, `contact`, `expiresAt`" },
    entitled: { type: "array", items: { $ref: "Present" } },
    shop: { $ref: "ShopNow" },
    now: instant,
  }),
  Ledger: object({ ok: { type: "boolean" }, version: text, records: { type: "array", items: { $ref: "LedgerRecord" } }, wishes: { $ref: "Wishes" }, now: instant }),
  ShopTask: {
    anyOf: [
      { ...SCHEMAS.Task, properties: { ...SCHEMAS.Task.properties, customer: id, cursor }, required: [...SCHEMAS.Task.required, "customer", "cursor"] },
      object({ customer: { type: ["string", "null"], description: "null: nothing but the contact is known" }, kind: { const: "outcome", description: "the contact was about to be sent, and nobody told what became of it" }, contact: id, dueAt: instant, cursor }),
      object({ customer: id, kind: { const: "code", description: "nobody knows whether the platform made the code" }, offer: id, campaign: id, occurrence: id, dueAt: instant, cursor }),
    ],
  },
  Report: object(
    {
      from: { ...text, description: "the first day, in UTC" },
      to: { ...text, description: "the last day" },
      decisions: count,
      refused: { type: "array", items: object({ gate: text, code: text, count }), description: "how often each code held a campaign back, the most frequent first" },
      contacts: { ...byTwo, description: "by channel and state" },
      reactions: { ...byTwo, description: "by channel" },
      said: { ...count, description: "how many contacts were sent or shown" },
      left: { ...count, description: "how many customers unsubscribed, reported spam or took back their consent" },
      fatigue: { type: "number", description: "`left` of 1,000 contacts; absent: too few to tell" },
      fatigueBy: { type: "object", additionalProperties: { type: "number" }, description: "the same by campaign" },
      unanswered: count,
    },
    ["from", "to", "decisions", "refused", "contacts", "reactions", "said", "left", "unanswered"],
  ),
  Exported: object({ format: { const: "querencia-customer-1" }, at: instant, customer: { type: "object" }, wishes: { $ref: "Wishes" }, contacts: { type: "array", items: { $ref: "LedgerRecord" } }, offers: { type: "array", items: { type: "object" } }, remembered: { type: "object", description: "what the server keeps to do its work: events seen, times" } }),
  Erased: object({ known: { type: "boolean", description: "false: nothing was known of them" }, contacts: { ...count, description: "how many records of contacts were deleted" }, codes: { ...count, description: "how many codes; those that the server made itself cannot be redeemed any longer" } }),
  Health: object({ status: { const: "ok" }, policy: { ...text, description: "the SHA-256 of the policy's RFC 8785 form" }, version: text, store: text }),
};

/** All of them; what the engine takes and answers is as its own tables say. */
export const COMPONENTS = { ...SCHEMAS, ...OWN };

export { VERSION, count, id, instant, text };
