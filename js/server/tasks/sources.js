// Where the tasks of a server come from. Each source gives its own in their order, from a place on, and reads no more than is asked for.

import { CHANNELS } from "../../constants.js";
import { canonical } from "../../load/canonical.js";
import { partOf } from "../../ledger/part.js";
import { codeTasks } from "../offers/issue.js";
import { compare } from "./cursor.js";
import { settled } from "./settled.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../index.d.ts").ShopTask} ShopTask
 * @typedef {import("./cursor.js").Place} Place
 * @typedef {ShopTask extends infer T ? T extends ShopTask ? Omit<T, "cursor"> : never : never} Task
 * @typedef {{ place: Place, task: Task }} Placed
 * @typedef {object} Asked
 * @property {number} until what is due until then
 * @property {Place} [after] the place of the last that was given
 * @property {number} limit how many are asked for in all
 * @property {ReadonlySet<string>} kinds
 */

/** An armed contact whose outcome nobody told in this time is a task. */
export const OUTCOME_WITHIN = 3_600_000;

/** The most that is read of a store at once. */
const PAGE = 200;

/** The places of one source are told from those of another by this number. */
const DECISIONS = 0;
const CODES = 1;
const OUTCOMES = 2;

/** Whether a place was given already. @param {Place} place @param {Place} [after] */
const isGiven = (place, after) => after !== undefined && compare(place, after) <= 0;

/**
 * What decisions name. Only the customers who have a task are decided about, in the order of the first that is due; all of one customer stand
 * together.
 * @param {Context} context
 * @param {Asked} asked
 * @returns {AsyncGenerator<Placed, void, void>}
 */
export async function* ofDecisions(context, { until, after, limit, kinds }) {
  const size = Math.min(PAGE, limit);
  /** @param {Task[]} tasks @param {number} due @param {string} part @returns {Placed[]} */
  const placed = (tasks, due, part) =>
    tasks
      .map((task) => ({ task, place: /** @type {Place} */ ([due, DECISIONS, part, `${String(task.dueAt ?? 0).padStart(16, "0")} ${partOf({ id: canonical(task) })}`]) }))
      .filter(({ task, place }) => kinds.has(task.kind) && !isGiven(place, after))
      .sort((a, b) => compare(a.place, b.place));
  if (after?.[1] === DECISIONS) {
    // The customer whose tasks were not all given. If the first of them is later now, so is their turn.
    const [due, , part] = after;
    const tasks = await tasksOf(context, part, until);
    if (firstOf(tasks) <= due) yield* placed(tasks, due, part);
  }
  /** @type {import("../store.d.ts").Due | undefined} */
  let last = after && { due: after[0], part: after[1] === DECISIONS ? after[2] : "" };
  for (let isEnd = false; !isEnd; ) {
    const page = await context.store.due({ until, after: last, limit: size });
    last = page.at(-1) ?? last;
    isEnd = page.length < size;
    for (let next; (next = page.shift()); ) {
      const { due, part } = next;
      // At the same instant another source has its turn after this one.
      if (isGiven([due, DECISIONS, part, ""], after)) continue;
      const tasks = await tasksOf(context, part, until);
      const moved = { due: firstOf(tasks), part };
      if (tasks.length > 0 && moved.due <= due) yield* placed(tasks, due, part);
      else if (tasks.length > 0) {
        // What was noted was sooner than what is so. Their turn comes later: where the store gives them again, unless that was read already.
        const index = page.findIndex((one) => one.due > moved.due || (one.due === moved.due && one.part > part));
        if (index >= 0 || isEnd) page.splice(index >= 0 ? index : page.length, 0, moved);
      }
    }
  }
}

/** When the first of a customer's tasks is due. @param {Task[]} tasks */
const firstOf = (tasks) => Math.min(...tasks.map(({ dueAt }) => dueAt ?? 0));

/** @param {Context} context @param {string} part @param {number} until @returns {Promise<any[]>} */
function tasksOf(context, part, until) {
  return context.withinPart(part, (account) => {
    if (!account) return { result: [] };
    // Tasks are the same whichever channel is asked about.
    const decision = account.decide({ channels: ["social"], nextAt: false });
    const { facts, count, isOther } = settled(account, decision);
    const own = (decision.tasks ?? []).filter(({ dueAt }) => (dueAt ?? 0) <= until);
    return { ...(isOther && { facts, count }), result: own.map((task) => ({ customer: account.id, ...task })) };
  });
}

/**
 * The codes of which nobody knows whether the platform made them. The store has those that are still to come by customer, so all of them are
 * looked at: they are few, as each of them waits for a person.
 * @param {Context} context
 * @param {Asked} asked
 * @returns {AsyncGenerator<Placed, void, void>}
 */
export async function* ofCodes(context, { until, after }) {
  if (!context.options.issueOnce) return;
  /** @type {Placed[]} */
  const found = [];
  /** @type {string | undefined} */
  let seen;
  for (let page, last; (page = await context.store.pending({ after: last, limit: PAGE })).length > 0; last = page.at(-1)) {
    for (const { part } of page) {
      // Those of one customer come one after the other.
      if (part === seen) continue;
      seen = part;
      const own = await context.withinPart(part, (account) => ({ result: account ? codeTasks(account) : [] }));
      found.push(...own.filter(({ dueAt }) => dueAt <= until).map(({ key, ...task }) => ({ task, place: /** @type {Place} */ ([task.dueAt, CODES, part, key]) })));
    }
  }
  yield* found.filter(({ place }) => !isGiven(place, after)).sort((a, b) => compare(a.place, b.place));
}

/**
 * The contacts of a channel that were about to be sent an hour ago.
 * @param {Context} context
 * @param {Asked} asked
 * @param {string} channel
 * @returns {AsyncGenerator<Placed, void, void>}
 */
export async function* ofOutcomes({ store }, { until, after, limit }, channel) {
  const size = Math.min(PAGE, limit);
  const source = OUTCOMES + CHANNELS.indexOf(channel);
  const isOwn = after?.[1] === source;
  /** @type {import("../store.d.ts").Queued | undefined} */
  let last = after && { at: after[0] - OUTCOME_WITHIN, id: isOwn ? after[2] : "", part: isOwn ? after[3] : "" };
  for (let isEnd = false; !isEnd; ) {
    const page = await store.queue({ state: "armed", channel, until: until - OUTCOME_WITHIN, after: last, limit: size });
    last = page.at(-1) ?? last;
    isEnd = page.length < size;
    for (const { part, id, at } of page) {
      const dueAt = at + OUTCOME_WITHIN;
      const place = /** @type {Place} */ ([dueAt, source, id, part]);
      // The store has the order of one channel; of another it gives all of the instant.
      if (!isOwn && isGiven(place, after)) continue;
      const facts = await store.facts?.(part);
      yield { place, task: { customer: facts?.customer?.id ?? null, kind: "outcome", contact: id, dueAt } };
    }
  }
}
