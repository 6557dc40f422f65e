// A server's store in Redis. A decision is made over a part at one version, and stored if the part is still at that version; else it is
// made anew over the newest state.

import { versioned } from "../../../ledger/versioned.js";
import { instant } from "../../../ledger/record.js";
import { failure, written, writtenObject } from "../failures.js";
import { serial } from "../serial.js";
import { decode, encode, isShortened, keyOf } from "../text.js";
import { change, countersOf, empty, over, taken } from "../work.js";
import { runOf } from "./run.js";
import { SCHEMA } from "./script.js";

/**
 * @typedef {import("../../store.d.ts").ServerStore} ServerStore
 * @typedef {import("../work.js").State & { versions: Map<string, string>, changes: string, schema: number }} Read
 */

const PATIENCE = 15_000;

/** @param {string} part @param {string} key */
const pair = (part, key) => `${part}\0${key}`;

/**
 * @param {any} client
 * @param {{ prefix?: string, patience?: number }} [options]
 * @returns {ServerStore}
 */
export function redis(client, { prefix = "{querencia}", patience = PATIENCE } = {}) {
  const run = runOf(client, prefix, patience);
  const inTurn = serial();

  /**
   * @param {string[]} args
   * @param {string} [id] the same if it is sent again
   */
  const write = async ([op, ...args], id = crypto.randomUUID()) => {
    const answer = await run([op, id, ...args]);
    if (answer[0] === "newer") throw failure("store-newer");
    if (answer[0] === "taken") throw taken();
    if (answer[0] === "over") throw over(decode(answer[1]));
    return answer;
  };
  const nothing = { part: "", versions: [], counters: [], codes: [], set: [], notes: [] };
  /** Stores what needs no decision. @param {object} change */
  const put = (change) => write(["write", JSON.stringify({ ...nothing, ...change })]);

  /** @param {string | undefined} part @returns {Promise<Read>} */
  const read = async (part) => {
    const state = readOf(await run(["read", keyOf(part ?? "")]), part);
    if (part !== undefined) return state;
    for await (const key of keysOfParts()) {
      const [, , , flat] = key ? await run(["read", key]) : [];
      if (flat) add(state, key, flat);
    }
    return state;
  };

  async function* keysOfParts() {
    for (let after = ""; ; ) {
      const keys = await run(["parts", after, "500"]);
      yield* keys;
      if (keys.length < 500) return;
      after = keys.at(-1);
    }
  }

  /** The name of a part by its key. @param {string} key */
  const nameOf = async (key) => (isShortened(key) ? decode((await run(["field", key, "n"])) ?? key) : decode(key));

  /** @type {ServerStore["transact"]} */
  const transact = (work, part) =>
    inTurn(part, () =>
      versioned({
        read: () => read(part),
        decide: (state) => {
          const { result, changes } = change(work, part, state);
          if (changes && state.schema > SCHEMA) throw failure("store-newer");
          return { result, change: changes };
        },
        write: async (state, changes, id) => {
          const [said, newest] = await write(["write", JSON.stringify(given(state, changes, part === undefined))], id);
          if (said === "done") return { ok: true };
          return { ok: false, state: part === undefined ? await read(part) : readOf(newest, part) };
        },
      }),
    );

  return {
    kind: "redis",
    hard: true,
    transact,
    async all() {
      const { parts } = await read(undefined);
      return [...parts].sort(byName).flatMap(([, { records }]) => [...records].sort(byName).map(([, record]) => record));
    },
    facts: async (part) => factsOf(await run(["field", keyOf(part), "f"])),
    async putFacts(part, facts) {
      await put({ set: [...nameSet(part), [keyOf(part), "f", factsText(facts)]] });
    },
    async forget() {
      await write(["forget"]);
    },
    async queue({ state, channel, until = Infinity, after, limit }) {
      const name = channel === undefined ? `q:${state}` : `q:${state}:${keyOf(channel)}`;
      const from = after ? [String(after.at), pair(keyOf(after.id), keyOf(after.part))] : ["", ""];
      const rows = await run(["queue", name, until === Infinity ? "inf" : String(until), ...from, String(limit)]);
      const found = [];
      for (let row = 0; row < rows.length; row += 2) {
        const [id, part] = rows[row].split("\0");
        const body = isShortened(id) && (await run(["field", part, `r:${id}`]))?.split("\0")[3];
        found.push({ part: await nameOf(part), id: body ? writtenObject(body).id : decode(id), at: Number(rows[row + 1]) });
      }
      return found;
    },
    async due({ until = Infinity, after, limit }) {
      const from = after ? [String(after.due), keyOf(after.part)] : ["", ""];
      const flat = await run(["queue", "due", until === Infinity ? "inf" : String(until), ...from, String(limit)]);
      return Promise.all(pairs(flat).map(async ([part, due]) => ({ part: await nameOf(part), due: Number(due) })));
    },
    async parts({ after = "", limit }) {
      return Promise.all((await run(["parts", keyOf(after), String(limit)])).map(nameOf));
    },
    async counters(prefix) {
      const [counters, live] = await run(["counters"]);
      const all = [...pairs(counters), ...pairs(live)].map(([name, value]) => /** @type {const} */ ([decode(name), Number(value)]));
      return Object.fromEntries(all.filter(([name]) => name.startsWith(prefix)).sort(byName));
    },
    async count(add) {
      const counters = countersOf(add);
      if (counters.length > 0) await put({ counters: counters.map(text) });
    },
    async uncount(names) {
      await put({ uncount: names.map(encode) });
    },
    note: async (name) => written((await run(["get", "notes", keyOf(name)])) ?? "null"),
    async putNote(name, value) {
      await put({ notes: [[keyOf(name), value == null ? null : JSON.stringify(value)]] });
    },
    async granted(code) {
      const [part, key] = ((await run(["get", "codes", keyOf(code)])) ?? "").split("\0");
      const value = key !== undefined && (await run(["field", part, `g:${key}`]));
      return value ? { part: await nameOf(part), grant: writtenObject(value.split("\0")[2]) } : undefined;
    },
    async pending({ after, limit }) {
      const members = await run(["pending", after ? pair(keyOf(after.part), keyOf(after.key)) : "", String(limit)]);
      return Promise.all(
        members.map(async (/** @type {string} */ member) => {
          const [part, key] = member.split("\0");
          const body = isShortened(key) && (await run(["field", part, `g:${key}`]))?.split("\0")[2];
          return { part: await nameOf(part), key: body ? writtenObject(body).key : decode(key) };
        }),
      );
    },
    redeem: async (code, order) => useOf((await write(["redeem", keyOf(code), encode(order)]))[1]),
    async redeemed(code) {
      const use = await run(["get", "redeemed", keyOf(code)]);
      return use ? useOf(use) : undefined;
    },
    async erase(part) {
      await write(["erase", keyOf(part)]);
    },
    now: async () => Number(await run(["now"], 2000)),
    // The client is the shop's: who made it ends it.
    close() {},
  };
}

