// Many ask for one customer's present at once, in several processes' place: exactly one code, used by exactly one order.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { memory } from "../../../js/server/store/memory.js";
import { open } from "../../../js/server/open.js";
import { postgres } from "../../../js/server/store/postgres/index.js";
import { startPostgres } from "../postgres.js";
import { ANA, BIRTHDAY, GIFT, policy, told } from "./shop.js";

const CLIENTS = 32;
const ROUNDS = Number(process.env.ROUNDS ?? (process.env.PROVE ? 300 : 6));

// A day of the year that is today in Madrid, for the database's own clock.
const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Madrid", month: "2-digit", day: "2-digit", year: "numeric" }).format();
const CUSTOMER = { ...ANA, birthday: `--${today.slice(5)}`, orders: [{ id: "o-1", at: Date.now() - 200 * 86_400_000, total: 4000, paid: true }] };
const SHOP = policy({ gift: GIFT, back: GIFT }, [
  { ...BIRTHDAY, lead: "2d", grace: "2d" },
  { ...BIRTHDAY, id: "birthday-push", channel: "push", offer: "back", lead: "2d", grace: "2d" },
]);
const occurrences = [Number(today.slice(0, 4)) - 1, Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1].map(String);

/** A platform that makes another code at each call, and is slow. */
function forgetful() {
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

/**
 * @param {string} name
 * @param {() => Promise<import("../../../js/server/store.d.ts").ServerStore>} makeStore
 * @param {number} rounds
 */
function race(name, makeStore, rounds) {
  test(`${name}: ${CLIENTS} decisions and claims at once make one code, ${CLIENTS} orders at once use it once`, { timeout: 3_600_000 }, async () => {
    const store = await makeStore();
    for (const own of [false, true]) {
      const { made, issue } = forgetful();
      const options = own ? { ownCodes: true } : { issue, issueOnce: true };
      const servers = await Promise.all(Array.from({ length: 4 }, () => open({ policy: SHOP, store, ...options })));
      for (let round = 0; round < Math.ceil(rounds / 2); round++) {
        const before = made.length;
        const id = `${name}-${own}-${round}`;
        await told(store, id, CUSTOMER);
        const [present] = await servers[0].entitled(id);
        assert.ok(present && occurrences.includes(present.occurrence));
        const codes = new Set();
        const ask = async (/** @type {number} */ index) => {
          const server = servers[index % 4];
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
        const uses = await Promise.all(
          Array.from({ length: CLIENTS }, (_, index) => servers[index % 4].redeem(String(code), `${id}-order-${index}`).then(() => 1, (error) => (error.code === "already-redeemed" ? 0 : Promise.reject(error)))),
        );
        assert.equal(uses.reduce((sum, one) => sum + one, 0), 1);
      }
    }
  });
}

race("memory", async () => memory(), ROUNDS);

const server = await startPostgres();
after(() => server.stop());
race("postgres", async () => postgres(server.pool({ max: 8, database: await server.database() })), process.env.PROVE || process.env.ROUNDS ? ROUNDS : 2);

test("postgres: a budget holds over servers and customers at once", { timeout: 3_600_000 }, async () => {
  const store = postgres(server.pool({ max: 8, database: await server.database() }));
  const shop = policy({ gift: { ...GIFT, budget: { max: 5, per: "year" } } }, [{ ...BIRTHDAY, lead: "2d", grace: "2d" }]);
  const { made, issue } = forgetful();
  const servers = await Promise.all(Array.from({ length: 4 }, () => open({ policy: shop, store, issue, issueOnce: true })));
  const customers = Array.from({ length: process.env.PROVE ? 320 : 24 }, (_, index) => `b-${index}`);
  for (const id of customers) await told(store, id, CUSTOMER);
  const decisions = await Promise.all(customers.map((id, index) => servers[index % 4].decide(id)));
  assert.equal(decisions.filter(({ contacts }) => contacts.length > 0).length, 5);
  assert.equal(made.length, 5);
  assert.deepEqual(Object.values(await store.counters("live.issued.")), [5]);
});

test("a server that looks and then asks the platform makes several", async () => {
  // What a shop writes by itself: is there a code? If not, ask for one, and keep it.
  /** @type {Map<string, string>} */
  const kept = new Map();
  const { made, issue } = forgetful();
  const naive = async (/** @type {string} */ customer) => {
    const known = kept.get(customer);
    if (known) return known;
    const { code } = await issue();
    kept.set(customer, code);
    return code;
  };
  await Promise.all(Array.from({ length: CLIENTS }, () => naive("ana")));
  assert.ok(made.length > 1);
});
