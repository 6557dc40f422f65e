// Generated markets: what one shop would say to one customer in 60 days, how often it may, and on which days there is a chance.
// Windows end with the 60 days: otherwise a plan that waits would seem to lose.

import { dice } from "../js/dice.js";

export const DAYS = 60;
const DAY = 86_400_000;
/** Noon in Madrid. No clock changes in the 60 days after it. */
const START = Date.parse("2027-01-02T11:00:00Z");
const ZONES = { "Europe/Madrid": [["2026-10-25T01:00:00Z", 60]] };

/** The instant of a day. @param {number} day */
export const instant = (day) => START + day * DAY;
/** @param {number} day */
const dateOf = (day) => new Date(instant(day)).toISOString().slice(0, 10);

/**
 * Something to say: on one of its days, `from` to `until`, once; with `every`, again after so many days.
 * @typedef {object} Item
 * @property {string} id
 * @property {number} weight
 * @property {"relational" | "promotional"} class
 * @property {number} from
 * @property {number} until
 * @property {number} [every]
 * @property {boolean} [birthday]
 *
 * @typedef {{ max: number, days: number, class?: Item["class"] }} Limit in any so many days at most `max`
 *
 * @typedef {object} Market
 * @property {string} name
 * @property {"email" | "onsite"} channel a batch of e-mails decides each day; a page only when the customer comes
 * @property {number} visits on how many days of a hundred there is a chance
 * @property {Limit[]} limits
 * @property {(roll: Roll) => Item[]} items
 * @property {number} [aim] the least share of the optimum
 * @property {boolean} [scarce] slots are scarce and weights differ
 *
 * @typedef {{ customer: string, market: Market, items: Item[], chances: number[] }} World one customer in a market; `chances` are days
 */

/** Numbers by chance. @typedef {ReturnType<typeof rollOf>} Roll @param {number} seed */
function rollOf(seed) {
  const { below } = dice(seed);
  /** From one number to another, both included. @param {number} from @param {number} to */
  const between = (from, to) => from + below(to - from + 1);
  return { between, chance: (/** @type {number} */ percent) => below(100) < percent };
}

/** @param {Roll} roll @param {number} shortest @param {number} longest days in which an item can be said */
function windowOf(roll, shortest, longest) {
  const length = roll.between(shortest, longest);
  const from = roll.between(0, DAYS - shortest);
  return { from, until: Math.min(DAYS, from + length) - 1 };
}

/**
 * @param {Roll} roll
 * @param {number} count
 * @param {[number, number]} length
 * @param {(roll: Roll) => number} [weight]
 * @returns {Item[]}
 */
function news(roll, count, length, weight = (roll) => roll.between(1, 100)) {
  return Array.from({ length: count }, (_, index) => ({
    id: `news-${index}`,
    weight: weight(roll),
    class: "promotional",
    ...windowOf(roll, ...length),
  }));
}

/** Some dates of the customer's own, all in the 60 days. @param {Roll} roll @returns {Item[]} */
function birthdays(roll) {
  const day = roll.between(5, DAYS - 6);
  const [from, until] = [day - roll.between(0, 3), day + roll.between(0, 3)];
  return [{ id: "birthday", weight: roll.between(50, 100), class: "relational", from, until, birthday: true }];
}

/** Many of little weight, few of much: half weigh 1 to 5, one in a hundred weighs hundreds. @param {Roll} roll */
const heavyTail = (roll) => Math.min(1000, Math.round(100 / roll.between(1, 100) ** 1.2 * 10) + 1);

/** A week, or less. @type {[number, number]} */
const SHORT = [2, 7];
/** Has a weekly place unless something else has it. @type {Item} */
const LETTER = { id: "letter", weight: 1, class: "relational", from: 0, until: DAYS - 1, every: 7 };

/** @param {number} max @returns {Limit[]} */
const aWeek = (max) => [{ max, days: 7 }];
const DAILY = { channel: /** @type {const} */ ("email"), visits: 100, aim: 98 };
const PAGE = { channel: /** @type {const} */ ("onsite") };

