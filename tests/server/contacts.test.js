// Who sends without `deliver`, in any language: no contact is lost with an answer, and the queue can be worked over HTTP.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { memory, signToken } from "querencia/server";
import { dice } from "../js/dice.js";
import { DAY, START, policy, shop } from "./casa.js";
import { SECRET, serverOf } from "./http.js";

const LEASE = DAY;

/** A policy that thanks for each order, and nothing else. */
const thanks = () => ({ ...policy(), limits: [], campaigns: policy().campaigns.slice(0, 1) });

/** A server over HTTP with a clock that stands still. @param {any} [options] */
async function casa(options) {
  const clock = { now: START };
  const store = memory({ clock: () => clock.now });
  const { server, ask } = await serverOf({ policy: thanks(), store, ...options });
  const paid = (/** @type {string} */ customer, /** @type {string} */ order) => ({
    specversion: "1.0", type: "querencia.event", source: "/shop", id: `paid-${order}`, subject: customer,
    data: { name: "purchase", order: { id: order, total: 2490 } },
  });
  const tell = async (/** @type {string} */ customer) => void (await server.facts({ customer: { id: customer, consent: { email: true } } }));
  const list = async (query = "") => (await ask("GET", `/contacts?channel=email${query}`)).json;
  return { clock, store, server, ask, paid, tell, list };
}

test("the answer to a webhook is lost: the same again names what it had reserved, until it is sent", async () => {
  const { server, ask, paid, tell } = await casa();
  await tell("ana");
  await ask("POST", "/facts", { body: paid("ana", "1") }); // nobody reads it
  const { json: other } = await ask("POST", "/facts", { body: paid("ana", "2") });
  const again = async () => (await ask("POST", "/facts", { body: [paid("ana", "1")] })).json[0];
  const { reserved, ...rest } = await again();
  assert.deepEqual(rest, { customer: "ana", changed: [], replayed: true });
  assert.equal(reserved.length, 1, "what another event reserved is not among it");
  const [{ contact, ...about }] = reserved;
  assert.notEqual(contact, other.decision.contacts[0].id);
  assert.deepEqual(about, { customer: "ana", campaign: "thanks", class: "relational", channel: "email", occurrence: "1", at: START, leaseUntil: START + LEASE });
  // It is enough to arm it.
  const { json: armed } = await ask("POST", "/arm", { body: { customer: about.customer, contact } });
  assert.deepEqual([armed.armed, armed.text.title], [true, "Thank you"]);
  assert.deepEqual(await again(), rest);
  assert.equal((await ask("POST", "/arm", { body: { customer: "ana", contact } })).json.armed, false);
  await server.close();
});

test("the answer to a decision is lost: the next one names what waits, on the channels that it asks about", async () => {
  const { server, ask, tell, clock } = await casa({ policy: { ...policy(), limits: [] } });
  await tell("ana");
  const event = { name: "purchase", order: { id: "1" } };
  const decide = async (/** @type {any} */ more, bearer = SECRET) => (await ask("POST", "/decide", { bearer, body: { customer: "ana", ...more } })).json;
  const first = await decide({ event });
  assert.deepEqual([first.contacts.length, first.reserved], [2, undefined]);
  for (const more of [{ event }, {}, { explain: false }, { channels: ["email", "onsite"] }]) {
    const { contacts, reserved } = await decide(more);
    assert.deepEqual(contacts.filter((/** @type {any} */ { channel }) => channel === "email"), []);
    assert.deepEqual(reserved.map((/** @type {any} */ { contact }) => contact).sort(), first.contacts.map((/** @type {any} */ { id }) => id).sort());
  }
  // What waits in a mailbox is not a page's affair, and what was reserved for a page is.
  const own = await decide({}, await signToken({ secret: SECRET, customer: "ana", now: START }));
  assert.deepEqual(own.reserved.map((/** @type {any} */ { campaign }) => campaign), ["hello"]);
  await ask("POST", "/arm", { body: { customer: "ana", contact: first.contacts[0].id } });
  assert.deepEqual((await decide({})).reserved.map((/** @type {any} */ { contact }) => contact), [first.contacts[1].id]);
  clock.now += LEASE;
  assert.equal((await decide({ event })).reserved, undefined);
  await server.close();
});

