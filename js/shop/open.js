// One customer's visit: events come in, what is decided is reserved in the ledger, then shown.

import { LEASE, REACTIONS, SKEW } from "../constants.js";
import { indexedDB } from "../ledger/indexeddb.js";
import { memory } from "../ledger/memory.js";
import { instant, recordOf } from "../ledger/record.js";
import { changeWishes, combineWishes } from "../ledger/wishes.js";
import { load } from "../load/index.js";
import { warning } from "../load/problems.js";
import { tell } from "../tell.js";
import { eventOf, remember } from "./remember.js";
import { Stage } from "./stage.js";
import { visitOf } from "./visit.js";
import { zoneOf } from "./zone.js";

/** @type {typeof import("./index.d.ts").open} */
export async function open(options) {
  const { policy, consent, platform, clock = Date.now, document = globalThis.document } = options;
  const engine = isEngine(policy) ? policy : await load(policy);
  const ledger = options.ledger ?? (await storage());
  const { zone: accountZone, ...account } = options.customer ?? {};
  const zone = zoneOf(options.zone, { ...account, zone: accountZone });
  const locale = options.locale ?? account.locale ?? readersLocale(document);

  /** @type {import("../types.d.ts").Customer} */
  let customer = { ...account, locale };
  const handle = engine.customer(customer);
  /** @type {ReturnType<typeof visitOf>} */
  let visit;
  let agreed = "{}";
  let heeded = "{}";
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** @type {import("./remember.js").Event | undefined} */
  let latest;
  let closed = false;
  let warned = false;

  /** @param {unknown} error */
  const warn = (error) => {
    if (!warned && !closed) console.warn(warning(error));
    warned = true;
  };

  /**
   * One after the other: a decision has to see what the one before it left.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  const queued = (work) => {
    const done = last.then(() => {
      if (closed) throw new Error("the shop is closed");
      return work();
    });
    last = done.catch(() => {});
    return done;
  };

  const stage = new Stage({
    ledger,
    policy: engine.policyHash,
    clock,
    zone,
    document,
    heeded: () => heeded,
    soon: (work) => void queued(work ?? decide).catch(warn),
  });

  /** @param {import("./remember.js").Event} [event] */
  const learn = (event) => {
    const patch = event ? remember(customer, event, clock()) : {};
    const current = typeof consent === "function" ? consent() : consent;
    const answers = JSON.stringify(current ?? {});
    if (answers !== agreed) patch.consent = { ...account.consent, ...current };
    if (Object.keys(patch).length === 0) return;
    handle.update(patch);
    customer = { ...customer, ...patch };
    agreed = answers;
  };

  /** @param {import("./index.d.ts").Wishes} own those kept in this browser */
  const together = (own) => combineWishes(account.wishes ?? {}, own);

  /**
   * The shopper's wishes go before every rule; those the engine cannot read silence the shop rather than the shopper.
   * @param {import("./index.d.ts").Wishes} own
   */
  const heed = (own = {}) => {
    const text = JSON.stringify(own);
    if (text !== heeded) handle.update({ wishes: together(own) });
    heeded = text;
  };

  /**
   * Gives the handle the records it can read. One that another release wrote is left where it is, and said once.
   * @param {import("../types.d.ts").LedgerRecord[]} records
   */
  const giveLedger = (records) => {
    try {
      handle.ledger(records);
    } catch (error) {
      const bad = new Set(problemsOf(error).map(({ path }) => Number(/^ledger\[(\d+)\]/.exec(path)?.[1])));
      const rest = records.filter((_, index) => !bad.has(index));
      if (rest.length === records.length) throw error;
      warn(error);
      giveLedger(rest);
    }
  };

  /** Decides about what happened last: a page may have a place for it only now. */
  const decide = async () => {
    const decision = await ledger.transact((records, wishes) => {
      const now = clock();
      heed(wishes);
      const ahead = records.filter(({ at, seenAt }) => seenAt == null && instant(at) > now + SKEW);
      for (const record of ahead) record.seenAt = now;
      giveLedger(records);
      visit ??= visitOf(document, now);
      const placements = options.placements ?? stage.placements();
      const decision = handle.decide({ now, event: latest, zone, visit, placements, catalog: options.catalog });
      const reserved = decision.contacts.map((contact) => recordOf(contact, "reserved", engine.policyHash, now + LEASE));
      const ghosts = decision.ghosts.map((ghost) => recordOf(ghost, "ghost", engine.policyHash));
      return { put: [...ahead, ...reserved, ...ghosts], result: decision };
    });
    tell(document, "decision", { decision });
    for (const contact of decision.contacts) {
      if (contact.channel === "onsite") await stage.show(contact).catch(warn);
      else tell(document, "contact", { contact });
    }
    return decision;
  };

  /** @param {import("./remember.js").Event | undefined} event */
  const about = (event) => {
    learn(event);
    latest = event;
    return decide();
  };

  const preferences = () =>
    queued(() =>
      ledger.transact((_, own = {}) => ({ put: [], result: { own, wishes: together(own), topics: engine.topics } })),
    );

  /**
   * What came of a contact. Of a ghost nothing can: nobody has seen it.
   * @param {string} contactId
   * @param {any} reaction
   */
  const noted = (contactId, reaction) =>
    ledger.transact((records) => {
      const record = records.find(({ id }) => id === contactId);
      const known = record && record.state !== "ghost" && REACTIONS.includes(reaction);
      return { put: known ? [{ ...record, reaction }] : [], result: record };
    });

  /** @type {import("./index.d.ts").Shop} */
  const shop = {
    engine,
    ledger,
    track: (name, data) => queued(() => about(eventOf(customer, name, data, clock()))),
    decide: () => queued(() => about(undefined)),
    wishes: async () => (await preferences()).wishes,
    wish: (wish) =>
      queued(async () => {
        await ledger.transact((_, own = {}) => {
          const after = changeWishes(own, wish);
          // What the engine refuses is not kept.
          engine.customer({ wishes: after }).free();
          heed(after);
          return { put: [], wish, result: undefined };
        });
        return decide();
      }),
    async react(contactId, reaction) {
      if (closed) return;
      const record = await noted(contactId, reaction);
      tell(document, "reaction", { contactId, campaign: record?.campaign ?? null, reaction });
    },
    close() {
      if (closed) return;
      closed = true;
      stop?.();
      ears.abort();
      stage.close();
      handle.free();
      if (engine !== policy) engine.free();
      if (ledger !== options.ledger) ledger.close();
    },
  };

  const ears = new AbortController();
  /** @param {string} name @param {(event: any) => void} hear */
  const listen = (name, hear) => document?.addEventListener(`querencia:${name}`, hear, ears);
  listen("wish", ({ detail }) => void shop.wish(detail).catch(warn));
  listen("preferences", ({ detail }) => (detail.answer = preferences()));
  // What the document tells is what react() has noted.
  listen("reaction", ({ target, detail: { contactId, reaction } }) => {
    if (target !== document) noted(contactId, reaction).catch(warn);
  });

  const stop = platform?.start((name, data) => void shop.track(name, data).catch(warn), engine.shop);
  // Elements that were there first answer this with their placement.
  tell(document, "ready", { shop });
  return shop;
}

/**
 * @param {any} error
 * @returns {import("../types.d.ts").Problem[]}
 */
function problemsOf(error) {
  return error?.problems ?? [];
}

/** The browser's storage; where it is not to be had, the page's memory. */
function storage() {
  const store = indexedDB();
  return store.all().then(
    () => store,
    () => memory(),
  );
}

/**
 * @param {any} policy
 * @returns {policy is import("../index.d.ts").Engine}
 */
function isEngine(policy) {
  return typeof policy?.decide === "function";
}

/** @param {Pick<Document, "documentElement"> | undefined} document */
function readersLocale(document) {
  try {
    return new Intl.Locale(document?.documentElement.lang ?? "").toString();
  } catch {
    return globalThis.navigator?.language;
  }
}
