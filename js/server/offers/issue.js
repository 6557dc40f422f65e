// Asks the platform for the code of a grant. The grant is stored before, so a crash loses nothing: it is asked again with the same key, and
// a platform that keeps to the key gives the same code.

import { answerOf } from "./codes.js";
import { offerOf, requestKey } from "./grants.js";
import { isWaiting } from "./grant.js";
import { watch } from "../still.js";
import { fieldOf, tell } from "../tell.js";
import { timer } from "../timer.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../store.d.ts").Grant} Grant
 * @typedef {{ state: "issued", grant: Grant } | { state: "waiting" | "task" | "gone" | "refused", reason?: string }} Issued
 *   `waiting`: it is asked again later; `task`: a person must look; `gone`: there is no such grant any more; `refused`: the platform said no
 */

/** How long the platform may take, in milliseconds. */
const LIMIT = 10_000;
/** A process that stood still is told from a slow transaction by so many milliseconds at least. */
const LEAST_STILL = 1000;
/** After a failure it is asked again after as long, then after twice that, and so on. */
const FIRST_PAUSE = 30_000;
const LONGEST_PAUSE = 6 * 3_600_000;
/** After so many failures in a row the platform is down: the others wait for the next time. */
const MOST_FAILURES = 5;

/** When a grant may be asked for again. @param {Grant} grant @param {number} limit */
function nextTry({ begun, tries = 0 }, limit) {
  if (begun === undefined) return -Infinity;
  // Until its time limit is over another process may be asking.
  return begun + limit + (tries === 0 ? 0 : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1)));
}

/**
 * @param {Context} context
 * @param {string} customer the id
 * @param {string} key the grant's
 * @param {boolean} [isEager] whoever waits asks at once, also where it failed a moment ago
 * @returns {Promise<Issued>}
 */
export function issueOne(context, customer, key, isEager = false) {
  const name = requestKey(customer, key);
  // Who asks for the same meanwhile waits for the same answer.
  const running = context.issuing.get(name);
  if (running) return running;
  const issuing = ask(context, customer, key, name, isEager).finally(() => context.issuing.delete(name));
  context.issuing.set(name, issuing);
  return issuing;
}

/**
 * @param {Context} context
 * @param {string} customer
 * @param {string} key
 * @param {string} name
 * @param {boolean} isEager
 * @returns {Promise<Issued>}
 */
async function ask(context, customer, key, name, isEager) {
  const { issue, issueLimit = LIMIT, issueOnce = false } = context.options;
  if (!issue) return { state: "waiting" };
  // What was noted as asked, and is not answered in this time, a person settles.
  const stoodStill = watch(Math.max(issueLimit, LEAST_STILL));
  /** @type {Issued | { state: "begun", grant: Grant }} */
  const begun = await context.within(customer, /** @returns {import("../account.js").Changed & { result: any }} */ (account) => {
    const grant = account.grants.find((one) => one.key === key);
    if (!grant || (grant.expiresAt ?? Infinity) <= account.now) return end(account, grant);
    if (!isWaiting(grant)) return { result: { state: "issued", grant } };
    // A platform that gives another code at each request is asked once. What it answered then, a person must find out.
    if (issueOnce && grant.begun !== undefined) return { result: account.now >= grant.begun + issueLimit ? { state: "task" } : { state: "waiting" } };
    const soonest = isEager && grant.tries ? grant.begun ?? 0 : nextTry(grant, issueLimit);
    if (account.now < soonest) return { result: { state: "waiting" } };
    return { grants: [{ ...grant, begun: account.now }], result: { state: "begun", grant } };
  });
  if (begun.state !== "begun") return begun;
  const { offer, campaign, occurrence, expiresAt } = begun.grant;
  /** @type {{ code: string, expiresAt?: number }} */
  let answer;
  try {
    // A platform with keys gives the same code, however late it is asked.
    if (issueOnce && stoodStill()) throw Object.assign(new Error("this process stood still before it asked"), { code: "stood-still" });
    answer = answerOf(await limited(issueLimit, (signal) => issue({ key: name, offer, customer, campaign, occurrence, expiresAt, signal })));
  } catch (error) {
    return failed(context, customer, key, error);
  }
  return store(context, customer, key, answer);
}

/**
 * @param {import("../account.js").Account} account
 * @param {Grant | undefined} grant
 * @returns {import("../account.js").Changed & { result: Issued }}
 */
function end(account, grant) {
  if (!grant || !isWaiting(grant)) return { result: grant ? { state: "issued", grant } : { state: "gone" } };
  // Nothing can be told of it any more. It stays as a grant that is over: begun anew, the platform would answer with the code that has ended.
  const { counter, ...rest } = grant;
  return { grants: [{ ...rest, state: "issued" }], ...(counter && { count: { [counter]: -1 } }), result: { state: "gone" } };
}

/**
 * @template T
 * @param {number} limit
 * @param {(signal: AbortSignal) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
async function limited(limit, work) {
  const controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let ending;
  const late = new Promise((_, reject) => {
    ending = timer(() => {
      const error = Object.assign(new Error(`no code within ${limit} ms`), { code: "too-late" });
      controller.abort(error);
      reject(error);
    }, limit);
  });
  try {
    return /** @type {T} */ (await Promise.race([(async () => work(controller.signal))(), late]));
  } finally {
    clearTimeout(ending);
  }
}

