// Functions that the shop gives: what they throw, at once or later, is answered, noted or nothing, and never ends the process. (A rejection that
// nobody hears fails a test here, and ends a process.)

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { memory } from "querencia/server";
import { serverOf } from "./http.js";
import { NOON, openOver, purchase, states, tell } from "./mails.js";
import { BIRTHDAY, GIFT, policy, shop } from "./offers/shop.js";

/** Ways in which a function that only hears of something may fail. @type {Record<string, (heard: any[]) => (told: any) => any>} */
const FAILING = {
  throws: (heard) => (told) => {
    heard.push(told);
    throw new Error("the function failed");
  },
  rejects: (heard) => async (told) => {
    heard.push(told);
    throw new Error("the function failed");
  },
  "rejects later": (heard) => async (told) => {
    heard.push(told);
    await sleep(5);
    throw new Error("the function failed");
  },
  "is a thenable that throws": (heard) => (told) => {
    heard.push(told);
    return { then: () => assert.fail("the thenable failed") };
  },
};

/** Objects that cannot be looked at, and what is no error. */
const ODD = {
  undefined,
  null: null,
  "a text": "no",
  "a symbol": Symbol("no"),
  "an object without a prototype": Object.create(null),
  "an object whose fields throw": Object.defineProperties({}, Object.fromEntries(["code", "sent", "problems", "name", "permanent", "message"].map((name) => [name, { get: () => assert.fail(name) }]))),
  "a proxy that throws": new Proxy({}, { get: (_, name) => assert.fail(String(name)) }),
  "an object with odd fields": { responseCode: Symbol("550"), code: Symbol("x"), name: 5, problems: 5 },
};

/** @param {object} [options] */
async function mails(options) {
  const store = memory({ clock: () => NOON });
  const server = await openOver(store, options);
  await tell(store, "ana");
  await server.decide("ana", purchase("o-1"));
  return { store, server };
}

/** So that what is rejected late is heard of while the test runs. */
const settled = () => sleep(20);

for (const [how, failing] of Object.entries(FAILING)) {
  test(`what \`onError\` of a worker does with an error is its own: it ${how}`, async () => {
    const { store, server } = await mails();
    /** @type {any[]} */
    const heard = [];
    const send = () => Promise.reject(new Error("down"));
    const counts = await server.deliver({ channel: "email", once: true, send, onError: failing(heard) }).done;
    await settled();
    assert.deepEqual([heard.map(({ message }) => message), counts.unknown, await states(store, "thanks")], [["down"], 1, ["armed"]]);
  });

  test(`the same of \`log\` and \`onError\` over HTTP: each ${how}`, async () => {
    /** @type {any[]} */
    const [logged, failed] = [[], []];
    const { ask } = await serverOf({ log: failing(logged), onError: failing(failed), authenticate: () => assert.fail("no directory") });
    assert.equal((await ask("GET", "/tasks")).status, 500);
    await settled();
    assert.deepEqual([logged.map(({ status }) => status), failed.map(({ message }) => message)], [[500], ["no directory"]]);
  });

  test(`the same of \`onIssueError\`: it ${how}, and the attempt is noted`, async () => {
    /** @type {any[]} */
    const heard = [];
    const issue = () => Promise.reject(Object.assign(new Error("down"), { code: "platform-down" }));
    const { server, store } = await shop(policy({ gift: GIFT }, [{ ...BIRTHDAY, grace: "7d" }]), { issue, onIssueError: failing(heard) });
    await assert.rejects(server.claim("ana", { campaign: "birthday", occurrence: "2026" }), { code: "code-pending" });
    await settled();
    const [{ part }] = await store.pending({ limit: 1 });
    const [{ tries }] = await store.transact((/** @type {any} */ _r, /** @type {any} */ _w, /** @type {any} */ _g, /** @type {any} */ _s, /** @type {any} */ { grants }) => ({ put: [], result: grants }), part);
    assert.deepEqual([heard.map(({ error }) => error.message), tries], [["down"], 1]);
  });

  test(`the same of \`onProgress\`: it ${how}, and the nightly run, the import and the prune go on`, async () => {
    const { server } = await mails();
    /** @type {Record<string, any[]>} */
    const heard = { nightly: [], import: [], prune: [] };
    const customers = (async function* () {
      yield "ana";
      await sleep(100);
      yield "luis";
    })();
    const night = await server.nightly({ customers, lease: 60, onProgress: failing(heard.nightly) });
    const { added } = await server.import([{ customer: "ana", campaign: "thanks", at: NOON - 1000, occurrence: "o-0" }], { onProgress: failing(heard.import) });
    const { customers: looked } = await server.prune({ onProgress: failing(heard.prune) });
    await settled();
    assert.deepEqual([night.finished, night.customers, added, looked > 0], [true, 2, 1, true]);
    assert.deepEqual(Object.values(heard).map(({ length }) => length > 0), [true, true, true]);
  });
}

