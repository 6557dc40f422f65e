// The ledger of the shop's server, for pages and programs: what is read and written there is compared and set, so that a limit holds over all
// devices of a customer. While the server does not answer, the store goes on in the page's memory, says so, and tells the server later.

import { Away, ask, problemOf } from "../remote/ask.js";
import { joinChanges } from "../remote/change.js";
import { isObject, recordsIn } from "../remote/readable.js";
import { memory } from "./memory.js";
import { mergeRecords } from "./record.js";
import { changeWishes } from "./wishes.js";

/**
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 * @typedef {import("../shop/index.d.ts").Work<any>} AnyWork
 * @typedef {{ put: LedgerRecord[], wish?: Partial<Wishes>, drop?: string[] }} Change
 *
 * @typedef {object} View what is known of a part
 * @property {string} part
 * @property {unknown} version undefined: nothing was read yet
 * @property {Map<string, LedgerRecord>} byId
 * @property {Wishes} wishes
 * @property {number} readAt
 * @property {Map<string, LedgerRecord>} unsent what the server was not told, by id
 * @property {Partial<Wishes>} [unsaid] the wishes that it was not told
 */

/** So many milliseconds what was read is taken for new where nothing is written. What is written is compared with the server's. */
const FRESH = 10_000;
/** A server that did not answer is asked again after so many milliseconds, then after twice as many, and so on. */
const PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;
/** Each time that somebody else was faster is a time that somebody got on: so many are more than the tabs of a customer. */
const MOST_TRIES = 50;
/** The statuses that say that what was sent is wrong. */
const REFUSALS = [400, 413, 422];

