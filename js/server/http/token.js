// A customer's token: a JWT (RFC 7519) under RFC 8725, signed by the shop's server, carried by the page.
//
// Written here and not taken from a library: all cryptography is the platform's (`crypto.subtle`), one algorithm and one type are
// accepted, and what is strict here (duplicate claims, one spelling of base64url, no kid that is not known) a library would have to be told
// or does not do. So whoever uses the package installs nothing. The tests hold it against `jose`.

import { duplicatesIn } from "../../load/duplicates.js";
import { ServerError } from "../errors.js";

/**
 * @typedef {string | readonly string[] | Readonly<Record<string, string>>} Secrets one; several, the newest first; or by `kid`
 * @typedef {{ now: () => Promise<number> }} Given
 * @typedef {import("../index.d.ts").Caller} Caller
 */

/** What a secret must have: 32 bytes, as RFC 7518 asks of HS256. */
const SHORTEST = 32;
const LONGEST_TOKEN = 1024;
/** For how long a token may be valid, in seconds. */
const LONGEST_LIFE = 86_400;
const TYPE = "customer+jwt";
/** How many secrets may be valid at once: each costs a signature a request. */
const MOST_SECRETS = 8;

const utf8 = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {unknown} secret */
export function refuseShort(secret) {
  if (typeof secret !== "string" || utf8.encode(secret).length < SHORTEST) {
    throw new TypeError(`a secret needs ${SHORTEST} bytes or more: make one with \`openssl rand -base64 32\``);
  }
}

/** @param {Secrets} secrets @returns {[kid: string | undefined, secret: string][]} */
export function listOf(secrets) {
  /** @type {[string | undefined, string][]} */
  const list = typeof secrets === "string" ? [[undefined, secrets]] : Array.isArray(secrets) ? secrets.map((secret) => [undefined, secret]) : Object.entries(secrets ?? {});
  if (list.length === 0 || list.length > MOST_SECRETS) throw new TypeError(`give 1 to ${MOST_SECRETS} secrets`);
  for (const [, secret] of list) refuseShort(secret);
  return list;
}

/** @param {string} secret @returns {Promise<CryptoKey>} */
const keyOf = (secret) => crypto.subtle.importKey("raw", utf8.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

/**
 * Signs a token for a customer who is signed in to the shop.
 * @param {import("../index.d.ts").TokenOptions} options
 * @returns {Promise<string>}
 */
export async function signToken({ secret, customer, expiresIn = 3600, audience, kid, now = Date.now() }) {
  refuseShort(secret);
  if (typeof customer !== "string" || !/\S/.test(customer)) throw new TypeError("give the id of a customer, a text that is not blank");
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > LONGEST_LIFE) throw new TypeError(`\`expiresIn\` is in seconds, 1 to ${LONGEST_LIFE}`);
  const iat = Math.floor(now / 1000);
  const header = { alg: "HS256", typ: TYPE, ...(kid !== undefined && { kid }) };
  const claims = { sub: customer, iat, exp: iat + expiresIn, ...(audience !== undefined && { aud: audience }) };
  const signed = `${textToBase64(JSON.stringify(header))}.${textToBase64(JSON.stringify(claims))}`;
  const signature = await crypto.subtle.sign("HMAC", await keyOf(secret), utf8.encode(signed));
  const token = `${signed}.${toBase64(new Uint8Array(signature))}`;
  if (token.length > LONGEST_TOKEN) throw new TypeError(`the token would have more than ${LONGEST_TOKEN} characters; shorten the customer's id`);
  return token;
}

/**
 * Accepts the tokens that `signToken` makes, or any library of JWT with the same secret.
 * @param {Secrets} secrets
 * @param {{ audience?: string, leeway?: number }} [options] `leeway`: in seconds, for clocks that differ
 * @returns {(request: Request, given: Given) => Promise<Caller | undefined>}
 */
