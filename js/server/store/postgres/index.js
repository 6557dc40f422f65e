// A server's store in PostgreSQL, or in PGlite, which is PostgreSQL in a folder. All that happens to one customer happens under one advisory lock,
// over as many processes as there are, by the database's clock.

import { instant } from "../../../ledger/record.js";
import { Thrown, failure, kindOf, written, writtenObject } from "../failures.js";
import { decode, encode, isShortened, keyOf } from "../text.js";
import { change, countersOf, empty, over, taken } from "../work.js";
import { assertWritable, migrate } from "./migrations.js";
import { WHOLE, sessionOf } from "./session.js";
import * as sql from "./statements.js";

/** For so many milliseconds a transaction is tried again: a database that begins anew takes some seconds. */
const PATIENCE = 15_000;

/** In so many milliseconds the clock is told, or the database counts as away. */
const SOON = 2000;

/** What is kept of a name, or undefined: it is its key. @param {string} name */
const wholeName = (name) => (isShortened(keyOf(name)) ? encode(name) : null);

/**
 * @param {any} client a pg.Pool, a connection of its own (pg.Client), or a PGlite
 * @param {{ patience?: number }} [options]
 * @returns {import("../../store.d.ts").ServerStore}
 */
export function postgres(client, { patience = PATIENCE } = {}) {
  const session = sessionOf(client, patience);
  /** @type {Promise<number> | undefined} */
  let migrated;
  const ready = () => (migrated ??= migrate(session).catch((error) => ((migrated = undefined), Promise.reject(error))));

  /** @type {import("../../store.d.ts").ServerStore["transact"]} */
  const transact = async (work, part) => {
    await ready();
    // Whoever changes what the guests have must be alone. That is seen only once the work was done, and seldom.
    let isAlone = !part;
    const key = keyOf(part ?? "");
    return session
      .transaction((_id, wait) => (isAlone ? [sql.LOCK_ALL, [wait]] : [sql.LOCK_PART, [wait, key]]), async (query, token) => {
        const limit = part === undefined ? WHOLE : undefined;
        const rows = await query(sql.readState(part === undefined), [key], limit);
        const { state, version } = own(() => stateOf(rows, part));
        const { result, changes } = own(() => change(work, part, state));
        if (!changes) return { result };
        own(() => assertWritable(version));
        if (!isAlone && [...changes.put, ...changes.drop].some(([of]) => of !== changes.part)) {
          isAlone = true;
          throw Object.assign(new Error("the guests' records change"), { code: "40001" });
        }
        await write(query, token, changes, limit);
        if (changes.erase) await query(sql.ERASE, [key]);
        return { result, wrote: "noted" };
      })
      .catch((error) => Promise.reject(kindOf(error) === "taken" ? taken() : error));
  };

  /**
   * Changes without a decision.
   * @param {import("./session.js").Lock} lock
   * @param {(query: import("./session.js").Query, token: string) => Promise<any>} body
   */
  const put = async (lock, body) => {
    await ready();
    return session.transaction(lock, async (query, token) => {
      await writable(query);
      return { result: await body(query, token), wrote: "noted" };
    });
  };
  /**
   * The same, by one statement.
   * @param {import("./session.js").Lock} lock
   * @param {string} text
   * @param {unknown[]} [values]
   * @param {number} [limit] in milliseconds
   */
  const putBy = (lock, text, values, limit) =>
    put(lock, async (query, token) => {
      await query(text, values, limit);
      await query(sql.DONE, [token]);
    });

  /** @param {string} part @returns {import("./session.js").Lock} */
  const lockOf = (part) => (_id, wait) => (part ? [sql.LOCK_PART, [wait, keyOf(part)]] : [sql.LOCK_ALL, [wait]]);
  /** @type {import("./session.js").Lock} */
  const itself = (id, wait) => [sql.LOCK_ITSELF, [wait, id]];

  const writable = async (/** @type {import("./session.js").Query} */ query) => {
    const [{ version }] = await query("select version from querencia_schema");
    own(() => assertWritable(version));
  };

  /** @param {string} text @param {unknown[]} [values] @param {number} [limit] in milliseconds */
  const read = async (text, values, limit) => {
    await ready();
    return session.query(text, values, limit);
  };

  return {
    kind: "postgres",
    hard: true,
    transact,
    all: async () => (await read("select body from querencia_records order by part, id", [], WHOLE)).map(({ body }) => writtenObject(body)),
    async facts(part) {
      const [row] = await read("select facts from querencia_parts where part = $1::text", [keyOf(part)]);
      return parsed(row?.facts);
    },
    putFacts: (part, facts) => putBy(lockOf(part), sql.PUT_FACTS, [keyOf(part), wholeName(part), JSON.stringify(facts) ?? null, dueOf(facts)]),
    forget: () => putBy(lockOf(""), sql.FORGET, [], WHOLE),
    async queue({ state, channel, until = Infinity, after, limit }) {
      const more = after ? [after.at, keyOf(after.id), keyOf(after.part)] : [];
      const rows = await read(sql.queue({ channel, after }), [state, until, channel === undefined ? null : keyOf(channel), limit, ...more]);
      return rows.map(({ part, id, at, body, name }) => ({ part: decode(name ?? part), id: body ? writtenObject(body).id : decode(id), at: Number(at) }));
    },
    async due({ until = Infinity, after, limit }) {
      const rows = await read(sql.DUE, [until, after?.due ?? -Infinity, keyOf(after?.part ?? ""), limit]);
      return rows.map(({ part, name, due }) => ({ part: decode(name ?? part), due: Number(due) }));
    },
    async parts({ after = "", limit }) {
      return (await read(sql.PARTS, [keyOf(after), limit])).map(({ part, name }) => decode(name ?? part));
    },
    async counters(prefix) {
      const from = encode(prefix);
      const rows = await read("select name, value from querencia_counters where starts_with(name, $1::text) and name >= $1::text and name < $1::text || chr(1114111) order by name", [from]);
      return Object.fromEntries(rows.map(({ name, value }) => [decode(name), Number(value)]));
    },
    async count(add) {
      const counters = countersOf(add);
      if (counters.length === 0) return;
      const changes = { part: "", isNew: false, put: [], drop: [], grants: [], ungrant: [], counters };
      await put(itself, (query, token) => write(query, token, changes));
    },
    uncount: (names) => putBy(itself, sql.UNCOUNT, [JSON.stringify(names.map(encode))]),
    async note(name) {
      const [row] = await read("select body from querencia_notes where name = $1::text", [keyOf(name)]);
      return written(row?.body ?? "null");
    },
    async putNote(name, value) {
      if (value == null) return putBy(itself, sql.DELETE_NOTE, [keyOf(name)]);
      return putBy(itself, sql.PUT_NOTE, [keyOf(name), JSON.stringify(value)]);
    },
    async granted(code) {
      const [row] = await read(
        "select g.part, p.name, g.body from querencia_grants g left join querencia_parts p on p.part = g.part where g.code = $1::text",
        [keyOf(code)],
      );
      return row && { part: decode(row.name ?? row.part), grant: writtenObject(row.body) };
    },
    async pending({ after = { part: "", key: "" }, limit }) {
      const rows = await read(sql.PENDING, [keyOf(after.part), keyOf(after.key), limit]);
      return rows.map(({ part, key, body, name }) => ({ part: decode(name ?? part), key: body ? writtenObject(body).key : decode(key) }));
    },
    async redeem(code, order, inside) {
      await ready();
      const values = [keyOf(code), encode(order)];
      /** @param {import("./session.js").Query} query */
      const redeem = async (query) => {
        const [mine] = await query(sql.REDEEM, values);
        const [use] = mine ? [mine] : await query(sql.REDEEMED, [values[0]]);
        // In a transaction of another isolation level what another one stored meanwhile cannot be seen.
        if (!use) throw failure("busy");
        return { order: decode(use.order_id), at: Number(use.at) };
      };
      if (inside) return redeem(async (text, values) => (await /** @type {any} */ (inside).query(text, values)).rows);
      return put(itself, async (query, token) => {
        await query(sql.DONE, [token]);
        return redeem(query);
      });
    },
    async redeemed(code) {
      const [use] = await read(sql.REDEEMED, [keyOf(code)]);
      return use && { order: decode(use.order_id), at: Number(use.at) };
    },
    erase: (part) => putBy(lockOf(part), sql.ERASE, [keyOf(part)]),
    now: async () => Number((await session.query(sql.NOW, [], SOON, true))[0].now),
    // The client is the shop's: who made it ends it.
    close() {},
  };
}

