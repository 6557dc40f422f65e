// What became of a contact: who may say it, of which contacts, and what the ledger keeps when it is said twice or late.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory, signToken } from "querencia/server";
import { START, policy, shop } from "./casa.js";
import { SECRET, serverOf } from "./http.js";

/** @param {Promise<unknown>} promise */
const refusal = (promise) => promise.then(() => assert.fail("it was taken"), ({ code, path, status }) => [code, path, status]);

/** A customer with two mails and a page's contact reserved. */
async function reserved() {
  const own = await shop();
  await own.server.facts({ customer: { id: "ana", consent: { email: true } } });
  const { contacts } = await own.server.decide("ana", { event: { name: "purchase", order: { id: "1" } } });
  const [hello] = (await own.server.decide("ana", { channels: ["onsite"] })).contacts;
  return { ...own, thanks: contacts[0].id, news: contacts[1].id, hello: hello.id };
}

test("nothing becomes of what was never armed", async () => {
  const { server, kept, clock, thanks, news } = await reserved();
  const before = await kept();
  for (const word of /** @type {const} */ (["delivered", "failed", "dismissed", "clicked", "converted"])) {
    assert.deepEqual(await refusal(server.outcome("ana", thanks, word)), ["not-armed", "contact", 409], word);
  }
  assert.deepEqual(await kept(), before);
  // Another worker still sends it.
  assert.equal((await server.arm("ana", thanks)).armed, true);
  assert.equal((await server.outcome("ana", thanks, "delivered")).state, "delivered");
  // Nor of what was released.
  clock.now += 2 * 86_400_000;
  assert.deepEqual(await server.arm("ana", news), { armed: false, code: "lapsed" });
  assert.deepEqual(await refusal(server.outcome("ana", news, "failed")), ["not-armed", "contact", 409]);
  assert.deepEqual(await refusal(server.outcome("ana", "nobody's", "failed")), ["unknown-contact", "contact", 404]);
});

test("the answer is what the ledger keeps: a bounce days later counts, and `delivered` after it does not", async () => {
  const { server, kept, clock, thanks } = await reserved();
  await server.arm("ana", thanks);
  const of = async () => (await kept()).records.find((/** @type {any} */ { id }) => id === thanks);
  const says = async (/** @type {any} */ word) => {
    const answer = await server.outcome("ana", thanks, word);
    assert.deepEqual(answer, await of(), word);
    return [answer.state, answer.reaction];
  };
  assert.deepEqual(await says("delivered"), ["delivered", undefined]);
  assert.deepEqual(await says("converted"), ["delivered", "converted"]);
  // A lesser reaction does not undo a greater one.
  assert.deepEqual(await says("dismissed"), ["delivered", "converted"]);
  clock.now += 3 * 86_400_000;
  for (const word of ["failed", "delivered", "failed", "clicked"]) assert.deepEqual(await says(word), ["failed", "converted"], word);
});

test("with a customer's token only what a page shows is armed and told of; a mail is as unknown as what there is not", async () => {
  const { server, ask } = await serverOf({ policy: policy(), store: memory({ clock: () => START }) });
  const bearer = await signToken({ secret: SECRET, customer: "ana", now: START });
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const [mail] = (await server.decide("ana", { event: { name: "purchase", order: { id: "1" } } })).contacts;
  const { json: page } = await ask("POST", "/decide", { bearer, body: {} });
  assert.deepEqual(page.contacts.map((/** @type {any} */ { campaign }) => campaign), ["hello"]);
  const state = async (/** @type {string} */ id) => (await server.export("ana")).contacts.find((one) => one.id === id)?.state;

  const { json: unknown } = await ask("POST", "/arm", { bearer, body: { contact: "nobody's" } });
  const tried = async () => {
    for (const [path, more] of /** @type {const} */ ([["/arm", {}], ["/outcome", { outcome: "delivered" }], ["/outcome", { outcome: "clicked" }]])) {
      const { status, json } = await ask("POST", path, { bearer, body: { contact: mail.id, ...more } });
      assert.deepEqual([status, json], [404, unknown], `${path} ${JSON.stringify(more)}`);
    }
  };
  await tried();
  assert.equal(await state(mail.id), "reserved");
  // Nor by what else a page may tell with that id.
  const record = { id: mail.id, campaign: "hello", class: "promotional", channel: "onsite", at: START };
  assert.equal((await ask("POST", "/arm", { bearer, body: { contact: { ...record, state: "reserved" } } })).json.armed, false);
  for (const body of [{ records: [{ ...record, state: "delivered", reaction: "clicked" }] }]) assert.equal((await ask("POST", "/sync", { bearer, body })).status, 200);
  const { json: ledger } = await ask("POST", "/ledger", { bearer, body: {} });
  assert.equal((await ask("POST", "/ledger", { bearer, body: { version: ledger.version, put: [{ ...record, state: "armed" }], drop: [mail.id] } })).status, 200);
  assert.equal(await state(mail.id), "reserved");

  // The shop sends it, and the page still has no say.
  assert.equal((await ask("POST", "/arm", { body: { customer: "ana", contact: mail.id } })).json.armed, true);
  await tried();
  assert.equal(await state(mail.id), "armed");
  assert.equal((await ask("POST", "/outcome", { body: { customer: "ana", contact: mail.id, outcome: "delivered" } })).json.state, "delivered");

  // Its own the page arms and tells of.
  const own = page.contacts[0].id;
  assert.equal((await ask("POST", "/outcome", { bearer, body: { contact: own, outcome: "delivered" } })).json.problems[0].code, "not-armed");
  assert.equal((await ask("POST", "/arm", { bearer, body: { contact: own } })).json.armed, true);
  assert.equal((await ask("POST", "/outcome", { bearer, body: { contact: own, outcome: "delivered" } })).json.state, "delivered");
  await server.close();
});
