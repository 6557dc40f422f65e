// What is reserved is sent once, and what became of it is noted: over a store in memory. tests/server/deliver-postgres.test.js has the processes.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { partOf } from "../../js/ledger/part.js";
import { isCertainlyNotSent } from "../../js/server/delivery/sent.js";
import { memory } from "../../js/server/index.js";
import { DAY, HOUR, NOON, openOver, POLICY, purchase, states, tell } from "./mails.js";

let now = NOON;
/** @type {any} */
let store;
/** @type {any} */
let server;

beforeEach(async () => {
  now = NOON;
  store = memory({ clock: () => now });
  server = await openOver(store);
  await tell(store, "ana");
});

/**
 * Delivers until nothing waits that may be sent now.
 * @param {(contact: any, text: any, more: any) => unknown} send
 * @param {object} [options]
 */
const deliver = (send, options) => server.deliver({ channel: "email", send, once: true, ...options }).done;

/** @param {any[]} sent */
const into = (sent) => (/** @type {any} */ contact, /** @type {any} */ text, /** @type {any} */ more) => void sent.push({ contact, text, ...more });

test("a reserved contact is sent once, with its text, whom it is for and its id", async () => {
  await tell(store, "ana", { givenName: "Ana" });
  const { contacts } = await server.decide("ana", purchase("o-1"));
  assert.deepEqual(contacts.map((/** @type {any} */ { campaign }) => campaign), ["thanks"]);
  /** @type {any[]} */
  const sent = [];
  const counts = await deliver(into(sent));
  assert.equal(sent.length, 1);
  const [{ contact, text, customer, idempotencyKey }] = sent;
  assert.equal(text.body, "Your order o-1 is in good hands.");
  assert.equal(text.title, "Thank you");
  assert.equal(customer.id, "ana");
  assert.equal(customer.givenName, "Ana");
  assert.equal(idempotencyKey, contacts[0].id);
  assert.equal(contact.id, contacts[0].id);
  assert.equal(counts.delivered, 1);
  assert.deepEqual(await states(store, "thanks"), ["delivered"]);
  await deliver(into(sent));
  assert.equal(sent.length, 1);
});

test("several workers side by side send each contact once", async () => {
  for (let i = 0; i < 60; i++) {
    await tell(store, `c-${i}`);
    await server.decide(`c-${i}`, purchase(`o-${i}`));
  }
  /** @type {string[]} */
  const sent = [];
  const send = async (/** @type {any} */ { id }) => {
    await sleep(1);
    sent.push(id);
  };
  await Promise.all([1, 2, 3, 4].map(() => deliver(send, { concurrency: 3 })));
  assert.equal(sent.length, 60);
  assert.equal(new Set(sent).size, 60);
});

test("what certainly was not sent is failed, and the next decision tries again with another id, three times", async () => {
  const ids = new Set();
  for (let attempt = 1; attempt <= 4; attempt++) {
    await server.decide("ana", purchase("o-1"));
    await deliver((contact) => {
      if (contact.campaign === "thanks") ids.add(contact.id);
      throw Object.assign(new Error("no such mailbox"), { sent: false });
    });
    now += DAY;
  }
  assert.equal(ids.size, 3);
  assert.deepEqual(await states(store, "thanks"), ["failed", "failed", "failed"]);
});

test("of any other error nobody knows whether it was sent: it stays armed, and is not sent again", async () => {
  await server.decide("ana", purchase("o-1"));
  let calls = 0;
  /** @type {any[]} */
  const errors = [];
  const send = () => {
    calls++;
    throw new Error("the connection broke");
  };
  const onError = (/** @type {any} */ error, /** @type {any} */ { contact }) => errors.push([error.message, typeof contact]);
  const counts = await deliver(send, { onError });
  assert.equal(counts.unknown, 1);
  const [{ id }] = (await store.all()).filter((/** @type {any} */ { campaign }) => campaign === "thanks");
  assert.deepEqual(await server.tasks({ until: now + HOUR - 1 }), []);
  const [{ cursor, ...task }] = await server.tasks({ until: now + HOUR });
  assert.deepEqual([task, typeof cursor], [{ customer: "ana", kind: "outcome", contact: id, dueAt: now + HOUR }, "string"]);
  now += 2 * DAY;
  await server.decide("ana", purchase("o-1"));
  await deliver(send);
  assert.equal(calls, 1);
  assert.deepEqual(await states(store, "thanks"), ["armed"]);
  assert.deepEqual(errors, [["the connection broke", "string"]]);
});

