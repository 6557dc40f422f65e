// What a server needs to know of the kinds of campaigns. `tests/server/offers/kinds.test.js` compares it with the engine's own table.

/** Speak of an occasion once, whichever of their campaigns does: one present for a birthday. */
export const ONCE_ACROSS_CAMPAIGNS = new Set(["birthday", "milestone", "review", "survey", "thankYou"]);

const DAY = 86_400_000;

/** The least time between two contacts of a campaign, in milliseconds; of a kind that speaks once across campaigns between two of the kind. */
export const GAPS = new Map([
  ["birthday", 300 * DAY],
  ["community", 180 * DAY],
  ["referral", 180 * DAY],
  ["review", 120 * DAY],
]);
