// What becomes of the memory of a large document. In a file of its own: no other test may keep a customer.

import { load } from "querencia";
import assert from "node:assert/strict";
import { test } from "node:test";
import { initSync } from "#glue";

const NOW = Date.parse("2026-11-22T10:00:00Z");

/** @type {any} */
const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["es-ES"] },
  campaigns: [{ id: "thanks", kind: "thankYou", channel: "onsite", placement: "thank-you", message: "thanks" }],
  messages: { thanks: { "es-ES": [{ body: "Gracias" }] } },
};

/** @type {any} */
const purchase = { now: NOW, event: { name: "purchase", order: { id: "o1", at: NOW } } };

test("the memory of a large document is given back once no customer is kept", async () => {
  const memory = () => /** @type {any} */ (initSync)().memory;
  const engine = await load(policy);
  const ana = engine.customer({ id: "ana" }, []);
  const ledger = Array.from({ length: 80_000 }, (_, index) => ({
    id: `r${index}`, campaign: "news", class: "relational", channel: "email", at: NOW - index * 1_000, state: "delivered",
  }));
  const luis = engine.customer({ id: "luis" }, /** @type {any} */ (ledger));
  const large = memory();
  assert.ok(large.buffer.byteLength > 1 << 25, `${large.buffer.byteLength} bytes are not large`);
  luis.free();
  luis.free();
  assert.equal(memory(), large, "ana is kept in it");
  const before = ana.decide(purchase);
  ana.free();
  assert.ok(memory().buffer.byteLength < 1 << 24, `${memory().buffer.byteLength} bytes were not given back`);
  assert.deepEqual(engine.decide({ ...purchase, customer: { id: "ana" }, ledger: [] }), before);
  engine.free();
});
