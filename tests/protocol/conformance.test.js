// Whether js/ does what the models in src/ say: random traces of the models, with what must be stored after each step, are played with the code
// of a page (js/shop over a ledger in memory) and of the server (js/server over a store in memory). Each transaction is let through, and its
// answer told, when the trace says so. `TRACES` names the file that `querencia-protocol traces 300 1` writes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { mock, test } from "node:test";
import * as server from "querencia/server";
import { memory, open } from "querencia/shop";
import { FakeDocument, FakeElement, policy as base } from "../js/visit.js";

const { TRACES } = process.env;
if (!TRACES) throw new Error("TRACES names no file: run `cargo xtask test`, or write one as tests/README.md says");

/** @typedef {{ do: string, tab: number, worker: number, now: number, contact: [number, number], went: boolean, answers: boolean, records: [number, number, string][], shown: [number, number, string][] }} Step */
/** @type {{ model: string, number: number, steps: Step[] }[]} */
const traces = (await readFile(TRACES, "utf8")).trim().split("\n").map((line) => JSON.parse(line));

/** A reservation of a page lasts 15 minutes: two ticks of the model. */
const TICK = 450_000;
const START = Date.parse("2026-11-22T10:00:00Z");
const LIMITS = [{ id: "once", max: 1, per: "300d" }];

