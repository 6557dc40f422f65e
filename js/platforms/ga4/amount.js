// Amounts as data layers write them, digit by digit.

const PLAIN = /^(\d*)(?:([.,])(\d*))?$/;
/** Thousands in groups of three (in India also of two, by commas), then a sign that is not the one between them. */
const GROUPED = /^(\d{1,3}([.,' \u00a0\u2009\u202f\u2019])(?:\d\d(?=,)\2)*\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/;
/** No amount is longer. */
const LONGEST = 40;

/**
 * A decimal amount in minor units: 19.99 is 1999, and 1.005 is 101 (a product of floats would give 100). A text may have a comma (`"19,99"`)
 * and signs between thousands (`"1.234,50"`, `"1,234.50"`, `"1 234,50"`). `"1.234"` may be either, so nobody can read it where the currency
 * has two decimals.
 * @param {unknown} amount a number or its text
 * @param {number} exponent
 * @returns {number | undefined} undefined: no amount
 */
export function minor(amount, exponent) {
  const isNumber = typeof amount === "number";
  // Such numbers are written with an exponent (1e-7). No currency has that many decimals.
  if (isNumber && Math.abs(amount) < 1e-6) return 0;
  const text = isNumber || typeof amount === "string" ? `${amount}`.trim() : "";
  if (text.length > LONGEST) return undefined;
  let [, units = "", sign = "", decimals = ""] = PLAIN.exec(text) ?? [];
  if (!units && !decimals) [, units = "", , decimals = ""] = GROUPED.exec(text) ?? [];
  else if (!isNumber && decimals.length === 3 && /^[1-9]\d{0,2}$/.test(units)) {
    // Without decimals they are thousands. A currency of three is written so.
    if (!exponent) [units, decimals] = [units + decimals, ""];
    else if (exponent < 3 || sign === ",") return undefined;
  }
  if (!units && !decimals) return undefined;
  const digits = decimals.padEnd(exponent + 1, "0");
  const value = Number(units.replace(/\D/g, "") + digits.slice(0, exponent)) + (digits[exponent] >= "5" ? 1 : 0);
  return Number.isSafeInteger(value) ? value : undefined;
}
