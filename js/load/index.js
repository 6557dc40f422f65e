// The engine for JavaScript: one compiled module and one instance of it. After a trap the instance is replaced, and when nothing is kept
// of a large document: the memory of an instance only grows.

import { compile, explain } from "#wasm";
import { BUILD, Engine as Core, __wbg_reset_state as resetInstance, initSync } from "#glue";
import { keepOf } from "../ledger/keep.js";
import { recordOf } from "../ledger/record.js";
import { zonesFor } from "../zones/index.js";
import { isPlain } from "./border.js";
import { canonical, fingerprint } from "./canonical.js";
import { given } from "./given.js";
import { PolicyError, RequestError } from "./problems.js";
import { ofBuild } from "./start.js";

/**
 * @typedef {import("../index.d.ts").Engine} EngineContract
 * @typedef {import("../index.d.ts").CustomerHandle} CustomerContract
 * @typedef {import("../types.d.ts").Policy} Policy
 * @typedef {import("../types.d.ts").Customer} Customer
 */

/** @type {Promise<unknown> | undefined} */
let ready;

/** Where the Wasm comes from, if `load` is given none. */
let source = compile;

/** @param {WebAssembly.Module} module */
const start = (module) => void initSync({ module: ofBuild(BUILD, module) });

/** Makes `load` take the Wasm from elsewhere. @param {typeof compile} from */
export const provide = (from) => void (source = from);

/** The policy's text and the request of a refusal, for those who want it explained. @type {WeakMap<object, [policy: string, request: unknown]>} */
const refused = new WeakMap();

/** Counts the instances. An object of an earlier instance no longer exists. */
let instance = 0;

/** The customers that are kept inside the instance. */
let kept = 0;

/** From so many bytes on the memory is given back once no customer is kept. */
const LARGE = 1 << 25;

/**
 * Reads a policy.
 * @param {Policy | string} policy an object or JSON text
 * @param {{ now?: number | string | Date, wasm?: any }} [options]
 *   now: when it is read, for warnings of what is over; wasm: the engine's Wasm, where it is not found by itself; the first that is given counts
 * @returns {Promise<EngineContract>}
 */
export async function load(policy, { now = Date.now(), wasm } = {}) {
  const written = typeof policy === "string" || policy instanceof URL ? String(policy) : undefined;
  const parsed = written !== undefined ? parse(written) : /** @type {Policy} */ (policy);
  ready ??= (wasm === undefined ? source() : given(wasm)).then(start);
  await ready.catch((error) => {
    ready = undefined;
    throw error;
  });

  const core = await read(parsed, written);
  const unknown = unknownToIntl(parsed);
  const text = canonical(parsed);
  if (unknown.length > 0 || (written && keysIn(written) > keysIn(text))) {
    core.free();
    throw new PolicyError(await explain(parsed, unknown, undefined, written));
  }
  let hash = "";
  const revivable = new Revivable(() => {
    const core = new Core(JSON.parse(text));
    if (hash) core.setPolicyHash(hash);
    return core;
  }, core, text);
  // a published part carries the hash of the whole policy
  hash = parsed.seal?.policy ?? (await fingerprint(text));
  if (hash) revivable.call((core) => core.setPolicyHash(hash));
  return new Engine(revivable, hash, text, Number(new Date(now)));
}

/**
 * The same error; in a browser with the full build's sentences, if it is of a request that the engine refused.
 * @param {any} error
 */
export async function explained(error) {
  const known = refused.get(error);
  if (!known) return error;
  const problems = await explain(JSON.parse(known[0]), error.problems, known[1]);
  return problems === error.problems ? error : new RequestError(problems);
}

/**
 * How many colons a JSON text has outside its strings, one for each key: `JSON.parse` drops the keys that come again. No pattern here goes
 * back over what it read: that has limits.
 * @param {string} text
 */
const keysIn = (text) => text.replace(/\\./g, "").replace(/"[^"]*"/g, "").split(":").length;

/** @param {Policy} policy @param {string} [text] in which it was given */
async function read(policy, text) {
  try {
    return callCore(() => new Core(policy), PolicyError);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new PolicyError(await explain(policy, [...error.problems, ...unknownBeside(error.problems, policy)], undefined, text));
  }
}

/**
 * @param {string} text
 * @returns {Policy}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const isAddress = /^[^\s{[<"./]*[./]/.test(text) && !/[\s{<]/.test(text);
    const why = isAddress ? "give the policy, not its address" : /** @type {Error} */ (cause).message;
    const message = `the policy is not JSON: ${/^\s*</.test(text) ? "it is an HTML page" : why}`;
    throw new PolicyError([{ code: "invalid-value", path: "", message }]);
  }
}