test("the queue of a channel: each contact once, the oldest first, whatever the pages", async () => {
  const { server, store, ask, paid, list, tell, clock } = await casa();
  const wanted = [];
  for (let number = 0; number < 230; number++) {
    const customer = `c${number % 37}`;
    if (number < 37) await tell(customer);
    const { decision } = await server.facts(/** @type {any} */ (paid(customer, `o${number}`)));
    wanted.push(...(decision?.contacts ?? []).map(({ id }) => id));
    if (number % 3 === 0) clock.now += 1000;
  }
  assert.equal(wanted.length, 230);
  for (const limit of [1, 7, 100, 229, 230, 231, 1000]) {
    const seen = [];
    for (let after = ""; ; ) {
      const page = await list(`&limit=${limit}${after && `&after=${encodeURIComponent(after)}`}`);
      seen.push(...page);
      if (page.length < limit) break;
      after = page.at(-1).cursor;
      if (limit === 1 && seen.length === 20) break;
    }
    assert.deepEqual(seen.map(({ at }) => at), seen.map(({ at }) => at).sort((a, b) => a - b), `${limit}`);
    assert.equal(new Set(seen.map(({ contact }) => contact)).size, seen.length);
    assert.equal(seen.length, limit === 1 ? 20 : 230, `${limit}`);
  }
  assert.equal((await list()).length, 100);
  // What is armed, and what lapsed, waits no longer; what lapsed is released by the look.
  const [first] = await list("&limit=1");
  assert.equal((await ask("POST", "/arm", { body: { customer: first.customer, contact: first.contact } })).json.armed, true);
  assert.equal((await list("&limit=1000")).length, 229);
  clock.now = first.at + LEASE + 20_000;
  const left = await list("&limit=1000");
  assert.ok(left.length > 100 && left.length < 229, `${left.length}`);
  assert.ok(left.every((/** @type {any} */ { leaseUntil }) => leaseUntil > clock.now));
  assert.equal((await store.queue({ state: "reserved", limit: 1000 })).length, left.length);
  await server.erase(left[0].customer);
  assert.ok((await list("&limit=1000")).every((/** @type {any} */ { customer }) => customer !== left[0].customer));
  await server.close();
});

test("the queue is the shop's alone, and what is asked wrongly is told of", async () => {
  const { server, ask } = await casa();
  const refused = async (/** @type {string} */ query, /** @type {any} */ bearer = SECRET) => {
    const { status, json } = await ask("GET", `/contacts${query}`, { bearer });
    return [status, json.problems[0].code, json.problems[0].path];
  };
  assert.deepEqual(await refused("?channel=email", null), [401, "not-authenticated", ""]);
  assert.deepEqual(await refused("?channel=email", await signToken({ secret: SECRET, customer: "ana", now: START })), [403, "not-authorised", ""]);
  assert.deepEqual(await refused(""), [400, "missing-field", "channel"]);
  for (const channel of ["onsite", "mail", ""]) assert.deepEqual(await refused(`?channel=${channel}`), [400, "invalid-value", "channel"]);
  for (const limit of ["0", "1001", "x", "1.5", "-1"]) assert.deepEqual(await refused(`?channel=email&limit=${limit}`), [400, "out-of-range", "limit"]);
  for (const after of ["x", "W10", "WzEsMl0"]) assert.deepEqual(await refused(`?channel=email&after=${after}`), [400, "invalid-value", "after"]);
  assert.deepEqual(await refused("?channel=email&state=armed"), [400, "unknown-field", "state"]);
  await assert.rejects(server.contacts(/** @type {any} */ ({})), { code: "missing-field", path: "channel" });
  await ask("GET", "/contacts?channel=push");
  assert.match((await ask("GET", "/metrics")).text, /querencia_requests_total\{method="GET",route="\/contacts",status="200"\} 1\n/);
  await server.close();
});

