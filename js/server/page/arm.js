// A page is about to show a contact that it decided itself. The server decides again on what it knows, and what it says no to is not shown.

import { ServerError } from "../errors.js";
import { isObject } from "../../told/index.js";
import { instant, recordOf } from "../../ledger/record.js";
import { codesFor } from "../arm.js";
import { plain } from "../facts/plain.js";
import { keptFor } from "../offers/budget.js";
import { grantsFor } from "../offers/grant.js";
import { withinBudget } from "../offers/within.js";
import { assertRoom, checked, own } from "./records.js";

/**
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../types.d.ts").LedgerRecord} LedgerRecord
 */

/** What a page may say of its moment, and of the cart. */
const CLAIMS = ["event", "placements", "visit", "zone", "cart"];
/** The page has the catalogue, and knows which of its own campaigns it would rather show: what these refuse there is not the server's to refuse. */
const THE_PAGES = ["honesty", "arbitration"];
/** What these are about is the date of their latest record, of which page and server may know different ones. */
const AGAIN = /^(announcement|access|shippingCoupon|helpPrompt|notFound)$/;

/**
 * @param {Context} context
 * @param {string} customer the id
 * @param {unknown} contact a record, or `{ campaign, occurrence, placement }`
 * @param {unknown} [given] the page's moment
 * @returns {Promise<import("../index.d.ts").PageArmed>}
 */
export async function armPage(context, customer, contact, given) {
  const moment = momentOf(given);
  const record = recordIn(context, contact);
  try {
    return await withinBudget(context, customer, (account, full) => armedIn(account, record, moment, full));
  } catch (error) {
    throw ServerError.of(error, (path) => path.replace(/^customer\.cart\b/, "moment.cart").replace(/^(event|visit|placements|zone)\b/, "moment.$1"));
  }
}

/** @param {unknown} given @returns {any} */
function momentOf(given) {
  if (given == null) return {};
  if (!isObject(given)) throw new ServerError("wrong-type", "moment", "expected an object");
  const moment = plain(given, "moment");
  const other = Object.keys(moment).find((field) => !CLAIMS.includes(field));
  if (other) throw new ServerError("not-allowed", `moment.${other}`, `a page may say ${CLAIMS.map((field) => `\`${field}\``).join(", ")}; the server knows the rest itself`);
  return moment;
}

/** @param {Context} context @param {any} contact @returns {LedgerRecord | { campaign: string, occurrence?: string, placement?: string, id?: undefined }} */
function recordIn(context, contact) {
  if (!isObject(contact)) throw new ServerError(contact == null ? "missing-field" : "wrong-type", "contact", "expected the id of a contact, or its record");
  if (contact.id === undefined) {
    if (typeof contact.campaign !== "string") throw new ServerError(contact.campaign == null ? "missing-field" : "wrong-type", "contact.campaign");
    for (const field of ["occurrence", "placement"]) {
      if (contact[field] != null && typeof contact[field] !== "string") throw new ServerError("wrong-type", `contact.${field}`, "expected a text");
    }
    return contact;
  }
  try {
    const [record] = checked(context, [{ ...contact, state: "reserved" }], "contact");
    return record;
  } catch (error) {
    throw ServerError.of(renamed(error), (path) => path);
  }
}

/** The record stood in a list of one. @param {any} error */
function renamed(error) {
  if (!(error instanceof ServerError)) return error;
  return new ServerError(error.code, error.path.replace("contact[0]", "contact"), error.problems[0].message);
}

/**
 * @param {Account} account
 * @param {ReturnType<typeof recordIn>} asked
 * @param {any} moment
 * @param {boolean} full nothing of a budget is kept for the customer
 * @returns {import("../account.js").Changed & { result: import("../index.d.ts").PageArmed }}
 */
function armedIn(account, asked, { event, cart, ...moment }, full) {
  const { context, now, records } = account;
  const known = records.find(({ id }) => id === asked.id);
  if (known && (known.channel !== "onsite" || (known.state !== "reserved" && known.state !== "released"))) return { result: { armed: false, code: "not-reserved" } };
  const campaign = context.policy.campaigns.find(({ id }) => id === asked.campaign);
  if (!campaign || campaign.channel !== "onsite") return { ...released(known), result: { armed: false, code: "refused" } };
  const hasOffer = /** @type {any} */ (campaign).offer != null;
  // The server's own reservation of the same is what is being armed.
  const twins = records.filter((one) => one.id !== known?.id && one.state === "reserved" && one.channel === "onsite" && one.campaign === asked.campaign && isSame(campaign, one, asked));
  const theirs = known ? [known, ...twins] : twins;
  // What is given is decided on what the server knows alone.
  const claims = hasOffer ? {} : { ...moment, ...(event !== undefined && { event: { ...event, at: undefined } }) };
  const placements = asked.placement == null ? claims.placements : [asked.placement];
  const stored = event && known && !hasOffer ? event : account.facts.events?.[(known ?? twins[0])?.id ?? ""];
  const decision = account.decide(
    { ...claims, ...(stored && { event: stored }), channels: ["onsite"], ...(placements && { placements }) },
    { records: theirs.map(({ id }) => id), codes: codesFor(account, theirs), own: full ? {} : keptFor(account), ...(cart !== undefined && !hasOffer && { cart }) },
  );
  const contact = decision.contacts.find((one) => one.campaign === asked.campaign && isSame(campaign, one, asked));
  const why = decision.refused.find((one) => one.campaign === asked.campaign);
  const isThePages = !hasOffer && why !== undefined && [why, ...why.also].every(({ gate }) => THE_PAGES.includes(gate));
  if ((!contact && !isThePages) || (asked.id === undefined && !contact)) {
    return { ...released(known), result: { armed: false, code: "refused", ...(why && { refused: { gate: why.gate, code: why.code } }) } };
  }
  if (!known) assertRoom(records, 1, "contact");
  // The page's own id: it tells of the outcome by that. A released one of the same id cannot come back.
  const said = contact ? recordOf({ ...contact, id: asked.id ?? contact.id }, "armed", account.policyHash) : own(context, /** @type {LedgerRecord} */ (asked), now);
  /** @type {LedgerRecord} */
  const record = { ...said, state: "armed", at: now, ...(asked.id !== undefined && asked.occurrence != null && !hasOffer && { occurrence: asked.occurrence }) };
  const put = [record, ...twins.filter(({ id }) => id !== record.id).map((one) => ({ ...one, state: /** @type {const} */ ("released") }))];
  // A place of a budget is taken once.
  const { pending, ...granted } = contact ? grantsFor(account, [{ ...contact, id: record.id }], new Map()) : { pending: [] };
  return { put, ...granted, result: { armed: true, ...(contact && { contact: { ...contact, id: record.id, at: now } }), record } };
}

/** Whether a contact is about what the page says. @param {{ kind: string }} campaign @param {{ occurrence?: string | null }} one @param {{ occurrence?: string | null }} asked */
const isSame = ({ kind }, one, asked) => asked.occurrence == null || AGAIN.test(kind) || one.occurrence === asked.occurrence;

/** @param {LedgerRecord} [known] @returns {{ put?: LedgerRecord[] }} */
const released = (known) => (known?.state === "reserved" && instant(known.at) >= 0 ? { put: [{ ...known, state: "released" }] } : {});
