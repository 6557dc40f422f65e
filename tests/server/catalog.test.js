// What a decision was told beside the facts holds when it is decided again before a mail is sent; what only it knew is refused at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { memory, open } from "querencia/server";
import { partOf } from "../../js/ledger/part.js";
import { HOUR, NOON } from "./mails.js";
import { asker, shop as served } from "./serve.js";

const SUGGESTED = { id: "next", kind: "announcement", channel: "email", message: "suggested", suggest: {} };
const MESSAGES = { suggested: { en: [{ title: "For you", body: "The {product.name}." }] }, hello: { en: [{ body: "Hello." }] } };

/** @param {any[]} campaigns @returns {any} */
const policy = (campaigns) => ({
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] },
  campaigns,
  messages: Object.fromEntries(campaigns.map(({ message }) => [message, /** @type {any} */ (MESSAGES)[message]])),
});

/** @param {number} [stock] */
const catalogue = (stock) => ({ products: [{ sku: "jug", name: "Jug", price: 7000, stock }] });

/** @param {any[]} campaigns @param {object} [options] */
async function shop(campaigns, options) {
  const clock = { now: NOON };
  const store = memory({ clock: () => clock.now });
  const server = await open({ policy: policy(campaigns), store, ...options });
  await server.facts({ customer: { id: "ana", givenName: "Ana", consent: { email: true } } });
  /** @type {string[]} */
  const sent = [];
  const deliver = () => server.deliver({ channel: "email", once: true, send: (contact, text) => void sent.push(text.body) }).done;
  const states = async () => (await store.all()).map(({ state }) => state);
  return { server, store, clock, sent, deliver, states };
}

test("a mail that suggests is decided again by the catalogue of that moment: what was sold out meanwhile is not sent", async () => {
  for (const [stock, sent, state] of /** @type {const} */ ([[3, ["The Jug."], "delivered"], [0, [], "released"]])) {
    let catalog = catalogue(9);
    const one = await shop([SUGGESTED], { catalog: () => catalog });
    assert.equal((await one.server.decide("ana")).contacts.length, 1);
    catalog = catalogue(stock);
    await one.deliver();
    assert.deepEqual([one.sent, await one.states()], [sent, [state]]);
    await one.server.close();
  }
});

test("all of one transaction sees one catalogue, and the next one asks again", async () => {
  let asked = 0;
  const { server } = await shop([SUGGESTED], { catalog: () => (asked++, catalogue(9)), ownCodes: true });
  asked = 0;
  await server.decide("ana");
  assert.equal(asked, 1);
  await server.nightly({ customers: ["ana", "ana"] });
  assert.equal(asked, 3);
  await server.close();
});

test("a catalogue that is no longer there, or that comes later, is told of and loses nothing", async () => {
  /** @type {any} */
  let catalog = () => catalogue(9);
  const { server, deliver, states, sent } = await shop([SUGGESTED], { catalog: () => catalog() });
  await server.decide("ana");
  const errors = /** @type {string[]} */ ([]);
  catalog = async () => catalogue(9);
  await server.deliver({ channel: "email", once: true, send: () => assert.fail(), onError: (/** @type {any} */ { message }) => errors.push(message) }).done;
  assert.match(errors.join(), /returned a promise/);
  // Nobody hears of its rejection, which would end the process.
  catalog = () => Promise.reject(new Error("no file"));
  await assert.rejects(server.decide("ana"), /returned a promise/);
  catalog = () => {
    throw new Error("no catalogue");
  };
  await assert.rejects(server.decide("ana"), /no catalogue/);
  assert.deepEqual(await states(), ["reserved"]);
  catalog = () => catalogue(9);
  await deliver();
  assert.deepEqual(sent, ["The Jug."]);
  await server.close();
});

