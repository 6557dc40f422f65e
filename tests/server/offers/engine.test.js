// What the server reckons itself agrees with the engine: kinds, calendar units, the ends of codes.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "../../../js/load/index.js";
import { GAPS, ONCE_ACROSS_CAMPAIGNS } from "../../../js/server/offers/kinds.js";
import { ownCode, readCode } from "../../../js/server/offers/own.js";
import { expiryOf, lengthOf, unitOf } from "../../../js/server/offers/units.js";
import { BIRTHDAY, DAY, GIFT, policy } from "./shop.js";

const HOUR = 3_600_000;

test("the kinds that speak once across campaigns, and their gaps, are the engine's", () => {
  const folder = new URL("../../../src/policy/kinds/", import.meta.url);
  const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
  const rows = sources.flatMap((source) => /const KIND: Kind = Kind \{[^]*?\n\};/.exec(source) ?? []);
  assert.ok(rows.length > 15);
  const named = (/** @type {string} */ row) => /name: "(\w+)"/.exec(row)?.[1] ?? "";
  assert.deepEqual(rows.filter((row) => row.includes("once_across_campaigns: true")).map(named).sort(), [...ONCE_ACROSS_CAMPAIGNS].sort());
  const gaps = rows.flatMap((row) => (/\bgap: (\d+) \* DAY/.exec(row) ? [[named(row), Number(/\bgap: (\d+) \* DAY/.exec(row)?.[1]) * DAY]] : []));
  assert.deepEqual(Object.fromEntries(gaps), Object.fromEntries(GAPS));
  assert.equal(rows.filter((row) => /\bgap:/.test(row)).length, GAPS.size);
});

// Where clocks go back across midnight, where a day is missing, where offsets are odd.
const ZONES = ["Europe/Madrid", "America/Havana", "America/Santiago", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo", "UTC"];
const PER = /** @type {const} */ (["day", "week", "month", "year"]);

test("a unit of a budget ends when the engine says that the next begins, in all zones, over changes of the clock and of the year", async () => {
  for (const zone of ZONES) {
    for (const per of PER) {
      const shop = policy({ gift: { percent: 10, code: "A", budget: { max: 1, per } } }, [{ id: "news", kind: "announcement", offer: "gift" }]);
      const engine = await load({ ...shop, shop: { ...shop.shop, zone } });
      const starts = ["2026-12-31T18:00:00Z", "2026-10-24T12:00:00Z", "2026-10-31T20:00:00Z", "2027-03-13T12:00:00Z", "2027-03-27T12:00:00Z", "2027-04-03T12:00:00Z", "2011-12-29T00:00:00Z", "2018-02-17T12:00:00Z"];
      for (const start of starts) {
        for (let now = Date.parse(start); now < Date.parse(start) + 36 * HOUR; now += 4 * HOUR + 1) {
          const request = { now, zone, customer: { id: "ana", consent: { email: true } }, ledger: [], shop: { issued: { gift: 1 } } };
          const refused = engine.decide(/** @type {any} */ (request)).refused.find(({ code }) => code === "spent");
          const end = /** @type {number} */ (refused?.retryAt);
          assert.ok(end > now, `${zone} ${per} ${new Date(now).toISOString()}`);
          assert.equal(unitOf(end - 1, per, zone), unitOf(now, per, zone), `${zone} ${per} ${new Date(now).toISOString()} ends ${new Date(end).toISOString()}`);
          assert.notEqual(unitOf(end, per, zone), unitOf(now, per, zone), `${zone} ${per} ${new Date(now).toISOString()} ends ${new Date(end).toISOString()}`);
        }
      }
      engine.free();
    }
  }
});

test("a claimed code ends when the engine would ask for it to end", async () => {
  const ends = [{ validFor: "14d" }, { until: "2026-11-30" }, { validFor: "90m", until: "2026-11-23T09:30:00Z" }, { validFor: "52w", until: "2027-03-27" }, { validFor: "1s" }, { until: "2026-11-22" }];
  for (const zone of ZONES) {
    for (const end of ends) {
      const { validFor: _, ...rest } = GIFT;
      const offer = { ...rest, ...end };
      const shop = policy({ gift: offer }, [BIRTHDAY]);
      const engine = await load({ ...shop, shop: { ...shop.shop, zone } });
      const now = Date.parse("2026-11-22T15:00:00.123Z");
      const customer = { id: "ana", birthday: "--11-22", since: "2025-01-01T00:00:00Z", consent: { email: true } };
      const decision = engine.decide(/** @type {any} */ ({ now, zone, customer, ledger: [] }));
      const asked = decision.refused.flatMap(({ detail }) => /** @type {any} */ (detail)?.issue ?? []);
      if (asked.length > 0) assert.equal(expiryOf(offer, now, zone), asked[0].expiresAt, `${zone} ${JSON.stringify(end)}`);
      else assert.ok(["not-live", "offer-not-live", "none", "quiet-hours"].includes(decision.refused[0].code), JSON.stringify(decision.refused));
      engine.free();
    }
  }
  assert.equal(lengthOf("2w"), 14 * DAY);
  assert.equal(lengthOf("never"), undefined);
});

test("a code of the server's own has 80 bits, and is read however it was typed", () => {
  const codes = new Set(Array.from({ length: 20_000 }, ownCode));
  assert.equal(codes.size, 20_000);
  const letters = [...codes].join("").replaceAll("-", "");
  assert.equal(new Set(letters).size, 32);
  const counts = Object.values(Object.groupBy ? Object.groupBy([...letters], (letter) => letter) : {}).map((list) => list?.length ?? 0);
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 600);
  const [code] = codes;
  for (const typed of [code, code.toLowerCase(), code.replaceAll("-", ""), ` ${code.replaceAll("-", " ")} `, code.replaceAll("-", "–"), code.replaceAll("0", "o").replaceAll("1", "l")]) {
    assert.equal(readCode(typed), code);
  }
  assert.equal(readCode(" VELAS10 "), "VELAS10");
});
