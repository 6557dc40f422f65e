// One customer's visit: an event comes in, the engine decides, the decision is reserved in the ledger, then it is shown.

import { LEASE, REACTIONS } from "../constants.js";
import { dispatch } from "../dispatch.js";
import { partOf } from "../ledger/part.js";
import { instant, recordOf } from "../ledger/record.js";
import { changeWishes } from "../ledger/wishes.js";
import { warning } from "../load/warning.js";
import { present, told } from "../told/index.js";
import { followAddress } from "./address.js";
import { Display } from "./display.js";
import { Known, accountOf } from "./known.js";
import { pageLocale } from "./locale.js";
import { keptBy, readably } from "./records.js";
import { eventOf, isOld } from "./remember.js";
import { isPageSeen, whenPageSeen } from "./seen.js";
import { visitOf } from "./visit.js";
import { zoneOf } from "./zone.js";

/**
 * @typedef {import("../index.d.ts").Engine} Engine
 * @typedef {import("../types.d.ts").Decision} Decision
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("./index.d.ts").Seen} Seen
 * @typedef {import("./index.d.ts").Shop} Shop
 * @typedef {import("./index.d.ts").Wishes} Wishes
 * @typedef {import("./remember.js").Event} Event
 * @typedef {import("./display.js").Transact} Transact
 */

/** A burst of events, and of elements that join the page, is decided about once in so long. */
const BURST = 250;

/** What may be about the page that the reader is brought to: an order is told of, and then its page is opened. */
const GOES_ALONG = /^(purchase|refund)$|_cart$/;

/**
 * What `open` returns. Its methods are fields, so that `const { track } = await open(…)` works.
 * @implements {Shop}
 */
export class Session {
  engine;
  ledger;
  /** @type {Omit<import("./index.d.ts").Options, "server"> & { server?: Partial<import("../remote/link.js").Link> }} */
  #options;
  #explained;
  #clock;
  #document;
  #zone;
  /** The part of the store that is this customer's. */
  #part;
  /** What the engine knows of the customer. */
  #known;
  #display;
  #abort = new AbortController();
  /** @type {(() => void) | undefined} */
  #stopPlatform;
  /** @type {(() => void) | undefined} */
  #stopStore;
  /** @type {ReturnType<typeof visitOf>} */
  #visit;
  /** The moment of the latest decision. @type {any} */
  #asked;
  /** @type {Event | undefined} the event that was decided about last, on this page */
  #event;
  /** What the customer has, by the latest decision. @type {Decision["entitled"] | undefined} */
  #entitled;
  /** @type {Event[]} what the platform has told since */
  #burst = [];
  /** @type {any} runs while something is to be decided about */
  #timer;
  /** @type {Promise<unknown> | undefined} ends when somebody looks at the page */
  #seen;
  /** Looks whether the reader has gone to another page. */
  #lookWhere = () => {};
  /** Whether this is still the page that was opened: another address, or what is printed later, is another question. */
  isSame = true;
  /** What the visit lacked when the engine was asked. @type {("store" | "server")[]} */
  #lacked = [];
  /** @type {Promise<unknown>} ends when all that was enqueued is done */
  #queue = Promise.resolve();
  #closed = false;
  #warned = false;

