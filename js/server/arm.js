// Just before a contact is sent or shown: decides again, and notes that it is about to be said. What is armed is never armed again, but by
// who sends at least once.

import { instant, recordOf } from "../ledger/record.js";
import { render } from "../render/index.js";
import { ServerError } from "./errors.js";
import { giveBack, isWaiting } from "./offers/grant.js";
import { issueOne } from "./offers/issue.js";
import { twoStages } from "./offers/stages.js";
import { contactOf, wholeOf } from "./outcome.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("./account.js").Account} Account
 * @typedef {import("./index.d.ts").Armed} Armed
 */

/**
 * A digest is one message: whichever of its parts is named, all of it is armed.
 * @param {import("./context.js").Context} context
 * @param {string} customer the id
 * @param {string} contact the id
 * @param {import("./index.d.ts").Only} [only]
 * @returns {Promise<Armed>}
 */
export async function arm(context, customer, contact, only) {
  const once = () => context.within(customer, (account) => armOne(account, contactOf(account, contact, only)));
  const { answer, waits } = await once();
  // Where nothing but this arms, nobody else would ask the platform again.
  if (waits === undefined || (await issueOne(context, customer, waits)).state !== "issued") return answer;
  return (await once()).answer;
}

/** @param {Account} account @param {LedgerRecord} record @returns {import("./account.js").Changed & { result: { answer: Armed, waits?: string } }} `waits`: the key of the code that it waits for */
function armOne(account, record) {
  const whole = wholeOf(account, record);
  const { armed, refused, ...change } = armIn(account, whole);
  if (armed.length === 0) {
    const waits = refused.code === "awaiting-code" ? account.grants.find((grant) => isWaiting(grant) && whole.some(({ id }) => id === grant.contact))?.key : undefined;
    return { ...change, result: { answer: { armed: false, ...refused }, ...(waits !== undefined && { waits }) } };
  }
  const parts = armed.map((contact) => ({ contact, text: written(contact, account.zoneFor(contact.id)) }));
  const [{ contact }] = parts;
  const said = /** @type {LedgerRecord} */ (change.put.find(({ id }) => id === contact.id));
  return { ...change, result: { answer: { armed: true, contact, text: textOf(parts), record: said, ...(parts.length > 1 && { parts }) } } };
}

/** The text of a digest: its parts one below the other. @param {import("./delivery.d.ts").MessagePart[]} parts */
export function textOf([first, ...others]) {
  const bodies = others.map(({ text: { title, body } }) => (title == null ? body : `${title}\n\n${body}`));
  return { ...first.text, body: [first.text.body, ...bodies].join("\n\n") };
}

/** A message that cannot be written is not armed. @param {Contact} contact @param {string | undefined} zone */
function written(contact, zone) {
  try {
    return render(contact, { zone });
  } catch {
    throw new ServerError("not-written", "contact");
  }
}

/**
 * Another page, a wish or an event of the shop may have changed what may be said since it was reserved: it is decided again, as if it had not
 * been. A contact that may be said later, before its reservation ends, stays reserved.
 * @param {Account} account
 * @param {LedgerRecord[]} records those to be armed; of one customer and channel
 * @param {(record: LedgerRecord) => boolean} [isAgain] whether an armed one may be armed again
 * @returns {{ put: LedgerRecord[], ungrant: string[], count: Record<string, number>, armed: Contact[], refused: Omit<Extract<Armed, { armed: false }>, "armed"> }}
 *   `refused` is about the first
 */
export function armIn(account, records, isAgain = () => false) {
  const { now } = account;
  const isLive = (/** @type {LedgerRecord} */ { leaseUntil }) => instant(leaseUntil) > now;
  const open = records.filter((record) => record.state === "reserved" || (record.state === "armed" && isAgain(record)));
  const lapsed = open.filter((record) => record.state === "reserved" && !isLive(record));
  /** @type {LedgerRecord[]} */
  const put = lapsed.map((record) => ({ ...record, state: "released" }));
  const waiting = open.filter(({ id }) => !lapsed.some((record) => record.id === id) && account.grants.some((grant) => grant.contact === id && isWaiting(grant)));
  const wanted = open.filter((record) => !lapsed.includes(record) && !waiting.includes(record));
  const change = () => {
    /** @type {import("./offers/grant.js").Granted} */
    const granted = { grants: [], ungrant: [], count: {}, most: {} };
    giveBack(account, granted, new Set(put.filter(({ state }) => state === "released").map(({ id }) => id)));
    return { put, ungrant: granted.ungrant, count: granted.count };
  };
  const [first] = wanted;
  if (!first) return { ...change(), armed: [], refused: { code: waiting.length > 0 ? "awaiting-code" : lapsed.length > 0 ? "lapsed" : "not-reserved" } };

  const { events, moments } = account.facts;
  const moment = { ...moments?.[first.id], event: events?.[first.id] };
  // Parts of one digest are one contact: none counts against another.
  const hidden = wanted.flatMap((record) => wholeOf(account, record).map(({ id }) => id));
  const { decision, placed } = twoStages(account, { ...moment, channels: [first.channel] }, { records: hidden, codes: codesFor(account, wanted) });
  /** @type {Contact[]} */
  const armed = [];
  /** @type {Omit<Extract<Armed, { armed: false }>, "armed"> | undefined} */
  let refused;
  for (const record of wanted) {
    const contact = decision.contacts.find(({ id }) => id === record.id);
    // A code that nobody was given yet is not told.
    if (contact && !placed.get(contact.offer ?? "")?.isNew) {
      put.unshift({ ...recordOf(contact, "armed", account.policyHash, instant(record.leaseUntil)), at: now });
      armed.unshift({ ...contact, at: now });
      continue;
    }
    const why = decision.refused?.find(({ campaign }) => campaign === record.campaign);
    const retryAt = why?.retryAt != null && why.retryAt < instant(record.leaseUntil) ? why.retryAt : undefined;
    if (record.state === "reserved" && retryAt === undefined) put.push({ ...record, state: "released" });
    refused ??= { code: "refused", ...(why && { refused: { gate: why.gate, code: why.code } }), ...(retryAt !== undefined && { retryAt }) };
  }
  // As the decision has them: the first part of a digest comes first.
  armed.sort((a, b) => decision.contacts.findIndex(({ id }) => id === a.id) - decision.contacts.findIndex(({ id }) => id === b.id));
  return { ...change(), armed, refused: refused ?? { code: "not-reserved" } };
}

/**
 * The codes of these contacts: of several of one offer a decision sees the latest, which may be another contact's.
 * @param {Account} account
 * @param {LedgerRecord[]} records
 */
export function codesFor({ grants }, records) {
  const theirs = grants.filter(({ code, contact }) => code !== undefined && records.some(({ id }) => id === contact));
  return Object.fromEntries(theirs.map(({ offer, code = "", contact, expiresAt }) => [offer, { code, contact, expiresAt }]));
}
