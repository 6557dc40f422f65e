// A birthday is worth a present: when it became known and how often it changes is the server's to say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dice } from "../../js/dice.js";
import { birthdayOf, knownSince, monthDay } from "../../../js/server/offers/birthday.js";
import { BIRTHDAY, DAY, GIFT, NOW, policy, shop } from "./shop.js";

const YEAR = 365 * DAY;

test("the first birthday is taken, with what the shop knew before, and never from the future", () => {
  assert.deepEqual(birthdayOf({}, { birthday: "1990-11-22" }, NOW), { birthday: "--11-22", birthdaySince: NOW, kept: {} });
  assert.equal(birthdayOf({}, { birthday: "--11-22", birthdaySince: "2025-01-01T00:00:00Z" }, NOW).birthdaySince, Date.parse("2025-01-01T00:00:00Z"));
  assert.equal(birthdayOf({}, { birthday: "--11-22", birthdaySince: NOW + 1 }, NOW).birthdaySince, NOW);
  const known = { customer: { birthday: "--11-22", birthdaySince: NOW } };
  assert.equal(birthdayOf(known, { birthday: "2001-11-22", birthdaySince: 100_000_000_000 }, NOW + DAY).birthdaySince, NOW);
  assert.equal(birthdayOf(known, {}, NOW + DAY).birthday, "--11-22");
  for (const none of ["", null, "0000-00-00 ", "soon"]) assert.equal(monthDay(none) === "--00-00" ? null : monthDay(none), null);
});

test("a change is taken once in 365 days; before, the old birthday is kept with a problem", () => {
  const known = { customer: { birthday: "--11-22", birthdaySince: NOW } };
  const changed = birthdayOf(known, { birthday: "--10-01", birthdaySince: "2020-01-01T00:00:00Z" }, NOW + DAY);
  assert.deepEqual(changed, { birthday: "--10-01", birthdaySince: NOW + DAY, kept: { changed: NOW + DAY } });
  const after = { customer: { birthday: changed.birthday, birthdaySince: changed.birthdaySince }, birthday: changed.kept };
  const refused = birthdayOf(after, { birthday: "--11-22" }, NOW + 300 * DAY);
  assert.deepEqual([refused.birthday, refused.birthdaySince, refused.problem?.code, refused.problem?.until], ["--10-01", NOW + DAY, "birthday-kept-until", NOW + DAY + YEAR]);
  assert.deepEqual(birthdayOf(after, { birthday: "--11-22" }, NOW + DAY + YEAR).kept, { changed: NOW + DAY + YEAR });
});

test("taking a birthday away is always possible, and is no way around it", () => {
  let facts = /** @type {any} */ ({ customer: { birthday: "--11-22", birthdaySince: NOW } });
  const tell = (/** @type {any} */ birthday, /** @type {number} */ now) => {
    const { problem, kept, ...customer } = birthdayOf(facts, { birthday }, now);
    facts = { customer, birthday: kept };
    return problem?.code;
  };
  assert.equal(tell(null, NOW + DAY), undefined);
  assert.equal(tell("--10-01", NOW + 2 * DAY), undefined);
  assert.equal(facts.customer.birthdaySince, NOW + 2 * DAY);
  assert.equal(tell("--12-01", NOW + 3 * DAY), "birthday-kept-until");
  assert.equal(tell(null, NOW + 4 * DAY), undefined);
  assert.equal(facts.customer.birthday, null);
  assert.equal(tell("--12-01", NOW + 5 * DAY), "birthday-kept-until");
  assert.equal(tell("--12-01", NOW + DAY + YEAR), undefined);
});

test("over the server: a change within the year is answered with a warning, and the old birthday holds", async () => {
  const { server, store, clock } = await shop(policy({ gift: GIFT }, [BIRTHDAY]), { ownCodes: true }, {});
  const tell = (/** @type {any} */ birthday) => server.facts({ customer: { id: "ana", birthday, consent: { email: true }, since: "2020-01-01T00:00:00Z" } });
  assert.deepEqual((await tell("1990-11-22")).problems, undefined);
  // Told today, it is worth nothing yet.
  assert.deepEqual(await server.entitled("ana"), []);
  assert.deepEqual((await tell("--12-24")).problems, undefined);
  const [problem] = (await tell("--11-22")).problems ?? [];
  assert.deepEqual([problem.code, problem.path, problem.until], ["birthday-kept-until", "customer.birthday", NOW + YEAR]);
  assert.match(problem.message, /once in 365 days/);
  const { partOf } = await import("../../../js/ledger/part.js");
  assert.equal((await store.facts?.(partOf({ id: "ana" }))).customer.birthday, "--12-24");
  clock.now = Date.parse("2026-12-24T10:00:00Z");
  assert.equal((await server.decide("ana")).contacts.length, 1);
});

/**
 * A life of a customer who does all they can: the birthdays that they get presents for.
 * @param {(below: number) => number} pick
 * @param {boolean} [isNaive] a server that believes what it is told
 */
