// What the shop's people should do: the tasks that decisions name, of all customers, and the contacts of which nobody knows what became.

import { instant } from "../ledger/record.js";
import { ServerError } from "./errors.js";
import { codeTasks } from "./offers/issue.js";
import { waiting } from "./waits.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./index.d.ts").ShopTask} ShopTask
 */

/** An armed contact whose outcome nobody told in this time is a task. */
export const OUTCOME_WITHIN = 3_600_000;
/** So many tasks are given at once, if nothing else is asked. */
const MOST = 100;
const LIMIT = 1000;

/**
 * What is kept beside a customer's facts, as it is now: when the first task is due, and how many of their conversations wait.
 * @param {Account} account
 * @param {import("../types.d.ts").Decision} decision
 * @returns {{ facts: any, count: Record<string, number>, isOther: boolean }}
 */
export function settled({ facts, id, now }, { tasks }) {
  const due = tasks && tasks.length > 0 ? Math.min(...tasks.map(({ dueAt }) => dueAt ?? 0)) : undefined;
  const waits = waiting(facts.customer, now);
  const by = waits - (facts.waits ?? 0);
  const { due: before, ...rest } = facts;
  return {
    facts: { ...rest, ...(due !== undefined && { due }), ...(waits > 0 || facts.waits !== undefined ? { waits } : {}), customer: { ...facts.customer, id } },
    /** @type {Record<string, number>} */
    count: by === 0 ? {} : { "live.unanswered": by },
    isOther: due !== before || by !== 0,
  };
}

/**
 * The tasks that are due, the soonest first. Only the customers who have one are decided about: each decision and each fact notes when the first
 * task of its customer is due.
 * @param {Context} context
 * @param {{ until?: number | string, limit?: number }} [options]
 * @returns {Promise<ShopTask[]>}
 */
export async function tasks(context, { until, limit = MOST } = {}) {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT) throw new ServerError("out-of-range", "limit", `expected a whole number from 1 to ${LIMIT}`);
  const { store } = context;
  const now = await store.now();
  const by = until === undefined ? now : instant(until);
  if (!(by >= 0)) throw new ServerError("invalid-value", "until", "expected an instant, as `2026-12-31T09:00:00Z`");
  const found = [...(await ofDecisions(context, by, limit)), ...(await ofOutcomes(context, by, limit)), ...(await ofCodes(context, by, limit))];
  return found.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, limit);
}

/** @param {Context} context @param {number} until @param {number} limit */
async function ofDecisions(context, until, limit) {
  /** @type {ShopTask[]} */
  const found = [];
  for (let after; found.length < limit; ) {
    const page = await context.store.due({ until, after, limit });
    for (const { part } of page) {
      found.push(...(await context.withinPart(part, (account) => (account ? ofCustomer(account, until) : { result: [] }))));
    }
    after = page.at(-1);
    if (page.length < limit) break;
  }
  return found;
}

/** @param {Account} account @param {number} until @returns {import("./account.js").Changed & { result: ShopTask[] }} */
function ofCustomer(account, until) {
  // Tasks are the same whichever channel is asked about.
  const decision = account.decide({ channels: ["social"], nextAt: false });
  const { facts, count, isOther } = settled(account, decision);
  const own = (decision.tasks ?? []).filter(({ dueAt }) => (dueAt ?? 0) <= until);
  return { ...(isOther && { facts, count }), result: own.map((task) => ({ customer: account.id, ...task })) };
}

/** The codes of which nobody knows whether the platform made them. @param {Context} context @param {number} until @param {number} limit */
async function ofCodes(context, until, limit) {
  /** @type {ShopTask[]} */
  const found = [];
  if (!context.options.issueOnce) return found;
  const all = await context.store.pending({ limit });
  for (const part of new Set(all.map(({ part }) => part))) {
    const own = await context.withinPart(part, (account) => ({ result: account ? codeTasks(account) : [] }));
    found.push(...own.filter(({ dueAt }) => dueAt <= until).map(({ key, ...task }) => task));
  }
  return found;
}

/** @param {Context} context @param {number} until @param {number} limit */
async function ofOutcomes(context, until, limit) {
  const { store } = context;
  const page = await store.queue({ state: "armed", until: until - OUTCOME_WITHIN, limit });
  const found = page.map(async ({ part, id, at }) => {
    const facts = await store.facts?.(part);
    return /** @type {ShopTask} */ ({ customer: facts?.customer?.id ?? null, kind: "outcome", contact: id, dueAt: at + OUTCOME_WITHIN });
  });
  return Promise.all(found);
}
