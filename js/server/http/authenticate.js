// Who asks: the shop's own server, by a secret, or a customer, by a token.

import { ServerError } from "../errors.js";
import { bearerOf, customerToken, listOf } from "./token.js";

/**
 * @typedef {import("../index.d.ts").Authenticate} Authenticate
 * @typedef {import("../index.d.ts").Caller} Caller
 */

/**
 * Accepts whoever sends one of the secrets as `Authorization: Bearer <secret>`: the shop's own server. Two are valid while one replaces the
 * other.
 * @param {string | readonly string[]} secret
 * @returns {Authenticate}
 */
export function sharedSecret(secret) {
  const list = listOf(secret);
  if (list.some(([, one]) => !/^[!-~]+$/.test(one))) throw new TypeError("a secret has no spaces and only ASCII, because a header carries it");
  /** @type {Promise<Uint8Array[]> | undefined} */
  let made;
  return async (request) => {
    const told = bearerOf(request);
    if (told === undefined) return undefined;
    const [hash, known] = await Promise.all([hashOf(told), (made ??= Promise.all(list.map(([, one]) => hashOf(one))))]);
    // All are compared, over hashes of one length: the time tells nothing of a secret.
    const matches = known.map((one) => one.reduce((difference, byte, index) => difference | (byte ^ hash[index]), 0) === 0);
    return matches.includes(true) ? { shop: true } : undefined;
  };
}

/** @param {string} text */
const hashOf = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

/**
 * One callback of all that are given: the first that knows the caller.
 * @param {{ authenticate?: Authenticate | readonly Authenticate[], secret?: string | readonly string[] }} options
 * @returns {Authenticate | undefined} undefined: nobody may ask
 */
export function authenticateOf({ authenticate, secret }) {
  const all = typeof authenticate === "function" ? [authenticate] : [...(authenticate ?? [])];
  if (secret !== undefined) all.push(sharedSecret(secret), customerToken(secret));
  if (all.length === 0) return undefined;
  return async (request, given) => {
    /** @type {unknown} */
    let refused;
    for (const one of all) {
      try {
        const caller = await one(request, given);
        if (caller) return checked(caller);
      } catch (error) {
        if (!(error instanceof ServerError && error.status === 401)) throw error;
        refused = error;
      }
    }
    if (refused) throw refused;
    return undefined;
  };
}

/** A callback that answers `{ customer: undefined }` has not said who asks. @param {any} caller @returns {Caller} */
function checked(caller) {
  const { shop, customer } = caller;
  if (shop === true && customer === undefined) return { shop };
  if (shop === undefined && typeof customer === "string" && /\P{White_Space}/u.test(customer)) return { customer };
  throw new TypeError("`authenticate` answers `{ shop: true }`, `{ customer: id }` or undefined");
}
