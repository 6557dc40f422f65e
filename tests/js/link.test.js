// A page and the shop's server together: who speaks, what is told, and what the page does while the server is away.

import { memory, open } from "querencia/shop";
import assert from "node:assert/strict";
import { partOf } from "../../js/ledger/part.js";
import { after, afterEach, test } from "node:test";
import { FAULTS, STRICTER, policy, startShopServer, tokenOf } from "../shop-server.js";
import { FakeDocument, FakeElement } from "./visit.js";

const server = await startShopServer();
after(() => server.stop());
/** @type {import("querencia/shop").Shop[]} */
const opened = [];
afterEach(async () => {
  for (const shop of opened.splice(0)) shop.close();
  Object.assign(server.state, { mode: "ok", refusesRecords: false, heard: [] });
  await server.busy(0);
});

let customers = 0;
/**
 * A page of a customer whom nobody else is.
 * @param {{ customer?: any, places?: string[], options?: any, server?: any, policy?: any, id?: string }} [how]
 */
async function visit({ customer = {}, places = ["top"], options, server: more, policy: changes, id = `c${++customers}` } = {}) {
  const document = /** @type {any} */ (new FakeDocument());
  /** @type {any[]} */
  const refused = [];
  document.addEventListener("querencia:refused", (/** @type {any} */ event) => refused.push(event.detail));
  const store = memory();
  const given = customer === null ? undefined : { id, since: "2025-01-01T00:00:00Z", ...customer };
  const elements = places.map((place) => new FakeElement(document, place));
  const shop = await open({
    policy: { ...policy, ...changes },
    customer: given,
    ledger: store,
    document,
    zone: "Europe/Madrid",
    server: { url: server.url, token: await tokenOf(id), ...more },
    ...options,
  });
  opened.push(shop);
  return { shop, id, store, document, refused, shown: () => elements.flatMap(({ shown }) => shown.map(([campaign]) => campaign)).sort() };
}
/** What the dialog asks. @param {EventTarget} document @returns {Promise<import("querencia/shop").Preferences>} */
function preferences(document) {
  const detail = /** @type {any} */ ({});
  document.dispatchEvent(new CustomEvent("querencia:preferences", { detail }));
  return detail.answer;
}
/** Waits until it is so. @param {() => unknown} so */
async function until(so) {
  for (let turn = 0; turn < 4000; turn++) {
    if (await so()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  assert.fail(`it never was: ${so}`);
}
const mail = () => ({ id: "m1", campaign: "letter", class: "promotional", channel: "email", at: Date.now() - 1000, state: "delivered" });
const paths = () => server.state.heard.map(({ path }) => path);

test("a contact is armed by the server before it is shown, and told when it was", async () => {
  const { shop, id, shown } = await visit();
  await shop.decide();
  // At once, unless the machine is so busy that the server was given up for a while.
  await until(() => shown().length > 0);
  assert.deepEqual(shown(), ["sale"]);
  const [{ body, customer }] = server.heard("/arm");
  assert.deepEqual([customer, body.contact.campaign, body.contact.state, body.moment.placements], [id, "sale", "reserved", ["top"]]);
  await until(async () => (await server.kept(id)).records[0]?.state === "delivered");
  await shop.react(body.contact.id, "clicked");
  await until(async () => (await server.kept(id)).records[0]?.reaction === "clicked");
  for (const { path, body } of server.state.heard) assert.ok(!path.includes(id) && !JSON.stringify(body ?? {}).includes(`"customer"`), path);
});

test("where the server says no, the page says nothing, and tells why", async () => {
  const id = `c${++customers}`;
  await server.said(id, mail());
  const { shop, store, shown, refused } = await visit({ id });
  const decision = await shop.decide();
  assert.deepEqual(decision.contacts.map(({ campaign }) => campaign), ["sale"]);
  await until(() => refused.length > 0);
  const record = /** @type {any} */ ((await store.all()).find(({ campaign }) => campaign === "sale"));
  assert.deepEqual([shown(), record.state], [[], "released"]);
  assert.deepEqual(refused[0], { contactId: record.id, campaign: "sale", refused: { gate: "limits", code: "limit-full" } });
  // It is not asked for ever.
  await new Promise((done) => setTimeout(done, 600));
  assert.ok(server.heard("/arm").length <= 2);
});

for (const mode of FAULTS) {
  test(`a server that is ${mode}: what is relational is said, what is promotional is not, and once it answers it is told`, async (t) => {
    t.mock.method(console, "warn", () => {});
    server.state.mode = mode;
    const { shop, id, store, shown } = await visit({ places: ["top", "home"], server: { patience: 300 } });
    await shop.decide();
    await until(() => shown().length > 0);
    await new Promise((done) => setTimeout(done, 400));
    assert.deepEqual(shown(), ["news"]);
    const last = await shop.decide();
    assert.deepEqual(last.refused.find(({ campaign }) => campaign === "sale")?.detail, { demand: "server" });
    assert.equal(/** @type {any} */ (console.warn).mock.callCount(), 1);
    assert.match(/** @type {any} */ (console.warn).mock.calls[0].arguments[0], /page\.withoutServer/);

    server.state.mode = "ok";
    await shop.wish({ topics: [] });
    await until(async () => (await server.kept(id)).records.some(({ campaign, state }) => campaign === "news" && state === "delivered"));
    await until(() => shop.ledger && store.all().then((all) => all.every(({ state }) => state !== "reserved")));
    // The cap of this server is one contact a customer, and it has just heard of it.
    assert.deepEqual(shown(), ["news"]);
  });
}

test("what only the page knows, its cart and what has just happened there, the server hears before it says no", async () => {
  const carts = { campaigns: policy.campaigns.map((/** @type {any} */ one) => (one.id === "sale" ? { ...one, audience: { "cart.count": { $gte: 2 } } } : one)) };
  await server.shop.policy({ ...policy, ...carts });
  try {
    const { shop, shown, refused } = await visit({ places: ["top", "thanks"], policy: carts, customer: { cart: { count: 3, total: 900 } } });
    await shop.decide();
    await until(() => shown().length > 0);
    await shop.track("purchase", { order: { id: "A-1", total: 900 } });
    await until(() => shown().length > 1);
    assert.deepEqual([shown(), refused], [["sale", "thanks"], []]);
  } finally {
    await server.shop.policy(STRICTER);
  }
});

test("a page that stays open for hours hears what happened meanwhile", async (t) => {
  const { shop, id, store, document } = await visit({ places: ["nowhere"] });
  // it has answered
  await until(async () => (await preferences(document)).kept === "shop");
  await server.said(id, mail());
  await shop.decide();
  assert.equal((await store.all()).length, 0);
  const { now } = performance;
  t.mock.method(performance, "now", () => now.call(performance) + 301_000);
  await until(async () => (await shop.decide()) && (await store.all()).length > 0);
});

test("`page.withoutServer` decides: nothing, or all", async (t) => {
  t.mock.method(console, "warn", () => {});
  server.state.mode = "broken";
  for (const [withoutServer, expected] of /** @type {const} */ ([["nothing", []], ["all", ["news", "sale"]]])) {
    const { shop, shown } = await visit({ places: ["top", "home"], policy: { page: { withoutServer } } });
    await shop.decide();
    await new Promise((done) => setTimeout(done, 500));
    assert.deepEqual(shown(), expected);
  }
});

test("what was said on another channel comes in, and counts", async () => {
  const limits = [{ id: "week", max: 1, per: "7d" }];
  const id = `c${++customers}`;
  await server.said(id, mail());
  const { shop, store, shown } = await visit({ id, policy: { limits } });
  await until(async () => (await store.all()).length > 0);
  const { refused } = await shop.decide();
  assert.deepEqual([shown(), refused.find(({ campaign }) => campaign === "sale")?.code], [[], "limit-full"]);
});

test("a code that the server has issued for a message of the page is told by it, once", async () => {
  const id = `c${++customers}`;
  await server.shop.facts({ customer: { id, since: "2025-01-01T00:00:00Z" } });
  const { contacts } = await server.shop.decide(id, { channels: ["onsite"], placements: ["gift"] });
  assert.deepEqual(contacts.map(({ campaign }) => campaign), ["gift"]);
  const { shop, shown } = await visit({ id, places: ["gift"] });
  await until(() => shown().includes("gift"));
  assert.ok(shop.entitled.some(({ code }) => code === `GIFT-${id}`));
  await until(async () => (await server.kept(id)).records.some(({ campaign, state }) => campaign === "gift" && state === "delivered"));
});

test("what the customer has by the server's books stands in the list of presents", async () => {
  const id = `c${++customers}`;
  await server.shop.facts({ customer: { id, since: "2025-01-01T00:00:00Z" } });
  const [present] = await server.shop.entitled(id);
  const { code } = await server.shop.claim(id, present);
  const { shop } = await visit({ id });
  await until(() => shop.entitled.some((one) => one.code === code));
  assert.equal(shop.entitled.length, 1);
});

test("a shop with too many questions to answer stops promotions on its pages", async () => {
  const { shop } = await visit();
  await server.busy(50);
  await shop.wish({ topics: [] });
  await until(async () => (await shop.decide()).refused.some(({ campaign, code }) => campaign === "sale" && code === "backlog"));
});

test("a guest has no cap on the server: the page asks for the shop's numbers alone", async () => {
  // the pages of the tests before have ended
  await new Promise((done) => setTimeout(done, 50));
  server.state.heard = [];
  await server.busy(50);
  const { shop } = await visit({ customer: null });
  await until(async () => (await shop.decide()).refused.some(({ campaign, code }) => campaign === "sale" && code === "backlog"));
  assert.deepEqual([...new Set(paths())], ["/shop"]);
  assert.equal(server.state.heard[0].customer, undefined);
});

test("a wish holds on the server at once, and the dialog promises so only once the server has answered", async () => {
  const { shop, id, document } = await visit();
  assert.equal((await preferences(document)).kept, "page");
  await until(async () => (await preferences(document)).kept === "shop");
  await shop.wish({ unsubscribed: ["email"], lessOften: "7d" });
  await until(async () => (await server.kept(id)).wishes.lessOften === "7d");
  await shop.wish({ subscribe: ["email"], lessOften: null });
  await until(async () => (await server.kept(id)).wishes.lessOften === undefined);
  const { unsubscribed, subscribe } = (await server.kept(id)).wishes;
  assert.deepEqual([unsubscribed, subscribe], [[], ["email"]]);
});

test("what was wished elsewhere holds here", async () => {
  const id = `c${++customers}`;
  await server.shop.sync(id, { wishes: { avoid: ["onsite"] } });
  const { shop, shown } = await visit({ id });
  await until(async () => (await shop.wishes()).avoid?.includes("onsite"));
  await shop.decide();
  assert.deepEqual(shown(), []);
});

test("one question at a time, however much happens", async () => {
  const { shop } = await visit();
  await Promise.all(Array.from({ length: 10 }, (_, day) => shop.wish({ lessOften: `${day + 1}d` })));
  await until(() => server.heard("/sync").some(({ body }) => body.wishes?.lessOften === "10d"));
  const asked = server.heard("/sync").length;
  assert.ok(asked < 8, `${asked} questions`);
});

test("without a token, or with another customer's, nothing of the customer is asked or told", async (t) => {
  t.mock.method(console, "warn", () => {});
  for (const token of [undefined, "", await tokenOf("somebody-else"), () => Promise.reject(new Error("offline"))]) {
    server.state.heard = [];
    const { shop, id, shown } = await visit({ places: ["top", "home"], server: { token } });
    await shop.decide();
    await until(() => shown().length > 0);
    await new Promise((done) => setTimeout(done, 300));
    // pages of the tests before may have had something to say still
    const asked = server.state.heard.filter(({ customer }) => !customer || [id, "somebody-else"].includes(customer));
    assert.deepEqual([shown(), asked], [["news"], []]);
  }
});

test("guests' records stay the guests', and a letter that waits is the server's alone", async () => {
  const id = `c${++customers}`;
  await server.said(id, { id: "m1", campaign: "letter", class: "promotional", channel: "email", at: Date.now() - 9000, state: "reserved", leaseUntil: Date.now() + 900_000 });
  // By this page's clock its lease has long ended, so the page gives it up for itself.
  const { shop, store } = await visit({ id, options: { clock: () => Date.now() + 2 * 86_400_000 } });
  const seen = { id: "g1", campaign: "old", class: "promotional", channel: "onsite", at: Date.now() - 9000, state: "delivered" };
  await store.transact(() => ({ put: [/** @type {any} */ (seen)], result: 0 }), "");
  // What the page's own mailer has said is not for a page to tell.
  await store.transact(() => ({ put: [/** @type {any} */ ({ ...seen, id: "m2", channel: "email" })], result: 0 }), partOf({ id }));
  await until(async () => (await shop.decide()) && (await store.all()).some(({ id, state }) => id === "m1" && state === "released"));
  await shop.wish({ topics: [] });
  await until(async () => (await server.kept(id)).wishes.topics);
  assert.ok(server.heard("/sync").every(({ body }) => body.records.every((/** @type {any} */ one) => one.channel === "onsite")));
  const { records } = await server.kept(id);
  assert.deepEqual(records.map(({ id, state }) => [id, state]).find(([id]) => id === "m1"), ["m1", "reserved"]);
  assert.ok(records.every(({ id }) => id !== "g1"));
});

test("the page's record that the server will not take is given up, not sent for ever", async (t) => {
  t.mock.method(console, "warn", () => {});
  const { shop, id, store } = await visit();
  await until(() => server.heard("/sync").length > 0);
  await store.transact(() => ({ put: [/** @type {any} */ ({ id: "bad", campaign: "x", class: "promotional", channel: "onsite", at: Date.now() - 9000, state: "delivered" })], result: 0 }), partOf({ id }));
  server.state.refusesRecords = true;
  await shop.wish({ lessOften: "3d" });
  await until(() => server.heard("/sync").some(({ body }) => body.records.length > 0));
  await until(async () => (await server.kept(id)).wishes.lessOften === "3d");
  assert.ok(server.heard("/sync").filter(({ body }) => body.records.some((/** @type {any} */ one) => one.id === "bad")).length === 1);
  server.state.refusesRecords = false;
});
