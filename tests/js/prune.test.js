// A ledger without the records that no decision reads decides the same, over chance policies and ledgers.

import { load } from "querencia";
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepOf } from "../../js/ledger/keep.js";
import { prunable } from "../../js/ledger/prune.js";
import { dice } from "./dice.js";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;
const ROUNDS = Number(process.env.ROUNDS ?? 120);

/** A policy with what may look far back. @param {ReturnType<typeof dice>} dice @returns {any} */
function policyOf({ below, pick }) {
  const ids = ["news", "linen", "tea", "sale", "lost", "thanks", "ask"].slice(0, 3 + below(5));
  const kinds = { lost: "notFound", thanks: "thankYou", ask: "preferenceQuestion" };
  /** @type {Record<string, any>} */
  const messages = {};
  const campaigns = ids.map((id) => {
    const kind = kinds[/** @type {"lost"} */ (id)] ?? "announcement";
    messages[id] = { en: Array.from({ length: 1 + below(3) }, (_, index) => ({ body: `${id} ${index}` })), ...(below(5) === 0 && { es: [{ body: id }] }) };
    const own = { announcement: { class: pick(["promotional", "relational"]), repeat: pick(["never", "7d", "30d", "45d", undefined]) } };
    const audience = below(4) === 0 && { [`contacts.${pick(ids)}.${pick(["count", "daysSince"])}`]: { [pick(["$lt", "$gte"])]: 1 + below(60) } };
    return { id, kind, channel: "onsite", placement: id, message: id, ...own[/** @type {"announcement"} */ (kind)], ...(kind === "preferenceQuestion" && below(2) && { every: 2 + below(4) }), ...(audience && kind === "announcement" && { audience }) };
  });
  return {
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en", "es"] },
    limits: Array.from({ length: below(3) }, (_, index) => ({ id: `l${index}`, max: 1 + below(4), per: pick(["1d", "7d", "30d", "120d", "week", "month", "year"]), ...(below(2) && { class: pick(["promotional", "relational"]) }) })),
    calm: { ...(below(2) && { backOff: { ignored: 1 + below(4), for: pick(["30d", "90d"]) } }), ...(below(2) && { balance: { promotions: 1 + below(3), per: pick(["30d", "60d"]) } }) },
    campaigns,
    messages,
  };
}

/** @param {any} policy @param {ReturnType<typeof dice>} dice @param {number} count */
function ledgerOf({ campaigns }, { below, pick }, count) {
  const isOdd = below(4) === 0;
  /** @type {any[]} */
  const records = [];
  for (let index = 0; index < count; index++) {
    const { id, class: group, kind } = pick(/** @type {any[]} */ (campaigns));
    const at = NOW - below(900) * DAY - below(DAY);
    const own = records.filter(({ campaign }) => campaign === id);
    const before = own[below(own.length + 1)]?.at ?? 0;
    records.push({
      id: `r${index}`,
      campaign: below(30) ? id : "of another shop",
      class: group ?? (kind === "notFound" ? "service" : "relational"),
      channel: "onsite",
      at,
      state: pick(["delivered", "delivered", "delivered", "armed", "ghost", "reserved", "released", "failed"]),
      variant: below(3),
      occurrence: pick([String(before), kind === "thankYou" ? `o${below(5)}` : "0"]),
      ...(below(3) === 0 && { reaction: pick(["dismissed", "clicked"]) }),
      ...(isOdd && below(40) === 0 && { seenAt: at - DAY }),
      ...(below(40) === 0 && { leaseUntil: NOW + DAY }),
      ...(below(40) === 0 && { offer: "ten" }),
    });
  }
  return records;
}

test(`without what no decision reads, ${ROUNDS} policies decide the same at each of six instants`, async () => {
  let dropped = 0;
  let all = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const chance = dice(seed);
    const policy = policyOf(chance);
    const ledger = ledgerOf(policy, chance, 200 + chance.below(300));
    const drop = new Set(prunable(ledger, keepOf(policy), NOW));
    const rest = ledger.filter(({ id }) => !drop.has(id));
    dropped += drop.size;
    all += ledger.length;
    const engine = await load(policy);
    const wishes = chance.pick([undefined, { lessOften: "365d" }, { lessOften: "400d" }]);
    const customer = { id: "ana", locale: "en", wishes, orders: [{ id: "o1", at: NOW - 3 * DAY, total: 500 }] };
    for (const [after, event] of /** @type {[number, any][]} */ ([[0, undefined], [0, { name: "page_not_found" }], [1, undefined], [8, undefined], [40, { name: "page_not_found" }], [400, undefined]])) {
      const [whole, short] = [ledger, rest].map((ledger) => engine.decide({ now: NOW + after * DAY, event, customer, ledger, explain: true }));
      assert.deepEqual(short, whole, `seed ${seed}, ${after} days later`);
    }
    engine.free();
  }
  assert.ok(dropped > all / 20, `only ${dropped} of ${all} were dropped: this proves little`);
  console.log(`${dropped} of ${all} records dropped, ${ROUNDS * 6} decisions the same`);
});

test("what the policy still reads stays: what speaks once, occasions that come again, offers, counted facts, few records", () => {
  const base = { id: "news", kind: "announcement", channel: "onsite", placement: "top", message: "m", repeat: "7d" };
  /** @param {object} campaign @param {object} [record] @param {object} [more] @param {number} [few] */
  const dropped = (campaign, record = {}, more = {}, few = 1) => {
    const policy = { campaigns: [{ ...base, ...campaign }], messages: { m: { en: [{ body: "a" }] } }, ...more };
    const ledger = [1, 300, 400].map((days, index) => /** @type {any} */ ({ id: `${index}`, campaign: "news", class: "relational", channel: "onsite", at: NOW - days * DAY, state: "delivered", ...record }));
    return prunable(ledger, keepOf(policy), NOW, few);
  };
  assert.deepEqual(dropped({}), ["2", "1"]);
  assert.deepEqual(dropped({}, {}, {}, 200), [], "few");
  assert.deepEqual(dropped({ repeat: "never" }), []);
  assert.deepEqual(dropped({ repeat: undefined }), []);
  assert.deepEqual(dropped({ kind: "thankYou", repeat: undefined }), []);
  assert.deepEqual(dropped({}, { offer: "ten" }), []);
  assert.deepEqual(dropped({}, { digest: "0" }), []);
  assert.deepEqual(dropped({}, { leaseUntil: NOW }), ["2", "1"]);
  assert.deepEqual(dropped({}, { leaseUntil: NOW, state: "reserved" }), []);
  assert.deepEqual(dropped({}, {}, { segments: { heard: { "contacts.news.count": { $gte: 2 } } } }), []);
  assert.deepEqual(dropped({}, {}, { limits: [{ per: "160d" }] }), ["2"], "twice the longest window");
  assert.deepEqual(dropped({}, {}, { limits: [{ per: "year" }] }), []);
  assert.deepEqual(dropped({}, {}, { elsewhere: [{ id: "q", kind: "preferenceQuestion", every: 3 }] }), []);
  assert.deepEqual(dropped({}, { class: "promotional" }, { calm: { backOff: { ignored: 2, for: "30d" } } }), ["2"]);
  assert.deepEqual(prunable([], undefined, NOW, 0), []);
});
