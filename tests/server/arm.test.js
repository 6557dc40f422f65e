// Who sends without JavaScript asks over HTTP, and gets the words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory, open } from "querencia/server";

const policy = (/** @type {string} */ to) => ({
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"], signer: "Lola" },
  campaigns: [{ id: "thanks", kind: "thankYou", channel: "email", message: "thanks" }],
  messages: { thanks: { en: [{ title: "Thank you", body: "Your order of {order.total} is on its way.", action: { label: "See it", to } }] } },
});

test("who arms a contact gets its message filled in", async () => {
  const server = await open({ policy: policy("/orders/{order.id}"), store: memory() });
  await server.facts({ customer: { id: "ana", givenName: "Ana" } });
  const { contacts: [{ id }] } = await server.decide("ana", { event: { name: "purchase", order: { id: "A 17", total: 2490 } } });
  const armed = await server.arm("ana", id);
  assert.ok(armed.armed);
  assert.deepEqual(armed.text, { title: "Thank you", body: "Your order of €24.90 is on its way.", signer: "Lola", action: { label: "See it", to: "/orders/A%2017" } });
  assert.deepEqual(await server.arm("ana", id), { armed: false, code: "not-reserved" });
  await server.close();
});

test("a message that cannot be written is told of, and stays reserved", async (context) => {
  const server = await open({ policy: policy("/orders"), store: memory() });
  const { contacts: [{ id }] } = await server.decide("ana", { event: { name: "purchase", order: { id: "A-17", total: 2490 } } });
  context.mock.method(Intl, "NumberFormat", function () {
    throw new TypeError("no such currency");
  });
  await assert.rejects(server.arm("ana", id), { code: "not-written", path: "contact", status: 500 });
  assert.equal((await server.queued()).email.reserved, 1);
  await server.close();
});
