// Processes that deliver from one store and are killed, the store itself too: nothing is sent twice, and nothing that was acknowledged is lost. KILLS
// says how often; `cargo xtask prove` kills more often than the gate.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { STATES } from "../../js/constants.js";
import { load } from "querencia";
import { dice } from "../js/dice.js";
import { DAY, openOver, POLICY, purchase, tell } from "./mails.js";
import { naively } from "./naive.js";

const KILLS = Number(process.env.KILLS ?? (process.env.PROVE ? 50 : 2));
const CONCURRENCY = 4;
/** Customers for each kill, so that there is work left to be killed in. */
const EACH = 30;
const { below } = dice(14);
const random = () => below(1e6) / 1e6;

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
const folder = mkdtempSync(join(tmpdir(), "querencia-mails-"));
after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/**
 * @typedef {object} Place where the store is
 * @property {string} name
 * @property {() => Promise<{ store: import("querencia/server").ServerStore, given: object, notes: () => Promise<import("./naive.js").Notes> }>} empty a
 *   store in which nothing is, what `workers/mailer.js` needs for the same, and where a shop without it would note what it said
 * @property {() => Promise<void>} kill
 * @property {() => Promise<void>} start
 */

/** What the workers say the same thing in: a policy that was worded anew. */
const REWORDED = { ...POLICY, messages: { ...POLICY.messages, thanks: { en: [{ body: "Thanks for {order.id}!" }] } } };

/**
 * Customers who bought, each with their thanks reserved.
 * @param {Place} place
 * @param {number} customers
 */
async function shop(place, customers) {
  const own = mkdtempSync(join(folder, "run-"));
  const { store, given: where } = await place.empty();
  const office = await openOver(store);
  /** @type {string[]} the ids of the contacts that were acknowledged as reserved */
  const reserved = [];
  const buy = async (/** @type {number} */ more) => {
    const from = reserved.length;
    await each(Array.from({ length: more }, (_, i) => `c-${from + i}`), async (id) => {
      await tell(store, id);
      const { contacts } = await office.decide(id, purchase(`o-${id}`));
      reserved.push(...contacts.map((contact) => contact.id));
    });
    assert.equal(reserved.length, from + more);
  };
  await buy(customers);
  let workers = 0;
  const worker = async (/** @type {object} */ options = {}, hang = 0) => {
    const given = {
      ...where,
      folder: own,
      // A policy that is replaced while they run, and a machine whose clock is days off.
      policy: workers % 2 === 0 ? POLICY : REWORDED,
      skew: [0, -3 * DAY, 20 * DAY][workers % 3],
      options: { concurrency: CONCURRENCY, every: 50, ...options },
      hang,
    };
    workers++;
    const child = spawn(process.execPath, [new URL("workers/mailer.js", import.meta.url).pathname, JSON.stringify(given)], { stdio: ["pipe", "pipe", "inherit"] });
    children.add(child);
    child.once("exit", () => children.delete(child));
    await Promise.race([once(/** @type {any} */ (child.stdout), "data"), once(child, "exit")]);
    return child;
  };
  const lines = (/** @type {string} */ name) => (existsSync(join(own, name)) ? readFileSync(join(own, name), "utf8").split("\n").filter(Boolean).map((line) => line.split(" ")) : []);
  return { store, office, reserved, buy, worker, sent: () => lines("sent"), acknowledged: () => lines("acknowledged") };
}

/** @param {any[]} list @param {(one: any) => Promise<unknown>} work 16 at once */
async function each(list, work) {
  const left = [...list];
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (let one; (one = left.pop()) !== undefined; ) await work(one);
  }));
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.stdin?.end();
  await exit;
}

