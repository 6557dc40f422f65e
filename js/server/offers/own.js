// Codes that the server makes itself, for platforms without coupons of their own.

/** 32 letters and digits that nobody confuses: without I, L, O and U. (Crockford's base 32.) */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 16 of them: 80 bits. At 1,000 guesses a second a shop with a million codes is guessed one in 38 million years. */
const LENGTH = 16;

/** A new code, as `7K2M-9QXD-40TB-ZC3H`. */
export function ownCode() {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => ALPHABET[byte & 31]).join("");
  return letters.replace(/.{4}(?=.)/g, "$&-");
}

/**
 * A code as it is stored, of what somebody typed: `7k2m 9qxd 4otb zc3h`. A text that is no code of ours stays as it is.
 * @param {string} text
 */
export function readCode(text) {
  const letters = text.normalize("NFKC").toUpperCase().replace(/[\s\-\u2010-\u2015]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return letters.length === LENGTH && [...letters].every((letter) => ALPHABET.includes(letter)) ? letters.replace(/.{4}(?=.)/g, "$&-") : text.trim();
}