export function customerToken(secrets, { audience, leeway = 60 } = {}) {
  const list = listOf(secrets);
  /** @type {Promise<[string | undefined, CryptoKey][]> | undefined} */
  let made;
  return async (request, { now }) => {
    const token = bearerOf(request);
    if (token === undefined || !token.includes(".")) return undefined;
    const keys = await (made ??= Promise.all(list.map(async ([kid, secret]) => /** @type {[string | undefined, CryptoKey]} */ ([kid, await keyOf(secret)]))));
    const claims = await claimsOf(token, keys);
    refuseClaims(claims, Math.floor((await now()) / 1000), leeway, audience);
    return { customer: claims.sub };
  };
}

/** The token of `Authorization: Bearer …`. @param {Request} request */
export function bearerOf(request) {
  return /^Bearer +([!-~]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** @param {string} why */
const refused = (why) => new ServerError("not-authenticated", "", `the customer's token ${why}`);

/**
 * What a token says, once its signature holds.
 * @param {string} token
 * @param {[string | undefined, CryptoKey][]} keys
 */
async function claimsOf(token, keys) {
  if (token.length > LONGEST_TOKEN) throw refused(`is longer than ${LONGEST_TOKEN} characters`);
  const parts = token.split(".");
  if (parts.length !== 3) throw refused("is no JWT of three parts");
  const [head, body, signature] = parts.map(fromBase64);
  const header = objectOf(head);
  // What a header says of keys (jwk, jku, x5u, x5c) is not read: the key is one of ours.
  const known = keys.filter(([kid]) => kid === header.kid);
  if (known.length === 0) throw refused("names a key (`kid`) that is not known here");
  if (header.alg !== "HS256") throw refused("must be signed with HS256");
  if (typeof header.typ !== "string" || header.typ.toLowerCase() !== TYPE) throw refused(`must have the type \`${TYPE}\``);
  if ("crit" in header || "b64" in header || "zip" in header || "enc" in header) throw refused("asks for what is not done here; leave out `crit`, `b64`, `zip` and `enc`");
  const signed = utf8.encode(token.slice(0, token.lastIndexOf(".")));
  const valid = await Promise.all(known.map(([, key]) => crypto.subtle.verify("HMAC", key, signature, signed)));
  if (!valid.includes(true)) throw refused("has a wrong signature");
  return objectOf(body);
}

/**
 * @param {Record<string, any>} claims
 * @param {number} now in seconds
 * @param {number} leeway
 * @param {string | undefined} audience
 */
function refuseClaims({ sub, exp, iat, nbf, aud }, now, leeway, audience) {
  if (typeof sub !== "string" || !/\P{White_Space}/u.test(sub)) throw refused("names no customer (`sub`)");
  if (!isSeconds(exp)) throw refused("must end (`exp`, in seconds)");
  if ((iat !== undefined && !isSeconds(iat)) || (nbf !== undefined && !isSeconds(nbf))) throw refused("has an `iat` or `nbf` that is no number of seconds");
  if (exp <= now - leeway) throw refused("has expired; sign another");
  if (exp > now + LONGEST_LIFE + leeway || (iat !== undefined && exp - iat > LONGEST_LIFE)) throw refused("is valid for more than 24 hours; give it an earlier `exp`");
  if (Math.max(iat ?? 0, nbf ?? 0) > now + leeway) throw refused("is not valid yet; compare the clocks of the two servers");
  // A token for somebody else's service is not one for this.
  if (audience === undefined ? aud !== undefined : !(aud === audience || (Array.isArray(aud) && aud.includes(audience)))) throw refused("is for another audience (`aud`)");
}

/** @param {unknown} value */
const isSeconds = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;

/** @param {Uint8Array} bytes @returns {Record<string, any>} */
function objectOf(bytes) {
  let value;
  let text;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw refused("is no JWT");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refused("is no JWT");
  if (duplicatesIn(text).length > 0) throw refused("says something twice");
  return Object.assign(Object.create(null), Object.fromEntries(Object.entries(value).filter(([key]) => key !== "__proto__")));
}

/** Base64url in its one spelling: no padding, no other characters, no bits that are left over. @param {string} text */
function fromBase64(text) {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) throw refused("is no base64url");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (toBase64(bytes) !== text) throw refused("is no base64url");
  return bytes;
}

/** @param {Uint8Array} bytes */
const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** @param {string} text */
const textToBase64 = (text) => toBase64(utf8.encode(text));
