// The shop's server: functions over a policy and a store. A function is a file, and a line here.

import { arm } from "./arm.js";
import { contacts } from "./contacts.js";
import { contextOf } from "./context.js";
import { decide } from "./decide.js";
import { deliver } from "./deliver.js";
import { eraseOf } from "./erase.js";
import { exportOf } from "./export.js";
import { facts } from "./facts.js";
import { httpOf } from "./http/fetch.js";
import { nodeOf } from "./http/node.js";
import { nightly } from "./nightly.js";
import { guard, refuseUnknown } from "./options.js";
import { importInto } from "./import.js";
import { claim, entitled } from "./offers/claim.js";
import { issuePending } from "./offers/issue.js";
import { redeem } from "./offers/redeem.js";
import { settle } from "./offers/settle.js";
import { outcome } from "./outcome.js";
import { armPage } from "./page/arm.js";
import { ledger } from "./page/ledger.js";
import { sync } from "./page/sync.js";
import { policy } from "./policy.js";
import { prune } from "./prune.js";
import { queued } from "./queued.js";
import { report } from "./report.js";
import { shop } from "./shop.js";
import { tasks } from "./tasks.js";

/** @type {typeof import("./index.d.ts").open} */
export async function open(options) {
  refuseUnknown(options);
  const context = await contextOf(options);
  /** @type {Promise<void> | undefined} */
  let closing;
  let isClosed = false;
  /** @type {import("./index.d.ts").Server} */
  const server = {
    store: context.store,
    facts: (/** @type {any} */ given) => /** @type {any} */ (facts(context, given)),
    decide: (customer, moment) => decide(context, customer, moment),
    contacts: (asked) => contacts(context, asked),
    arm: (/** @type {string} */ customer, /** @type {any} */ contact, /** @type {any} */ moment = undefined) => /** @type {any} */ (typeof contact === "string" ? arm(context, customer, contact, moment) : armPage(context, customer, contact, moment)),
    sync: (customer, given) => sync(context, customer, given),
    ledger: (customer, given) => ledger(context, customer, given),
    outcome: (customer, contact, word, only) => outcome(context, customer, contact, word, only),
    entitled: (customer) => entitled(context, customer),
    claim: (customer, present) => claim(context, customer, present),
    redeem: (code, order, options) => redeem(context, code, order, options),
    issuePending: (options) => issuePending(context, options),
    settle: (customer, present, answer) => settle(context, customer, present, answer),
    fetch: (request, ...more) => http.fetch(request, ...more),
    tasks: (options) => tasks(context, options),
    report: (options) => report(context, options),
    export: (customer) => exportOf(context.store, customer),
    erase: (customer) => eraseOf(context.store, customer),
    import: (rows, options) => importInto(context, rows, options),
    deliver: (options) => deliver(context, options),
    nightly: (options) => nightly(context, options),
    policy: (next) => policy(context, next),
    prune: (options) => prune(context, options),
    shop: () => shop(context),
    queued: (channels) => queued(context, channels),
    node: nodeOf((request, ...more) => http.fetch(request, ...more)),
    close: () => (closing ??= end()),
  };
  guard(server, () => isClosed);
  const http = httpOf(server, context, options);
  async function end() {
    await http.stop();
    // What is sent may still tell of itself, so until here everything answers.
    await Promise.all([...context.running].map((one) => one.stop()));
    await context.counters.flush().catch(() => {});
    await context.switching.catch(() => {});
    isClosed = true;
    context.freeAll();
    await context.store.close();
  }
  return server;
}