/** @type {typeof import("../shop/index.d.ts").remote} */
export function remote(url, { token, guests = memory(), patience = 5000 } = {}) {
  /** @type {Map<string, View>} */
  const views = new Map();
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const ended = new AbortController();
  let isAway = false;
  /** Whether the latest part was of nobody whom the server knows. */
  let isGuest = false;
  let pause = PAUSE;
  let again = 0;
  let warned = false;
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();

  /** @param {string} part @returns {Promise<string | null | undefined>} */
  const tokenOf = async (part) => (part === "" ? undefined : typeof token === "function" ? token(part) : token);

  /** @param {boolean} away @param {any} [error] */
  const turn = (away, error) => {
    if (away && !warned) console.warn(`querencia: ${error.message}; until it answers, limits hold on this page alone`);
    warned ||= away;
    if (away) {
      again = Date.now() + pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    } else pause = PAUSE;
    if (away === isAway) return;
    isAway = away;
    for (const listener of listeners) listener();
  };

  /** @param {string} part @returns {View} */
  const viewOf = (part) => {
    const view = views.get(part) ?? { part, version: undefined, byId: new Map(), wishes: {}, readAt: -Infinity, unsent: new Map() };
    views.set(part, view);
    return view;
  };

  /** Asks the server, and takes what it has. @param {View} view @param {object} body @returns {Promise<boolean>} false: somebody else was faster */
  const post = async (view, body) => {
    const { status, answer } = await ask(url, "/ledger", { token: await tokenOf(view.part), body, patience, signal: ended.signal });
    const records = recordsIn(answer.records);
    if (status === (answer.ok ? 200 : 409) && records && isObject(answer.wishes) && answer.version != null) {
      Object.assign(view, {
        version: answer.version,
        byId: new Map(records.map((record) => [record.id, Object.freeze(record)])),
        wishes: answer.wishes,
        readAt: Date.now(),
      });
      turn(false);
      return status === 200;
    }
    throw new Away(`${url}/ledger: ${status === 200 ? "an answer without records, wishes and version" : problemOf(answer)}`, status);
  };

  /** Brings the view up to date, and the server, if it was away. @param {View} view @param {boolean} [must] */
  const refresh = async (view, must) => {
    const hasNews = view.unsent.size > 0 || view.unsaid;
    if (isAway ? Date.now() < again : !must && !hasNews && Date.now() < view.readAt + FRESH) return;
    try {
      await post(view, {});
      for (let tries = 0; view.unsent.size > 0 || view.unsaid; tries++) {
        if (tries === MOST_TRIES) throw new Away(`${url}/ledger: always somebody else is faster`, 409);
        const [put, wish] = [[...view.unsent.values()], view.unsaid];
        if (!(await post(view, { version: view.version, put, ...(wish && { wish }) }))) continue;
        view.unsent.clear();
        view.unsaid = undefined;
      }
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      turn(true, error);
      // It will never take this.
      if (REFUSALS.includes(error.status)) view.unsent.clear();
      // what was read may be without what it was not told
      keep(view, { put: [...view.unsent.values()], wish: view.unsaid });
    }
  };

  /** Keeps a change in the page until the server can be told. @param {View} view @param {Change} change */
  const keep = (view, { put, wish, drop = [] }) => {
    for (const copy of structuredClone(put)) {
      const record = Object.freeze(mergeRecords(view.byId.get(copy.id), copy));
      view.byId.set(copy.id, record);
      view.unsent.set(copy.id, record);
    }
    for (const id of drop) view.byId.delete(id) && view.unsent.delete(id);
    if (!wish) return;
    view.wishes = changeWishes(view.wishes, structuredClone(wish));
    view.unsaid = joinChanges(view.unsaid ?? {}, structuredClone(wish), view.wishes);
  };

  /**
   * Stores a change. False: somebody else was faster, and the view is what they have written.
   * @param {View} view
   * @param {Change} change
   */
  const commit = async (view, change) => {
    const { put, wish, drop = [] } = change;
    if (put.length === 0 && !wish && drop.length === 0) return true;
    if (!isAway) {
      try {
        return await post(view, { version: view.version, put, ...(wish && { wish }), ...(drop.length > 0 && { drop }) });
      } catch (error) {
        if (!(error instanceof Away)) throw error;
        turn(true, error);
        // What was decided with a server may not be said without one: it is decided again.
        return false;
      }
    }
    keep(view, change);
    return true;
  };

  /** What the guests' store has. @param {string} [part] */
  const ofGuests = (part) => guests.transact((records, wishes) => ({ put: [], result: { records, wishes } }), part);

  /** @param {AnyWork} work @param {string} part */
  const within = async (work, part) => {
    const view = viewOf(part);
    await refresh(view);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { records, wishes } = await ofGuests("");
      const others = new Set(records.map(({ id }) => id));
      const done = work([...records, ...[...view.byId.values()].filter(({ id }) => !others.has(id))], structuredClone(view.wishes), wishes);
      const [theirs, own] = [done.put.filter(({ id }) => others.has(id)), done.put.filter(({ id }) => !others.has(id))];
      const drop = (done.drop ?? []).filter((id) => view.byId.has(id));
      if (!(await commit(view, { put: own, wish: done.wish, drop }))) continue;
      const dropped = (done.drop ?? []).filter((id) => others.has(id));
      if (theirs.length + dropped.length > 0) await guests.transact(() => ({ put: theirs, drop: dropped, result: 0 }), "");
      return done.result;
    }
    throw new Away(`${url}/ledger: always somebody else is faster`, 409);
  };

  /** The records of all parts that this page has asked for, and the guests'. */
  const everything = async () => {
    for (const view of views.values()) await refresh(view, true);
    const { records, wishes } = await ofGuests();
    return { records: [...new Map([...records, ...[...views.values()].flatMap((view) => [...view.byId.values()])].map((one) => [one.id, one])).values()], wishes };
  };

  /** Each part is changed by itself: what is new, and the wishes, are the guests'. @param {AnyWork} work */
  const everywhere = async (work) => {
    const { records, wishes } = await everything();
    const done = work(records, wishes);
    const own = new Set();
    for (const view of views.values()) {
      const change = { put: done.put.filter(({ id }) => view.byId.has(id)), drop: (done.drop ?? []).filter((id) => view.byId.has(id)) };
      for (const id of [...change.put.map(({ id }) => id), ...change.drop]) own.add(id);
      for (let tries = 0; !(await commit(view, change)) && tries < MOST_TRIES; tries++);
    }
    const rest = { put: done.put.filter(({ id }) => !own.has(id)), drop: (done.drop ?? []).filter((id) => !own.has(id)) };
    await guests.transact(() => ({ ...rest, ...(done.wish && { wish: done.wish }), result: 0 }));
    return done.result;
  };

  /** @template T @param {() => Promise<T>} run @returns {Promise<T>} */
  const enqueue = (run) => {
    const done = queue.then(run);
    queue = done.catch(() => {});
    return done;
  };

  const { facts, putFacts, forget } = guests;
  return {
    get kind() {
      return isGuest ? guests.kind : "remote";
    },
    get hard() {
      return isGuest ? guests.hard : !isAway;
    },
    get lasting() {
      return isGuest ? guests.lasting : isAway ? false : undefined;
    },
    onChange(listener) {
      listeners.add(listener);
      const end = guests.onChange?.(listener);
      return () => {
        listeners.delete(listener);
        end?.();
      };
    },
    transact: (work, part) =>
      enqueue(async () => {
        if (part === undefined) return everywhere(work);
        isGuest = !(await tokenOf(part));
        return isGuest ? guests.transact(work, part) : within(work, part);
      }),
    all: () => enqueue(async () => structuredClone((await everything()).records)),
    // What the page saw of a customer is this device's.
    ...(facts && { facts: (part) => facts.call(guests, part) }),
    ...(putFacts && { putFacts: (part, value) => putFacts.call(guests, part, value) }),
    ...(forget && { forget: () => forget.call(guests) }),
    close() {
      ended.abort();
      guests.close();
    },
  };
}