/**
 * Language tags and zones that the engine accepts and `Intl` does not know. `Intl` writes the messages.
 * @param {Policy} policy
 */
function unknownToIntl({ shop, messages }) {
  /** @type {import("../types.d.ts").Problem[]} */
  const problems = [];
  /** @param {string} path @param {string} message @param {() => unknown} use */
  const check = (path, message, use) => {
    try {
      use();
    } catch {
      problems.push({ code: "invalid-value", path, message });
    }
  };
  const tag = "no language `Intl` knows; write it as `es-ES`";
  shop?.locales?.forEach((locale, index) => check(`shop.locales[${index}]`, tag, () => new Intl.Locale(locale)));
  check("shop.zone", "no zone `Intl` knows; give an IANA name as `Europe/Madrid`", () => {
    new Intl.DateTimeFormat("en", { timeZone: shop?.zone });
  });
  for (const [id, locales] of Object.entries(messages ?? {})) {
    for (const locale of Object.keys(locales ?? {})) check(`messages.${id}.${locale}`, tag, () => new Intl.Locale(locale));
  }
  return problems;
}

/**
 * Those of a policy that the engine has refused, so that its author reads all at once. Where the engine names a mistake, it may have any shape.
 * @param {import("../types.d.ts").Problem[]} problems
 * @param {Policy} policy
 */
function unknownBeside(problems, policy) {
  try {
    return unknownToIntl(policy).filter((one) => !problems.some(({ path }) => one.path.startsWith(path)));
  } catch {
    return [];
  }
}

/**
 * Calls the core. The core throws a list of problems to refuse; any other error is a trap, and the next call gets a new instance.
 * @template T
 * @param {() => T} call
 * @param {typeof PolicyError | typeof RequestError} [Refusal]
 * @returns {T}
 */
function callCore(call, Refusal = RequestError) {
  try {
    return call();
  } catch (cause) {
    if (Array.isArray(cause)) throw new Refusal(cause);
    replaceInstance();
    throw new Error(`the engine failed and was restarted: ${cause}`, { cause });
  }
}

/** Makes a new instance. Objects of the one before are made again when they are asked. */
function replaceInstance() {
  instance += 1;
  resetInstance();
}

/**
 * An object inside the Wasm instance. When the instance was replaced, the object is made again.
 * @template {{ free(): void }} T
 */
class Revivable {
  #make;
  #core;
  #instance = instance;
  #freed = false;

  /**
   * @param {() => T} make
   * @param {T} core the first one
   * @param {string} policy
   */
  constructor(make, core, policy) {
    this.#make = make;
    this.#core = core;
    this.policy = policy;
  }

  get core() {
    if (this.#instance !== instance) {
      this.#core = this.#make();
      this.#instance = instance;
    }
    return this.#core;
  }

