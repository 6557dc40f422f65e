// One customer's visit: events come in, what is decided is reserved in the ledger, then shown.

import { indexedDB } from "../ledger/indexeddb.js";
import { memory } from "../ledger/memory.js";
import { recordOf } from "../ledger/record.js";
import { load } from "../load/index.js";
import { warning } from "../load/problems.js";
import { tell } from "../tell.js";
import { eventOf, remember } from "./remember.js";
import { Stage } from "./stage.js";

/** How long a contact may wait to be shown before it may be decided again. */
const LEASE = 15 * 60_000;

/** @type {typeof import("./index.d.ts").open} */
export async function open(options) {
  const { policy, consent, platform, clock = Date.now, document = globalThis.document } = options;
  const engine = isEngine(policy) ? policy : await load(policy);
  const ledger = options.ledger ?? (await storage());
  const zone = options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const locale = options.locale ?? options.customer?.locale ?? readersLocale(document);

  /** @type {import("../types.d.ts").Customer} */
  let customer = { ...options.customer, locale };
  const handle = engine.customer(customer);
  let agreed = "{}";
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
    policy: engine.policy,
    clock,
    zone,
    document,
    soon: (work) => void queued(work ?? decide).catch(warn),
  });

  /** @param {import("./remember.js").Event} [event] */
  const learn = (event) => {
    const patch = event ? remember(customer, event, clock()) : {};
    const current = typeof consent === "function" ? consent() : consent;
    const answers = JSON.stringify(current ?? {});
    if (answers !== agreed) patch.consent = { ...options.customer?.consent, ...current };
    if (Object.keys(patch).length === 0) return;
    handle.update(patch);
    customer = { ...customer, ...patch };
    agreed = answers;
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
    const decision = await ledger.transact((records) => {
      const now = clock();
      giveLedger(records);
      const decision = handle.decide({ now, event: latest, zone, placements: options.placements ?? stage.placements() });
      const reserved = decision.contacts.map((contact) => recordOf(contact, "reserved", engine.policy, now + LEASE));
      const ghosts = decision.ghosts.map((ghost) => recordOf(ghost, "ghost", engine.policy));
      return { put: [...reserved, ...ghosts], result: decision };
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

  /** @type {import("./index.d.ts").Shop} */
  const shop = {
    engine,
    ledger,
    track: (name, data) => queued(() => about(eventOf(customer, name, data, clock()))),
    decide: () => queued(() => about(undefined)),
    async react(contactId, reaction) {
      const record = (await ledger.all()).find(({ id }) => id === contactId);
      tell(document, "reaction", { contactId, campaign: record?.campaign ?? null, reaction });
    },
    close() {
      if (closed) return;
      closed = true;
      stop?.();
      stage.close();
      handle.free();
      if (engine !== policy) engine.free();
      if (ledger !== options.ledger) ledger.close();
    },
  };

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