/** What is not the database's fault goes through untouched. @template T @param {() => T} work @returns {T} */
function own(work) {
  try {
    return work();
  } catch (error) {
    throw new Thrown(error);
  }
}

/** When something of a customer is due. @param {any} facts @returns {number | null} */
const dueOf = (facts) => (Number.isFinite(facts?.due) ? facts.due : null);

/** @param {string | null | undefined} json */
const parsed = (json) => (json == null ? undefined : written(json));

/**
 * @param {{ kind: string, part: string, name: string | null, body: string | null }[]} rows of `readState`
 * @param {string | undefined} part
 */
function stateOf(rows, part) {
  /** @type {import("../work.js").State} */
  const state = { now: 0, parts: new Map(), live: {} };
  const live = [];
  let version = 0;
  const names = new Map([["", ""], [keyOf(part ?? ""), part ?? ""]]);
  for (const { kind, part: key, name } of rows) if (kind === "wishes") names.set(key, decode(name ?? key));
  const partOf = (/** @type {string} */ key) => {
    const name = names.get(key) ?? decode(key);
    const kept = state.parts.get(name) ?? empty();
    state.parts.set(name, kept);
    return kept;
  };
  for (const { kind, part: key, name, body } of rows) {
    if (kind === "store") {
      if (key !== "read committed") throw new Error(`the transaction is \`${key}\`: give a client that does not change its isolation level`);
      [state.now, version] = [Number(body), Number(name)];
    } else if (kind === "wishes") partOf(key).wishes = body === null ? {} : writtenObject(body);
    else if (kind === "facts") partOf(key).facts = parsed(body);
    else if (kind === "live") live.push(/** @type {[string, number]} */ ([decode(name ?? ""), Number(body)]));
    else if (kind === "record") {
      const record = writtenObject(body);
      partOf(key).records.set(record.id, record);
    } else {
      const grant = writtenObject(body);
      partOf(key).grants.set(grant.key, grant);
    }
  }
  state.live = Object.fromEntries(live.sort());
  return { state, version };
}