test("the errors of nodemailer that say that nothing went are failures, a connection that broke is not", () => {
  const certain = [{ responseCode: 550, code: "EENVELOPE" }, { responseCode: 554, code: "EMESSAGE" }, { code: "EAUTH" }, { command: "CONN", syscall: "connect", code: "ESOCKET" }, { sent: false }];
  const unknown = [{ code: "ECONNECTION", command: "CONN" }, { code: "ETIMEDOUT", command: "CONN" }, { code: "ECONNREFUSED", syscall: "connect" }, { status: 400 }, { sent: true, responseCode: 550 }, undefined, "no"];
  for (const error of certain) assert.equal(isCertainlyNotSent(error), true, JSON.stringify(error));
  for (const error of unknown) assert.equal(isCertainlyNotSent(error), false, JSON.stringify(error));
});

test("a send that never answers is given up, its signal aborts, and the others go on", async () => {
  await tell(store, "bea");
  await server.decide("ana", purchase("o-1"));
  await server.decide("bea", purchase("o-2"));
  /** @type {string[]} */
  const done = [];
  /** @type {AbortSignal[]} */
  const signals = [];
  const counts = await deliver((_contact, _text, { customer, signal }) => {
    if (customer.id !== "ana") return void done.push(customer.id);
    signals.push(signal);
    return new Promise(() => {});
  }, { timeout: 20, concurrency: 1 });
  assert.deepEqual(done, ["bea"]);
  assert.equal(signals[0].aborted, true);
  assert.equal(signals[0].reason.code, "send-timeout");
  assert.deepEqual([counts.unknown, counts.delivered], [1, 1]);
  assert.deepEqual(await states(store, "thanks"), ["armed", "delivered"]);
});

test("an answer that comes after the time-out is noted all the same", async () => {
  await server.decide("ana", purchase("o-1"));
  const delivery = server.deliver({ channel: "email", send: () => sleep(1000), timeout: 10, once: true });
  assert.equal((await delivery.done).unknown, 1);
  while ((await states(store, "thanks"))[0] !== "delivered") await sleep(5);
  assert.deepEqual([delivery.counts.unknown, delivery.counts.delivered], [0, 1]);
});

test("at least once: what has no outcome is sent again with the same key, until its reservation would have ended", async () => {
  await server.decide("ana", purchase("o-1"));
  /** @type {string[]} */
  const keys = [];
  const hang = (/** @type {any} */ _contact, /** @type {any} */ _text, /** @type {any} */ { idempotencyKey }) => {
    keys.push(idempotencyKey);
    return new Promise(() => {});
  };
  const options = { mode: "at-least-once", timeout: 10 };
  await deliver(hang, options);
  await deliver(hang, options);
  assert.equal(keys.length, 1, "not before it is taken for lost");
  now += 70_000;
  await deliver(hang, options);
  now += 200_000;
  await deliver(hang, options);
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
  now += 2 * DAY;
  await deliver(hang, options);
  assert.equal(keys.length, 3);
  assert.deepEqual(await states(store, "thanks"), ["armed"]);
});

test("at least once: that one attempt certainly failed says nothing of another", async () => {
  await tell(store, "bea");
  await server.decide("ana", purchase("o-1"));
  await server.decide("bea", purchase("o-2"));
  /** @type {Record<string, ((error?: unknown) => void)[]>} by customer, one for each attempt that hangs */
  const attempts = { ana: [], bea: [] };
  const hang = (/** @type {any} */ _contact, /** @type {any} */ _text, /** @type {any} */ { customer: { id } }) =>
    new Promise((resolve, reject) => attempts[id].push((error) => (error ? reject(error) : resolve(undefined))));
  const options = { mode: "at-least-once", timeout: 10 };
  const no = Object.assign(new Error("refused"), { sent: false });
  await deliver(hang, options);
  now += 70_000;
  // Ana's second attempt is refused; nobody knows of the first, so it is no failure, and no decision sends it with another id.
  const counts = await deliver((_contact, _text, more) => (more.customer.id === "ana" ? Promise.reject(no) : hang(_contact, _text, more)), options);
  assert.deepEqual([counts.failed, counts.unknown], [0, 2]);
  // Bea's second attempt arrived; that the first was refused is heard later.
  attempts.bea[1]();
  while (!(await states(store, "thanks")).includes("delivered")) await sleep(1);
  attempts.bea[0](no);
  await sleep(20);
  assert.deepEqual(await states(store, "thanks"), ["armed", "delivered"]);
  // Where there is one attempt alone its failure holds.
  await tell(store, "eva");
  await server.decide("eva", purchase("o-3"));
  await deliver(() => Promise.reject(no), options);
  assert.deepEqual(await states(store, "thanks"), ["armed", "delivered", "failed"]);
});

