// A decision in two stages. A personal offer needs a code before the engine speaks of it, and a code is made only for what is spoken of. So
// whoever asks for a code is given a placeholder, and it is decided again: who wins is granted a code, who loses is not. No placeholder
// leaves the server.

import { asksOf } from "./asks.js";
import { keptFor } from "./budget.js";
import { find } from "./grants.js";
import { ownCode } from "./own.js";
import { given } from "./proven.js";

/**
 * @typedef {import("../../types.d.ts").Decision} Decision
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../account.js").Moment} Moment
 * @typedef {import("../store.d.ts").Grant} Grant
 * @typedef {import("./grants.js").Present} Present
 * @typedef {import("./asks.js").Ask} Ask
 * @typedef {{ code: string, isNew: boolean, expiresAt?: number, contact?: string }} Place what stands for a code
 * @typedef {object} But
 * @property {Iterable<string>} [records] the ids of records that the decision does not see
 * @property {NonNullable<import("../../types.d.ts").Customer["codes"]>} [codes]
 * @property {boolean} [full] nothing of a budget is kept for the customer
 */

/** An answer that brings new questions is asked no more often than this. */
const ROUNDS = 8;

/** Begins each placeholder: what is found with it in an answer is a mistake of ours. */
export const PLACEHOLDER = "querencia-placeholder-";

/**
 * @param {Account} account
 * @param {Moment} moment
 * @param {But} [but]
 * @returns {{ decision: Decision, plain: Decision, placed: Map<string, Place> }} `plain`: the first stage's
 */
export function twoStages(account, moment, but = {}) {
  const { options } = account.context;
  const seen = { records: but.records, codes: but.codes, own: but.full ? {} : keptFor(account) };
  const plain = account.decide(moment, seen);
  /** @type {Map<string, Place>} */
  const placed = new Map();
  let decision = plain;
  if (!options.issue && !options.ownCodes) return { decision, plain, placed };
  const decide = () => account.decide(moment, { ...seen, codes: { ...but.codes, ...codesOf(placed) } });
  const isGiven = given(account, moment);
  for (let round = 0; round < ROUNDS; round++) {
    const asks = asksOf(decision).filter(({ offer }) => !placed.has(offer));
    for (const [offer, its] of grouped(asks)) {
      const place = placeOf(account, its, isGiven);
      if (place) placed.set(offer, place);
    }
    if (!asks.some(({ offer }) => placed.has(offer))) break;
    decision = decide();
  }
  // A placeholder that no contact was bound to may have been taken for something that is over.
  const wrong = decision.contacts.filter(({ offer, ...contact }) => offer && placed.has(offer) && !allows(account, { offer, ...contact }, isGiven));
  if (wrong.length > 0) {
    for (const { offer } of wrong) placed.delete(/** @type {string} */ (offer));
    decision = decide();
  }
  // A campaign that speaks of a code may have counted on one that nobody gets.
  const read = readOffers(account);
  for (let round = 0; read.size > 0 && round < placed.size + ROUNDS; round++) {
    const carried = new Set(decision.contacts.map(({ offer }) => offer));
    const lost = [...placed.keys()].find((offer) => read.has(offer) && !carried.has(offer));
    if (lost === undefined) break;
    placed.delete(lost);
    decision = decide();
  }
  return { decision, plain, placed };
}

/** @param {Ask[]} asks @returns {Map<string, Ask[]>} */
function grouped(asks) {
  const groups = new Map();
  for (const ask of asks) groups.set(ask.offer, [...(groups.get(ask.offer) ?? []), ask]);
  return groups;
}

/**
 * @param {Account} account
 * @param {Present} present
 * @param {(present: Present) => boolean} isGiven
 */
const allows = (account, present, isGiven) => {
  const { over, grant } = find(account, present);
  return !over && (grant !== undefined || isGiven(present));
};

/**
 * What stands for the code of an offer. Where several campaigns ask for one, the first that may have it decides which.
 * @param {Account} account
 * @param {Ask[]} asks of one offer
 * @param {(present: Present) => boolean} isGiven
 * @returns {Place | undefined}
 */
function placeOf(account, asks, isGiven) {
  const may = asks.filter((ask) => allows(account, ask, isGiven));
  if (may.length === 0) return undefined;
  const { grant } = find(account, may[0]);
  // While all mean the same or something new, any of them may win.
  const isOpen = may.length === asks.length && may.every((ask) => find(account, ask).grant?.key === grant?.key);
  const contact = isOpen ? undefined : may[0].contact;
  if (grant?.code !== undefined) return { code: grant.code, isNew: false, expiresAt: grant.expiresAt, contact };
  const code = account.context.options.issue ? PLACEHOLDER + may[0].offer : ownCode();
  return { code, isNew: true, expiresAt: grant?.expiresAt ?? may[0].expiresAt ?? undefined, contact };
}

/** @param {Map<string, Place>} placed */
const codesOf = (placed) => Object.fromEntries([...placed].map(([offer, { code, expiresAt, contact }]) => [offer, { code, expiresAt, contact }]));

/** The offers whose codes a condition of the policy asks for. @type {WeakMap<object, Set<string>>} */
const reading = new WeakMap();

/** @param {Account} account */
function readOffers({ context: { policy } }) {
  const known = reading.get(policy);
  if (known) return known;
  const text = JSON.stringify(policy);
  const read = new Set(Object.keys(policy.offers ?? {}).filter((offer) => text.includes(JSON.stringify(`codes.${offer}.`).slice(1, -1))));
  reading.set(policy, read);
  return read;
}
