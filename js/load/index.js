// The engine for JavaScript: one compiled module, one instance of it, made anew when a call breaks off.

import { compile, explain } from "#wasm";
import { Engine as Core, __wbg_reset_state as renew, initSync } from "../../dist/wasm/querencia.js";
import { recordOf } from "../ledger/record.js";
import { zonesOf } from "../zones/index.js";
import { canonical, fingerprint } from "./canonical.js";
import { PolicyError, RequestError } from "./problems.js";

/**
 * @typedef {import("../index.d.ts").Engine} EngineContract
 * @typedef {import("../index.d.ts").CustomerHandle} CustomerContract
 * @typedef {import("../types.d.ts").Policy} Policy
 * @typedef {import("../types.d.ts").Customer} Customer
 */

/** @type {Promise<unknown> | undefined} */
let ready;

/** Counts the instances: what lives in an earlier one is gone with it. */
let instance = 0;

/**
 * Reads a policy and makes it decide.
 * @param {Policy | string} policy an object or JSON text
 * @returns {Promise<EngineContract>}
 */
export async function load(policy) {
  const given = typeof policy === "string" ? parsed(policy) : policy;
  ready ??= compile().then((module) => initSync({ module }));
  await ready.catch((error) => {
    ready = undefined;
    throw error;
  });

  const core = await read(given);
  const unknown = unknownToIntl(given);
  if (unknown.length > 0) throw new PolicyError(unknown);
  const text = canonical(given);
  let hash = "";
  const kept = new Kept(() => {
    const again = new Core(JSON.parse(text));
    if (hash) again.seal(hash);
    return again;
  }, core);
  hash = await fingerprint(text);
  if (hash) kept.ask((core) => core.seal(hash));
  return new Engine(kept, hash, JSON.parse(text));
}

/** @param {Policy} policy */
async function read(policy) {
  try {
    return attempt(() => new Core(policy), PolicyError);
  } catch (error) {
    throw error instanceof PolicyError ? new PolicyError(await explain(policy, error.problems)) : error;
  }
}

