// Many ask for one customer's present at once, of several servers: exactly one code, used by exactly one order; and a budget that they share.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "../../../js/server/open.js";
import { ANA, BIRTHDAY, GIFT, policy, told } from "./shop.js";

/** @typedef {import("../../../js/server/store.d.ts").ServerStore} ServerStore */

export const CLIENTS = 32;
export const SERVERS = 4;
const { PROVE, ROUNDS: ASKED } = process.env;
/** @param {number} few @param {number} many */
const count = (few, many) => Number(ASKED ?? (PROVE ? many : few));
/** In the gate; with PROVE or ROUNDS many more. */
export const ROUNDS = { issue: count(3, 300), redeem: count(6, 5000) };
/** For a store that is slower. */
export const FEW_ROUNDS = { issue: count(1, 300), redeem: count(2, 5000) };

// A day of the year that is today in Madrid, for the database's own clock.
const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Madrid", month: "2-digit", day: "2-digit", year: "numeric" }).format(Date.now());
const CUSTOMER = { ...ANA, birthday: `--${today.slice(5)}`, orders: [{ id: "o-1", at: Date.now() - 200 * 86_400_000, total: 4000, paid: true }] };
const SHOP = policy({ gift: GIFT, back: GIFT }, [
  { ...BIRTHDAY, lead: "2d", grace: "2d" },
  { ...BIRTHDAY, id: "birthday-push", channel: "push", offer: "back", lead: "2d", grace: "2d" },
]);
const occurrences = [Number(today.slice(0, 4)) - 1, Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1].map(String);

/** A platform that makes another code at each call, and is slow. */
export function forgetful() {
  const made = /** @type {string[]} */ ([]);
  return {
    made,
    issue: async () => {
      const code = `C-${made.length}-${Math.random()}`;
      made.push(code);
      await new Promise((resolve) => setTimeout(resolve, 3));
      return { code };
    },
  };
}

/** A server over each store. @param {ServerStore[]} stores @param {object} options @param {any} [shop] a policy */
const serversOf = (stores, options, shop = SHOP) => Promise.all(stores.map((store) => open({ policy: shop, store, ...options })));

/**
 * @param {string} name
 * @param {() => Promise<ServerStore[]>} makeStores one for each server, all over the same
 * @param {{ issue: number, redeem: number }} [rounds]
 */
export function race(name, makeStores, rounds = ROUNDS) {
  for (const own of [false, true]) {
    test(`${name}: ${CLIENTS} decisions and claims at once make one code (${own ? "the server's own" : "the platform's"})`, { timeout: 3_600_000 }, async (t) => {
      const stores = await makeStores();
      const { made, issue } = forgetful();
      const servers = await serversOf(stores, own ? { ownCodes: true } : { issue, issueOnce: true });
      let issued = 0;
      for (let round = 0; round < rounds.issue; round++) {
        const before = made.length;
        const id = `${name}-${own}-${round}`;
        await told(stores[0], id, CUSTOMER);
        const [present] = await servers[0].entitled(id);
        assert.ok(present && occurrences.includes(present.occurrence));
        const codes = new Set();
        const ask = async (/** @type {number} */ index) => {
          const server = servers[index % servers.length];
          if (index % 3 === 0) {
            const { code } = await server.claim(id, present).catch((error) => (error.code === "code-pending" || error.code === "not-entitled" ? { code: undefined } : Promise.reject(error)));
            if (code != null) codes.add(code);
          } else {
            const { contacts, entitled } = await server.decide(id);
            for (const { message } of contacts) codes.add(/** @type {any} */ (message).params["offer.code"].value);
            for (const { code } of entitled) if (code !== null) codes.add(code);
          }
        };
        await Promise.all(Array.from({ length: CLIENTS }, (_, index) => ask(index)));
        const [{ code }] = await servers[1].entitled(id);
        assert.deepEqual([...codes], [code], `round ${round}`);
        if (!own) assert.equal(made.length - before, 1);
        issued += codes.size;
      }
      t.diagnostic(JSON.stringify({ rounds: rounds.issue, clients: CLIENTS, codes: own ? issued : made.length }));
    });
  }

  test(`${name}: ${CLIENTS} orders at once use a code once`, { timeout: 3_600_000 }, async (t) => {
    const stores = await makeStores();
    const servers = await serversOf(stores, { ownCodes: true });
    let used = 0;
    for (let round = 0; round < rounds.redeem; round++) {
      const id = `${name}-used-${round}`;
      await told(stores[0], id, CUSTOMER);
      const [present] = await servers[0].entitled(id);
      const { code } = await servers[0].claim(id, present);
      const uses = await Promise.all(
        Array.from({ length: CLIENTS }, (_, index) =>
          servers[index % servers.length].redeem(String(code), `${id}-order-${index}`).then(({ order }) => order, (error) => (error.code === "already-redeemed" ? undefined : Promise.reject(error))),
        ),
      );
      const orders = uses.filter(Boolean);
      assert.equal(orders.length, 1, `round ${round}: ${orders}`);
      used += orders.length;
      // Whoever asks again with the order that has it is told the same; another is refused.
      assert.equal((await servers[1].redeem(String(code), String(orders[0]))).order, orders[0]);
      await assert.rejects(servers[1].redeem(String(code), "another"), { code: "already-redeemed" });
    }
    t.diagnostic(JSON.stringify({ rounds: rounds.redeem, clients: CLIENTS, uses: used }));
  });
}

/** @param {string} name @param {() => Promise<ServerStore[]>} makeStores one for each server, all over the same */
export function raceForBudget(name, makeStores) {
  test(`${name}: a budget holds over servers and customers at once`, { timeout: 3_600_000 }, async () => {
    const stores = await makeStores();
    const { made, issue } = forgetful();
    const servers = await serversOf(stores, { issue, issueOnce: true }, policy({ gift: { ...GIFT, budget: { max: 5, per: "year" } } }, [{ ...BIRTHDAY, lead: "2d", grace: "2d" }]));
    const customers = Array.from({ length: PROVE ? 320 : 24 }, (_, index) => `b-${index}`);
    for (const id of customers) await told(stores[0], id, CUSTOMER);
    const decisions = await Promise.all(customers.map((id, index) => servers[index % servers.length].decide(id)));
    assert.equal(decisions.filter(({ contacts }) => contacts.length > 0).length, 5);
    assert.equal(made.length, 5);
    assert.deepEqual(Object.values(await stores[0].counters("live.issued.")), [5]);
  });
}