test("at least once does not send again what was delivered, nor what may not be said any longer", async () => {
  await tell(store, "bea");
  await server.decide("ana", purchase("o-1"));
  await server.decide("bea", purchase("o-2"));
  /** @type {string[]} */
  const sent = [];
  const send = (/** @type {any} */ _contact, /** @type {any} */ _text, /** @type {any} */ { customer }) => {
    sent.push(customer.id);
    return customer.id === "ana" ? undefined : new Promise(() => {});
  };
  const options = { mode: "at-least-once", timeout: 10 };
  await deliver(send, options);
  await store.transact(() => ({ put: [], wish: { unsubscribed: ["email"] }, result: 0 }), partOf({ id: "bea" }));
  now += 70_000;
  await deliver(send, options);
  assert.deepEqual(sent.sort(), ["ana", "bea"]);
});

for (const [name, change] of /** @type {[string, () => Promise<unknown>][]} */ ([
  ["a wish", () => store.transact(() => ({ put: [], wish: { unsubscribed: ["email"] }, result: 0 }), partOf({ id: "ana" }))],
  ["a consent withdrawn", () => tell(store, "ana", { consent: { email: false } })],
])) {
  test(`${name} between reserving and sending holds`, async () => {
    await server.decide("ana");
    assert.deepEqual(await states(store), ["reserved"]);
    await change();
    /** @type {any[]} */
    const sent = [];
    const counts = await deliver(into(sent));
    assert.deepEqual([sent.length, counts.refused], [0, 1]);
    assert.deepEqual(await states(store), ["released"]);
  });
}

test("an order that is cancelled between reserving and sending is not thanked for", async () => {
  await tell(store, "ana", { orders: [{ id: "o-1", at: NOON - HOUR, total: 4000 }] });
  await server.decide("ana");
  assert.deepEqual(await states(store, "thanks"), ["reserved"]);
  await tell(store, "ana", { orders: [{ id: "o-1", at: NOON - HOUR, total: 4000, cancelledAt: NOON }] });
  /** @type {any[]} */
  const sent = [];
  await deliver(into(sent));
  assert.deepEqual(sent.filter(({ contact }) => contact.campaign === "thanks"), []);
  assert.deepEqual(await states(store, "thanks"), ["released"]);
});

test("a contact that may be said later stays reserved, and those behind it have their turn", async () => {
  const policy = { ...POLICY, quietHours: [{ from: "22:00", to: "09:00" }] };
  server = await openOver(store, { policy });
  await tell(store, "ana", { zone: "Europe/Madrid" });
  await tell(store, "zoe", { zone: "America/New_York" });
  await server.decide("ana");
  now = Date.parse("2026-05-12T19:30:00Z"); // 21:30 in Madrid, 15:30 in New York
  await server.decide("zoe");
  now = Date.parse("2026-05-12T20:30:00Z"); // 22:30 in Madrid
  /** @type {string[]} */
  const sent = [];
  const send = (/** @type {any} */ _contact, /** @type {any} */ _text, /** @type {any} */ { customer }) => void sent.push(customer.id);
  const counts = await deliver(send);
  assert.deepEqual(sent, ["zoe"]);
  assert.equal(counts.waiting, 1);
  assert.deepEqual(await states(store), ["delivered", "reserved"]);

  // A worker that goes on looks again when the quiet hours have ended, and not before.
  let asked = 0;
  const counting = Object.assign(Object.create(store), { transact: (/** @type {any[]} */ ...given) => (asked++, store.transact(...given)) });
  const other = await openOver(counting, { policy });
  const delivery = other.deliver({ channel: "email", send, every: 1 });
  for (let turn = 0; turn < 30; turn++) await sleep(1);
  assert.equal(asked, 1);
  await delivery.stop();
  now = Date.parse("2026-05-13T07:00:00Z"); // 9:00 in Madrid
  await deliver(send);
  assert.deepEqual(sent, ["zoe", "ana"]);
});

