// What the functions of a server may be given beside a customer. A misspelt option would be ignored, and what was meant would not be done: a
// code would be spent for an order that is rolled back. So each option that there is not is refused, and each of another type.

import { CHANNELS } from "../constants.js";
import { SENT } from "./channels.js";
import { ServerError, isMistake } from "./errors.js";
import { sharedSecret } from "./http/authenticate.js";
import { corsOf } from "./http/cors.js";
import { matcherOf } from "./http/match.js";
import { didYouMean, listed } from "./similar.js";

/**
 * @typedef {(value: any, path: string, given?: unknown[]) => void} Kind throws what is wrong with a value; `given`: all that the function was given
 * @typedef {import("./index.d.ts").Server} Server
 */

/** @param {(value: any) => boolean} fits @param {string} expected @param {Kind} [then] @returns {Kind} */
const kind = (fits, expected, then) => (value, path) => {
  if (!fits(value)) throw new ServerError("wrong-type", path, `expected ${expected}`);
  then?.(value, path);
};

/** What its function, or the engine, checks itself. @type {Kind} */
const any = () => {};
const yesNo = kind((value) => typeof value === "boolean", "`true` or `false`");
const call = kind((value) => typeof value === "function", "a function");
const text = kind((value) => typeof value === "string", "a text");
const above0 = kind((value) => typeof value === "number" && value > 0, "a number above 0");
/** Longer than a year nobody waits; and each instant that is reckoned with stays one that a database can hold. */
const duration = kind((value) => typeof value === "number" && value >= 1 && value <= 366 * 86_400_000, "milliseconds, from 1 to those of 366 days");
/** What makes something of it says what is wrong with it. @param {(value: any) => unknown} make @returns {Kind} */
const madeBy = (make) => (value, path) => {
  try {
    make(value);
  } catch (error) {
    throw new ServerError("invalid-value", path, /** @type {Error} */ (error).message);
  }
};
const whole = kind((value) => Number.isInteger(value) && value > 0, "a whole number from 1 on");
const signal = kind((value) => typeof value?.addEventListener === "function" && "aborted" in value, "the `signal` of an AbortController");
/** A pool would use a code on whichever connection is free, so it would stay used when the order is rolled back. @type {Kind} */
const connection = (value, path) => {
  if (typeof value?.query !== "function") throw new ServerError("wrong-type", path, "expected the connection on which the order's transaction is open");
  if (typeof value.totalCount === "number" && typeof value.connect === "function") throw new ServerError("wrong-type", path, "expected the connection on which the order's transaction is open; this is a pool: `await pool.connect()` gives one");
};

/** Words of a list, each with what was meant. @param {readonly string[]} words @returns {Kind} */
const oneOf = (words) => (value, path) => {
  if (!words.includes(value)) throw new ServerError("invalid-value", path, `expected one of ${listed(words)}${typeof value === "string" ? didYouMean(value, words) : ""}`);
};
/** @param {readonly string[]} words @returns {Kind} */
const someOf = (words) => (value, path) => {
  if (!Array.isArray(value)) throw new ServerError("wrong-type", path, `expected a list of ${listed(words)}`);
  value.forEach((one, index) => oneOf(words)(one, `${path}[${index}]`));
};

/**
 * An object of options, each of its kind. One that is undefined is as if it was not given.
 * @param {Record<string, Kind>} kinds
 * @param {{ instead?: string, isInside?: boolean }} [how] `instead`: what to give, where something else than an object was given; `isInside`:
 *   its path is part of theirs
 * @returns {Kind}
 */
const object = (kinds, { instead, isInside = false } = {}) => (given, path) => {
  const names = Object.keys(kinds);
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw new ServerError("wrong-type", path, instead ?? `expected an object with ${some(names)}`);
  if (names.includes("client") && typeof given.query === "function") throw new ServerError("unknown-field", "client", "this is a connection; give it as `{ client }`");
  for (const name of Object.keys(given)) {
    const at = isInside ? `${path}.${name.slice(0, 40)}` : name.slice(0, 40);
    if (!Object.hasOwn(kinds, name)) throw new ServerError("unknown-field", at, `no such option${didYouMean(name, names)}; expected ${some(names)}`);
    if (given[name] !== undefined) kinds[name](given[name], at);
  }
};
/** @param {readonly string[]} names */
const some = (names) => `${names.length > 1 ? "some of " : ""}${listed(names)}`;