/** @param {readonly [string, unknown]} a @param {readonly [string, unknown]} b */
const byName = ([a], [b]) => (a < b ? -1 : 1);

/** Facts, with when something of them is due before. @param {any} facts */
const factsText = (facts) => (facts === undefined ? null : `${Number.isFinite(facts?.due) ? facts.due : ""}\0${JSON.stringify(facts)}`);

/** @param {string | null | undefined} kept */
const factsOf = (kept) => (kept == null ? undefined : written(kept.slice(kept.indexOf("\0") + 1)));

/** @param {string} use */
function useOf(use) {
  const at = use.indexOf(" ");
  return { order: decode(use.slice(at + 1)), at: Number(use.slice(0, at)) };
}

/** @param {string[]} flat @returns {[string, string][]} */
const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);

/** @param {any[]} answer of `read` @param {string | undefined} part @returns {Read} */
function readOf([now, schema, changes, own, guests, live], part) {
  /** @type {Read} */
  const state = {
    now: Number(now),
    schema: Number(schema),
    changes,
    parts: new Map(),
    versions: new Map(),
    live: Object.fromEntries(pairs(live).map(([name, value]) => [decode(name), Number(value)])),
  };
  add(state, "", part ? guests : own);
  if (part) add(state, keyOf(part), own, part);
  return state;
}

/** Adds what a part's hash has. @param {Read} state @param {string} key @param {string[]} flat @param {string} [known] its name */
function add(state, key, flat, known) {
  const fields = pairs(flat);
  const hash = new Map(fields);
  const name = known ?? decode(hash.get("n") ?? key);
  state.versions.set(key, hash.get("v") ?? "0");
  if (fields.length === 0) return;
  const part = { ...empty(), wishes: hash.has("w") ? writtenObject(hash.get("w")) : {}, facts: factsOf(hash.get("f")) };
  for (const [field, value] of fields) {
    if (field.startsWith("r:")) {
      const record = writtenObject(value.split("\0")[3]);
      part.records.set(record.id, record);
    } else if (field.startsWith("g:")) {
      const grant = writtenObject(value.split("\0")[2]);
      part.grants.set(grant.key, grant);
    }
  }
  state.parts.set(name, part);
}

/** @param {import("../work.js").Counter} counter */
const text = ({ name, add, most }) => ({ name: encode(name), add: String(add), ...(most !== undefined && { most: String(most) }) });

/** @param {string} part */
const nameSet = (part) => (isShortened(keyOf(part)) ? [[keyOf(part), "n", encode(part)]] : []);

/**
 * What the script is to store.
 * @param {Read} state
 * @param {import("../work.js").Changes} changes
 * @param {boolean} isWhole
 */
function given(state, { part, put, drop, wishes, facts, grants, ungrant, counters, isNew, erase }, isWhole) {
  const key = keyOf(part);
  /** @type {[part: string, field: string, value: string | null][]} */
  const set = [
    ...put.map(([of, record]) => {
      const at = instant(record.at);
      const index = [record.state, record.channel == null ? "" : keyOf(record.channel), Number.isNaN(at) ? "" : String(at)];
      return /** @type {[string, string, string]} */ ([keyOf(of), `r:${keyOf(record.id)}`, [...index, JSON.stringify(record)].join("\0")]);
    }),
    ...drop.map(([of, id]) => /** @type {[string, string, null]} */ ([keyOf(of), `r:${keyOf(id)}`, null])),
    ...ungrant.map((one) => /** @type {[string, string, null]} */ ([key, `g:${keyOf(one)}`, null])),
    ...grants.map((grant) => {
      const value = [grant.state, grant.code == null ? "" : keyOf(grant.code), JSON.stringify(grant)].join("\0");
      return /** @type {[string, string, string]} */ ([key, `g:${keyOf(grant.key)}`, value]);
    }),
  ];
  if (wishes !== undefined) set.push([key, "w", JSON.stringify(wishes)]);
  if (facts !== undefined) set.push([key, "f", factsText(facts)]);
  if (isNew && set.length > 0) set.push(.../** @type {[string, string, string][]} */ (nameSet(part)));
  return {
    part: key,
    versions: [...state.versions],
    ...(erase && { erase: key }),
    ...(isWhole && { changes: state.changes }),
    set,
    counters: counters.map(text),
    codes: grants.flatMap((grant) => (grant.code == null ? [] : [[keyOf(grant.code), pair(key, keyOf(grant.key))]])),
    notes: [],
  };
}