/**
 * @param {string} text
 * @returns {Policy}
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `the policy is not JSON: ${/** @type {Error} */ (cause).message}`;
    throw new PolicyError([{ code: "invalid-value", path: "", message }]);
  }
}

/**
 * What reads like a language tag or a zone and is none for `Intl`, which writes the messages.
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
  shop.locales.forEach((locale, index) => check(`shop.locales[${index}]`, tag, () => new Intl.Locale(locale)));
  check("shop.zone", "no zone `Intl` knows; give an IANA name as `Europe/Madrid`", () => {
    new Intl.DateTimeFormat("en", { timeZone: shop.zone });
  });
  for (const [id, locales] of Object.entries(messages)) {
    for (const locale of Object.keys(locales)) check(`messages.${id}.${locale}`, tag, () => new Intl.Locale(locale));
  }
  return problems;
}

/**
 * Asks the core. It refuses with a list of problems; anything else broke the instance, so the next call gets a new one.
 * @template T
 * @param {() => T} question
 * @param {typeof PolicyError | typeof RequestError} [Refusal]
 * @returns {T}
 */
function attempt(question, Refusal = RequestError) {
  try {
    return question();
  } catch (cause) {
    if (Array.isArray(cause)) throw new Refusal(cause);
    instance += 1;
    renew();
    throw new Error(`the engine broke off and was renewed: ${cause}`, { cause });
  }
}

/**
 * An object inside the Wasm instance, made again when the instance is another one.
 * @template {{ free(): void }} T
 */
class Kept {
  #make;
  #core;
  #born = instance;
  #freed = false;

  /**
   * @param {() => T} make
   * @param {T} core the first one
   */
  constructor(make, core) {
    this.#make = make;
    this.#core = core;
  }

  get core() {
    if (this.#born !== instance) {
      this.#core = this.#make();
      this.#born = instance;
    }
    return this.#core;
  }

  /**
   * @template R
   * @param {(core: T) => R} question
   */
  ask(question) {
    if (this.#freed) throw new Error("nothing can be asked after free()");
    return attempt(() => question(this.core));
  }

  free() {
    if (!this.#freed && this.#born === instance) this.#core.free();
    this.#freed = true;
  }
}

/** @implements {EngineContract} */
class Engine {
  #kept;

  /**
   * @param {Kept<Core>} kept
   * @param {string} policy
   * @param {any} given the policy's own text, read
   */
  constructor(kept, policy, { shop, campaigns }) {
    this.#kept = kept;
    this.policy = policy;
    this.shop = Object.freeze(shop);
    this.topics = Object.freeze([...new Set(campaigns.flatMap((/** @type {any} */ { topic }) => topic ?? []))]);
  }

  /** @type {EngineContract["decide"]} */
  decide(request) {
    const zones = zonesFor(request, request?.customer, this.shop);
    return this.#kept.ask((core) => core.decide(zones ? { ...request, zones } : request));
  }

  /** @type {EngineContract["claims"]} */
  claims(request) {
    return this.#kept.ask((core) => core.claims(request));
  }

  /** @type {EngineContract["customer"]} */
  customer(customer, ledger) {
    return new Handle(this, this.#kept, customer, ledger);
  }

  free() {
    this.#kept.free();
  }

  [Symbol.dispose]() {
    this.free();
  }
}

/** @implements {CustomerContract} */
class Handle {
  #engine;
  #kept;
  #customer;
  #ledger;
  /** @type {object[]} what was recorded since the ledger was given */
  #records = [];
  /** The ids of those who were kept silent for comparison: told as a contact, such a one is still a ghost. */
  #ghosts = new Set();
  /** @type {object | undefined} the tables this customer has inside the Wasm */
  #zones;

  /**
   * @param {Engine} engine
   * @param {Kept<Core>} home
   * @param {Customer | null} [customer]
   * @param {object[] | null} [ledger]
   */
  constructor(engine, home, customer, ledger) {
    this.#engine = engine;
    this.#customer = customer;
    this.#ledger = ledger;
    this.#kept = new Kept(
      () => {
        const again = home.core.customer(this.#customer, this.#ledger);
        for (const record of this.#records) again.record(record);
        this.#zones = undefined;
        return again;
      },
      home.ask((core) => core.customer(customer, ledger)),
    );
  }

  /** @type {CustomerContract["decide"]} */
  decide(moment) {
    const zones = zonesFor(moment, this.#customer, this.#engine.shop);
    const inside = this.#zones;
    // after an error nobody knows which tables are inside
    this.#zones = undefined;
    const decision = this.#kept.ask((core) => core.decide(zones && zones !== inside ? { ...moment, zones } : moment));
    this.#zones = zones;
    for (const { id } of decision.ghosts) this.#ghosts.add(id);
    return decision;
  }

  /** @type {CustomerContract["record"]} */
  record(given) {
    const state = () => (this.#ghosts.has(given.id) ? "ghost" : "delivered");
    const record = isContact(given) ? recordOf(given, state(), this.#engine.policy) : (given ?? {});
    this.#kept.ask((core) => core.record(record));
    this.#records.push(record);
  }

  /** @type {CustomerContract["ledger"]} */
  ledger(records) {
    this.#kept.ask((core) => core.ledger(records));
    this.#ledger = records;
    this.#records = [];
  }

  /** @type {CustomerContract["update"]} */
  update(patch) {
    const customer = { ...this.#customer, ...patch };
    this.#kept.ask((core) => core.update(customer));
    this.#customer = customer;
  }

  free() {
    this.#kept.free();
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

/**
 * The tables to add to a moment: none when it brings its own, or when it has no `now` they could be made for.
 * @param {any} moment
 * @param {any} customer
 * @param {{ zone?: string | null, country?: string | null }} shop
 */
function zonesFor(moment, customer, shop) {
  try {
    if (Object(moment) !== moment || moment.zones != null) return undefined;
    return zonesOf(moment.now, moment.zone, shop.zone, customer?.destination?.country ?? shop.country);
  } catch {
    // a value that breaks off when it is read: the core says where it stands
    return undefined;
  }
}
