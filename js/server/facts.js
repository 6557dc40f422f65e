// Facts of customers come in: what the shop knows of them, and what happened. Each is checked whole before anything of it is stored.

import { canonical } from "../load/canonical.js";
import { changeWishes } from "../ledger/wishes.js";
import { valid } from "../zones/index.js";
import { ServerError } from "./errors.js";
import { completed, reserve } from "./decide.js";
import { told } from "./facts/envelope.js";
import { dated, happened } from "./facts/event.js";
import { join } from "./facts/join.js";
import { fitted } from "./facts/fit.js";
import { REMEMBERED, contactsOf, deliveryOf, noteContacts, seenBefore, withSeen } from "./facts/seen.js";
import { wishOf } from "./facts/wishes.js";
import { born } from "./offers/birthday.js";
import { withinBudget } from "./offers/within.js";
import { stillReserved } from "./reserved.js";
import { settled } from "./tasks/settled.js";
import { waiting } from "./waits.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./index.d.ts").Taken} Taken
 * @typedef {ReturnType<typeof told>} Told
 */

/** What makes work for people, or ends it. */
const WORK = ["conversations", "mentions", "ratings", "orders"];

/** So many facts are taken at once. */
export const MOST_FACTS = 1000;

/**
 * @param {Context} context
 * @param {unknown} given one fact, or a list
 * @returns {Promise<Taken | Taken[]>}
 */
export async function facts(context, given) {
  if (!Array.isArray(given)) return (await prepared(context, given, ""))();
  if (given.length > MOST_FACTS) throw new ServerError("too-large", "", `a list of at most ${MOST_FACTS} facts; send the others in another`);
  // One mistake, and nothing of the list is stored.
  const all = await Promise.all(given.map((one, index) => prepared(context, one, `[${index}]`)));
  const taken = [];
  for (const take of all) taken.push(await take());
  return taken;
}

/**
 * Checks a fact as far as it can be checked alone.
 * @param {Context} context
 * @param {unknown} given
 * @param {string} path
 * @returns {Promise<() => Promise<Taken>>} stores it
 */
async function prepared(context, given, path) {
  const fact = told(given, path);
  named(fact);
  const { zone, ...fields } = fact.given;
  if (zone != null && zone !== "" && !valid(zone)) throw new ServerError("invalid-value", `${fact.path}.zone`, "expected an IANA zone, as `Atlantic/Canary`");
  const order = fact.event?.order;
  check(context, { id: fact.customer, ...fields, ...(order != null && { orders: [order] }) }, fact);
  const delivery = fact.delivery && (await deliveryOf(fact.delivery, fact.time));
  return async () => {
    const { made, moment, ...result } = await withinBudget(context, fact.customer, (account, full) => taken(context, account, fact, delivery, full));
    // Its transaction is over: now the platform may be asked for a code.
    return made && moment ? { ...result, decision: await completed(context, fact.customer, moment, made) } : result;
  };
}

/**
 * @param {Context} context
 * @param {Account} account
 * @param {Told} fact
 * @param {import("./facts/seen.js").Delivery} [delivery]
 * @param {boolean} [full] nothing of a budget is kept for the customer
 * @returns {import("./account.js").Changed & { result: Taken & { made?: import("./decide.js").Reserved, moment?: import("./account.js").Moment } }}
 */
