// Sixteen servers decide at once for one customer, each over a connection of its own and for one of four channels, under limits of the policy over all
// channels: what is stored keeps the limits, nothing is said twice, and each server is told what it reserved. Whoever reads, decides and stores
// without a transaction breaks both.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "querencia";
import { partOf } from "../../js/ledger/part.js";
import { open } from "../../js/server/open.js";
import { naively } from "./naive.js";
import { rounds } from "./races.js";

/** @typedef {import("../../js/server/store.d.ts").ServerStore} ServerStore */
/** @typedef {{ campaign: string, class: string }} Said */

export const SERVERS = 16;
const WEEK = 3;
const PROMOTIONAL = 2;
const CHANNELS = ["email", "push", "sms", "post"];
const CUSTOMER = { consent: { email: true, push: true, sms: true, post: true } };
/** @type {any} Each channel has something to say of each class, and each thing is said once. */
const POLICY = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] },
  limits: [
    { id: "week", max: WEEK, per: "7d" },
    { id: "promotional", max: PROMOTIONAL, per: "30d", class: "promotional" },
  ],
  campaigns: CHANNELS.flatMap((channel) => ["promotional", "relational"].map((kind) => ({ id: `${kind}-${channel}`, kind: "announcement", class: kind, channel, repeat: "never", message: "news" }))),
  messages: { news: { en: [{ body: "There is news." }] } },
};
/** Four servers work for one channel. @param {number} at */
const momentOf = (at) => ({ channels: [CHANNELS[at % CHANNELS.length]] });

/** Whether the contacts of one customer break a limit, and whether one was said twice. @param {Said[]} said */
function judged(said) {
  const promotional = said.filter((one) => one.class === "promotional").length;
  const isOver = said.length > WEEK || promotional > PROMOTIONAL;
  return { over: Number(isOver), double: Number(new Set(said.map(({ campaign }) => campaign)).size < said.length), under: Number(said.length < WEEK) };
}

/**
 * @param {number} count
 * @param {(customer: string) => Promise<{ said: Said[], told?: number }>} round what was said to the customer, and how much of it the servers were told
 */
async function race(count, round) {
  const outcome = { rounds: count, clients: SERVERS, over: 0, doubles: 0, under: 0, untrue: 0, most: 0 };
  for (let number = 0; number < count; number += 1) {
    const { said, told = said.length } = await round(`customer ${number}`);
    const { over, double, under } = judged(said);
    outcome.over += over;
    outcome.doubles += double;
    outcome.under += under;
    outcome.untrue += Number(told !== said.length);
    outcome.most = Math.max(outcome.most, said.length);
  }
  return outcome;
}

/**
 * @param {string} name
 * @param {() => Promise<ServerStore[]>} makeStores one for each server, all over the same
 * @param {() => Promise<import("./naive.js").Notes[]>} makeNotes the same for who keeps them by itself
 * @param {{ few: number, many: number }} counts of rounds
 */
export function raceDecisions(name, makeStores, makeNotes, { few, many }) {
  test(`${name}: ${SERVERS} servers that decide at once keep the limits of the policy, and say nothing twice`, { timeout: 7_200_000 }, async (t) => {
    const stores = await makeStores();
    assert.equal(stores.length, SERVERS);
    const servers = await Promise.all(stores.map((store) => open({ policy: POLICY, store })));
    const outcome = await race(rounds(few, many), async (customer) => {
      await servers[0].facts({ customer: { id: customer, ...CUSTOMER } });
      const decisions = await Promise.all(servers.map((server, at) => server.decide(customer, momentOf(at))));
      const said = await stores[1].transact((records) => ({ put: [], result: records }), partOf({ id: customer }));
      assert.ok(said.every(({ state }) => state === "reserved"));
      const known = new Set(said.map(({ id }) => id));
      const told = decisions.flatMap(({ contacts }) => contacts.map(({ id }) => id));
      return { said, told: told.every((id) => known.has(id)) && new Set(told).size === told.length ? told.length : -1 };
    });
    t.diagnostic(JSON.stringify(outcome));
    assert.deepEqual(outcome, { rounds: outcome.rounds, clients: SERVERS, over: 0, doubles: 0, under: 0, untrue: 0, most: WEEK });
    await Promise.all(servers.map((server) => server.close()));
  });

  test(`${name}, control: ${SERVERS} who read, decide and store without a transaction break the limits, and say the same twice`, { timeout: 7_200_000 }, async (t) => {
    const [notes, engine] = await Promise.all([makeNotes(), load(POLICY)]);
    const outcome = await race(rounds(few, Math.ceil(many / 10)), async (customer) => {
      await Promise.all(Array.from({ length: SERVERS }, (_, at) => naively(engine, notes[at % notes.length], { customer: { id: customer, ...CUSTOMER }, ...momentOf(at) })));
      return { said: await notes[0].read(customer) };
    });
    t.diagnostic(JSON.stringify({ ...outcome, percent: Math.round((100 * outcome.over) / outcome.rounds) }));
    assert.ok(outcome.over > outcome.rounds / 2 && outcome.doubles > outcome.rounds / 2, JSON.stringify(outcome));
  });
}
