// Facts come in: again, late, from clocks that are wrong, and wrong themselves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, shop, START } from "./casa.js";

const iso = (/** @type {number} */ at) => new Date(at).toISOString();
/** @param {Promise<unknown>} promise @returns {Promise<[string, string, number]>} */
const refusal = (promise) => promise.then(() => assert.fail("it was taken"), ({ code, path, status }) => [code, path, status]);

test("what is told of a customer joins what is known", async () => {
  const { server, kept } = await shop();
  await server.facts({ customer: { id: "ana", givenName: "Ana", consent: { email: true, sms: true }, orders: [{ id: "1", at: START, total: 1000 }] } });
  const taken = await server.facts({ customer: { id: "ana", consent: { sms: null, push: false }, orders: [{ id: "1", deliveredAt: START }, { id: "2", total: 5 }], affinity: { coffee: 80 } } });
  assert.deepEqual(taken, { customer: "ana", changed: ["consent", "orders", "affinity"] });
  const { customer } = (await kept()).facts;
  assert.deepEqual(customer, {
    id: "ana",
    givenName: "Ana",
    consent: { email: true, push: false },
    orders: [{ id: "1", at: START, total: 1000, deliveredAt: START }, { id: "2", total: 5 }],
    affinity: { coffee: 80 },
  });
  assert.deepEqual(await server.facts({ customer: { id: "ana", givenName: null } }), { customer: "ana", changed: ["givenName"] });
  assert.deepEqual((await server.facts([{ customer: { id: "ana", locale: "en" } }, { customer: { id: "eva", locale: "en" } }])).map(({ customer }) => customer), ["ana", "eva"]);
});

test("the same event again changes nothing, whatever else came meanwhile", async () => {
  const { server, event, kept, clock } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const purchase = event("event", { name: "purchase", order: { id: "1", total: 1000 } });
  const first = await server.facts(purchase);
  assert.deepEqual(first.decision?.contacts.map(({ campaign }) => campaign), ["thanks", "news"]);
  await server.facts(event("consent", { sms: true }));
  const before = await kept();
  for (const later of [0, 1000, DAY, 29 * DAY]) {
    clock.now = START + later;
    const { reserved = [], ...again } = await server.facts({ ...purchase, traceparent: "00-1" });
    assert.deepEqual(again, { customer: "ana", changed: [], replayed: true });
    // Until the day is over it says what waits to be sent.
    assert.deepEqual(reserved.map(({ contact }) => contact).sort(), later < DAY ? first.decision?.contacts.map(({ id }) => id).sort() : []);
  }
  assert.deepEqual(await kept(), before);
  // What was added up is not added twice, though the delivery itself is forgotten.
  clock.now = START + 31 * DAY;
  await server.facts(event("consent", { push: true }));
  assert.deepEqual(await server.facts(purchase), { customer: "ana", changed: [], stale: true });
});

test("an id with another content is refused", async () => {
  const { server, event, kept } = await shop();
  const rating = event("rating", { orderId: "1", score: 9, at: START });
  await server.facts(rating);
  assert.deepEqual(await refusal(server.facts({ ...rating, data: { orderId: "1", score: 2, at: START } })), ["id-reused", "data", 409]);
  assert.deepEqual((await kept()).facts.customer.ratings, [{ orderId: "1", score: 9, at: START }]);
  // Another source numbers as it likes, and the order of keys is no content.
  await server.facts({ ...rating, source: "/other", data: { orderId: "2", score: 3 } });
  assert.equal((await server.facts({ ...rating, data: { at: START, score: 9, orderId: "1" } })).replayed, true);
});