/** @type {Market[]} */
export const MARKETS = [
  { ...DAILY, name: "one slot a week", limits: aWeek(1), scarce: true, items: (roll) => news(roll, 20, [5, 40]) },
  {
    ...DAILY,
    name: "one slot a week, birthdays",
    limits: aWeek(1),
    scarce: true,
    items: (roll) => [...news(roll, 20, [5, 40]), ...birthdays(roll)],
  },
  { ...DAILY, name: "three slots a week, 60 campaigns", limits: aWeek(3), scarce: true, items: (roll) => news(roll, 60, [5, 40]) },
  { ...DAILY, name: "short windows", limits: aWeek(1), scarce: true, items: (roll) => news(roll, 15, SHORT) },
  {
    ...DAILY,
    name: "a heavy tail of launches",
    limits: aWeek(1),
    scarce: true,
    items: (roll) => news(roll, 25, [3, 21], heavyTail),
  },
  {
    ...DAILY,
    name: "launches beside a weekly letter",
    limits: aWeek(1),
    scarce: true,
    items: (roll) => [
      LETTER,
      ...news(roll, 6, [2, 5], (roll) => roll.between(50, 100)),
    ],
  },
  {
    ...DAILY,
    name: "mixed classes",
    limits: [
      { max: 2, days: 7 },
      { max: 1, days: 7, class: "promotional" },
    ],
    items: (roll) => news(roll, 30, [5, 30]).map((item) => (roll.chance(50) ? { ...item, class: "relational" } : item)),
  },
  { ...DAILY, name: "three slots a week, short windows", limits: aWeek(3), items: (roll) => news(roll, 45, SHORT) },
  { ...DAILY, name: "plenty", limits: aWeek(5), items: (roll) => news(roll, 12, [5, 40]) },
  { ...PAGE, name: "visits on 30 % of the days", visits: 30, aim: 95, limits: aWeek(1), items: (roll) => news(roll, 20, [5, 40]) },
  // What the plan is not made for, reported without an aim: rank decides what is accepted, so a heavy item of one day may take the room
  // of two lighter ones; and who comes seldom may not come when the plan says.
  { ...DAILY, aim: undefined, name: "windows of 1 to 5 days", limits: aWeek(1), items: (roll) => news(roll, 20, [1, 5]) },
  {
    ...DAILY,
    aim: undefined,
    name: "launches of 1 to 4 days beside a weekly letter",
    limits: aWeek(1),
    items: (roll) => [LETTER, ...news(roll, 8, [1, 4], (roll) => roll.between(50, 100))],
  },
  ...[5, 10, 20].map((visits) => ({
    ...PAGE,
    name: `visits on ${visits} % of the days`,
    visits,
    limits: aWeek(1),
    items: (/** @type {Roll} */ roll) => news(roll, 20, [5, 40]),
  })),
];

/**
 * Customers of a market: each with campaigns, dates and visits of their own.
 * @param {Market} market
 * @param {number} count
 * @returns {World[]}
 */
export function worlds(market, count) {
  return Array.from({ length: count }, (_, index) => {
    const roll = rollOf(MARKETS.indexOf(market) * 100_000 + index);
    const items = market.items(roll);
    const chances = Array.from({ length: DAYS }, (_, day) => day).filter(() => roll.chance(market.visits));
    return { customer: `c${index}`, market, items, chances };
  });
}

/** The world as a policy. @param {World} world @returns {import("../../js/types.d.ts").Policy} */
export function policyOf({ market, items }) {
  const { channel } = market;
  const shop = { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] };
  return /** @type {any} */ ({
    querencia: 1,
    shop,
    limits: market.limits.map(({ max, days, class: only }, index) => ({
      id: `limit-${index}`,
      max,
      per: `${days}d`,
      ...(only && { class: only }),
    })),
    campaigns: items.map(({ id, weight, class: itemClass, from, until, every, birthday }) => ({
      id,
      kind: birthday ? "birthday" : "announcement",
      class: itemClass,
      channel,
      ...(channel === "onsite" && { placement: "home" }),
      weight,
      message: "hello",
      ...(birthday && aroundIt({ from, until })),
      ...(every && { repeat: `${every}d` }),
      ...(!birthday && !every && { from: dateOf(from), until: dateOf(until) }),
    })),
    messages: { hello: { en: [{ body: "Hello" }] } },
  });
}

/** A day of a window that can be the birthday itself. @param {Pick<Item, "from" | "until">} window */
function birthdayOf({ from, until }) {
  return (from + until) >> 1;
}

/** `lead` and `grace` of that birthday; a day of none is left out. @param {Pick<Item, "from" | "until">} window */
function aroundIt({ from, until }) {
  const [lead, grace] = [birthdayOf({ from, until }) - from, until - birthdayOf({ from, until })];
  return { ...(lead && { lead: `${lead}d` }), ...(grace && { grace: `${grace}d` }) };
}

/** The customer of a world. @param {World} world @returns {import("../../js/types.d.ts").Customer} */
export function customerOf({ customer, items }) {
  const item = items.find(({ birthday }) => birthday);
  return /** @type {any} */ ({
    id: customer,
    locale: "en",
    since: "2020-01-01T00:00:00Z",
    consent: { email: true },
    ...(item && { birthday: `--${dateOf(birthdayOf(item)).slice(5)}` }),
  });
}

/** What a decision of a day is asked with. @param {number} day @returns {any} */
export const moment = (day) => ({ now: instant(day), zone: "Europe/Madrid", zones: ZONES });
