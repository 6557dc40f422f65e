import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import * as querencia from "querencia";
import { load } from "querencia";
import { unite } from "querencia/identity";
import { checkUnion, identityCases } from "../../tests/identity.js";

const cases = identityCases(JSON.parse(await readFile(new URL("../../tests/identity.json", import.meta.url), "utf8")));

describe("identity.json", () => {
  for (const given of cases) test(given.name, () => checkUnion(given, unite, querencia));
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
    for (const given of cases) {
      await assert.rejects(checkUnion(given, union, querencia), `${given.name} holds where ${what}`);
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
      id: maybe(() => pick("ana", "guest-7")), givenName: maybe(() => pick("Ana", "Ana María", "")), since: maybe(at),
      birthday: maybe(() => pick("--02-29", "--11-22")), birthdaySince: maybe(at),
      orders: maybe(() => list(() => ({ id: maybe(() => `o${roll(3)}`), number: maybe(() => pick("o1", "17")), at: at(), deliveredAt: maybe(at),
        updatedAt: maybe(at), paid: maybe(() => pick(true, false)), refunded: maybe(() => roll(2) * 500), total: roll(3) * 500,
        items: maybe(() => list(() => ({ sku: pick("jug", "oil"), quantity: maybe(() => pick(1.5, 2)) }))), incidents: maybe(() => list(() => ({ kind: "late", at: at(), resolvedAt: maybe(at) }))) }))),
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

/** A customer whose every list may have several copies of one thing. @param {(sides: number) => number} roll */
function customerWithCopies(roll) {
  const maybe = (/** @type {() => any} */ make) => (roll(2) ? make() : undefined);
  const at = () => (roll(2) ? NOW - (roll(24) - 2) * DAY : new Date(NOW - (roll(24) - 2) * DAY).toISOString());
  const list = (/** @type {() => any} */ make) => maybe(() => Array.from({ length: roll(4) }, make));
  const pick = (/** @type {any[]} */ ...from) => from[roll(from.length)];
  // Texts that other orders than that of code points would order otherwise.
  const name = () => pick("a", "a!", "A", "ñ", "\u{1F600}", "\uFF5E");
  const number = () => maybe(() => `o${roll(3)}`);
  const item = () => ({ sku: maybe(name), family: maybe(name), quantity: maybe(() => 1 + roll(2)), price: maybe(() => roll(3) * 500),
    deliveredAt: maybe(at), returnedAt: roll(4) ? undefined : at() });
  const channels = () => list(() => pick("onsite", "email"));
  return JSON.parse(JSON.stringify({
    id: maybe(() => "ana"), since: maybe(at), birthday: maybe(() => pick("--02-29", "--11-22")), birthdaySince: maybe(at),
    orders: list(() => ({ id: number(), at: maybe(at), promisedBy: maybe(at), shippedAt: maybe(at), deliveredAt: maybe(at),
      cancelledAt: roll(6) ? undefined : at(), returnedAt: roll(6) ? undefined : at(), refundedAt: roll(6) ? undefined : at(),
      total: maybe(() => roll(4) * 500), margin: maybe(() => roll(3) * 100 - 100), items: list(item),
      incidents: list(() => ({ kind: pick("late", "stock", "not-as-described"), at: maybe(at), resolvedAt: maybe(at) })) })),
    conversations: list(() => ({ id: maybe(() => `c${roll(2)}`), kind: pick("question", "complaint", undefined), at: maybe(at), answeredAt: maybe(at),
      solvedAt: maybe(at), reopenedAt: maybe(at), callbackAt: maybe(at), autoReplyAt: maybe(at), orderId: number(), family: maybe(name) })),
    mentions: list(() => ({ id: maybe(() => `m${roll(2)}`), at: maybe(at), engagedAt: maybe(at) })),
    ratings: list(() => ({ score: roll(11), at: maybe(at), orderId: number(), sku: maybe(name) })),
    consent: maybe(() => ({ email: maybe(() => pick(true, false)), onsite: roll(6) ? undefined : pick(true, false) })),
    wishes: roll(3) ? undefined : { spam: roll(6) ? undefined : channels(), unsubscribed: roll(6) ? undefined : channels(), avoid: roll(6) ? undefined : channels(),
      lessOften: maybe(() => pick("7d", "1w", "30d")), topics: maybe(() => list(() => pick("tea", "news"))),
      quiet: maybe(() => list(() => ({ from: pick("08:00", "10:00"), to: pick("11:00", "12:00") }))) },
  }));
}

test("an engine decides about all copies as about the customer they unite to", async () => {
  const kinds = ["thankYou", "apology", "survey", "review", "content", "howTo", "community", "nextOffer", "preferenceQuestion", "announcement"];
  const rare = ["replenishment", "winBack", "birthday", "referral"];
  const campaigns = [...kinds, ...rare].map((kind) => ({ id: kind, kind, channel: "onsite", placement: kind, message: "m" }));
  const engine = await load(/** @type {any} */ ({
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["es"] },
    arbitration: { contacts: 50 },
    care: { replyWithin: "24h", coolDown: "3d", lowScore: 6, neglectAfter: "5d" },
    calm: { until: "3d", largeOrder: { percent: 200, for: "7d" } },
    campaigns: [
      ...campaigns,
      { id: "spend", kind: "milestone", spend: 1500, channel: "onsite", placement: "spend", message: "m" },
      { id: "tea", kind: "announcement", class: "relational", topic: "tea", channel: "email", message: "m" },
      { id: "open", kind: "announcement", class: "relational", channel: "onsite", placement: "open", message: "m",
        audience: { "orders.value": { $lt: 1500 }, "orders.margin": { $ne: 100 }, "cases.open": { $lt: 2 }, "ratings.average": { $exists: true } } },
    ],
    messages: { m: { es: [{ body: "Hola" }] } },
  }));
  const zones = { "Europe/Madrid": [["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] };
  const decide = (/** @type {any} */ customer) => engine.decide({ now: NOW, zone: "Europe/Madrid", zones, customer, ledger: [] });
  const both = (/** @type {any} */ a, /** @type {any} */ b) => (a || b ? [...(a ?? []), ...(b ?? [])] : undefined);
  const roll = dice(5);
  const spoken = new Set();
  for (let round = 0; round < 3000; round++) {
    const [a, b] = [customerWithCopies(roll), customerWithCopies(roll)];
    const { customer } = /** @type {any} */ (unite({ customer: a }, { customer: b }));
    const lists = Object.fromEntries(["orders", "conversations", "mentions", "ratings"].map((name) => [name, both(a[name], b[name])]));
    const wishes = Object.fromEntries(["spam", "unsubscribed", "avoid", "quiet"].map((name) => [name, both(a.wishes?.[name], b.wishes?.[name])]));
    const together = { ...customer, ...lists, wishes: customer.wishes && { ...customer.wishes, ...wishes } };
    const decision = decide(customer);
    assert.deepEqual(decision, decide(together), `round ${round}: ${JSON.stringify([a, b])}`);
    for (const channel of ["email", "onsite"]) {
      const said = [a.consent?.[channel], b.consent?.[channel]];
      assert.equal(customer.consent?.[channel], said.includes(false) ? false : said.includes(true) ? true : undefined);
    }
    for (const list of Object.values(lists)) list?.reverse();
    assert.deepEqual(decide({ ...together, ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, both(list, list)])) }), decision);
    decision.contacts.forEach((contact) => spoken.add(contact.campaign));
    decision.tasks.forEach((task) => spoken.add(task.kind));
  }
  for (const seen of [...kinds, "spend", "tea", "open", "reply", "callback", "engage", "neglect"]) assert.ok(spoken.has(seen), `nothing of ${seen}`);
});

test("who complained to one has complained", () => {
  const at = { id: "c", at: 1 };
  const { customer } = unite({ customer: { conversations: [{ ...at, kind: "complaint" }] } }, { customer: { conversations: [{ ...at, kind: "question" }] } });
  assert.deepEqual(customer.conversations, [{ id: "c", at: 1, kind: "complaint" }]);
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