test("in whatever order events come, the same is known", async () => {
  const events = [
    ["order", { id: "1", total: 1000, items: [{ sku: "a" }] }],
    ["consent", { email: true, sms: true }],
    ["order", { id: "1", shippedAt: START }],
    ["order", { id: "1", total: 900, updatedAt: START + 3500, paid: true }],
    ["consent", { email: false }],
    ["order", { id: "1", deliveredAt: START + 5000, total: 800 }],
    ["conversation", { id: "k", kind: "complaint", at: START }],
    ["conversation", { id: "k", solvedAt: START + 9000 }],
    ["customer", { givenName: "Ana", destination: { country: "ES" } }],
    ["wishes", { unsubscribed: ["email"], lessOften: "7d" }],
    ["wishes", { subscribe: ["email"], lessOften: null }],
    ["wishes", { unsubscribed: ["sms"], spam: ["push"] }],
    ["customer", { givenName: "Anna", zone: "Atlantic/Canary" }],
  ].map(([type, data], index) => ({ specversion: "1.0", type: `querencia.${type}`, source: "/", id: `${index}`, subject: "ana", time: iso(START + index * 1000), data }));
  /** A mixture that is the same each time. @param {number} seed */
  const mixed = (seed) => events.map((one, index) => ({ one, at: ((index + 1) * (seed * 7919 + 13)) % 101 })).sort((a, b) => a.at - b.at).map(({ one }) => one);
  const sorted = (/** @type {any} */ value) => JSON.stringify(value, (_, one) => (one && typeof one === "object" && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one));
  const found = new Set();
  const { server, kept, clock } = await shop();
  clock.now += DAY;
  for (let seed = 0; seed < (process.env.PROVE ? 400 : 30); seed++) {
    const subject = `c${seed}`;
    for (const one of seed === 0 ? events : mixed(seed)) await server.facts(/** @type {any} */ ({ ...one, subject }));
    const { facts, wishes } = await kept(subject);
    found.add(sorted([{ ...facts.customer, id: "" }, { ...wishes, subscribe: undefined }]));
    if (seed > 0) continue;
    const [order] = facts.customer.orders;
    // A copy with `updatedAt` is the whole order: the articles that it does not list are none.
    assert.deepEqual({ ...order, updatedAt: 0 }, { id: "1", total: 800, paid: true, deliveredAt: START + 5000, updatedAt: 0 });
    assert.deepEqual([facts.customer.consent, facts.customer.givenName], [{ email: false, sms: true }, "Anna"]);
    assert.deepEqual([wishes.unsubscribed, wishes.spam, wishes.lessOften], [["sms"], ["push"], undefined]);
  }
  assert.equal(found.size, 1, [...found].join("\n"));
});

test("a clock that runs ahead holds back nothing that comes later", async () => {
  const { server, event, kept, clock } = await shop();
  await server.facts(event("consent", { email: true }, { time: "2099-01-01T00:00:00Z" }));
  await server.facts(event("order", { id: "1", total: 1, updatedAt: "2099-01-01T00:00:00Z" }));
  clock.now += 1000;
  await server.facts(event("consent", { email: false }));
  await server.facts(event("order", { id: "1", total: 2, updatedAt: clock.now }));
  const { customer } = (await kept()).facts;
  assert.deepEqual([customer.consent, customer.orders[0].total], [{ email: false }, 2]);
});

test("an old purchase is known and not spoken of", async () => {
  const { server, event, kept } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true } } });
  const { changed, decision } = await server.facts(event("event", { name: "purchase", order: { id: "1", total: 5 } }, { time: iso(START - 8 * DAY) }));
  assert.deepEqual([changed, decision], [["cart", "orders"], undefined]);
  assert.equal((await kept()).facts.customer.orders[0].at, START - 8 * DAY);
});

test("a refund that is told twice is given back once", async () => {
  const { server, event, kept } = await shop();
  await server.facts({ customer: { id: "ana", orders: [{ id: "1", at: START, total: 1000 }] } });
  const refund = event("event", { name: "refund", order: { id: "1" }, value: 300 });
  for (let i = 0; i < 3; i++) await server.facts(refund);
  assert.equal((await kept()).facts.customer.orders[0].refunded, 300);
});