/**
 * @param {import("./session.js").Query} query
 * @param {string} token
 * @param {import("../work.js").Changes} changes
 * @param {number} [limit] in milliseconds
 */
async function write(query, token, { part, isNew, put, drop, wishes, facts, grants, ungrant, counters }, limit) {
  const key = keyOf(part);
  const hasPart = wishes !== undefined || facts !== undefined || (isNew && put.length + grants.length > 0);
  const given = {
    token,
    parts: hasPart ? [{ part: key, name: wholeName(part), wishes: JSON.stringify(wishes), facts: JSON.stringify(facts), due: dueOf(facts) }] : [],
    put: put.map(([of, record]) => ({
      part: keyOf(of),
      id: keyOf(record.id),
      state: record.state,
      channel: record.channel == null ? null : keyOf(record.channel),
      at: instant(record.at),
      body: JSON.stringify(record),
    })),
    drop: drop.map(([of, id]) => ({ part: keyOf(of), id: keyOf(id) })),
    grants: grants.map((grant) => ({
      part: key,
      key: keyOf(grant.key),
      state: grant.state,
      code: grant.code == null ? null : keyOf(grant.code),
      body: JSON.stringify(grant),
    })),
    ungrant: ungrant.map((one) => ({ part: key, key: keyOf(one) })),
    counters: counters.map(({ name, add }) => ({ name: encode(name), add })),
  };
  if (Math.random() < 0.01) await query(sql.FORGET_DONE);
  const now = await query(sql.WRITE, [JSON.stringify(given)], limit);
  const values = new Map(now.map(({ name, value }) => [decode(name), Number(value)]));
  for (const { name, most = Infinity } of counters) if ((values.get(name) ?? 0) > most) throw new Thrown(over(name));
}
