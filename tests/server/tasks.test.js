// The list of tasks: whatever there is most of hides nothing, and a list that was cut off goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SCHEMAS } from "../../js/server/http/schemas.js";
import { KINDS } from "../../js/server/tasks.js";
import { DAY, policy, shop as open, START } from "./casa.js";

const HOUR = 3_600_000;
const SECRET = "a-secret-of-this-test-alone-and-no-other-0";

/** @param {object} [options] */
const shop = (options) => open({ policy: { ...policy(), care: { replyWithin: "2h", neglectAfter: "3d" } }, ...options });

/** @param {Awaited<ReturnType<typeof shop>>["store"]} store @param {string} part @param {object} record */
const keep = (store, part, record) =>
  store.transact((records, wishes, guests, seen, { facts }) => ({ put: [/** @type {any} */ ({ campaign: "news", class: "promotional", ...record })], facts: { ...facts, customer: { ...facts?.customer, id: part } }, result: undefined }), part);

/** All of them, so many at once. @param {any} server @param {object} options @returns {Promise<any[]>} */
async function all(server, options) {
  const found = [];
  for (let page, after; (page = await server.tasks({ ...options, after })).length > 0; after = page.at(-1).cursor) {
    found.push(...page);
    assert.ok(found.length <= 1000, "the list comes to an end");
  }
  return found;
}

const brief = (/** @type {any} */ { kind, customer, contact, conversation, order, offer, occurrence }) => [kind, customer, contact ?? conversation ?? order ?? [offer, occurrence]].join(" ");

test("contacts that pages armed and never confirmed are no tasks, so they hide no complaint", async () => {
  const { server, store, event } = await shop();
  for (let index = 0; index < 120; index++) await keep(store, `c${index}`, { id: `p${index}`, channel: "onsite", state: "armed", at: START - 9 * DAY + index });
  await server.facts(event("conversation", { id: "k1", at: START - 5 * HOUR, kind: "complaint" }));
  assert.deepEqual((await server.tasks()).map(brief), ["reply ana k1"]);
  assert.deepEqual(await server.tasks({ kinds: ["outcome"] }), []);
  await server.close();
});

test("a list that was cut off goes on after its last task: each task of each kind comes once, whatever there is most of", async () => {
  const { server, store, event, clock } = await shop({ issue: () => new Promise(() => {}), issueOnce: true, issueLimit: 1000 });
  for (let index = 0; index < 12; index++) {
    // Several are due at one instant.
    await keep(store, `mail${index % 5}`, { id: `m${index}`, channel: index % 2 ? "email" : "push", state: "armed", at: START - 9 * DAY + Math.floor(index / 4) * HOUR });
    await server.facts(event("conversation", { id: `k${index}`, at: START - 20 * DAY - Math.floor(index / 3) * HOUR, kind: "complaint" }, { subject: `ana${index % 7}` }));
    await store.transact(
      () => ({
        put: [],
        grants: [{ key: `g${index}`, offer: "gift", campaign: "news", occurrence: `${index}`, at: START, state: "reserved", ...(index > 8 && { begun: START - 9 * DAY }) }],
        facts: { customer: { id: `code${index}` } },
        result: undefined,
      }),
      `code${index}`,
    );
  }
  await server.policy({ ...policy(), care: { replyWithin: "2h" }, offers: { gift: { percent: 10, personal: true, validFor: "9d" } } });
  const whole = await server.tasks({ limit: 1000 });
  const names = whole.map(brief);
  assert.equal(new Set(names).size, 12 + 12 + 3, names.join("\n"));
  assert.equal(names.length, 27);
  for (const limit of [1, 2, 3, 7, 26, 27, 28]) assert.deepEqual((await all(server, { limit })).map(brief), names, `${limit} at once`);
  for (const kind of ["reply", "outcome", "code"]) {
    assert.deepEqual((await all(server, { limit: 2, kinds: [kind] })).map(brief), names.filter((name) => name.startsWith(kind)), kind);
  }
  assert.deepEqual((await all(server, { limit: 4, kinds: ["code", "reply"] })).length, 15);
  // All of one customer stand together, and the customers, messages and codes by what of them is due first.
  const firsts = new Map();
  for (const { customer, kind, contact, dueAt } of /** @type {any[]} */ (whole)) {
    const group = contact ?? `${kind} ${customer}`;
    if (!firsts.has(group)) firsts.set(group, dueAt);
    else assert.equal([...firsts.keys()].at(-1), group);
  }
  assert.deepEqual([...firsts.values()], [...firsts.values()].sort((a, b) => a - b));
  clock.now += 1;
  await server.close();
});

test("what was answered since moves the customer to where they are due now, and hides nobody", async () => {
  for (const limit of [1, 2, 3, 100]) {
    const { server, event, clock } = await shop();
    for (const [subject, ago] of /** @type {const} */ ([["ana", 9], ["ana", 5], ["eva", 8], ["ida", 6], ["lia", 4], ["mia", 3]])) {
      await server.facts(event("conversation", { id: `${subject}${ago}`, at: START - ago * HOUR }, { subject }));
    }
    // The facts say otherwise than what was noted with them: Ana's first was answered, and nobody has decided since.
    const { partOf } = await import("../../js/ledger/part.js");
    const part = partOf({ id: "ana" });
    const facts = await server.store.facts?.(part);
    facts.customer.conversations.find((/** @type {any} */ { id }) => id === "ana9").answeredAt = START;
    await server.store.putFacts?.(part, facts);
    assert.deepEqual((await all(server, { limit })).map(brief), ["reply eva eva8", "reply ida ida6", "reply ana ana5", "reply lia lia4", "reply mia mia3"], `${limit} at once`);
    clock.now += 1;
    await server.close();
  }
});

test("over HTTP a list goes on too; what is no cursor and no kind is refused with its place", async () => {
  const { server, store } = await shop({ secret: SECRET });
  for (const id of ["m0", "m1", "m2"]) await keep(store, id, { id, channel: "email", state: "armed", at: START - DAY });
  const get = async (/** @type {string} */ query) => {
    const response = await server.fetch(new Request(`http://shop.example/querencia/tasks${query}`, { headers: { authorization: `Bearer ${SECRET}` } }));
    return { status: response.status, body: await response.json() };
  };
  const first = await get("?limit=2&kinds=outcome,reply");
  assert.deepEqual(first.body.map(brief), ["outcome m0 m0", "outcome m1 m1"]);
  const second = await get(`?limit=2&after=${first.body[1].cursor}`);
  assert.deepEqual(second.body.map(brief), ["outcome m2 m2"]);
  assert.deepEqual((await get(`?after=${second.body[0].cursor}`)).body, []);
  assert.match(first.body[0].cursor, /^[A-Za-z0-9_-]+$/);
  for (const [query, path] of /** @type {const} */ ([["?after=", "after"], ["?after=x", "after"], [`?after=${btoa("[1,0]")}`, "after"], ["?kinds=replies", "kinds"], ["?kinds=", "kinds"]])) {
    const { status, body } = await get(query);
    assert.deepEqual([status, body.problems[0].code, body.problems[0].path], [400, "invalid-value", path], query);
  }
  await server.close();
});

test("the kinds are those of the engine's decisions, and the server's own two", () => {
  const engines = [...SCHEMAS.Task.properties.kind.description.matchAll(/`(\w+)`:/g)].map(([, kind]) => kind);
  assert.deepEqual(KINDS, [...engines, "outcome", "code"]);
});