for (const [what, thrown] of Object.entries(ODD)) {
  test(`whatever is thrown is an error: ${what}`, async () => {
    const { store, server } = await mails();
    const send = () => {
      throw thrown;
    };
    const done = server.deliver({ channel: "email", once: true, send, onError: send }).done;
    const counts = await Promise.race([done, sleep(5000).then(() => assert.fail("it does not end"))]);
    assert.deepEqual([counts.unknown, counts.errors, await states(store, "thanks")], [1, 1, ["armed"]]);

    /** @type {any[]} */
    const failed = [];
    const { ask } = await serverOf({ authenticate: send, onError: (error) => void failed.push(error) });
    const { status, json } = await ask("GET", "/tasks");
    assert.deepEqual([status, json.problems[0].code, failed.length], [500, "internal", 1]);
    assert.equal(failed[0] === thrown, true);

    const offers = await shop(policy({ gift: GIFT }, [{ ...BIRTHDAY, grace: "7d" }]), { issue: send });
    await assert.rejects(offers.server.claim("ana", { campaign: "birthday", occurrence: "2026" }), { code: "code-pending" });

    const night = await openOver(memory({ clock: () => NOON }), { shop: send });
    await night.facts({ customer: { id: "ana" } });
    assert.deepEqual((await night.nightly({ customers: ["ana"] })).errors, { internal: 1 });
  });
}

test("`shop` answers at once: a promise of it is refused, not taken for nothing", async () => {
  for (const answer of [() => Promise.resolve({ unanswered: 3 }), () => Promise.reject(new Error("no database"))]) {
    const server = await openOver(memory({ clock: () => NOON }), { shop: answer });
    await assert.rejects(server.decide("ana"), { name: "TypeError", message: /`shop` gives an object or undefined, and no promise/ });
    await assert.rejects(server.shop(), { name: "TypeError" });
    await settled();
  }
});

test("`address` answers at once: a promise of it is told of, and nobody shares a rate by accident", async () => {
  for (const answer of [() => Promise.resolve("1.2.3.4"), () => Promise.reject(new Error("no")), () => 5]) {
    const { ask, failed } = await serverOf({ address: /** @type {any} */ (answer) });
    assert.equal((await ask("GET", "/tasks", { bearer: null })).status, 500);
    assert.match(failed[0].message, /`address` answers a text or undefined/);
    await settled();
  }
  const { ask } = await serverOf({ address: /** @type {any} */ (() => null) });
  assert.equal((await ask("GET", "/tasks", { bearer: null })).status, 401);
});

test("a `send` that changes what it was given changes nothing of what is noted", async () => {
  const { store, server } = await mails();
  const counts = await server.deliver({
    channel: "email",
    once: true,
    send(/** @type {any} */ contact, /** @type {any} */ text, /** @type {any} */ more) {
      contact.id = "another";
      more.parts.length = 0;
      more.customer.id = "luis";
      delete text.body;
    },
  }).done;
  assert.deepEqual([counts.delivered, counts.errors, await states(store, "thanks")], [1, 0, ["delivered"]]);
});
