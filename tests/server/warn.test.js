// What fails where the shop gave no listener is printed once, by its code, and never with what it says of a customer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory } from "querencia/server";
import { policy, shop } from "./casa.js";

const SECRET = "0123456789012345678901234567890123456789";

const thanks = () => ({ ...policy(), campaigns: policy().campaigns.slice(0, 1) });

/** What is printed meanwhile. @param {() => Promise<unknown>} work */
async function printed(work) {
  /** @type {string[]} */
  const lines = [];
  const before = console.warn;
  console.warn = (/** @type {unknown[]} */ ...words) => void lines.push(words.join(" "));
  try {
    await work();
  } finally {
    console.warn = before;
  }
  return lines;
}

/** @param {any} options */
async function delivered(options) {
  const { server } = await shop({ policy: thanks() });
  for (const id of ["ana", "eva", "luis", "pia"]) {
    await server.facts({ customer: { id, consent: { email: true }, orders: [{ id: `o-${id}`, total: 10 }] } });
    await server.decide(id, { event: { name: "purchase", order: { id: `o-${id}` } } });
  }
  let calls = 0;
  const send = () => {
    calls++;
    throw calls < 3 ? new TypeError("no address of ana@example.com") : Object.assign(new Error("ana@example.com"), { code: calls === 3 ? "ESOCKET" : "ana@example.com" });
  };
  const lines = await printed(() => server.deliver({ channel: "email", send, once: true, concurrency: 1, ...options }).done);
  await server.close();
  assert.equal(calls, 4);
  return lines;
}

test("deliver without `onError` prints the code of each kind of failure once, and nothing of a customer", async () => {
  const lines = await delivered({});
  assert.deepEqual(lines, ["TypeError", "ESOCKET", "Error"].map((name) => `querencia: delivering on the channel \`email\` failed: ${name}; \`deliver({ onError })\` hears of each, with all that it says`));
});

test("deliver with `onError` prints nothing", async () => {
  let heard = 0;
  assert.deepEqual(await delivered({ onError: () => heard++ }), []);
  assert.equal(heard, 4);
});

test("a request that fails within the server is printed too, where `open` has no `onError`", async () => {
  const store = { ...memory(), due: async () => Promise.reject(Object.assign(new RangeError("of ana"), { code: undefined })) };
  const ask = (/** @type {any} */ server) => server.fetch(new Request("http://shop.example/querencia/tasks", { headers: { authorization: `Bearer ${SECRET}` } }));
  const { server } = await shop({ store, secret: SECRET });
  const lines = await printed(async () => {
    for (let time = 0; time < 3; time++) assert.equal((await ask(server)).status, 500);
  });
  assert.deepEqual(lines, ["querencia: a request failed: RangeError; `open({ onError })` hears of each, with all that it says"]);
  /** @type {unknown[]} */
  const heard = [];
  const { server: other } = await shop({ store, secret: SECRET, onError: (error) => void heard.push(error) });
  assert.deepEqual(await printed(() => ask(other)), []);
  assert.equal(heard.length, 1);
});