test("a wish that a fact tells is never lost", async () => {
  const { server, event, kept, clock } = await shop();
  await server.facts({ customer: { id: "ana", consent: { email: true }, wishes: { unsubscribed: ["email"], spam: ["sms"] } } });
  clock.now += 1000;
  await server.facts({ customer: { id: "ana", consent: { email: true }, wishes: { unsubscribed: [], spam: null, lessOften: "7d" } } });
  assert.deepEqual((await kept()).wishes, { unsubscribed: ["email"], spam: ["sms"], lessOften: "7d" });
  // It was said before they unsubscribed.
  await server.facts(event("wishes", { subscribe: ["email"] }, { time: iso(START - 1000) }));
  assert.deepEqual((await kept()).wishes.unsubscribed, ["email"]);
  const { decision } = await server.facts(event("event", { name: "purchase", order: { id: "1" } }));
  assert.deepEqual(decision?.contacts, []);
  await server.facts(event("wishes", { subscribe: ["email", "sms"] }));
  assert.deepEqual([(await kept()).wishes.unsubscribed ?? [], (await kept()).wishes.spam], [[], ["sms"]]);
});

test("what is wrong is refused with its path, and nothing of it is kept", async () => {
  const { server, event, store } = await shop();
  const { specversion, ...bare } = event("order", { id: "1" });
  /** @type {[any, string, string, number][]} */
  const cases = [
    [null, "wrong-type", "", 400],
    [{}, "missing-field", "customer", 400],
    [bare, "missing-field", "customer", 400],
    [{ customer: { id: " " } }, "missing-field", "customer.id", 400],
    [{ customer: { id: 7 } }, "invalid-value", "customer.id", 400],
    [{ customer: { id: "x".repeat(1025) } }, "invalid-value", "customer.id", 400],
    [{ customer: { id: "a" }, more: 1 }, "unknown-field", "more", 400],
    [{ customer: { id: "a", zone: "Mars/Olympus" } }, "invalid-value", "customer.zone", 400],
    [{ customer: { id: "a", nome: "Ana" } }, "unknown-field", "customer.nome", 400],
    [{ customer: { id: "a", orders: [{ id: "1", total: "x" }] } }, "wrong-type", "customer.orders[0].total", 400],
    [{ customer: { id: "a", orders: [{ total: 1 }] } }, "missing-field", "customer.orders[0].id", 400],
    [{ customer: { id: "a", conversations: [{ kind: "complaint" }] } }, "missing-field", "customer.conversations[0].id", 400],
    [{ customer: { id: "a", wishes: { unsubscribed: ["mail"] } } }, "invalid-value", "customer.wishes.unsubscribed[0]", 400],
    [{ customer: { id: "a", attributes: { x: NaN } } }, "invalid-value", "customer.attributes.x", 400],
    [{ customer: { id: "a", attributes: { x: () => 1 } } }, "wrong-type", "customer.attributes.x", 400],
    [{ customer: { id: "a", attributes: JSON.parse('{"__proto__":{"vip":true}}') } }, "not-allowed", "customer.attributes.__proto__", 400],
    [{ customer: { id: "a", attributes: { deep: JSON.parse(`${"[".repeat(50)}${"]".repeat(50)}`) } } }, "too-deep", `customer.attributes.deep${"[0]".repeat(30)}`, 400],
    [{ customer: { id: "a", attributes: { x: Array.from({ length: 70 }, () => "x".repeat(4000)) } } }, "too-large", "customer.attributes.x[65]", 413],
    [{ customer: { id: "a" }, time: "yesterday" }, "invalid-value", "time", 400],
    [event("order", { id: "1" }, { specversion: "0.3" }), "invalid-value", "specversion", 400],
    [event("order", { id: "1" }, { source: undefined }), "missing-field", "source", 400],
    [event("order", { id: "1" }, { subject: undefined }), "missing-field", "subject", 400],
    [event("parcel", {}), "invalid-value", "type", 400],
    [event("order", { id: "1", total: -1 }), "out-of-range", "data.total", 400],
    [event("order", [1]), "wrong-type", "data", 400],
    [event("order", { id: "1" }, { datacontenttype: "text/xml" }), "invalid-value", "data", 400],
    [event("order", { id: "1" }, { time: "10.6.2026" }), "invalid-value", "time", 400],
    [event("consent", { email: "yes" }), "wrong-type", "data.email", 400],
    [event("customer", { id: "eva" }), "invalid-value", "data.id", 400],
    [event("event", {}), "missing-field", "data.name", 400],
    [event("event", { name: "purchase", order: { total: 1 } }), "missing-field", "data.order.id", 400],
    [event("event", { name: "purchase", order: { id: "1", total: "x" } }), "wrong-type", "data.order.total", 400],
  ];
  for (const [fact, ...expected] of cases) {
    assert.deepEqual(await refusal(server.facts(fact)), expected, JSON.stringify(expected));
    const all = /** @type {any} */ (server.facts([{ customer: { id: "first" } }, fact]));
    assert.equal((await refusal(all))[1], `[1]${expected[1] && `.${expected[1]}`}`);
  }
  assert.deepEqual(await store.parts({ limit: 10 }), []);
  assert.equal((await refusal(server.facts(Array.from({ length: 1001 }, () => ({ customer: { id: "a" } })))))[0], "too-large");
});