/** What need not be given. @param {Kind} kind @returns {Kind} */
const maybe = (kind) => (value, path) => void (value !== undefined && kind(value, path));
/** @param {Record<string, Kind>} kinds */
const options = (kinds) => maybe(object(kinds));

/** What a store is not, said so that whoever gave it sees what to do. A text may be an address with a password, so it is not repeated. @type {Kind} */
const store = (value, path) => {
  if (typeof value?.transact === "function" && typeof value.queue === "function" && typeof value.now === "function") return;
  const what =
    typeof value === "string" ? "; this is a text: give the address to a pool of `pg`, and the pool to `postgres`"
    : typeof value === "function" ? "; this is a function: call it, as `memory()`"
    : typeof value?.query === "function" ? "; this is a pool or a connection: `postgres(pool)` makes a store of it"
    : typeof value?.sendCommand === "function" || typeof value?.call === "function" ? "; this is a client of Redis: `redis(client)` makes a store of it"
    : typeof value?.transact === "function" ? "; this is the store of a page"
    : "";
  throw new ServerError("wrong-type", path, `expected a store, such as \`postgres(pool)\`${what}`);
};

const rates = object({ perSecond: above0, burst: kind((value) => value >= 1, "a number from 1 on") }, { isInside: true });
/** Half a rate would be none. @type {Kind} */
const rate = (value, path) => {
  rates(value, path);
  for (const name of ["perSecond", "burst"]) if (value[name] === undefined) throw new ServerError("missing-field", `${path}.${name}`);
};

/** @type {{ [K in keyof Required<import("./index.d.ts").Options>]: Kind }} */
const OPEN = {
  policy: any,
  store,
  lease: duration,
  catalog: any,
  shop: kind((value) => value === null || /^(function|object)$/.test(typeof value), "an object, or a function that gives one"),
  wasm: any,
  issue: call,
  issueLimit: above0,
  issueOnce: yesNo,
  ownCodes: yesNo,
  onIssueError: call,
  secret: kind((value) => typeof value === "string" || Array.isArray(value), "the shop's secret, or a list of two while one replaces the other", madeBy(sharedSecret)),
  authenticate: kind((value) => [value].flat().every((one) => typeof one === "function"), "a function, such as `customerToken(secret)`, or a list of them"),
  prefix: kind((value) => typeof value === "string", "a text", madeBy((value) => matcherOf([], value))),
  origins: kind(Array.isArray, "a list of origins, as `[\"https://shop.example\"]`", madeBy(corsOf)),
  address: call,
  limits: object(/** @type {{ [K in keyof Required<import("./index.d.ts").Limits>]: Kind }} */ ({ body: above0, bodyTime: above0, shop: rate, customer: rate, address: rate, callers: above0 }), { isInside: true }),
  log: call,
  onError: call,
};

/** @type {{ [K in keyof Required<import("./delivery.d.ts").DeliverOptions>]: Kind }} */
const DELIVER = { channel: any, send: any, mode: any, concurrency: any, rate: any, timeout: any, grace: any, every: any, once: yesNo, signal, onError: call };

/** @type {{ [K in keyof Required<import("./night.d.ts").NightlyOptions>]: Kind }} */
const NIGHTLY = { customers: any, channels: someOf(SENT), concurrency: any, name: text, again: yesNo, lease: duration, dryRun: yesNo, signal, onProgress: call };

/** @type {{ [K in keyof Required<import("./index.d.ts").TasksOptions>]: Kind }} */
const TASKS = { until: any, limit: any, after: any, kinds: any };

