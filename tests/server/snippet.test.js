// What a reader of the first pages copies into a webhook. A shop's platform tells of each order several times, and at once.
// The old snippet (read the ledger, decide, send, store) is here as a control: it must fail.

import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import { load } from "querencia";
import { memory, open } from "querencia/server";

const CUSTOMERS = 40;
/** Of each order the platform tells so many times. */
const WEBHOOKS = 6;

const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] },
  limits: [{ id: "week", max: 3, per: "7d" }],
  campaigns: [{ id: "thanks", kind: "thankYou", channel: "email", message: "thanks" }],
  messages: { thanks: { en: [{ title: "Thank you", body: "Your order {order.id} is on its way." }] } },
};

/** One call of `webhook` for each time that the platform tells of an order, all of them at once, mixed. @param {(id: string, order: any) => Promise<void>} webhook */
async function storm(webhook) {
  const told = Array.from({ length: CUSTOMERS * WEBHOOKS }, (_, index) => {
    const customer = index % CUSTOMERS;
    return webhook(`customer-${customer}`, { id: `A-${customer}`, at: Date.now(), total: 2490, paid: true });
  });
  await Promise.all(told);
}

test("control: reading the ledger, deciding, sending and storing as four steps sends one order's mail several times", async () => {
  /** @type {Map<string, any[]>} the shop's table of records */
  const table = new Map();
  /** @type {string[]} */
  const sent = [];
  const engine = await load(policy);
  await storm(async (id, order) => {
    await setImmediate(); // the shop's database answers
    const ledger = [...(table.get(id) ?? [])];
    const { contacts } = engine.decide({ now: Date.now(), customer: { id }, ledger, event: { name: "purchase", order } });
    for (const { message, why, expiresAt, ...record } of contacts) {
      sent.push(`${id} ${record.occurrence}`);
      await setImmediate(); // the mail server answers
      table.set(id, [...(table.get(id) ?? []), { ...record, variant: message.variant, state: "delivered" }]);
    }
  });
  engine.free();
  assert.equal(new Set(sent).size, CUSTOMERS);
  assert.ok(sent.length > CUSTOMERS, `${sent.length} mails, so the control shows nothing`);
});

test("decide and arm on the server: one mail for each order, however often and however concurrently the platform tells of it", async () => {
  /** @type {string[]} */
  const sent = [];
  const server = await open({ policy, store: memory() });
  await storm(async (id, order) => {
    const { contacts } = await server.decide(id, { event: { name: "purchase", order } });
    for (const contact of contacts) {
      if (!(await server.arm(id, contact.id)).armed) continue;
      sent.push(`${id} ${contact.occurrence}`);
      await setImmediate();
      await server.outcome(id, contact.id, "delivered");
    }
  });
  await server.close();
  assert.equal(new Set(sent).size, CUSTOMERS);
  assert.equal(sent.length, CUSTOMERS, "each order once");
});