test("what is said to a customer of whom nothing was told is delivered too", async () => {
  const { contacts } = await server.decide("guest@example.com", purchase("o-1"));
  assert.equal(contacts.length, 1);
  /** @type {any[]} */
  const sent = [];
  await deliver(into(sent));
  assert.deepEqual(sent.map(({ customer }) => customer.id), ["guest@example.com"]);
});

test("a contact of nobody keeps no worker busy, and is told of", async () => {
  await server.decide("ana", purchase("o-1"));
  await store.putFacts(partOf({ id: "ana" }), {});
  /** @type {any[]} */
  const errors = [];
  await deliver(() => assert.fail("nobody knows whom to send it to"), { onError: (/** @type {any} */ { code }) => errors.push(code) });
  assert.deepEqual(errors, ["unknown-customer"]);
});

test("a reservation that ended is released and not sent", async () => {
  await server.decide("ana", purchase("o-1"));
  now += DAY;
  /** @type {any[]} */
  const sent = [];
  const counts = await deliver(into(sent));
  assert.deepEqual([sent.length, counts.lapsed], [0, 1]);
  assert.deepEqual(await states(store, "thanks"), ["released"]);
});

test("a policy that is replaced while contacts wait: what it does not have is not sent, what it words anew is sent so", async () => {
  await tell(store, "bea");
  await server.decide("ana", purchase("o-1"));
  await server.decide("bea");
  const policy = { ...POLICY, campaigns: [POLICY.campaigns[0]], messages: { ...POLICY.messages, thanks: { en: [{ body: "Thanks for {order.id}!" }] } } };
  const next = await openOver(store, { policy });
  /** @type {any[]} */
  const sent = [];
  await next.deliver({ channel: "email", send: into(sent), once: true }).done;
  assert.deepEqual(sent.map(({ text }) => text.body), ["Thanks for o-1!"]);
  assert.deepEqual(await states(store, "oranges"), ["released"]);
  const [record] = (await store.all()).filter((/** @type {any} */ { state }) => state === "delivered");
  assert.notEqual(record.policy, (await server.decide("bea")).policy);
});

test("a policy that is replaced under a running worker holds from the next message on", async () => {
  for (let i = 0; i < 12; i++) {
    await tell(store, `c-${i}`);
    await server.decide(`c-${i}`, purchase(`o-${i}`));
  }
  /** @type {string[]} */
  const sent = [];
  const reworded = { ...POLICY, messages: { ...POLICY.messages, thanks: { en: [{ body: "Thanks!" }] } } };
  /** @type {Promise<unknown> | undefined} until then nothing more is sent */
  let replaced;
  const delivery = server.deliver({
    channel: "email",
    concurrency: 2,
    every: 1,
    async send(/** @type {any} */ _contact, /** @type {any} */ text) {
      sent.push(text.body);
      if (sent.length === 4) replaced = server.policy(reworded);
      await replaced;
    },
  });
  while (sent.length < 12) await sleep(1);
  const counts = await delivery.stop();
  assert.deepEqual([counts.delivered, counts.errors], [12, 0]);
  assert.equal(sent.filter((body) => body.startsWith("Your order")).length < 7, true);
  assert.equal(sent.at(-1), "Thanks!");
});

test("a digest is sent as one message", async () => {
  const campaigns = ["oranges", "honey"].map((id) => ({ id, kind: "announcement", channel: "email", repeat: "never", message: id, disposition: "digest" }));
  const messages = { oranges: { en: [{ title: "Oranges", body: "The oranges are here." }] }, honey: { en: [{ title: "Honey", body: "The honey, too." }] } };
  server = await openOver(store, { policy: { ...POLICY, campaigns, messages } });
  await server.decide("ana");
  assert.deepEqual(await states(store), ["reserved", "reserved"]);
  /** @type {any[]} */
  const sent = [];
  await deliver(into(sent));
  assert.equal(sent.length, 1);
  assert.deepEqual(sent[0].parts.map(({ contact }) => contact.campaign), ["honey", "oranges"]);
  assert.equal(sent[0].text.title, "Honey");
  assert.equal(sent[0].text.body, "The honey, too.\n\nOranges\n\nThe oranges are here.");
  assert.deepEqual(await states(store), ["delivered", "delivered"]);
});

