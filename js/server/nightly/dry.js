// A run that only says what it would reserve: it decides over the store as it is, and what a transaction would store is kept here, for that
// customer alone. Counters that a budget asks for are added up over the run. No code is asked of a platform: one of ours stands for it.

import { partOf } from "../../ledger/part.js";
import { Context } from "../context.js";
import { change, empty, over } from "../store/work.js";

/**
 * @param {Context} real
 * @returns {{ context: Context, run: { begin(again: boolean): Promise<undefined>, keep(): Promise<void>, end(): Promise<{ from: number, to: number }> }, forget(customer: unknown): void }}
 */
export function dryOf(real) {
  /** @type {Map<string, import("../store/work.js").Part>} what would be stored of the customers in hand */
  const parts = new Map();
  /** @type {Map<string, number>} */
  const counters = new Map();

  /** @type {import("../store.d.ts").ServerStore["transact"]} */
  const transact = async (work, part = "") => {
    const { own, guests, now, live } = await real.store.transact((records, wishes, guests, seen, { facts, grants, now, live }) => {
      const own = { records: new Map(records.map((record) => [record.id, record])), wishes, facts, grants: new Map(grants.map((grant) => [grant.key, grant])) };
      return { put: [], result: structuredClone({ own, guests, now, live: { ...live } }) };
    }, part);
    for (const [name, add] of counters) if (name.startsWith("live.")) live[name] = (live[name] ?? 0) + add;
    const mine = parts.get(part) ?? own;
    const { result, changes } = change(work, part, { now, live, parts: new Map([["", { ...empty(), wishes: guests }], [part, mine]]) });
    if (!changes) return result;
    for (const { name, add, most = Infinity } of changes.counters) if ((live[name] ?? 0) + add > most) throw over(name);
    for (const { name, add } of changes.counters) counters.set(name, (counters.get(name) ?? 0) + add);
    for (const [, record] of changes.put) mine.records.set(record.id, record);
    for (const [, id] of changes.drop) mine.records.delete(id);
    for (const key of changes.ungrant) mine.grants.delete(key);
    for (const grant of changes.grants) mine.grants.set(grant.key, grant);
    if (changes.wishes) mine.wishes = changes.wishes;
    if ("facts" in changes) mine.facts = changes.facts;
    parts.set(part, mine);
    return result;
  };

  const { issue, ownCodes } = real.options;
  const options = { ...real.options, store: { ...real.store, transact }, issue: undefined, ownCodes: ownCodes || issue !== undefined };
  const context = new Context(options, real.engine, real.policy);
  // The policy may be replaced meanwhile; nothing is counted.
  for (const name of /** @type {const} */ (["engine", "policy", "fatigue"])) Object.defineProperty(context, name, { get: () => real[name] });
  Object.assign(context, { counters: { add() {} } });
  let from = 0;
  return {
    context,
    run: {
      async begin() {
        from = await real.store.now();
        return undefined;
      },
      async keep() {},
      end: async () => ({ from, to: await real.store.now() }),
    },
    forget: (customer) => void parts.delete(partOf({ id: /** @type {any} */ (customer) })),
  };
}