/** @param {import("node:child_process").ChildProcess} child */
async function kill(child) {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

/** Waits until so many mails were sent. @param {() => any[]} sent @param {number} count */
async function until(sent, count) {
  for (let patience = 0; sent().length < count && patience < 6000; patience++) await sleep(10);
}

/** What was acknowledged must be in the ledger, or what came after it. @param {Awaited<ReturnType<typeof shop>>} shop */
async function assertNothingLost({ store, reserved, acknowledged }) {
  const states = new Map((await store.all()).map(({ id, state }) => [id, state]));
  const all = [...reserved.map((id) => [id, "reserved"]), ...acknowledged()];
  const lost = all.filter(([id, state]) => !(STATES.indexOf(/** @type {any} */ (states.get(id))) >= STATES.indexOf(/** @type {any} */ (state))));
  assert.deepEqual(lost, []);
  return states;
}

/** @param {Place} place */
export function killedWhileDelivering(place) {
  const { name } = place;

  test(`${name}: ${KILLS} workers are killed: nothing is sent twice, and nothing that was acknowledged is lost`, { timeout: 3_600_000 }, async (context) => {
    const run = await shop(place, EACH * KILLS + EACH);
    const workers = await Promise.all([1, 2].map(() => run.worker()));
    for (let kills = 0; kills < KILLS; kills++) {
      await until(run.sent, EACH * kills + 1 + random() * EACH);
      const [victim] = workers.splice(Math.floor(random() * workers.length), 1);
      await kill(victim);
      workers.push(await run.worker());
    }
    await until(run.sent, run.reserved.length - KILLS * CONCURRENCY);
    await Promise.all(workers.map(end));
    const { done } = run.office.deliver({ channel: "email", once: true, send: () => assert.fail("the workers left something") });
    await done;

    const ids = run.sent().map(([id]) => id);
    assert.equal(new Set(ids).size, ids.length, "sent twice");
    const states = await assertNothingLost(run);
    const delivered = run.reserved.filter((id) => states.get(id) === "delivered");
    const armed = run.reserved.filter((id) => states.get(id) === "armed");
    assert.equal(delivered.length + armed.length, run.reserved.length);
    assert.ok(delivered.every((id) => ids.includes(id)));
    assert.ok(armed.length <= KILLS * CONCURRENCY, `${armed.length} without an outcome`);
    context.diagnostic(`${KILLS} SIGKILLs of workers: ${run.reserved.length} mails, sent twice 0, acknowledged lost 0, without an outcome ${armed.length}`);
  });

  test(`${name}, at least once: ${KILLS} workers are killed, and each customer gets the mail, each time with one key`, { timeout: 3_600_000 }, async (context) => {
    const run = await shop(place, EACH);
    const options = { mode: "at-least-once", timeout: 200, grace: 300 };
    const workers = await Promise.all([1, 2].map(() => run.worker(options, 0.02)));
    for (let kills = 0; kills < KILLS; kills++) {
      await until(run.sent, EACH * 0.8 * kills + 1 + random() * EACH * 0.5);
      const [victim] = workers.splice(Math.floor(random() * workers.length), 1);
      await kill(victim);
      workers.push(await run.worker(options, 0.02));
      // What was reserved long ago is tried again seldom, so they buy as the test goes on.
      if (kills + 1 < KILLS) await run.buy(EACH);
    }
    for (const from = Date.now(); Date.now() - from < 300_000; ) {
      const waiting = await Promise.all(["reserved", "armed"].map((state) => run.store.queue({ state: /** @type {any} */ (state), limit: 1 })));
      if (waiting.flat().length === 0) break;
      await sleep(100);
    }
    await Promise.all(workers.map(end));
    const states = await assertNothingLost(run);
    assert.deepEqual(run.reserved.map((id) => `${id} ${states.get(id)}`).filter((told) => !told.endsWith(" delivered")), []);
    /** @type {Map<string, Set<string>>} */
    const byCustomer = new Map();
    for (const [id, customer] of run.sent()) byCustomer.set(customer, (byCustomer.get(customer) ?? new Set()).add(id));
    assert.equal(byCustomer.size, run.reserved.length);
    assert.ok([...byCustomer.values()].every(({ size }) => size === 1), "a mail with two keys");
    context.diagnostic(`at least once, ${KILLS} SIGKILLs: ${run.reserved.length} mails, sent again ${run.sent().length - run.reserved.length}, never 0`);
  });

  test(`${name} is killed ${KILLS} times under two workers: nothing is sent twice, and nothing that was acknowledged is lost`, { timeout: 3_600_000 }, async (context) => {
    const run = await shop(place, EACH * (KILLS + 1));
    const workers = await Promise.all([1, 2].map(() => run.worker()));
    for (let kills = 0; kills < KILLS; kills++) {
      await until(run.sent, EACH * kills + 1 + random() * EACH);
      await place.kill();
      await sleep(random() * 200);
      await place.start();
    }
    for (let patience = 0; patience < 600 && (await run.store.queue({ state: "reserved", limit: 1 })).length > 0; patience++) await sleep(100);
    await Promise.all(workers.map(end));
    const ids = run.sent().map(([id]) => id);
    assert.equal(new Set(ids).size, ids.length, "sent twice");
    const states = await assertNothingLost(run);
    const armed = run.reserved.filter((id) => states.get(id) === "armed");
    assert.deepEqual(run.reserved.filter((id) => !["armed", "delivered"].includes(states.get(id) ?? "")), []);
    assert.ok(armed.length <= KILLS * 2 * CONCURRENCY);
    context.diagnostic(`${KILLS} SIGKILLs of ${name}: ${ids.length} mails, sent twice 0, acknowledged lost 0, without an outcome ${armed.length}`);
  });

  test(`${name}: 40 orders, each told nine times, sixteen webhooks at once: one mail an order; the control that reads, decides and sends sends hundreds`, async (context) => {
    const { store, notes: notebook } = await place.empty();
    const office = await openOver(store);
    const customers = Array.from({ length: 40 }, (_, i) => `c-${i}`);
    const webhooks = Array.from({ length: 360 }, (_, i) => customers[Math.floor(i / 9)]);
    await each(customers, (id) => tell(store, id));

    /** @type {string[]} */
    const sent = [];
    const delivery = office.deliver({ channel: "email", every: 5, send: (_contact, _text, { customer }) => void sent.push(customer.id) });
    await each(webhooks, (id) => office.decide(id, purchase(`o-${id}`)));
    await delivery.stop();
    await office.deliver({ channel: "email", once: true, send: (_contact, _text, { customer }) => void sent.push(customer.id) }).done;
    assert.deepEqual([...sent].sort(), [...customers].sort());

    // The control: what a shop writes without a transaction.
    const engine = await load(/** @type {any} */ (POLICY));
    const notes = await notebook();
    let mails = 0;
    const say = async () => {
      mails++;
      await sleep(20);
    };
    await each(webhooks, (id) => naively(engine, notes, { channels: ["email"], customer: { id, consent: { email: true } }, ...purchase(`o-${id}`) }, say));
    assert.ok(mails > 100, `the control sent ${mails}`);
    context.diagnostic(`360 webhooks of 40 orders: ${sent.length} mails; the control sent ${mails}`);
  });
}