test("a message that cannot be written is not armed, and keeps no other from its turn", async (context) => {
  const policy = { ...POLICY, messages: { ...POLICY.messages, thanks: { en: [{ body: "{order.total}" }] } } };
  server = await openOver(store, { policy });
  await tell(store, "bea");
  await server.decide("ana", purchase("o-1"));
  await server.decide("bea");
  context.mock.method(Intl, "NumberFormat", function () {
    throw new TypeError("no such currency");
  });
  /** @type {any[]} */
  const errors = [];
  const counts = await deliver(() => {}, { onError: (/** @type {Error} */ { message }) => errors.push(message) });
  assert.deepEqual(errors, ["the message of the campaign `thanks` cannot be written"]);
  assert.deepEqual([counts.delivered, counts.errors], [1, 1]);
  assert.deepEqual(await states(store), ["delivered", "reserved"]);
});

test("stop finishes what is in hand and begins nothing new", async () => {
  for (let i = 0; i < 10; i++) {
    await tell(store, `c-${i}`);
    await server.decide(`c-${i}`, purchase(`o-${i}`));
  }
  let begun = 0;
  let ended = 0;
  const delivery = server.deliver({
    channel: "email",
    concurrency: 2,
    send: async () => {
      begun++;
      await sleep(10);
      ended++;
    },
  });
  while (begun === 0) await sleep(1);
  const counts = await delivery.stop();
  assert.equal(begun, ended);
  assert.ok(begun <= 3);
  assert.equal(counts.delivered, ended);
  assert.equal((await states(store)).filter((/** @type {string} */ state) => state === "reserved").length, 10 - ended);
  assert.equal((await delivery.status()).running, false);
});

test("a signal ends it, also one that was aborted before", async () => {
  await server.decide("ana", purchase("o-1"));
  /** @type {any[]} */
  const sent = [];
  const counts = await server.deliver({ channel: "email", send: into(sent), signal: AbortSignal.abort() }).done;
  assert.equal(counts.delivered, 0);
  assert.deepEqual(sent, []);
});

test("what waits is counted by channel, with the age of the oldest", async () => {
  await server.decide("ana", purchase("o-1"));
  now += HOUR;
  assert.deepEqual(await server.queued(), { email: { reserved: 1, oldest: HOUR, more: false } });
  await deliver(() => {});
  assert.deepEqual(await server.queued(["email"]), { email: { reserved: 0, oldest: null, more: false } });
});

test("a store that cannot be reached is asked again, and what was sent meanwhile is noted", async () => {
  await server.decide("ana", purchase("o-1"));
  let isDown = false;
  const shaky = Object.assign(Object.create(store), {
    transact: (/** @type {any[]} */ ...given) => (isDown ? Promise.reject(new Error("down")) : store.transact(...given)),
  });
  const other = await openOver(shaky);
  let sent = 0;
  const delivery = other.deliver({
    channel: "email",
    send() {
      sent++;
      isDown = true;
      setTimeout(() => (isDown = false), 150);
    },
  });
  while ((await states(store, "thanks"))[0] !== "delivered") await sleep(5);
  assert.equal(sent, 1);
  await delivery.stop();
});

test("options that cannot be are refused with their path", () => {
  const send = () => {};
  for (const [options, path] of /** @type {[any, string][]} */ ([
    [{ channel: "onsite", send }, "channel"],
    [{ channel: "email" }, "send"],
    [{ channel: "email", send, mode: "twice" }, "mode"],
    [{ channel: "email", send, rate: 0 }, "rate"],
    [{ channel: "email", send, concurrency: -1 }, "concurrency"],
  ])) {
    assert.throws(() => server.deliver(options), (/** @type {any} */ error) => error.path === path && error.status === 400);
  }
});