test("what is remembered of a customer has an end, and the next order is always taken", async () => {
  const { server, event, kept, clock } = await shop();
  for (let i = 0; i < 230; i++) {
    clock.now += 1000;
    await server.facts(event("rating", { orderId: `${i}`, score: 5, at: clock.now }));
  }
  assert.equal(Object.keys((await kept()).facts.seen).length, 200);
  // Events that may have come before it was forgotten are not spoken of.
  assert.equal((await server.facts(event("event", { name: "refund", order: { id: "1" }, value: 1 }, { time: iso(START + 5000) }))).stale, true);
  const items = Array.from({ length: 60 }, (_, i) => ({ sku: `article-${i}-${"x".repeat(40)}`, family: "coffee", price: 100 }));
  const order = (/** @type {number} */ i) => ({ id: `o${i}`, at: START + i * 1000, total: i, items });
  for (let i = 0; i < 270; i += 30) await server.facts({ customer: { id: "ana", orders: Array.from({ length: 30 }, (_, more) => order(i + more)) } });
  for (let i = 270; i < 300; i++) await server.facts({ customer: { id: "ana", orders: [order(i)] } });
  const { orders } = (await kept()).facts.customer;
  assert.equal(orders.length, 300);
  assert.deepEqual([orders[0].items, orders[299].items.length], [undefined, 60]);
});

test("conversations that wait are counted for the whole shop, each once", async () => {
  const { server, event, store, clock } = await shop();
  const waits = async () => (await store.counters("live."))["live.unanswered"] ?? 0;
  for (const subject of ["ana", "eva", "lia"]) await server.facts(event("conversation", { id: "k1", at: START }, { subject }));
  await server.facts(event("conversation", { id: "k2", kind: "complaint", at: START }));
  await server.facts(event("conversation", { id: "k2", kind: "complaint", at: START }));
  assert.equal(await waits(), 4);
  await server.facts(event("conversation", { id: "k1", answeredAt: START }));
  await server.facts(event("conversation", { id: "k2", solvedAt: START }, { subject: "ana" }));
  assert.equal(await waits(), 2);
  clock.now += 1000;
  await server.facts(event("conversation", { id: "k1", reopenedAt: clock.now }));
  assert.equal(await waits(), 3);
  for (const subject of ["pia", "ida", "ada"]) await server.facts(event("conversation", { id: "k1", at: START }, { subject }));
  // The shop is behind with its answers: nobody is sent news.
  await server.facts({ customer: { id: "new", consent: { email: true } } });
  const { refused } = await server.decide("new");
  assert.equal(refused.find(({ campaign }) => campaign === "news")?.code, "backlog");
});