test("a digest is listed, armed and told of as the one message that it is", async () => {
  const campaigns = ["oranges", "honey", "figs"].map((id) => ({ id, kind: "announcement", channel: "email", repeat: "never", message: id, disposition: "digest", ...(id === "figs" && { until: "2026-06-10" }) }));
  const messages = Object.fromEntries(campaigns.map(({ id }) => [id, { en: [{ title: id, body: `There are ${id}.` }] }]));
  for (const named of [0, 1, 2]) {
    const { server, ask, tell, list, clock } = await casa({ policy: { ...policy(), limits: [], campaigns, messages } });
    await tell("ana");
    const { contacts } = (await ask("POST", "/decide", { body: { customer: "ana" } })).json;
    assert.equal(contacts.length, 3);
    const queue = await list();
    assert.deepEqual(queue.map((/** @type {any} */ { contact, digest }) => [contact, digest]), [[contacts[0].id, contacts[0].id]]);
    const body = { customer: "ana", contact: contacts[named].id };
    // One of its parts is over meanwhile; the others still are one message.
    if (named === 1) clock.now += 14 * 3_600_000;
    const { json } = await ask("POST", "/arm", { body });
    const said = contacts.filter((/** @type {any} */ { campaign }) => named !== 1 || campaign !== "figs");
    assert.deepEqual(json.parts.map((/** @type {any} */ { contact }) => contact.id).sort(), said.map((/** @type {any} */ { id }) => id).sort());
    for (const { campaign } of said) assert.ok(json.text.body.includes(`There are ${campaign}.`), json.text.body);
    for (const { id } of contacts) assert.equal((await ask("POST", "/arm", { body: { customer: "ana", contact: id } })).json.armed, false);
    assert.equal((await ask("POST", "/outcome", { body: { ...body, outcome: "delivered" } })).json.state, "delivered");
    await ask("POST", "/outcome", { body: { customer: "ana", contact: said[0].id, outcome: "clicked" } });
    const states = (await server.export("ana")).contacts.map(({ campaign, state, reaction }) => `${campaign} ${state} ${reaction ?? ""}`.trim()).sort();
    const clicked = (/** @type {string} */ campaign) => (campaign === said[0].campaign ? " clicked" : "");
    assert.deepEqual(states, contacts.map((/** @type {any} */ one) => `${one.campaign} ${said.includes(one) ? "delivered" : "released"}${clicked(one.campaign)}`).sort());
    await server.close();
  }
});

test("a contact whose code did not come is listed, and who arms it asks the platform again", async () => {
  let down = true;
  const keys = /** @type {string[]} */ ([]);
  const issue = async (/** @type {any} */ { key }) => {
    keys.push(key);
    if (down) throw new Error("down");
    return { code: "LOLA-1" };
  };
  const campaigns = [{ id: "gift", kind: "announcement", class: "promotional", channel: "email", message: "news", offer: "ten", from: "2026-06-01", until: "2026-06-30" }];
  const messages = { news: { en: [{ title: "A present", body: "Your code: {offer.code}" }] } };
  const { ask, server, tell, list, clock } = await casa({ issue, policy: { ...policy(), campaigns, messages, offers: { ten: { percent: 10, personal: true, validFor: "30d" } } } });
  await tell("ana");
  assert.deepEqual((await ask("POST", "/decide", { body: { customer: "ana" } })).json.contacts, []);
  const [{ customer, contact }] = await list();
  const arm = async () => (await ask("POST", "/arm", { body: { customer, contact } })).json;
  down = false;
  assert.deepEqual(await arm(), { armed: false, code: "awaiting-code" });
  assert.equal(keys.length, 1, "a platform that was down a moment ago is not asked by each");
  clock.now += 60_000;
  const { armed, text } = await arm();
  assert.deepEqual([armed, text.body], [true, "Your code: LOLA-1"]);
  assert.equal(new Set(keys).size, 1);
  await server.close();
});

