// What the server knows of one customer, inside a transaction of theirs.

import { instant } from "../ledger/record.js";
import { readable } from "../ledger/readable.js";
import { combineWishes } from "../ledger/wishes.js";
import { zoneOf } from "../shop/zone.js";
import { knownSince } from "./offers/birthday.js";
import { codesOf, readable as readableGrant } from "./offers/codes.js";
import { kindOf } from "./offers/grants.js";
import { shopOf } from "./shop.js";

/**
 * @typedef {import("../types.d.ts").Customer} Customer
 * @typedef {import("../types.d.ts").Decision} Decision
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {Omit<import("../types.d.ts").Moment, "now">} Moment
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 * @typedef {import("./store.d.ts").Kept} Kept
 * @typedef {import("./store.d.ts").Change} Change
 * @typedef {Change & { put?: LedgerRecord[], wish?: Partial<Wishes>, drop?: string[], tally?: Record<string, number> }} Changed `tally`: what is
 * counted by day, after the transaction
 */

const TOLD = new Set(["armed", "delivered", "failed"]);

/** The zone of the server's own machine says nothing of a customer. Text that is no zone would be tried each time, which takes long. */
const NOWHERE = /** @type {any} */ (null);

export class Account {
  /** @type {string} */
  id;
  /** What is kept of the customer: `customer`, and what the server itself remembers of them. */
  facts;
  records;
  wishes;
  grants;
  /** The store's clock. */
  now;
  /** @type {import("./context.js").Context} */
  context;
  /** The shop's counters that begin with `live.`. */
  live;
  /** The wishes and facts that the transaction began with. */
  given;
  #kept;
  /** @type {{ now: import("../types.d.ts").Catalog | undefined } | undefined} */
  #catalog;

  /**
   * @param {import("./context.js").Context} context
   * @param {string} id the customer's
   * @param {LedgerRecord[]} records
   * @param {Wishes} wishes
   * @param {Kept} kept
   */
  constructor(context, id, records, wishes, kept) {
    this.context = context;
    this.live = kept.live;
    this.#kept = kept;
    this.id = id;
    this.records = records;
    this.wishes = wishes;
    this.facts = kept.facts ?? {};
    this.grants = kept.grants.map(readableGrant);
    this.now = kept.now;
    this.given = { wishes, facts: this.facts };
  }

  /** Whether anything was ever told of the customer. */
  get isKnown() {
    return this.#kept.facts !== undefined;
  }

  get policyHash() {
    return this.context.engine.policyHash;
  }

  /** Where the customer is, as far as it is known; else where the shop is. */
  get zone() {
    const { customer } = this.facts;
    return zoneOf(undefined, customer ?? {}, NOWHERE) ?? this.context.engine.shop.zone ?? undefined;
  }

  /** The customer as the engine reads them, but for codes. @returns {Customer} */
  get customer() {
    const { zone, wishes, ...customer } = this.facts.customer ?? {};
    const birthdaySince = customer.birthday == null ? undefined : knownSince(this.facts, this.grants, this.#birthdayToldAt);
    return { ...customer, ...(birthdaySince !== undefined && { birthdaySince }), id: this.id, wishes: combineWishes(wishes ?? {}, this.wishes) };
  }

  /** The articles: the same in all decisions of a transaction. */
  get #articles() {
    this.#catalog ??= { now: this.context.catalog };
    return this.#catalog.now;
  }

  /** Where a contact is said: as it was said when it was reserved, else where the customer is. @param {string} contact the id */
  zoneFor(contact) {
    return zoneOf(this.facts.moments?.[contact]?.zone, {}, NOWHERE) ?? this.zone;
  }

  /** When a contact last gave a birthday present. */
  get #birthdayToldAt() {
    const { policy } = this.context;
    const told = this.records.filter(({ campaign, offer, state }) => offer && TOLD.has(state) && kindOf(policy, campaign) === "birthday");
    return Math.max(...told.map(({ at }) => instant(at)));
  }

  /**
   * Decides on what the server knows. Nothing is stored.
   * @param {Moment} [moment]
   * @param {object} [but]
   * @param {Iterable<string>} [but.records] the ids of records that the decision does not see
   * @param {NonNullable<Customer["codes"]>} [but.codes] beside those that the customer has
   * @param {Customer["cart"]} [but.cart] in place of the one that is known
   * @param {Record<string, number>} [but.own] by offer: so many of those that the shop gave are kept for this customer
   * @returns {Decision}
   */
  decide(moment = {}, { records: unseen = [], codes = {}, own = {}, cart } = {}) {
    const { engine } = this.context;
    const hidden = new Set(unseen);
    const { customer } = this;
    const all = { ...customer, ...(cart !== undefined && { cart }), codes: { ...customer.codes, ...codesOf(this.grants, this.now), ...codes } };
    const records = this.records.filter(({ id }) => !hidden.has(id));
    const handle = handleOf(engine, all, records, this.now);
    try {
      const zone = zoneOf(moment.zone, { zone: this.facts.customer?.zone, destination: customer.destination }, NOWHERE);
      const shop = shopOf(this.context, this.live, this.now, own);
      return handle.decide({ ...moment, catalog: moment.catalog ?? this.#articles, shop: { ...shop, ...moment.shop, issued: shop.issued }, now: this.now, zone, explain: true });
    } finally {
      handle.free();
    }
  }
}

/**
 * A customer inside the engine. A record that the engine refuses counts as far as it can be read.
 * @param {import("../index.d.ts").Engine} engine
 * @param {Customer} customer
 * @param {LedgerRecord[]} records
 * @param {number} now
 */
function handleOf(engine, customer, records, now) {
  try {
    return engine.customer(customer, records);
  } catch (error) {
    /** @type {{ path: string }[]} */
    const problems = /** @type {any} */ (error)?.problems ?? [];
    const refused = new Set(problems.map(({ path }) => Number(/^ledger\[(\d+)\]/.exec(path)?.[1] ?? NaN)));
    if (!records.some((_, index) => refused.has(index))) throw error;
    return engine.customer(customer, records.flatMap((record, index) => (refused.has(index) ? readable(record, now) : record)));
  }
}
