// Decides for a customer, and reserves what is to be said.

import { LEASE as SHORT } from "../constants.js";
import { instant, recordOf } from "../ledger/record.js";
import { countsOfDecision } from "./counters.js";
import { ServerError } from "./errors.js";
import { withCodes } from "./offers/entitled.js";
import { grantsFor } from "./offers/grant.js";
import { issueOne } from "./offers/issue.js";
import { PLACEHOLDER, twoStages } from "./offers/stages.js";
import { withinBudget } from "./offers/within.js";
import { hasLapsed, stillReserved } from "./reserved.js";
import { settled } from "./tasks/settled.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("./index.d.ts").Decided} Decision
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./account.js").Moment} Moment
 * @typedef {import("./context.js").Context} Context
 * @typedef {{ contact: string, key: string }} Pending a contact that waits for its code
 * @typedef {{ decision: Decision, pending: Pending[] }} Reserved
 */

/**
 * Of a customer of whom nothing was told nothing is known, so nothing that needs consent is said.
 * @param {Context} context
 * @param {string} customer the id
 * @param {Moment} [moment] absent: all channels but that of the pages
 * @param {{ isKnown?: boolean }} [must] `isKnown`: throws for somebody of whom nothing was told, or all was erased
 * @returns {Promise<Decision>}
 */
export async function decide(context, customer, moment = {}, { isKnown = false } = {}) {
  const known = allowed(context, moment);
  const reserved = await withinBudget(context, customer, (account, full) => {
    if (isKnown && !account.isKnown) throw new ServerError("unknown-customer", "customer");
    return reserve(context, account, known, full);
  });
  const decision = await completed(context, customer, known, reserved);
  // The reasons are counted whoever asks.
  return known.explain === false ? /** @type {any} */ ({ ...decision, refused: null, tasks: null, standing: null }) : decision;
}

/** What the server knows itself, and who asks may not say. */
const OWN = ["now", "zones", "customer", "ledger", "shop"];

/** @param {Context} context @param {Moment} moment @returns {Moment} */
function allowed({ options }, moment) {
  const own = OWN.find((field) => /** @type {any} */ (moment)?.[field] != null);
  if (own) throw new ServerError("not-allowed", `moment.${own}`, "the server knows it itself; leave it out");
  // It would be chosen by what nobody knows any longer when it is decided again, and so never be said.
  if (moment?.catalog != null && options.catalog === undefined) {
    throw new ServerError("not-allowed", "moment.catalog", "what is reserved is decided again before it is sent, so the server must know the catalogue itself: give it to `open({ catalog })`, or to `serve --catalog`");
  }
  return moment ?? {};
}

/** @param {Context} context @param {Moment} moment @returns {Moment} */
const asked = ({ channels }, moment) => ({ ...moment, channels: moment.channels ?? /** @type {any} */ (channels) });

/** What is kept of a moment with the contacts, beside its event: by that they are decided about again. */
const SAID = /** @type {const} */ (["zone", "visit", "placements", "without"]);

/**
 * What is kept by contact: of those that wait still, and of the new ones.
 * @param {Record<string, unknown> | undefined} before
 * @param {{ id: string }[]} waits
 * @param {{ id: string }[]} reserved
 * @param {unknown} said undefined: nothing
 */
function withNew(before, waits, reserved, said) {
  const old = waits.filter(({ id }) => before?.[id] !== undefined).map(({ id }) => [id, before?.[id]]);
  const all = Object.fromEntries([...old, ...(said === undefined ? [] : reserved.map(({ id }) => [id, said]))]);
  return { all, isOther: old.length !== Object.keys(before ?? {}).length || (said !== undefined && reserved.length > 0) };
}

/**
 * What a decision stores. The event is kept with the contacts: they are decided about again before they are sent.
 * @param {Context} context
 * @param {Account} account
 * @param {Moment} given
 * @param {boolean} [full] nothing of a budget is kept for the customer
 * @returns {import("./account.js").Changed & { result: Reserved }}
 */