test("whatever answers are lost, each order is thanked for once, or a person is told of it", async () => {
  const { below } = dice(20260614);
  const { ask, server, paid, tell, list, clock } = await casa();
  const sent = /** @type {string[]} */ ([]);
  /** Half of the answers are lost; the question arrived all the same. @returns {Promise<any>} @param {Parameters<typeof ask>} asked */
  const lossy = async (...asked) => {
    const answer = await ask(...asked);
    return below(2) === 0 ? undefined : answer.json;
  };
  const send = async (/** @type {{ customer: string, contact: string }} */ { customer, contact }) => {
    const armed = await lossy("POST", "/arm", { body: { customer, contact } });
    if (!armed?.armed) return;
    sent.push(armed.contact.occurrence);
    for (let tries = 0; tries < 20 && !(await lossy("POST", "/outcome", { body: { customer, contact, outcome: "delivered" } })); tries++);
  };
  const orders = Array.from({ length: 60 }, (_, number) => `o${number}`);
  for (const order of orders) {
    const customer = `c${order}`;
    await tell(customer);
    // The platform sends it again until it has an answer.
    let told;
    while (!told) told = await lossy("POST", "/facts", { body: paid(customer, order) });
    const ids = [...(told.decision?.contacts ?? []).map((/** @type {any} */ { id }) => id), ...(told.reserved ?? []).map((/** @type {any} */ { contact }) => contact)];
    assert.equal(ids.length, 1, order);
    if (below(2) === 0) await send({ customer, contact: ids[0] });
  }
  // Then the program that cron starts.
  for (let rounds = 0; rounds < 50; rounds++) for (const one of await list("&limit=1000")) await send(one);
  assert.deepEqual(await list(), []);
  clock.now += 3_600_000;
  const tasks = (await server.tasks({ limit: 1000 })).filter(({ kind }) => kind === "outcome").map((/** @type {any} */ { customer }) => customer.slice(1));
  assert.equal(new Set(sent).size, sent.length, "none twice");
  assert.ok(sent.length > 15 && tasks.length > 15, `${sent.length} sent, ${tasks.length} tasks`);
  assert.deepEqual(orders.filter((order) => !sent.includes(order) && !tasks.includes(order)), [], "none lost");
  await server.close();
});

test("the lines of the page about a shop in another language do what it says", async () => {
  const page = await readFile("www/docs/server-http.md", "utf8");
  const [, block] = /```sh\n(curl[^]*?)```/.exec(page) ?? assert.fail("no lines");
  const lines = block.trim().split(/\n(?=curl )/);
  const { ask, server, paid, tell } = await casa();
  await tell("ana");
  await ask("POST", "/facts", { body: paid("ana", "A-17") });
  /** @type {any} */
  let contact;
  const answers = [];
  for (const line of lines) {
    assert.match(line, /^curl -H "Authorization: Bearer \$\(head -n 1 querencia-data\/secret\)"/);
    const [, address] = /http:\/\/127\.0\.0\.1:8787\/querencia([^\s"]+)/.exec(line) ?? [];
    const [, json] = /-d '([^']*)'/.exec(line) ?? [];
    assert.equal(/-H "Content-Type: application\/json"/.test(line), json !== undefined);
    const { status, json: answer } = await ask(json ? "POST" : "GET", address, json ? { body: json.replace(/"contact": "[0-9a-f]{32}"/, `"contact": "${contact}"`) } : {});
    assert.equal(status, 200, JSON.stringify(answer));
    contact ??= answer[0].contact;
    answers.push(answer);
  }
  assert.deepEqual([answers.length, answers[0].length, answers[1].armed, answers[1].text.title, answers[2].state], [3, 1, true, "Thank you", "delivered"]);
  await server.close();
});
