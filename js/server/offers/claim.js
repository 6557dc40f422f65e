// A customer takes a present that they have: it is listed, and they ask for its code.

import { ServerError } from "../errors.js";
import { withCodes } from "./entitled.js";
import { grantOf, isWaiting } from "./grant.js";
import { find, offerOf } from "./grants.js";
import { issueOne } from "./issue.js";
import { ownCode } from "./own.js";
import { given } from "./proven.js";
import { keptFor } from "./budget.js";
import { expiryOf } from "./units.js";
import { withinBudget } from "./within.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../../types.d.ts").Present} Present
 * @typedef {import("../offers.d.ts").Claimed} Claimed
 */

/** A decision about nothing but presents: on all channels, without an event. @param {Account} account @param {boolean} [full] */
const presentsIn = (account, full = false) => account.decide({}, { own: full ? {} : keptFor(account) }).entitled;

/**
 * @param {Context} context
 * @param {string} customer the id
 * @returns {Promise<Present[]>}
 */
export function entitled(context, customer) {
  return context.within(customer, (account) => ({ result: withCodes(account, presentsIn(account)) }));
}

/**
 * @param {Context} context
 * @param {string} customer the id
 * @param {{ campaign: string, occurrence: string }} present
 * @returns {Promise<Claimed>}
 */
export async function claim(context, customer, { campaign, occurrence }) {
  const { claimed, waits } = await withinBudget(context, customer, (account, full) => claimIn(account, campaign, occurrence, full));
  if (waits === undefined) return claimed;
  const answer = await issueOne(context, customer, waits, true);
  if (answer.state === "issued") return { ...claimed, code: answer.grant.code ?? null, expiresAt: answer.grant.expiresAt ?? null };
  throw new ServerError(answer.state === "refused" || answer.state === "gone" ? "code-refused" : "code-pending", "campaign");
}

/**
 * @param {Account} account
 * @param {string} campaign
 * @param {string} occurrence
 * @param {boolean} full
 * @returns {import("../account.js").Changed & { result: { claimed: Claimed, waits?: string } }}
 */
function claimIn(account, campaign, occurrence, full) {
  const { context, now } = account;
  const present = withCodes(account, presentsIn(account, full)).find((one) => one.campaign === campaign && one.occurrence === occurrence);
  if (!present) throw new ServerError("not-entitled", "campaign");
  const offer = offerOf(context.policy, present.offer);
  const { grant: known, over } = find(account, present);
  const answer = { offer: present.offer, campaign, occurrence };
  if (known?.code !== undefined && !over) return { result: { claimed: { ...answer, code: known.code, expiresAt: known.expiresAt ?? null } } };
  const code = present.code ?? offer?.code ?? null;
  const isMade = offer?.personal === true && code === null;
  if (isMade && (over || !given(account, {})(present))) throw new ServerError("not-entitled", "campaign");
  if (isMade && !context.options.issue && !context.options.ownCodes) throw new ServerError("code-refused", "campaign", "this server makes no codes: give it `issue`, or `ownCodes`");
  /** @type {import("./grant.js").Granted} */
  const granted = { grants: [], ungrant: [], count: {}, most: {} };
  const expiresAt = offer && isMade ? expiryOf(offer, now, context.policy.shop.zone) : undefined;
  const place = isMade ? { code: context.options.issue ? "" : ownCode(), isNew: true, expiresAt: known?.expiresAt ?? expiresAt } : undefined;
  const grant = over ? undefined : grantOf(account, { ...answer, place }, granted);
  const waits = grant && isWaiting(grant) ? grant.key : undefined;
  const facts = account.facts.customer?.id === undefined ? { facts: { ...account.facts, customer: { ...account.facts.customer, id: account.id } } } : {};
  const claimed = { ...answer, code: isMade ? grant?.code ?? null : code, expiresAt: (isMade ? grant?.expiresAt : present.until) ?? null };
  return { ...granted, ...(waits !== undefined && facts), result: { claimed, waits } };
}
