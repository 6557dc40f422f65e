// A shop changes from at most once to at least once while mails are out: what its old worker armed may have arrived, and is not sent again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory, open } from "querencia/server";
import { policy } from "./casa.js";

const HOUR = 3_600_000;

test("at least once sends again what a worker of that mode armed, and nothing of anybody else's", async () => {
  const clock = { now: Date.UTC(2026, 5, 10, 9) };
  const store = memory({ clock: () => clock.now });
  const server = await open({ policy: { ...policy(), campaigns: policy().campaigns.slice(0, 1) }, store });
  const contactOf = async (/** @type {string} */ customer) => {
    await server.facts({ customer: { id: customer, consent: { email: true }, orders: [{ id: `o-${customer}`, at: clock.now, total: 10 }] } });
    const { contacts } = await server.decide(customer, { event: { name: "purchase", order: { id: `o-${customer}` } } });
    return contacts[0]?.id;
  };
  /** @type {string[]} */
  let sent = [];
  const broken = (/** @type {any} */ _contact, /** @type {any} */ _text, /** @type {any} */ { customer }) => {
    sent.push(customer.id);
    throw new Error("the connection broke");
  };
  const deliver = (/** @type {any} */ options) => server.deliver({ channel: "email", send: broken, once: true, timeout: 10, onError() {}, ...options }).done;

  assert.ok(await contactOf("ana"));
  await deliver({});
  // Who sends without a worker, as by `POST /arm`, has its own way with what failed.
  assert.equal((await server.arm("luis", /** @type {string} */ (await contactOf("luis")))).armed, true);
  assert.ok(await contactOf("eva"));
  await deliver({ mode: "at-least-once" });
  assert.deepEqual([...new Set(sent)], ["ana", "eva"]);

  sent = [];
  // What the shop tells meanwhile does not change it.
  await server.facts({ customer: { id: "eva", givenName: "Eva" } });
  await server.decide("eva");
  for (let hour = 0; hour < 4; hour++) {
    clock.now += HOUR;
    await deliver({ mode: "at-least-once" });
  }
  assert.ok(sent.length >= 3, `${sent}`);
  assert.deepEqual([...new Set(sent)], ["eva"]);
  // The others are for a person to look up.
  const tasks = await server.tasks({ kinds: ["outcome"] });
  assert.deepEqual(tasks.map(({ customer }) => customer).filter((customer) => customer !== "eva").sort(), ["ana", "luis"]);
  await server.close();
});