  /**
   * @template R
   * @param {(core: T) => R} method
   * @param {unknown} [request] what is refused, if it is refused
   */
  call(method, request) {
    if (this.#freed) throw new Error("free() was called: this object can no longer be used");
    try {
      return callCore(() => method(this.core));
    } catch (error) {
      if (request && error instanceof RequestError) refused.set(error, [this.policy, request]);
      throw error;
    }
  }

  /** Whether it was not freed before. */
  free() {
    const is = !this.#freed;
    if (is && this.#instance === instance) this.#core.free();
    this.#freed = true;
    return is;
  }
}

/** @implements {EngineContract} */
class Engine {
  #revivable;
  #policy;
  /** @type {ReturnType<typeof keepOf>} */
  #keep;

  /**
   * @param {Revivable<Core>} revivable
   * @param {string} policyHash
   * @param {string} policy its JSON text
   * @param {number} now
   */
  constructor(revivable, policyHash, policy, now) {
    const { shop, campaigns, elsewhere = [] } = JSON.parse(policy);
    this.#revivable = revivable;
    this.#policy = policy;
    this.policyHash = policyHash;
    this.shop = Object.freeze(shop);
    /** @type {readonly import("../types.d.ts").Warning[]} */
    this.warnings = Object.freeze(revivable.call((/** @type {any} */ core) => core.warnings?.({ now }) ?? []));
    this.topics = Object.freeze([...new Set([...campaigns, ...elsewhere].flatMap((/** @type {any} */ { topic }) => topic ?? []))]);
  }

  /** What it still reads of old records: js/ledger/prune.js. */
  get keep() {
    return (this.#keep ??= keepOf(JSON.parse(this.#policy)));
  }

  /**
   * @param {any} request
   * @returns {any}
   */
  decide(request) {
    const zones = zonesFor(request, request?.customer, this.shop);
    return this.#revivable.call((core) => core.decide(zones ? { ...request, zones } : request), request);
  }

  /** @type {EngineContract["claims"]} */
  claims(request) {
    return this.#revivable.call((core) => core.claims(request));
  }

  /** @type {EngineContract["customer"]} */
  customer(customer, ledger) {
    return new Handle(this, this.#revivable, customer, ledger);
  }

  /** @type {EngineContract["batch"]} */
  async *batch(customers, options) {
    // Pages that decide for one customer do not download it.
    yield* (await import("../batch/batch.js")).batch(this, this.#policy, customers, options);
  }

  free() {
    this.#revivable.free();
  }

  [Symbol.dispose]() {
    this.free();
  }
}

/** @implements {CustomerContract} */
class Handle {
  #engine;
  #revivable;
  #customer;
  #ledger;
  /** @type {object[]} recorded since the ledger was given */
  #records = [];
  /** The ids of ghosts: a ghost that is recorded like a contact is still a ghost. */
  #ghosts = new Set();
  /** @type {object | undefined} the zone tables that this customer has inside the Wasm */
  #zones;
  /** @type {any} the moment of the last decision */
  #moment;

  /**
   * @param {Engine} engine
   * @param {Revivable<Core>} engineCore
   * @param {Customer | null} [customer]
   * @param {object[] | null} [ledger]
   */
  constructor(engine, engineCore, customer, ledger) {
    this.#engine = engine;
    this.#customer = customer;
    this.#ledger = ledger;
    this.#revivable = new Revivable(
      () => {
        const core = engineCore.core.customer(this.#customer, this.#ledger);
        for (const record of this.#records) core.record(record);
        this.#zones = undefined;
        return core;
      },
      engineCore.call((core) => core.customer(customer, ledger), { now: 0, customer, ledger }),
      engineCore.policy,
    );
    kept += 1;
  }

  /**
   * @param {any} moment
   * @returns {any}
   */
  decide(moment) {
    const decision = this.#ask(moment, (core, moment) => core.decide(moment));
    this.#moment = moment;
    for (const { id } of decision.ghosts) this.#ghosts.add(id);
    return decision;
  }

  /** @type {CustomerContract["retryAt"]} */
  retryAt(campaign, moment) {
    const at = moment ?? this.#moment;
    if (typeof campaign !== "string") throw new TypeError("retryAt: give a campaign's id");
    if (!at) throw new TypeError("retryAt: decide first, or give the moment");
    return this.#ask(at, (core, moment) => {
      if (core.retryAt) return core.retryAt(moment, campaign);
      // a browser's build has no search for one campaign alone
      const asked = isPlain(moment) ? { ...moment, explain: true } : moment;
      return core.decide(asked).refused.find((/** @type {any} */ one) => one.campaign === campaign)?.retryAt;
    }) ?? null;
  }

  /**
   * Asks the core at a moment, which gets the zone tables that the core lacks.
   * @template R
   * @param {any} moment
   * @param {(core: any, moment: any) => R} ask
   */
  #ask(moment, ask) {
    const zones = zonesFor(moment, this.#customer, this.#engine.shop);
    const inside = this.#zones;
    // If the call fails, the tables inside are unknown, and the next call passes them again.
    this.#zones = undefined;
    const answer = this.#revivable.call((core) => ask(core, zones && zones !== inside ? { ...moment, zones } : moment), moment);
    this.#zones = zones;
    return answer;
  }

  /** @type {CustomerContract["record"]} */
  record(given) {
    const state = () => (this.#ghosts.has(given.id) ? "ghost" : "delivered");
    const record = isContact(given) ? recordOf(given, state(), this.#engine.policyHash) : (given ?? {});
    this.#revivable.call((core) => core.record(record));
    this.#records.push(record);
  }

  /** @type {CustomerContract["ledger"]} */
  ledger(records) {
    this.#revivable.call((core) => core.ledger(records), { now: 0, ledger: records });
    this.#ledger = records;
    this.#records = [];
  }

  /** @type {CustomerContract["update"]} */
  update(patch) {
    /** @type {any} */
    let customer;
    try {
      customer = { ...this.#customer, ...patch };
    } catch {
      // A getter threw. The core refuses what is no object.
      customer = Symbol();
    }
    this.#revivable.call((core) => core.update(customer), { now: 0, customer });
    this.#customer = customer;
  }

  free() {
    if (this.#revivable.free()) kept -= 1;
    if (kept === 0 && /** @type {any} */ (initSync)().memory.buffer.byteLength > LARGE) replaceInstance();
  }

  [Symbol.dispose]() {
    this.free();
  }
}

/**
 * @param {any} given
 * @returns {given is import("../types.d.ts").Contact}
 */
function isContact(given) {
  return Object(given?.message) === given?.message && given?.state === undefined;
}
