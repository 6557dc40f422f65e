// What a ledger need not keep. A record goes only if no decision would ever read it: it is older than twice the longest window of the policy,
// its occasion cannot come again, and what counts for good is the same without it. tests/js/prune.test.js holds that against decisions over
// the whole ledger.

import { dateOf, instant } from "./record.js";

/** @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord */

/**
 * What a policy still reads of old records; js/ledger/keep.js makes it of a policy, and js/cli/publish.js writes it beside a compiled one.
 * @typedef {object} Keep
 * @property {number} after so many milliseconds a record is old
 * @property {number} latest so many promotional contacts stay, whatever their age: `calm.backOff` reads them
 * @property {Record<string, number>} campaigns those whose occasions cannot come again, and how many variants their message has
 */

/** A ledger of fewer records is not worth the look. */
const FEW = 200;

/**
 * The ids of the records that need not be kept.
 * @param {LedgerRecord[]} records
 * @param {Keep | undefined} keep without it all are kept
 * @param {number} now
 * @param {number} [few]
 * @returns {string[]}
 */
export function prunable(records, keep, now, few = FEW) {
  if (!keep || records.length < few) return [];
  const old = now - keep.after;
  /** @type {Map<string, LedgerRecord[]>} */
  const byCampaign = new Map();
  /** @type {number[]} */
  const promotions = [];
  for (const record of records) {
    if (record.class === "promotional" && /^(armed|delivered)$/.test(record.state)) promotions.push(dateOf(record));
    if (!Object.hasOwn(keep.campaigns, record.campaign)) continue;
    const known = byCampaign.get(record.campaign);
    if (known) known.push(record);
    else byCampaign.set(record.campaign, [record]);
  }
  const since = promotions.sort((a, b) => b - a)[keep.latest - 1] ?? (keep.latest ? -Infinity : Infinity);

  return [...byCampaign].flatMap(([campaign, own]) => {
    const isSettled = (/** @type {LedgerRecord} */ { state }) => /^(ghost|armed|delivered)$/.test(state);
    const latest = Math.max(...own.filter(isSettled).map((record) => instant(record.at)), -Infinity);
    // A clock that was wrong, and what only a later release wrote.
    const isOdd = (/** @type {LedgerRecord} */ { at, seenAt, versionAt, digest }) => seenAt != null || versionAt != null || digest != null || typeof at !== "number";
    if (own.some(isOdd)) return [];
    /** @type {LedgerRecord[][]} by the variant that they showed */
    const shown = [];
    while (shown.length < keep.campaigns[campaign]) shown.push([]);
    /** @type {LedgerRecord[]} */
    const unsaid = [];
    for (const record of own) {
      const { at, leaseUntil, offer, class: group, variant, occurrence } = record;
      // What counts for good has no lease any longer.
      const until = isSettled(record) ? at : (leaseUntil ?? at);
      if (offer != null || !(instant(at) < old) || !(instant(until) < old)) continue;
      if (isSettled(record)) {
        const isRead = instant(at) === latest || (group === "promotional" && instant(at) >= since);
        if (!isRead) shown[variant ?? 0]?.push(record);
        // Of its kind the next occasion has the date of the latest contact.
      } else if (Number(occurrence ?? NaN) < latest) unsaid.push(record);
    }
    // As many of each variant: the one that was said least stays so.
    const most = Math.min(...shown.map(({ length }) => length));
    return [...unsaid, ...shown.flatMap((all) => all.sort((a, b) => instant(a.at) - instant(b.at)).slice(0, most))].map(({ id }) => id);
  });
}
