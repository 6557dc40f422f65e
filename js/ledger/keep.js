// What a policy still reads of old records, so that a ledger knows what it need not keep (js/ledger/prune.js).

/** A date that comes again each time that the campaign has spoken; src/candidates/occasions/event.rs makes its key. */
const AGAIN = /^(announcement|access|shippingCoupon|helpPrompt|notFound)$/;
/** These speak at each of their events, unless `repeat` says otherwise; the others speak once. */
const FREELY = /^(helpPrompt|notFound)$/;

const DAY = 86_400_000;
const LENGTHS = { s: 1000, m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY, day: DAY, week: 7 * DAY, month: 31 * DAY, year: 366 * DAY };
/** The engine's own: orders since which nobody had a word (src/standing/tasks.rs). */
const LEAST = 90 * DAY;

/**
 * @param {any} policy that was accepted
 * @returns {import("./prune.js").Keep | undefined} undefined: it reads records of any age
 */
export function keepOf({ campaigns, elsewhere = [], messages, calm, ...rest }) {
  const all = [...campaigns, ...elsewhere];
  // A question counts what was said since the one before, however long ago.
  if (all.some(({ kind, every }) => kind === "preferenceQuestion" && every)) return undefined;
  const text = JSON.stringify([campaigns, elsewhere, messages, calm, rest]);
  const named = [...text.matchAll(/"(\d+)([smhdw])"|"(day|week|month|year)"/g)];
  const lengths = named.map(([, count = 1, unit, calendar]) => Number(count) * LENGTHS[/** @type {"d"} */ (unit ?? calendar)]);
  return {
    after: 2 * Math.max(LEAST, ...lengths),
    latest: calm?.backOff?.ignored ?? 0,
    campaigns: Object.fromEntries(
      campaigns.flatMap((/** @type {any} */ { id, kind, repeat, message }) => {
        const speaksAgain = AGAIN.test(kind) && (repeat ? repeat !== "never" : FREELY.test(kind));
        if (!speaksAgain || text.includes(`contacts.${id}.`)) return [];
        const variants = new Set(Object.values(messages?.[message] ?? {}).map((list) => list.length));
        // Of two languages one may have a wording that the other lacks: then the least said is another in each.
        return variants.size === 1 ? [[id, [...variants][0]]] : [];
      }),
    ),
  };
}
