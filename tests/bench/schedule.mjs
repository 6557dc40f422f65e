// Who speaks on which day: by the engine, first come first served, by weight alone, and the best that the limits allow.

import highs from "highs";
import { load } from "querencia";
import { customerOf, moment, policyOf } from "./markets.mjs";

/**
 * @typedef {import("./markets.mjs").World} World
 * @typedef {import("./markets.mjs").Item} Item
 * @typedef {import("./markets.mjs").Limit} Limit
 * @typedef {{ item: Item, day: number }} Contact
 */

const solver = await highs();

/** @param {Contact[]} contacts */
export const valueOf = (contacts) => contacts.reduce((sum, { item }) => sum + item.weight, 0);

/** Whether a limit is about an item. @param {Limit} limit @param {Item} item */
const isAbout = (limit, item) => !limit.class || limit.class === item.class;

/** Whether an item may be said on a day, after some contacts. @param {World} world @param {Contact[]} before @param {Item} item @param {number} day */
function mayBeSaid({ market }, before, item, day) {
  const last = before.findLast((contact) => contact.item === item);
  return (
    item.from <= day &&
    day <= item.until &&
    (!last || (item.every !== undefined && day - last.day >= item.every)) &&
    market.limits.every(
      (limit) =>
        !isAbout(limit, item) ||
        before.filter((contact) => isAbout(limit, contact.item) && contact.day > day - limit.days).length < limit.max,
    )
  );
}

/** On each chance the first in an order of those that may be said. @param {World} world @param {(a: Item, b: Item) => number} order */
function inOrder(world, order) {
  const items = world.items.toSorted(order);
  /** @type {Contact[]} */
  const contacts = [];
  for (const day of world.chances) {
    const item = items.find((item) => mayBeSaid(world, contacts, item, day));
    if (item) contacts.push({ item, day });
  }
  return contacts;
}

/** First come, first served. @param {World} world */
export const firstCome = (world) => inOrder(world, (a, b) => a.from - b.from);

/** The weightiest that passes now. @param {World} world */
export const greedy = (world) => inOrder(world, (a, b) => b.weight - a.weight);

/** The engine decides each chance; its contacts are recorded as delivered. @param {World} world */
export async function querencia(world) {
  const engine = await load(policyOf(world));
  const handle = engine.customer(customerOf(world), []);
  /** @type {Contact[]} */
  const contacts = [];
  for (const day of world.chances) {
    for (const contact of handle.decide(moment(day)).contacts) {
      const item = world.items.find(({ id }) => id === contact.campaign);
      if (!item || contacts.at(-1)?.day === day || !mayBeSaid(world, contacts, item, day)) {
        throw new Error(`${world.market.name}, ${world.customer}: ${contact.campaign} may not be said on day ${day}`);
      }
      contacts.push({ item, day });
      handle.record(contact);
    }
  }
  handle.free();
  engine.free();
  return contacts;
}

/**
 * The greatest value that any order of contacts has under the limits, for one who knows all chances beforehand: an integer program with
 * a variable for each item on each of its chances.
 * @param {World} world
 */
export function optimum({ market, items, chances }) {
  const variables = items.flatMap((item, index) =>
    chances.filter((day) => item.from <= day && day <= item.until).map((day) => ({ item, day, name: `x${index}_${day}` })),
  );
  if (variables.length === 0) return 0;
  /** @type {string[]} */
  const rows = [];
  /** Of some variables at most so many. @param {{ name: string }[]} chosen @param {number} max */
  const atMost = (chosen, max) => {
    if (chosen.length > max) rows.push(`${chosen.map(({ name }) => name).join(" + ")} <= ${max}`);
  };
  for (const day of chances) {
    atMost(variables.filter((variable) => variable.day === day), 1);
    /** @param {number} days */
    const inDays = (days) => variables.filter((variable) => variable.day >= day && variable.day < day + days);
    for (const limit of market.limits) atMost(inDays(limit.days).filter(({ item }) => isAbout(limit, item)), limit.max);
    for (const item of items) if (item.every) atMost(inDays(item.every).filter((variable) => variable.item === item), 1);
  }
  for (const item of items) if (!item.every) atMost(variables.filter((variable) => variable.item === item), 1);
  const sum = variables.map(({ item, name }) => `${item.weight} ${name}`).join(" + ");
  const program = `Maximize\n ${sum}\nSubject To\n ${rows.join("\n ")}\nBinary\n ${variables.map(({ name }) => name).join(" ")}\nEnd`;
  const { Status, ObjectiveValue } = solver.solve(rows.length > 0 ? program : program.replace("Subject To\n \n", ""), {
    mip_rel_gap: 0,
    output_flag: false,
  });
  if (Status !== "Optimal") throw new Error(`the solver says ${Status}`);
  return Math.round(ObjectiveValue);
}