  /**
   * @param {Omit<import("./index.d.ts").Options, "server"> & { server?: Partial<import("../remote/link.js").Link> }} options
   * @param {Engine} engine
   * @param {import("./index.d.ts").Store} ledger
   * @param {(error: any) => Promise<any>} explained the same error, its problems told in sentences
   */
  constructor(options, engine, ledger, explained) {
    const page = accountOf(options.customer);
    const { account, zone } = page;
    this.engine = engine;
    this.ledger = ledger;
    this.#options = options;
    this.#explained = explained;
    this.#clock = options.clock ?? Date.now;
    this.#document = options.document ?? globalThis.document;
    const { platform } = options;
    /** @type {Shop["apply"]} */
    this.apply = options.apply ?? (platform?.apply && ((request) => platform.apply?.(request) ?? false));
    this.#zone = zoneOf(options.zone, { ...account, zone });
    this.#known = new Known(engine, options, page, present(options.locale) ?? account.locale ?? pageLocale(this.#document), this.#warn);
    this.#part = partOf(account);
    this.#display = new Display({
      transact: this.#transact,
      policyHash: engine.policyHash,
      clock: this.#clock,
      zone: this.#zone,
      document: this.#document,
      obeyed: () => this.#known.obeyed,
      asked: (...wishes) => this.#known.asked(...wishes),
      lost: () => this.#lacks().find((lack) => !this.#lacked.includes(lack)),
      isArmed: async (contact) => options.server?.arm?.(recordOf(contact, "reserved", engine.policyHash, contact.at + LEASE)),
      enqueue: (work) => void this.#enqueue(work).catch(this.#warn),
      soon: () => this.#soon(),
    });
  }

  /** Listens to the page and to the platform. Elements that are already there answer `querencia:ready`. */
  start() {
    this.#listen("wish", ({ detail }) => void this.wish(detail).catch(this.#warn));
    this.#listen("offers", ({ detail }) => (detail.answer = this.#offers()));
    this.#listen("preferences", ({ detail }) => (detail.answer = this.#preferences()));
    this.#listen("reaction", ({ target, detail: { contactId, reaction } }) => {
      // `react` dispatches on the document, and has saved its reaction before.
      if (target !== this.#document) this.#saveReaction(contactId, reaction).catch(this.#warn);
    });
    this.#stopPlatform = this.#options.platform?.start((name, data) => this.#hear(name, data), this.engine.shop);
    // What was there before is decided about at once.
    if (this.#timer) this.#soon(0);
    // What was not said without a store may be said with one.
    this.#stopStore = this.ledger.onChange?.(() => this.#soon());
    const { signal } = this.#abort;
    this.#lookWhere = followAddress(this.#document, this.#turn, signal);
    // The browser shows a page again that it has kept.
    this.#document?.defaultView?.addEventListener("pageshow", ({ persisted }) => persisted && this.#soon(), { signal });
    this.#options.server?.start?.({
      part: this.#part,
      customer: this.#known.customer.id,
      document: this.#document,
      soon: () => this.#soon(),
      check: (/** @type {any} */ customer) => this.engine.customer(customer).free(),
    });
    dispatch(this.#document, "ready", { shop: this });
    return this;
  }

  /** What the customer has, by the latest decision. */
  get entitled() {
    return this.#entitled ?? [];
  }

  /** @type {Shop["track"]} */
  track = (name, data) => this.#whenSeen(() => this.#decideAbout(eventOf(this.#known.customer, name, data, this.#clock())));

  /** @type {Shop["decide"]} */
  decide = () => this.#whenSeen(() => this.#decideAbout(undefined));

  /** @type {Shop["wishes"]} */
  wishes = async () => (await this.#preferences()).wishes;

  /** @type {Shop["wish"]} */
  wish = async (change) => {
    await this.#enqueue(() =>
      this.#transact((_, own = {}, guests) => {
        const wishes = changeWishes(own, change);
        // Throws if the engine refuses them; then nothing is stored.
        this.engine.customer({ wishes }).free();
        this.#known.applyWishes(wishes, guests);
        return { put: [], wish: change, result: undefined };
      }),
    );
    return this.#whenSeen(this.#decide);
  };

  /** @type {Shop["renew"]} */
  renew = ({ customer, ...page }) =>
    this.#enqueue(async () => {
      this.#known = this.#known.renewed(this.engine, { customer, ledgerRecords: page.ledgerRecords });
      this.#options = { ...this.#options, ...page };
      this.isSame = false;
      this.#soon();
    });

  /** @type {Shop["react"]} */
  react = async (contactId, reaction) => {
    if (this.#closed) return;
    const record = await this.#saveReaction(contactId, reaction);
    dispatch(this.#document, "reaction", { contactId, campaign: record?.campaign ?? null, reaction });
  };

  /** @type {Shop["close"]} */
  close = () => {
    if (this.#closed) return;
    this.#closed = true;
    this.isSame = false;
    clearTimeout(this.#timer);
    this.#stopPlatform?.();
    this.#stopStore?.();
    this.#options.server?.close?.();
    this.#abort.abort();
    this.#display.close();
    this.#known.handle.free();
    if (this.engine !== this.#options.policy) this.engine.free();
    if (this.ledger !== this.#options.ledger) this.ledger.close();
    dispatch(this.#document, "closed", { shop: this });
  };

  /** A transaction of the customer's part. @type {Transact} */
  #transact = (work) => readably(() => this.ledger.transact(work, this.#part));

  /** Warns once a visit. @param {unknown} error @returns {Promise<void>} */
  #warn = async (error) => {
    if (this.#warned || this.#closed) return;
    this.#warned = true;
    console.warn(warning(await this.#explained(error), this.#options.names));
  };

  /** @param {string} name @param {(event: any) => void} listener */
  #listen(name, listener) {
    this.#document?.addEventListener(`querencia:${name}`, listener, this.#abort);
  }

  /**
   * Runs one piece of work after the other: each decision must see what the decision before it stored.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #enqueue(work) {
    const done = this.#queue.then(() => {
      if (this.#closed) throw new Error("the shop is closed");
      return work();
    });
    this.#queue = done.catch(() => {});
    // Whoever is told waits for the sentences; what comes next does not.
    return done.catch(async (error) => Promise.reject(await this.#explained(error)));
  }

  /**
   * Decides once somebody looks at the page: what is said before is said to nobody.
   * @param {() => Promise<Decision>} decide
   * @returns {Promise<Decision>}
   */
  #whenSeen(decide) {
    if (isPageSeen(this.#document)) return this.#enqueue(decide);
    this.#seen ??= whenPageSeen(this.#document, this.#abort.signal).then(() => (this.#seen = undefined));
    return this.#seen.then(() => this.#enqueue(decide));
  }

  /** @param {string} name @param {import("./index.d.ts").EventData} [data] */
  #hear(name, data) {
    this.#enqueue(async () => {
      const event = eventOf(this.#known.customer, name, data, this.#clock());
      if (isOld(event, this.#clock())) return;
      this.#known.apply(event, this.#clock());
      this.#burst.push(event);
    }).catch(this.#warn);
    this.#soon();
  }

  /** Decides about what has changed since, all of it at once. */
  #soon(wait = BURST) {
    if (wait === 0) clearTimeout(this.#timer);
    else if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => void this.#whenSeen(this.#decideHeard).catch(this.#warn), wait);
  }

  /** Decides about the last of the events that the platform has told, or anew. */
  #decideHeard = async () => {
    this.#lookWhere();
    // Something else was decided about meanwhile.
    if (!this.#timer) return /** @type {any} */ (undefined);
    this.#timer = undefined;
    for (const heard = this.#burst.splice(0); ; ) {
      if (heard.length > 0) this.#event = heard.pop();
      try {
        return await this.#decide();
      } catch (error) {
        // One that the engine refuses silences none before it.
        if (heard.length === 0) throw error;
        this.#warn(error);
      }
    }
  };

  /** The reader has gone to another page without loading it: the event was of the page before. */
  #turn = () => {
    this.isSame = false;
    this.#event = undefined;
    this.#burst = this.#burst.filter(({ name }) => GOES_ALONG.test(name));
    this.#display.leave();
    this.#soon();
  };

  /** @param {Event} [told] */
  #decideAbout(told) {
    this.#lookWhere();
    const event = told && !isOld(told, this.#clock()) ? told : undefined;
    this.#known.apply(event, this.#clock());
    this.#event = event;
    this.#burst = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#decide();
  }

  /** Decides about the latest event. It is called again when an element joins the page. */
  #decide = async () => {
    const event = this.#event;
    const decision = await this.#transact((...kept) => this.#reserve(...kept));
    this.#entitled = this.#options.server?.decided?.(decision, this.#asked, this.#known.customer.cart) ?? decision.entitled;
    dispatch(this.#document, "decision", { decision });
    // What the page does not show, such as a letter, is for who listens to the decision.
    const shown = decision.contacts.filter(({ channel }) => channel === "onsite");
    for (const contact of shown) {
      // The reader may have left the page that it is about.
      if (event === this.#event) await this.#display.show(contact, !!event).catch(this.#warn);
    }
    this.#known.records.prune(this.#transact, /** @type {any} */ (this.engine).keep, this.#clock).catch(this.#warn);
    return decision;
  };

  /**
   * Decides, and says what the ledger must store. Runs inside a transaction of the ledger.
   * @param {LedgerRecord[]} records
   * @param {Wishes} wishes
   * @param {Wishes} [guests]
   * @param {Seen} [seen]
   */
  #reserve(records, wishes, guests, seen) {
    const now = this.#clock();
    this.#known.applyConsent();
    this.#known.applyNews(this.#options.server?.news);
    this.#known.applyWishes(wishes, guests);
    const put = this.#known.records.apply(now, records, seen);
    const places = this.#display.placements();
    const decision = this.#ask((this.#asked = this.#moment(now, told(this.#options.placements) ?? places, this.#event)));
    const { policyHash } = this.engine;
    const reserved = decision.contacts.map((contact) => recordOf(contact, "reserved", policyHash, now + LEASE));
    const ghosts = decision.ghosts.map((ghost) => recordOf(ghost, "ghost", policyHash));
    // Their place may have been given away. Were it not told, they could be shown once the clock goes back.
    const released = records.flatMap((record) => (record.state === "reserved" && instant(record.leaseUntil) <= now ? { ...record, state: /** @type {const} */ ("released") } : []));
    return { put: [...put, ...released, ...reserved, ...ghosts], result: decision };
  }

  /** @param {number} now @param {string[] | undefined} placements @param {Event} [event] */
  #moment(now, placements, event) {
    const { catalog, server } = this.#options;
    const shop = server?.news ? { ...this.#options.shop, ...server.news.shop } : this.#options.shop;
    const channels = told(this.#options.channels) ?? (this.#document && ["onsite"]);
    // who allows it only now has been here for a while
    const visit = (this.#visit = visitOf(this.#document, this.#visit?.since ?? now, this.ledger.writes ?? true));
    const without = (this.#lacked = this.#lacks());
    return { now, event, zone: this.#zone, visit, channels, placements, catalog, shop, without };
  }

  /** @returns {("store" | "server")[]} what the visit lacks now */
  #lacks() {
    return [...(this.ledger.lasting === false ? [/** @type {const} */ ("store")] : []), ...(this.#options.server?.isAway ? [/** @type {const} */ ("server")] : [])];
  }

  /** Whether the latest decision was asked about all places of the page: some may be hidden, or show something. */
  get isWhole() {
    return this.#display.isWhole;
  }

  /**
   * What another page would say if it were opened now, after each of its events. Nothing is stored.
   * @param {string[]} placements
   * @param {string[]} names of its events, which bring nothing that the engine reads
   */
  ahead = (placements, names) =>
    this.#transact((records, own, guests, seen) => {
      const known = this.#known;
      known.applyWishes(own, guests);
      known.records.apply(this.#clock(), records, seen);
      const events = names.length > 0 ? names.map((name) => ({ name })) : [undefined];
      const ask = (/** @type {any} */ event) => known.handle.decide(this.#moment(this.#clock(), placements, event));
      return { put: [], result: known.asPrinted(known.combineWishes(own, guests), () => events.map(ask)) };
    });

  /**
   * Decides. Where the engine refuses what the page says of the articles or of the whole shop, it is left out from then on, with one
   * warning: it is as if nobody had said it.
   * @param {import("../types.d.ts").Moment & { explain?: true }} moment
   * @returns {Decision}
   */
  #ask(moment) {
    try {
      return this.#known.handle.decide(moment);
    } catch (error) {
      const [name] = /^(catalog|shop)\b/.exec(/** @type {any} */ (error).path) ?? [];
      if (!name) throw error;
      this.#warn(error);
      this.#options = { ...this.#options, [name]: undefined };
      return this.#ask({ ...moment, [name]: undefined });
    }
  }

  /** @returns {import("./index.d.ts").Offers} */
  #offers() {
    const [entitled, locale] = [this.#entitled, /** @type {string} */ (this.#known.customer.locale).replaceAll("_", "-")];
    return { entitled, locale, apply: this.apply, zone: this.#zone, shopZone: this.engine.shop.zone, now: this.#clock() };
  }

  /** @returns {Promise<import("./index.d.ts").Preferences>} */
  #preferences() {
    const { topics } = this.engine;
    return this.#enqueue(() =>
      this.#transact((_, own = {}, guests) => ({ put: [], result: { own, wishes: this.#known.combineWishes(own, guests), guests, topics, ...keptBy(this.ledger, this.#options.server?.keepsWishes) } })),
    );
  }

  /**
   * Keeps the reader's reaction to a contact; not to a ghost, which nobody has seen.
   * @param {string} contactId
   * @param {any} reaction
   */
  #saveReaction(contactId, reaction) {
    return this.#transact((records) => {
      const record = records.find(({ id }) => id === contactId);
      const known = record && record.state !== "ghost" && REACTIONS.includes(reaction);
      return { put: known ? [{ ...record, reaction }] : [], result: record };
    });
  }
}
