// What a reader of the README copies into a webhook. A shop's platform tells of each order several times, and at once.
// The old way (read the ledger, decide, send, store) is here as a control: it must fail.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
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

test("the README's two lines: one mail for each order, however often and however concurrently the platform tells of it", async () => {
  const [, source] = /<!-- test: server -->\n```js\n([^]*?)```/.exec(await readFile("README.md", "utf8")) ?? [];
  assert.ok(source, "README.md has no such example");
  const [setup, webhook] = source.replace(/^import .*\n/, "").split(/^\/\/ in the webhook.*\n/m);
  assert.equal(webhook.trim().split("\n").length, 2);
  const AsyncFunction = /** @type {FunctionConstructor} */ (Object.getPrototypeOf(async () => {}).constructor);
  const begin = new AsyncFunction("open", "memory", "policy", "sendMail", `${setup}; return { server, webhook: async (customer, order) => { ${webhook} } };`);

  /** @type {string[]} */
  const sent = [];
  const sendMail = async (/** @type {{ id: string }} */ { id }, /** @type {{ body: string }} */ { body }) => {
    await setImmediate(); // the mail server answers
    sent.push(`${id} ${body}`);
  };
  const { server, webhook: told } = await begin(open, memory, policy, sendMail);
  await storm((id, order) => told({ id }, order));
  while ((await server.queued()).email?.reserved > 0) await setImmediate();
  await server.close(); // finishes what is in hand
  assert.equal(new Set(sent).size, CUSTOMERS);
  assert.equal(sent.length, CUSTOMERS, "each order once");
});