function taken(context, account, fact, delivery, full) {
  const { now, facts: before } = account;
  const nothing = { customer: fact.customer, changed: [] };
  const known = delivery && seenBefore(before.seen, delivery, fact.path);
  // Whoever sent it may not have had the answer, and nobody else knows what it had reserved.
  if (known) return { result: { ...nothing, replayed: true, ...stillReserved(account, ({ id }) => contactsOf(known).includes(id)) } };
  const { time } = fact;
  // It may have come before it was forgotten that it did; what is added up must not be added twice.
  if (fact.event && time !== undefined && time <= Math.max(before.until ?? 0, now - REMEMBERED)) return { result: { ...nothing, stale: true } };

  const customer = before.customer ?? { id: fact.customer };
  const news = fact.event ? happened(customer, fact.event, Math.min(time ?? now, now), now) : { given: fact.given };
  const { given: { wishes, ...given }, birth, kept: since, problem } = born(before, news.given, now, time);
  const { wish, times } = wishOf(wishes ?? {}, before.times ?? {}, now, time, account.wishes);
  const { birthday, birthdaySince, ...others } = customer;
  const { customer: joined, ...kept } = join({ ...before, customer: others, times }, given, now, fact.event ? (time ?? now) : time);
  const facts = {
    ...kept,
    ...since,
    customer: fitted({ ...dated({ ...joined, ...birth }, fact.event ?? {}, Math.min(time ?? now, now)), id: fact.customer }, fact.path),
    ...(delivery && withSeen(before.seen, before.until, delivery, now)),
    // By that it is known for how long nothing was heard of them.
    heard: Math.max(before.heard ?? 0, Math.min(time ?? now, now)),
  };
  const own = changeWishes(account.wishes, wish);
  if (wishes || Object.keys(given).length > 0) checkJoined(context, { ...facts.customer, wishes: own }, { ...customer, wishes: account.wishes }, fact);
  const waits = waiting(facts.customer, now);
  const changed = [
    ...Object.keys({ ...customer, ...facts.customer }).filter((field) => canonical(customer[field]) !== canonical(facts.customer[field])),
    ...(canonical(own) === canonical(account.wishes) ? [] : ["wishes"]),
  ];
  /** @type {Record<string, number>} */
  const count = waits === (before.waits ?? 0) ? {} : { "live.unanswered": waits - (before.waits ?? 0) };

  Object.assign(account, { facts: { ...facts, waits }, wishes: own });
  const decided = news.event ? decidedIn(context, account, fact, news.event, full) : undefined;
  if (delivery && decided) noteContacts(account.facts.seen, delivery, (decided.put ?? []).filter(({ state }) => state === "reserved").map(({ id }) => id));
  return {
    put: [],
    ...decided,
    ...(Object.keys(wish).length > 0 && { wish }),
    facts: decided?.facts ?? (changed.some((field) => WORK.includes(field)) ? withDue(account) : account.facts),
    count: { ...count, ...decided?.count },
    result: { customer: fact.customer, changed, ...(problem && { problems: [{ ...problem, path: pathOf(fact, problem.path) }] }), ...(decided && { made: decided.result, moment: { event: news.event } }) },
  };
}

/** When the first task of the customer is due. @param {Account} account */
function withDue(account) {
  try {
    return settled(account, account.decide({ channels: ["social"], nextAt: false })).facts;
  } catch {
    // What is kept was right for an earlier policy.
    return account.facts;
  }
}

/** @param {Context} context @param {Account} account @param {Told} fact @param {any} event @param {boolean} [full] */
function decidedIn(context, account, fact, event, full) {
  try {
    return reserve(context, account, { event }, full);
  } catch (error) {
    throw ServerError.of(error, (path) => path.replace(/^event\b/, fact.path));
  }
}

/** An element of a list that joins by its id must have one. @param {Told} fact */
function named({ given, event, path, inside }) {
  for (const field of ["orders", "conversations", "mentions"]) {
    const list = Array.isArray(given[field]) ? given[field] : [];
    const index = list.findIndex((one) => one?.id == null && (field !== "orders" || one?.number == null));
    if (index < 0) continue;
    throw new ServerError("missing-field", pathOf({ path, inside }, `customer.${field}[${index}].id`), "expected its id, so that what is told of it again joins it");
  }
  if (event?.name === "purchase" && event.order != null && event.order.id == null && event.order.number == null) {
    throw new ServerError("missing-field", `${path}.order.id`, "expected the order's id, so that it is thanked for once");
  }
}

/** @param {Context} context @param {any} customer @param {Told} fact */
function check(context, { zone, ...customer }, fact) {
  try {
    context.engine.customer(customer).free();
  } catch (error) {
    throw ServerError.of(error, (path) => (fact.event ? path.replace(/^customer\.orders\[0\]/, `${fact.path}.order`) : pathOf(fact, path)));
  }
}

/** What is kept may have been right for an earlier policy, for example in another currency. Then it is not this fact that is wrong. @param {Context} context @param {any} joined @param {any} before @param {Told} fact */
function checkJoined(context, joined, before, fact) {
  try {
    check(context, joined, fact);
  } catch (error) {
    try {
      check(context, before, fact);
    } catch {
      return;
    }
    throw error;
  }
}

/** A path of the engine, as who sent the fact wrote it. @param {Pick<Told, "path" | "inside">} fact @param {string} path */
function pathOf({ path: base, inside }, path) {
  const field = path.replace(/^customer\.?/, "");
  const own = inside && field.startsWith(inside) ? field.slice(inside.length).replace(/^\./, "") : field;
  return own ? `${base}.${own}` : base;
}
