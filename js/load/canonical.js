// The hash of a policy, which every decision and record carries: the SHA-256 of its RFC 8785 form.

/**
 * RFC 8785: keys sorted by their UTF-16 code units, no white space, numbers and strings as ECMAScript writes them.
 * @param {any} value JSON of bounded depth
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys.sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`;
}

/**
 * The SHA-256 in hex. Empty if the host has no crypto.subtle, for example on a page without https.
 * @param {string} text
 */
export async function fingerprint(text) {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", new TextEncoder().encode(text));
  return digest ? [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("") : "";
}