test("a catalogue of one decision alone is refused, because its mail could never be sent; beside the server's own it counts", async () => {
  const without = await shop([SUGGESTED]);
  await assert.rejects(without.server.decide("ana", { catalog: catalogue(9) }), { code: "not-allowed", path: "moment.catalog", status: 400, message: /give it to `open\(\{ catalog \}\)`/ });
  assert.deepEqual(await without.states(), []);
  const both = await shop([SUGGESTED], { catalog: catalogue(0) });
  assert.equal((await both.server.decide("ana")).contacts.length, 0);
  assert.equal((await both.server.decide("ana", { catalog: catalogue(9) })).contacts.length, 1);
  await both.deliver();
  assert.deepEqual([both.sent, await both.states()], [[], ["released"]]);
});

test("the zone that a decision was given holds when its mail is decided again, and goes with it", async () => {
  const hello = (/** @type {object} */ more) => [{ id: "hello", kind: "announcement", class: "relational", channel: "email", message: "hello", ...more }];
  // 12:00 in Madrid, 03:00 in Los Angeles, where the customer said they are now.
  const night = await shop(hello({}), { policy: { ...policy(hello({})), quietHours: [{ from: "21:00", to: "09:00" }] } });
  const asleep = await night.server.decide("ana", { zone: "America/Los_Angeles" });
  assert.deepEqual([asleep.contacts.length, asleep.refused[0].gate], [0, "quiet-hours"], JSON.stringify(asleep.refused));
  night.clock.now += 8 * HOUR;
  assert.equal((await night.server.decide("ana", { zone: "America/Los_Angeles" })).contacts.length, 1);
  // 20:00 and 11:00. By the zone of the shop an hour and a half later is the night; where the customer is it is not.
  night.clock.now += 1.5 * HOUR;
  await night.deliver();
  assert.deepEqual(night.sent, ["Hello."]);
  const part = partOf({ id: "ana" });
  assert.equal(Object.keys((await night.store.facts?.(part)).moments).length, 1);
  night.clock.now += 48 * HOUR;
  await night.server.decide("ana");
  assert.deepEqual((await night.store.facts?.(part)).moments, {});
});

test("`serve --catalog` reads the file again on SIGHUP; one that is refused changes nothing", async (t) => {
  const { folder, run, serve } = await served(t);
  const at = (/** @type {string} */ name) => join(folder, name);
  await writeFile(at("policy.json"), JSON.stringify(policy([SUGGESTED])));
  await writeFile(at("catalog.json"), '{ "products": [{ "sku": 7 }] }');
  const refused = await run(["policy.json", "--port", "0", "--catalog", "catalog.json"]);
  assert.equal(await refused.ended, 1);
  assert.match(refused.said.err, /catalog\.json is refused: 1 problem\n +catalog\.json:1:18: products\[0\]\.sku: /);

  await writeFile(at("catalog.json"), JSON.stringify(catalogue(9)));
  const running = await serve(["--catalog", "catalog.json"]);
  const ask = asker(running.url, (await readFile(at("querencia-data/secret"), "utf8")).trim());
  const decide = async (/** @type {string} */ id) => {
    await ask("POST", "/facts", { customer: { id, consent: { email: true } } });
    return (await ask("POST", "/decide", { customer: id })).json.contacts;
  };
  const [contact] = await decide("ana");
  assert.equal(contact.campaign, "next");
  const hangUp = async () => {
    const { length } = running.said.err;
    running.child.kill("SIGHUP");
    while (!/the catalogue/.test(running.said.err.slice(length))) await once(running.child.stderr, "data");
    return running.said.err.slice(length);
  };
  await writeFile(at("catalog.json"), "{");
  assert.match(await hangUp(), /catalog\.json is refused[^]*the catalogue stays as it was/);
  assert.equal((await decide("bea")).length, 1);
  await writeFile(at("catalog.json"), JSON.stringify(catalogue(0)));
  assert.match(await hangUp(), /decides by the catalogue with 1 articles/);
  assert.equal((await decide("eva")).length, 0);
  assert.equal((await ask("POST", "/arm", { customer: "ana", contact: contact.id })).json.armed, false);
});