export function reserve(context, account, given, full = false) {
  const { engine, lease } = context;
  const moment = asked(context, given);
  const { decision, plain, placed } = twoStages(account, moment, { full });
  const { pending, ...granted } = grantsFor(account, decision.contacts, placed);
  // A page shows at once what it was given, or never.
  const reserved = decision.contacts.map((contact) => recordOf(contact, "reserved", engine.policyHash, account.now + (contact.channel === "onsite" ? Math.min(lease, SHORT) : lease)));
  const ghosts = decision.ghosts.map((ghost) => recordOf(ghost, "ghost", engine.policyHash));
  const lapsed = account.records.filter((record) => hasLapsed(record, account.now));
  const before = account.facts;
  // An armed one may be decided about once more by who sends at least once.
  const waits = account.records.filter(({ id, state, leaseUntil }) => /^(reserved|armed)$/.test(state) && instant(leaseUntil) > account.now);
  const { event } = moment;
  const said = Object.fromEntries(SAID.flatMap((field) => (moment[field] == null ? [] : [[field, moment[field]]])));
  const events = withNew(before.events, waits, reserved, event && { at: account.now, ...event });
  const moments = withNew(before.moments, waits, reserved, Object.keys(said).length > 0 ? said : undefined);
  const put = [...reserved, ...ghosts, ...lapsed.map((record) => ({ ...record, state: /** @type {const} */ ("released") }))];
  const { facts, count, isOther } = settled(account, decision);
  // Who delivers, and who asks for a code later, finds the customer's id among the facts.
  const isNew = put.length + pending.length > 0 && account.facts.customer?.id === undefined;
  return {
    put,
    ...granted,
    ...((events.isOther || moments.isOther || isOther || isNew) && { facts: { ...facts, events: events.all, ...(before.moments || moments.isOther ? { moments: moments.all } : {}) } }),
    count: { ...granted.count, ...count },
    tally: countsOfDecision(decision, account.now),
    // Who reserved it before may not have had the answer. (Of this decision none is among the account's.)
    result: { decision: { ...answerOf(account, decision, plain, pending, granted.grants), ...stillReserved(account, ({ channel }) => !!moment.channels?.includes(channel)) }, pending },
  };
}

/**
 * The answer to a decision that is stored. A contact whose code the platform has still to make is asked for here. Where that fails the answer
 * is without the contact; it stays reserved, and is given out once there is a code.
 * @param {Context} context
 * @param {string} customer
 * @param {Moment} moment
 * @param {Reserved} reserved
 * @returns {Promise<Decision>}
 */
export async function completed(context, customer, moment, { decision, pending }) {
  if (pending.length === 0) return decision;
  const answers = await Promise.all(pending.map(({ key }) => issueOne(context, customer, key, true)));
  const issued = pending.filter((_, index) => answers[index].state === "issued");
  if (issued.length === 0) return decision;
  const { contacts, entitled } = await told(context, customer, asked(context, moment), issued, decision.contacts);
  const names = new Set(contacts.map(({ campaign }) => campaign));
  const refused = decision.refused && decision.refused.filter(({ campaign }) => !names.has(campaign));
  return { ...decision, contacts: [...contacts, ...decision.contacts], refused, entitled };
}

/**
 * The decision as it is answered: without the contacts that wait for their code, which are refused as the first stage refused them, and
 * without a trace of placeholders.
 * @param {Account} account
 * @param {Decision} decision
 * @param {Decision} plain the first stage's
 * @param {Pending[]} pending
 * @param {import("./store.d.ts").Grant[]} grants
 * @returns {Decision}
 */
function answerOf(account, decision, plain, pending, grants) {
  if (decision === plain && account.grants.length === 0) return decision;
  const waiting = new Set(pending.map(({ contact }) => contact));
  const contacts = decision.contacts.filter(({ id }) => !waiting.has(id));
  const without = new Set(decision.contacts.filter(({ id }) => waiting.has(id)).map(({ campaign }) => campaign));
  const refused = [...(decision.refused ?? []), ...(plain.refused ?? []).filter(({ campaign }) => without.has(campaign))];
  const order = new Map(account.context.policy.campaigns.map(({ id }, index) => [id, index]));
  refused.sort((a, b) => (order.get(a.campaign) ?? 0) - (order.get(b.campaign) ?? 0));
  const ghosts = decision.ghosts.map((ghost) => ({ ...ghost, message: withoutPlaceholder(ghost.message) }));
  const after = { context: account.context, now: account.now, grants: [...account.grants.filter(({ key }) => !grants.some((one) => one.key === key)), ...grants] };
  return { ...decision, contacts, ghosts, refused, entitled: withCodes(after, plain.entitled) };
}

/**
 * The parameters of a message that nobody gets have no code.
 * @template {{ params?: any }} T
 * @param {T} message
 * @returns {T}
 */
function withoutPlaceholder(message) {
  return message.params?.["offer.code"] ? { ...message, params: { ...message.params, "offer.code": { ...message.params["offer.code"], value: null } } } : message;
}

/**
 * The contacts whose codes have come, as they are said now.
 * @param {Context} context
 * @param {string} customer
 * @param {Moment} moment
 * @param {Pending[]} issued
 * @param {Contact[]} others that were reserved with them
 */
function told(context, customer, moment, issued, others) {
  return context.within(customer, (account) => {
    const hidden = [...issued.map(({ contact }) => contact), ...others.map(({ id }) => id)];
    const contacts = issued.flatMap(({ contact, key }) => {
      const { offer = "", code, expiresAt } = account.grants.find((grant) => grant.key === key) ?? {};
      if (code === undefined) return [];
      const { decision } = twoStages(account, moment, { records: hidden, codes: { [offer]: { code, contact, expiresAt } } });
      return decision.contacts.filter(({ id, message }) => id === contact && !JSON.stringify(message).includes(PLACEHOLDER));
    });
    return { result: { contacts, entitled: withCodes(account, account.decide(moment).entitled) } };
  });
}
