// How many decimals a currency has, and what articles cost together. Intl is not asked for the decimals: it says how many people
// write, which differs from ISO 4217 and from one browser to the next.

/** By number of decimals, the currencies of ISO 4217 that do not have two. */
const OTHERS = Object.entries({
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
});

/** @param {string | null} [currency] */
export function decimalsOf(currency) {
  const code = String(currency).trim().toUpperCase();
  return Number(OTHERS.find(([, codes]) => codes.split(" ").includes(code))?.[0] ?? 2);
}

/** @typedef {{ price?: number | null, quantity?: number | string | null }} Item */

/** The quantity in thousandths. Absent: one piece. @param {Item} item @returns {number} NaN: nobody can read it */
export function thousandthsOf({ quantity }) {
  // As text first: the number of `true` is 1, and that of an empty list 0.
  const thousandths = Math.round(Number(String(quantity ?? 1)) * 1000);
  return thousandths > 0 && Number.isSafeInteger(thousandths) ? thousandths : NaN;
}

/**
 * What articles cost together, in minor units, each rounded as the engine does.
 * @param {readonly Item[]} items
 * @returns {number | undefined} undefined: a price or a quantity is unknown
 */
export function costOf(items) {
  let sum = 0;
  for (const item of items) sum += Math.floor(((item.price ?? NaN) * thousandthsOf(item) + 500) / 1000);
  return Number.isSafeInteger(sum) ? sum : undefined;
}
