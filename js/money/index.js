// How many decimals a currency has. Intl is not asked: it says how many people write, which differs from ISO 4217 and from one
// browser to the next.

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