/** What the model calls the campaign and the attempt, for each contact that there was. */
class Names {
  /** @type {Map<string, [number, number]>} */
  #names = new Map();
  /** Records by the model's names; a new one has the name that the model gives it. @param {any[]} records @param {Step} step */
  of(records, step) {
    const taken = new Set([...this.#names.values()].map(String));
    for (const { id, campaign } of records) {
      if (this.#names.has(id)) continue;
      const name = step.records.find(([its, attempt]) => `c${its}` === campaign && !taken.has(String([its, attempt])));
      if (name) this.#names.set(id, [name[0], name[1]]);
    }
    return records.map(({ id, state }) => [...(this.#names.get(id) ?? ["unknown", id]), state]).sort();
  }
  /** @param {string} id */
  name(id) {
    return this.#names.get(id);
  }
  /** @param {[number, number]} contact */
  id(contact) {
    return [...this.#names].find(([, name]) => String(name) === String(contact))?.[0] ?? "none";
  }
}

/** Lets everything run that waits for no transaction. */
const settled = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(done));
};

class Tab {
  /** @type {{ commit: () => Promise<void>, answer: () => void }[]} the transactions of the page that nobody has answered */
  waiting = [];
  page = new FakeDocument();
  /** @type {FakeElement} */
  element;
  /** @type {any} */
  shop;

  /** @param {any} store @param {() => number} clock @param {any} policy */
  static async opened(store, clock, policy) {
    const tab = new Tab();
    tab.element = new FakeElement(tab.page, "home");
    const transact = (/** @type {any} */ work, /** @type {string} */ part) =>
      new Promise((answer, reject) => {
        /** @type {any} */
        let result;
        const commit = async () => void (result = await store.transact(work, part).catch(reject));
        tab.waiting.push({ commit, answer: () => answer(result) });
      });
    tab.shop = await open({ policy, ledger: { ...store, transact }, clock, zone: "Europe/Madrid", locale: "en", document: /** @type {any} */ (tab.page) });
    return tab;
  }

  async commit() {
    assert.equal(this.waiting.length, 1, "the page asks for one transaction");
    await this.waiting[0].commit();
  }

  async answer() {
    this.waiting.shift()?.answer();
    await settled();
  }

  async appear() {
    this.element.isConnected = true;
    this.page.dispatchEvent(new CustomEvent("querencia:placement", { detail: { placement: "home", element: this.element } }));
    await settled();
  }
}

/** A page's trace. @param {Step[]} steps */
async function playPage(steps) {
  const onsite = { kind: "announcement", channel: "onsite", placement: "home", message: "bulk" };
  const policy = { ...base, limits: LIMITS, campaigns: [{ ...onsite, id: "c0", weight: 2 }, { ...onsite, id: "c1", weight: 1 }] };
  const store = memory();
  let now = START;
  const opened = () => Tab.opened(store, () => now, policy);
  const tabs = [await opened(), await opened()];
  const names = new Names();
  /** @type {string[]} */
  const shown = [];
  const offset = steps.length > 0 ? steps[0].now : 0;
  for (const [index, step] of steps.entries()) {
    now = START + (step.now - offset) * TICK;
    const tab = tabs[step.tab];
    const before = tab.element.shown.length;
    if (step.do === "decide") {
      void tab.shop.decide().catch(() => {});
      await settled();
      await tab.commit();
    } else if (step.do === "learn" || step.do === "show") {
      const armed = step.do === "show" ? await store.all() : [];
      await tab.answer();
      if (tab.element.shown.length > before) shown.push(...armed.filter(({ campaign, state }) => state === "armed" && campaign === tab.element.shown.at(-1)[0]).map(({ id }) => id));
    } else if (step.do === "arm") {
      await tab.commit();
    } else if (step.do === "confirm") {
      await tab.commit();
      await tab.answer();
    } else if (step.do === "appear") {
      await tab.appear();
    } else if (step.do === "vanish") {
      tab.element.isConnected = false;
    } else if (step.do === "crash") {
      tabs[step.tab] = await opened();
    } else if (step.do === "withdraw") {
      await store.transact(() => ({ put: [], wish: { unsubscribed: ["onsite"] }, result: undefined }), "");
    }
    assert.deepEqual(names.of(await store.all(), step), [...step.records].sort(), `after ${steps.slice(0, index + 1).map((one) => `${one.do} ${one.tab}`)}`);
    assert.deepEqual(shown.map((id) => [...(names.name(id) ?? []), "delivered"]).sort(), [...step.shown].sort(), `shown after ${index + 1} steps`);
  }
  return shown.length;
}

/** A server's trace. @param {Step[]} steps */
async function playServer(steps) {
  const mail = { kind: "announcement", class: "relational", channel: "email", message: "bulk" };
  const policy = { ...base, limits: LIMITS, campaigns: [{ ...mail, id: "c0", weight: 2 }, { ...mail, id: "c1", weight: 1 }] };
  let now = START;
  const store = server.memory({ clock: () => now });
  // three ticks of the model
  const shop = await server.open({ policy, store, lease: 3 * TICK });
  await shop.facts({ customer: { id: "ana", consent: { email: true } } });
  const names = new Names();
  /** @type {{ id: string, went?: boolean }[]} what each worker has in hand */
  const hands = [];
  let sent = 0;
  for (const [index, step] of steps.entries()) {
    now = START + step.now * TICK;
    if (step.do === "decide") await shop.decide("ana");
    else if (step.do === "take") {
      const id = names.id(step.contact);
      const { armed } = await shop.arm("ana", id);
      if (armed) hands[step.worker] = { id };
    } else if (step.do === "send") {
      assert.ok(hands[step.worker], `the server armed it, after ${index + 1} steps`);
      hands[step.worker].went = step.went;
      sent += Number(step.went);
    } else if (step.do === "note") {
      const { id, went } = hands[step.worker];
      await shop.outcome("ana", id, went ? "delivered" : "failed");
      delete hands[step.worker];
    } else if (step.do === "silence" || step.do === "crash" || step.do === "give up") delete hands[step.worker];
    else if (step.do === "look") await shop.outcome("ana", names.id(step.contact), step.went ? "delivered" : "failed");
    else if (step.do === "withdraw") await shop.facts({ specversion: "1.0", type: "querencia.wishes", source: "page", id: `w${index}`, subject: "ana", data: { unsubscribed: ["email"] } });
    assert.deepEqual(names.of(await store.all(), step), [...step.records].sort(), `after ${steps.slice(0, index + 1).map((one) => `${one.do} ${one.contact ?? ""}`)}`);
  }
  await shop.close();
  return sent;
}

for (const [model, play, least] of /** @type {const} */ ([["page", playPage, 0.15], ["delivery", playServer, 0.15]])) {
  test(`what is stored after each step is what the model of the ${model} says`, async () => {
    // a page decides about what changed when a moment has passed; here when the trace says so
    if (model === "page") mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const own = traces.filter((trace) => trace.model === model);
      assert.ok(own.length >= 100, `${own.length} traces`);
      let said = 0;
      for (const { number, steps } of own) {
        try {
          said += await play(steps);
        } catch (error) {
          throw new Error(`trace ${number} of ${model}: ${/** @type {Error} */ (error).message}`, { cause: error });
        }
      }
      assert.ok(said > least * own.length, `${said} contacts in ${own.length} traces`);
    } finally {
      mock.timers.reset();
    }
  });
}