/** @type {{ [K in keyof Required<import("./index.d.ts").ContactsOptions>]: Kind }} */
const CONTACTS = { channel: any, limit: any, after: any };

/** @type {{ [K in keyof Required<import("./data.d.ts").ImportOptions>]: Kind }} */
const IMPORT = { concurrency: whole, onProgress: call };

const only = options({ channel: oneOf(CHANNELS) });
/** A present may be given whole, as it is in the list of what a customer has. @type {Kind} */
const present = (value, path) => {
  if (typeof value !== "object" || value === null) throw new ServerError(value == null ? "missing-field" : "wrong-type", path, "expected the present, as `{ campaign, occurrence }`");
  for (const name of ["campaign", "occurrence"]) {
    if (typeof value[name] !== "string") throw new ServerError(value[name] == null ? "missing-field" : "invalid-value", name, "expected a text, as it is in the list of what the customer has");
  }
};
const rows = kind((value) => typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value), "a list of contacts, or what gives them one after the other");
/** @type {Kind} */
const answer = (value, path) => value !== null && object({ code: any, expiresAt: any }, { instead: "expected the code that the platform made, as `{ code }`, or null" })(value, path);

/** For each function of a server that is given more than a customer: what, and of which kinds. @type {{ [K in keyof Server]?: Record<string, Kind> }} */
const GIVEN = {
  // Of a contact that a page decided itself the third is the page's moment.
  arm: { customer: any, contact: any, only: (value, path, [, contact] = []) => void (typeof contact === "string" && only(value, path)) },
  contacts: { options: object(CONTACTS) },
  outcome: { customer: any, contact: any, outcome: any, only },
  sync: { customer: any, given: options({ records: any, wishes: any }) },
  ledger: { customer: any, change: options({ version: any, put: any, wish: any, drop: any }) },
  claim: { customer: any, present },
  settle: { customer: any, present, answer },
  redeem: { code: any, order: any, options: options({ client: connection, customer: text }) },
  issuePending: { options: options({ limit: whole }) },
  tasks: { options: options(TASKS) },
  report: { options: options({ from: any, to: any }) },
  import: { rows, options: options(IMPORT) },
  deliver: { options: object(DELIVER) },
  nightly: { options: options(NIGHTLY) },
  prune: { options: options({ inactive: any, onProgress: call }) },
  queued: { channels: maybe(someOf(CHANNELS)) },
};

/** Refuses options of `open` that there are not. @param {any} given */
export function refuseUnknown(given) {
  options(OPEN)(given, "options");
  if (given?.policy == null) throw new ServerError("missing-field", "policy", "expected the policy, an object or its JSON");
  if (given.store === undefined) throw new ServerError("missing-field", "store", "expected a store, such as `postgres(pool)`; `memory()` lasts as long as the process");
}

/** What answers by itself that the server is closed. */
const OPEN_STILL = ["fetch", "node", "close"];

/**
 * Lets each function of a server see what it is given before it does anything, and refuses all once it is closed.
 * @param {Server} server
 * @param {() => boolean} isClosed
 */
export function guard(server, isClosed) {
  const stopping = () => new ServerError("stopping", "", "the server was closed; open another");
  for (const [name, run] of Object.entries(server)) {
    if (typeof run !== "function" || OPEN_STILL.includes(name)) continue;
    const kinds = Object.entries(GIVEN[/** @type {keyof Server} */ (name)] ?? {});
    const check = (/** @type {unknown[]} */ given) => {
      if (isClosed()) throw stopping();
      kinds.forEach(([path, kind], at) => kind(given[at], path, given));
    };
    /** @type {any} */ (server)[name] =
      name === "deliver"
        ? (/** @type {unknown[]} */ ...given) => (check(given), run(...given))
        : async (/** @type {unknown[]} */ ...given) => {
            check(given);
            try {
              return await run(...given);
            } catch (error) {
              // What ran when the server was closed fails in many ways.
              throw isClosed() && !isMistake(error) ? stopping() : error;
            }
          };
  }
}
