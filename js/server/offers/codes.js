// The codes that were issued to a customer: as the platform says them, as they are kept, and as the engine reads them.

import { ServerError } from "../errors.js";
import { instantAt } from "../instant.js";

/** A platform's code is no longer. */
const LONGEST = 256;
/** The engine takes no longer text. */
const LONGEST_TEXT = 4096;

/** Stands for the contact of a code that was claimed: no contact carries it unless the server says so. */
const CLAIMED = "claimed";

/**
 * @param {readonly import("../store.d.ts").Grant[]} grants
 * @param {number} now
 * @returns {NonNullable<import("../../types.d.ts").Customer["codes"]>} by offer, the latest that can be used
 */
export function codesOf(grants, now) {
  const usable = grants.filter(({ code, expiresAt = Infinity }) => code !== undefined && expiresAt > now);
  const latestLast = usable.sort((a, b) => a.at - b.at);
  return Object.fromEntries(latestLast.map(({ offer, code, contact = CLAIMED, expiresAt }) => [offer, { code, contact, expiresAt }]));
}

/**
 * What the platform answered, or a person says that it did. A code that cannot be typed is none: it could be told to nobody.
 * @param {any} answer
 * @returns {{ code: string, expiresAt?: number }}
 */
export function answerOf(answer) {
  const { code: told = answer, expiresAt } = Object(answer);
  const code = typeof told === "string" ? told.trim() : "";
  // Control characters, line ends, halves of surrogate pairs.
  if (code === "" || code.length > LONGEST || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(code)) {
    throw new ServerError("invalid-value", "code", `expected \`{ code }\`, a text of 1 to ${LONGEST} characters without control characters`);
  }
  return { code, ...(expiresAt != null && { expiresAt: instantAt(expiresAt, "expiresAt") }) };
}

/**
 * A grant as it is kept. An earlier release kept codes that the engine refuses, and with one of them everything that is decided for its
 * customer: of such a grant the code is still to come.
 * @param {import("../store.d.ts").Grant} grant
 * @returns {import("../store.d.ts").Grant}
 */
export function readable(grant) {
  const { code, expiresAt, ...rest } = grant;
  const isWrong = code !== undefined && (typeof code !== "string" || code === "" || code.length > LONGEST_TEXT || /\p{Cs}/u.test(code));
  if (!isWrong && (expiresAt === undefined || Number.isInteger(expiresAt))) return grant;
  return { ...rest, ...(isWrong ? { state: "reserved" } : { code }), ...(Number.isFinite(expiresAt) && { expiresAt: Math.floor(/** @type {number} */ (expiresAt)) }) };
}
