import assert from "node:assert/strict";
import { test } from "node:test";
import { zonesOf } from "./index.js";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;

/** The minutes a table gives at an instant. */
const at = (/** @type {any} */ table, /** @type {number} */ instant) =>
  table.findLast((/** @type {number[]} */ [from]) => from <= instant)[1];

test("the customer's zone and the shop's, nothing else", () => {
  assert.deepEqual(Object.keys(zonesOf(NOW, "Atlantic/Canary", "Europe/Madrid", "US") ?? {}), [
    "Atlantic/Canary",
    "Europe/Madrid",
  ]);
});

test("changes are exact to the millisecond", () => {
  const table = zonesOf(NOW, "Europe/Madrid")?.["Europe/Madrid"] ?? [];
  const change = Date.parse("2026-10-25T01:00:00Z");
  assert.ok(table.some(([from, minutes]) => from === change && minutes === 60));
  assert.ok(table.some(([from, minutes]) => from === Date.parse("2027-03-28T01:00:00Z") && minutes === 120));
  assert.equal(at(table, change - 1), 120);
});

test("a table begins before the last 400 days, ends after the next 800, and ascends", () => {
  for (let now = NOW; now < NOW + 900 * DAY; now += 97 * DAY) {
    const table = zonesOf(now, "Europe/Madrid")?.["Europe/Madrid"] ?? [];
    assert.ok(table[0][0] <= now - 400 * DAY);
    assert.ok((table.at(-1)?.[0] ?? 0) > now + 600 * DAY);
    assert.ok(table.every(([from], index) => index === 0 || from > table[index - 1][0]));
  }
});

test("every table of 2020 to 2037 agrees with the clock on the wall, around its changes and between them", () => {
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
  const [begin, end] = [Date.UTC(2020, 0), Date.UTC(2038, 0)];
  for (const zone of [...Intl.supportedValuesOf("timeZone"), "UTC"]) {
    const wall = new Intl.DateTimeFormat("en", /** @type {any} */ ({ timeZone: zone, hourCycle: "h23", ...parts }));
    const truth = (/** @type {number} */ instant) => {
      const [month, day, year, hour, minute] = (wall.format(instant).match(/\d+/g) ?? []).map(Number);
      return (Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / 60_000) * 60_000) / 60_000;
    };
    for (let now = begin + 400 * DAY; now - 400 * DAY < end; now += 1200 * DAY) {
      const table = zonesOf(now, zone)?.[zone] ?? [];
      const instants = table.slice(1).flatMap(([from]) => [from - 3_600_000, from - 1, from, from + 3_600_000]);
      for (let instant = now - 400 * DAY; instant < now + 800 * DAY; instant += 3.3 * DAY) instants.push(instant);
      for (const instant of instants) {
        if (at(table, instant) !== truth(instant)) assert.fail(`${zone} ${new Date(instant).toISOString()}`);
      }
    }
  }
});

test("a zone Intl does not know is as good as none: the country's stand in for it", () => {
  for (const zone of [undefined, null, "Mars/Olympus", "", "__proto__"]) {
    const names = Object.keys(zonesOf(NOW, zone, "Europe/Madrid", "ES") ?? {});
    assert.deepEqual(names.sort(), ["Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid"]);
  }
});

test("without a country, or with one that is none, the shop's zone remains", () => {
  for (const country of [undefined, null, "", "Spain", "ZZ"]) {
    assert.deepEqual(Object.keys(zonesOf(NOW, undefined, "Europe/Madrid", country) ?? {}), ["Europe/Madrid"]);
  }
  assert.deepEqual(zonesOf(NOW), {});
});

test("an instant may be text; what is no instant gets no tables", () => {
  assert.equal(zonesOf("2026-11-22T11:00:00+01:00", "UTC"), zonesOf(NOW, "UTC"));
  for (const now of [NaN, Infinity, -1, 253_402_300_800_000, "soon", null, undefined, {}, 5n]) {
    assert.equal(zonesOf(now, "UTC"), undefined);
  }
});

test("the same question gets the same object, however its answer is used", () => {
  assert.equal(zonesOf(NOW, "Europe/Madrid", "UTC", "ES"), zonesOf(NOW + DAY, "Europe/Madrid", "UTC", "ES"));
  assert.notEqual(zonesOf(NOW, "Europe/Madrid"), zonesOf(NOW + 401 * DAY, "Europe/Madrid"));
});

test("the ends of time have tables too", () => {
  assert.deepEqual(zonesOf(0, "UTC"), { UTC: [[0, 0]] });
  assert.ok((zonesOf(253_402_300_799_999, "UTC")?.UTC[0][0] ?? Infinity) < 253_402_300_799_999);
});