/**
 * @param {Context} context
 * @param {string} customer
 * @param {string} key
 * @param {{ code: string, expiresAt?: number }} answer
 * @returns {Promise<Issued>}
 */
async function store(context, customer, key, answer) {
  try {
    return await context.within(customer, /** @returns {import("../account.js").Changed & { result: Issued }} */ (account) => {
      const grant = account.grants.find((one) => one.key === key);
      if (!grant) return { result: { state: "gone" } };
      // The first that was stored holds: another process may have asked too.
      if (!isWaiting(grant)) return { result: { state: "issued", grant } };
      // What the platform says ends sooner does; what was told to nobody may not last longer than the offer.
      const expiresAt = Math.min(answer.expiresAt ?? Infinity, grant.expiresAt ?? Infinity);
      /** @type {Grant} */
      const issued = { ...grant, state: "issued", code: answer.code, ...(expiresAt < Infinity && { expiresAt }) };
      return { grants: [issued], result: { state: "issued", grant: issued } };
    });
  } catch (error) {
    if (/** @type {any} */ (error)?.code !== "taken") throw error;
    return failed(context, customer, key, Object.assign(new Error("the platform gave this code to another customer"), { code: "taken" }));
  }
}

/**
 * The platform did not answer, or not with a code. It may have made one all the same: the grant stays, and is asked for again. Only what says
 * of itself that it is for good (`permanent: true`) ends it and gives its place back.
 * @param {Context} context
 * @param {string} customer
 * @param {string} key
 * @param {unknown} error
 * @returns {Promise<Issued>}
 */
async function failed(context, customer, key, error) {
  try {
    return await notedAsFailed(context, customer, key, error);
  } finally {
    tell(context.options.onIssueError ?? (({ error }) => context.warnOfIssue(error)), { error, key: requestKey(customer, key) });
  }
}

/**
 * @param {Context} context
 * @param {string} customer
 * @param {string} key
 * @param {unknown} error
 * @returns {Promise<Issued>}
 */
function notedAsFailed(context, customer, key, error) {
  const code = fieldOf(error, "code");
  const reason = typeof code === "string" ? code : "failed";
  const isPermanent = fieldOf(error, "permanent") === true;
  return context.within(customer, /** @returns {import("../account.js").Changed & { result: Issued }} */ (account) => {
    const grant = account.grants.find((one) => one.key === key);
    if (!grant || !isWaiting(grant)) return { result: grant ? { state: "issued", grant } : { state: "gone" } };
    if (!isPermanent) {
      const tries = (grant.tries ?? 0) + 1;
      return { grants: [{ ...grant, begun: account.now, tries }], result: { state: context.options.issueOnce ? "task" : "waiting", reason } };
    }
    const record = account.records.find(({ id, state }) => id === grant.contact && state === "reserved");
    return {
      ungrant: [key],
      ...(grant.counter && { count: { [grant.counter]: -1 } }),
      put: record ? [{ ...record, state: "released" }] : [],
      result: { state: "refused", reason },
    };
  });
}

/**
 * Asks for all codes that are still to come: after a crash, and where the platform could not be reached.
 * @param {Context} context
 * @param {{ limit?: number }} [options]
 * @returns {Promise<{ issued: number, waiting: number, refused: number, tasks: { kind: "code", customer: string, offer: string, campaign: string, occurrence: string, dueAt: number }[] }>}
 */
export async function issuePending(context, { limit = Infinity } = {}) {
  /** @type {Awaited<ReturnType<typeof issuePending>>} */
  const done = { issued: 0, waiting: 0, refused: 0, tasks: [] };
  /** @type {{ part: string, key: string } | undefined} */
  let after;
  let failures = 0;
  for (let seen = 0; context.options.issue && seen < limit && failures < MOST_FAILURES; ) {
    const page = await context.store.pending({ after, limit: Math.min(100, limit - seen) });
    if (page.length === 0) break;
    for (const { part, key } of page) {
      if (failures >= MOST_FAILURES) break;
      const customer = (await context.store.facts?.(part))?.customer?.id;
      if (typeof customer !== "string") continue;
      const { state, reason } = /** @type {{ state: Issued["state"], reason?: string }} */ (await issueOne(context, customer, key));
      failures = reason === undefined || state === "refused" ? 0 : failures + 1;
      if (state === "issued") done.issued++;
      else if (state === "refused") done.refused++;
      else if (state === "waiting") done.waiting++;
      else if (state === "task") done.tasks.push(...(await tasksOf(context, customer, key)));
    }
    after = page.at(-1);
    seen += page.length;
  }
  return done;
}

/** @param {Context} context @param {string} customer @param {string} key */
function tasksOf(context, customer, key) {
  return context.within(customer, (account) => ({ result: codeTasks(account).filter((task) => task.key === key).map(({ key, ...task }) => task) }));
}

/**
 * The codes of a customer of which a person must find out whether the platform made them.
 * @param {import("../account.js").Account} account
 */
export function codeTasks({ id: customer, grants, context: { options, policy }, now }) {
  if (!options.issueOnce) return [];
  return grants
    .filter((grant) => isWaiting(grant) && grant.begun !== undefined && now >= grant.begun + (options.issueLimit ?? LIMIT) && offerOf(policy, grant.offer))
    .map(({ key, offer, campaign, occurrence, begun = 0 }) => ({ kind: /** @type {const} */ ("code"), key, customer, offer, campaign, occurrence, dueAt: begun }));
}