function life(pick, isNaive = false) {
  let facts = /** @type {any} */ ({ customer: {} });
  /** @type {any[]} */
  const grants = [];
  const lead = pick(8) * DAY;
  const grace = pick(15) * DAY;
  let now = Date.UTC(2024, 0, 1) + pick(2 * 365) * DAY;
  for (let turn = 0; turn < 12; turn++) {
    now += pick(3) ? pick(40) * DAY : pick(500) * DAY;
    // They know when the next present could be had, and move their birthday there.
    const date = new Date(now + pick(60) * DAY).toISOString().slice(5, 10);
    const told = pick(6) === 0 ? null : pick(8) === 0 ? grants.at(-1)?.birthday ?? `--${date}` : `--${date}`;
    const { problem, kept, ...customer } = birthdayOf(facts, { birthday: told, ...(pick(3) === 0 && { birthdaySince: now - pick(900) * DAY }) }, now);
    facts = isNaive ? { customer: { birthday: told, birthdaySince: 0 } } : { customer, birthday: kept };
    // The engine: known for 30 days, within the days around it, once for each year, 300 days after the last.
    const end = now + pick(200) * DAY;
    for (; now < end; now += DAY) {
      const { birthday } = facts.customer;
      if (birthday == null) continue;
      const since = /** @type {number} */ (isNaive ? 0 : knownSince(facts, grants));
      const years = [-1, 0, 1].map((by) => new Date(now).getUTCFullYear() + by);
      const year = years.find((one) => now >= Date.parse(`${one}-${birthday.slice(2)}`) - lead && now <= Date.parse(`${one}-${birthday.slice(2)}`) + grace);
      if (year === undefined || Number.isNaN(Date.parse(`${year}-${birthday.slice(2)}`))) continue;
      if (now - since < 30 * DAY || grants.some((grant) => grant.key === `${year}` || now - grant.at < 300 * DAY)) continue;
      grants.push({ key: `${year}`, at: now, birthday, due: Date.parse(`${year}-${birthday.slice(2)}`) });
    }
  }
  return grants;
}

/** Whether two presents are too near: less than 365 days apart, and not the same birthday a year later. @param {any[]} grants */
const tooNear = (grants) => grants.some((one, index) => index > 0 && one.at - grants[index - 1].at < YEAR && (one.birthday !== grants[index - 1].birthday || one.due - grants[index - 1].due < YEAR));

test("whoever moves their birthday as they like has one present in 365 days", (t) => {
  const lives = process.env.PROVE ? 1_000_000 : 800;
  const { below } = dice(14);
  let presents = 0;
  for (let index = 0; index < lives; index++) {
    const grants = life(below);
    presents += grants.length;
    assert.equal(tooNear(grants), false, JSON.stringify(grants));
  }
  assert.ok(presents > lives / 2, `${presents}`);
  const { below: other } = dice(14);
  let broken = 0;
  for (let index = 0; index < 500; index++) if (tooNear(life(other, true))) broken++;
  assert.ok(broken > 50, `${broken}`);
  t.diagnostic(`${lives} lives, ${presents} presents, too near 0; of 500 lives under the naive rule ${broken}`);
});

test("the same end to end: facts, decisions, claims and grants over three years", async (t) => {
  const { below: pick } = dice(20);
  const rounds = process.env.PROVE ? 600 : 25;
  let presents = 0;
  for (let round = 0; round < rounds; round++) {
    const campaign = { ...BIRTHDAY, lead: `${pick(6)}d`, grace: `${pick(10)}d`, channel: round % 2 ? "onsite" : "email", ...(round % 2 && { placement: "home" }) };
    const { server, store, clock } = await shop(policy({ gift: GIFT }, [campaign]), { ownCodes: true }, {});
    const given = /** @type {any[]} */ ([]);
    clock.now = Date.UTC(2025, pick(12), 1 + pick(28), 12);
    const { partOf } = await import("../../../js/ledger/part.js");
    for (let turn = 0; turn < 30; turn++) {
      clock.now += (2 + pick(60)) * DAY;
      if (pick(2)) {
        const birthday = pick(7) === 0 ? null : `--${new Date(clock.now + (pick(4) ? 30 + pick(5) : pick(365)) * DAY).toISOString().slice(5, 10)}`;
        await server.facts({ customer: { id: "ana", birthday, birthdaySince: "2020-01-01T00:00:00Z", since: "2020-01-01T00:00:00Z", consent: { email: true, onsite: true } } });
        if (turn > 0 && pick(2)) clock.now += 30 * DAY + pick(5) * DAY;
      }
      if (pick(2)) {
        const { contacts } = await server.decide("ana", { channels: ["email", "onsite"] });
        for (const { id } of contacts) if (pick(4)) await server.arm("ana", id);
      } else for (const { campaign, occurrence } of await server.entitled("ana")) await server.claim("ana", { campaign, occurrence }).catch(() => {});
      const grants = await store.transact((records, wishes, guests, seen, kept) => ({ put: [], result: kept.grants }), partOf({ id: "ana" }));
      for (const { key, at, birthday, occurrence } of grants) if (!given.some((one) => one.key === key)) given.push({ key, at, birthday, due: Date.parse(`${occurrence}-${birthday?.slice(2)}`) });
    }
    presents += given.length;
    assert.equal(tooNear(given), false, JSON.stringify(given));
    await server.close();
  }
  assert.ok(presents >= rounds / 2, `${presents}`);
  t.diagnostic(`${rounds} lives end to end, ${presents} presents, too near 0`);
});
