// The seals of published files are compared by this.

/**
 * The SHA-256 of bytes in hexadecimal digits. A page without https has none to compare.
 * @param {BufferSource} bytes
 * @returns {Promise<string | undefined>}
 */
export async function digestOf(bytes) {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes);
  // Prototype.js and MooTools have an Array.from of their own, without a mapping function.
  return digest && [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
