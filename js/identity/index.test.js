import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import * as querencia from "querencia";
import { load } from "querencia";
import { unite } from "querencia/identity";
import { checkUnion } from "../../tests/identity.js";

const file = JSON.parse(await readFile(new URL("../../tests/identity.json", import.meta.url), "utf8"));

describe("identity.json", () => {
  for (const given of file.cases) test(given.name, () => checkUnion(file, given, unite, querencia));
});

test("a union that is one of the two, or that keeps everything twice, breaks the vectors", async () => {
  const list = (/** @type {any} */ one, /** @type {any} */ other) => (one || other) && [...(one ?? []), ...(other ?? [])];
  const wrong = {
    first: (/** @type {any} */ one) => one,
    second: (/** @type {any} */ _, /** @type {any} */ other) => other,
    "nothing is merged": (/** @type {any} */ one, /** @type {any} */ other) => ({
      customer: { ...one.customer, ...other.customer, orders: list(one.customer?.orders, other.customer?.orders) },
      ledger: list(one.ledger, other.ledger),
    }),
  };
  for (const [what, union] of Object.entries(wrong)) {
    for (const given of file.cases) {
      await assert.rejects(checkUnion(file, given, union, querencia), `${given.name} holds where ${what}`);
    }
  }
});

/** A small generator with a seed, so that a failure can be seen again. */
function dice(/** @type {number} */ seed) {
  return (/** @type {number} */ sides) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };
}

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-22T10:00:00Z");

/** @param {(sides: number) => number} roll */
function identity(roll) {
  const maybe = (/** @type {() => any} */ make) => (roll(2) ? make() : undefined);
  const at = () => (roll(2) ? NOW - roll(20) * DAY : new Date(NOW - roll(20) * DAY).toISOString());
  const list = (/** @type {() => any} */ make) => Array.from({ length: roll(3) }, make);
  const pick = (/** @type {any[]} */ ...from) => from[roll(from.length)];
  const record = () => ({
    id: `r${roll(4)}`, campaign: pick("news", "thanks"), class: "promotional", channel: "onsite", at: at(),
    state: pick("reserved", "released", "armed", "delivered"), variant: maybe(() => roll(2)),
  });
  return JSON.parse(JSON.stringify({
    customer: {
      id: maybe(() => pick("ana", "guest-7")), givenName: maybe(() => pick("Ana", "Ana María")), since: maybe(at),
      birthday: maybe(() => pick("--02-29", "--11-22")), birthdaySince: maybe(at),
      orders: maybe(() => list(() => ({ id: maybe(() => `o${roll(3)}`), at: at(), deliveredAt: maybe(at), total: roll(3) * 500,
        items: maybe(() => list(() => ({ sku: pick("jug", "oil") }))), incidents: maybe(() => list(() => ({ kind: "late", at: at(), resolvedAt: maybe(at) }))) }))),
      conversations: maybe(() => list(() => ({ id: `c${roll(2)}`, kind: pick("question", "complaint"), at: at(), solvedAt: maybe(at) }))),
      ratings: maybe(() => list(() => ({ score: roll(11), at: at() }))),
      consent: maybe(() => ({ email: pick(true, false), push: maybe(() => true) })),
      wishes: maybe(() => ({ spam: maybe(() => ["sms"]), unsubscribed: maybe(() => ["email"]), avoid: list(() => pick("push", "sms")),
        lessOften: maybe(() => pick("7d", "1w", "30d")), topics: maybe(() => list(() => pick("tea", "news"))) })),
      affinity: maybe(() => ({ tea: roll(100) })), cart: maybe(() => ({ at: at(), count: roll(3) })),
      attributes: maybe(() => ({ club: pick("gold", null, 3) })), codes: maybe(() => ({ ten: pick("A", "B") })),
    },
    ledger: maybe(() => list(record)),
  }));
}

test("neither order nor repetition of uniting matters, and an engine counts nothing twice", async () => {
  const engine = await load({
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["es"] },
    limits: [{ id: "week", max: 3, per: "7d" }],
    campaigns: [{ id: "news", kind: "announcement", channel: "onsite", placement: "top", message: "m", repeat: "1d" }],
    messages: { m: { es: [{ body: "Hola" }, { body: "Buenas" }] } },
  });
  const roll = dice(11);
  for (let round = 0; round < 3000; round++) {
    const [a, b, c] = [identity(roll), identity(roll), identity(roll)];
    const ab = unite(a, b);
    assert.deepEqual(ab, unite(b, a));
    assert.deepEqual(unite(ab, b), ab);
    assert.deepEqual(unite(ab, c), unite(a, unite(b, c)));
    if (round % 30) continue;
    const decide = (/** @type {any} */ { customer, ledger }) => engine.decide({ now: NOW, customer, ledger });
    assert.deepEqual(decide(unite(ab, ab)), decide(ab));
    // What the ledger of both counts is what the engine counts of all their records.
    assert.deepEqual(decide(ab), decide({ ...ab, ledger: a.ledger || b.ledger ? [...(a.ledger ?? []), ...(b.ledger ?? [])] : undefined }));
  }
});

test("a guest's order and the customer's are one; refusals and wishes of both hold", () => {
  const { customer } = unite(
    { customer: { id: "ana", orders: [{ id: "o1", at: 1 }], consent: { email: true }, wishes: { spam: ["sms"], topics: ["tea", "news"] } } },
    { customer: { orders: [{ id: "o1", deliveredAt: 9 }], consent: { email: false }, wishes: { lessOften: "7d", topics: ["tea"] } } },
  );
  assert.deepEqual(customer, {
    id: "ana",
    orders: [{ id: "o1", at: 1, deliveredAt: 9 }],
    consent: { email: false },
    wishes: { spam: ["sms"], topics: ["tea"], lessOften: "7d" },
  });
});

test("of two birthdays one stays, known since the later date: a change grants nothing", () => {
  const { customer } = unite(
    { customer: { birthday: "--02-29", birthdaySince: 5, since: 9 } },
    { customer: { birthday: "--11-22", birthdaySince: "1970-01-01T00:00:01Z", since: 3 } },
  );
  assert.deepEqual(customer, { birthday: "--11-22", birthdaySince: 1000, since: 3 });
});
