// A customer's token: what is accepted, what is refused, held against another library. TOKENS=100000 tries more.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { SignJWT, jwtVerify } from "jose";
import { customerToken, memory, open, signToken } from "querencia/server";
import { SECRET, policy, serverOf } from "./http.js";

const NOW = Date.UTC(2026, 10, 30, 12);
const DAY = 86_400;
const now = Math.floor(NOW / 1000);
const key = new TextEncoder().encode(SECRET);
const MANY = Number(process.env.TOKENS ?? (process.env.PROVE ? 1_000_000 : 2_500));

const encode = (/** @type {unknown} */ value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** @param {unknown} header @param {unknown} claims @param {string} [secret] */
function jwt(header, claims, secret = SECRET) {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const HEADER = { alg: "HS256", typ: "customer+jwt" };
const CLAIMS = { sub: "ana", iat: now, exp: now + 3600 };

/** Whom a token speaks for; `refused`: for nobody. @param {string} token @param {any} [secret] @param {any} [options] @param {number} [at] */
async function whose(token, secret = SECRET, options = {}, at = NOW) {
  const request = new Request("http://shop.example/", { headers: { authorization: `Bearer ${token}` } });
  try {
    const caller = await customerToken(secret, options)(request, { now: async () => at });
    return caller?.customer ?? "nobody";
  } catch (error) {
    const { code, message } = /** @type {any} */ (error);
    assert.equal(code, "not-authenticated", message);
    assert.ok(!message.includes("ana") && !message.includes(token), "no sentence repeats what was sent");
    return message.replace("the customer's token ", "");
  }
}

test("a token that we sign is accepted by us and by jose, and one of jose's by us", async () => {
  for (const customer of ["ana", "ana@example.com", "ñandú 🦤", "a".repeat(400)]) {
    const token = await signToken({ secret: SECRET, customer, now: NOW });
    assert.equal(await whose(token), customer);
    const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], typ: "customer+jwt", currentDate: new Date(NOW) });
    assert.equal(payload.sub, customer);
    const other = await new SignJWT({}).setProtectedHeader(HEADER).setSubject(customer).setIssuedAt(now).setExpirationTime(now + 60).sign(key);
    assert.equal(await whose(other), customer);
  }
  await assert.rejects(signToken({ secret: SECRET, customer: "a".repeat(800) }), /1024/);
  await assert.rejects(signToken({ secret: "short", customer: "ana" }), /32 bytes/);
  await assert.rejects(signToken({ secret: SECRET, customer: " " }), /blank/);
  for (const expiresIn of [0, -1, 1.5, DAY + 1, Infinity]) await assert.rejects(signToken({ secret: SECRET, customer: "ana", expiresIn }), /expiresIn/);
});

test("a token of another algorithm, type or key is refused", async () => {
  assert.equal(await whose(jwt(HEADER, CLAIMS)), "ana");
  for (const alg of ["none", "None", "nOnE", "HS384", "HS512", "RS256", "ES256", "EdDSA", "hs256", "", null, ["HS256"]]) {
    const token = jwt({ ...HEADER, alg }, CLAIMS);
    assert.match(await whose(token), /must be signed with HS256/, String(alg));
    assert.match(await whose(`${token.slice(0, token.lastIndexOf("."))}.`), /base64url/);
  }
  for (const typ of ["JWT", "offer+jwt", undefined, "", null, "application/customer+jwt"]) assert.match(await whose(jwt({ ...HEADER, typ }, CLAIMS)), /must have the type/);
  assert.match(await whose(jwt(HEADER, CLAIMS, "another-secret-of-forty-characters-long!")), /wrong signature/);
  assert.match(await whose(jwt(HEADER, CLAIMS, "")), /wrong signature/);
  for (const more of [{ jwk: { kty: "oct", k: encode("x") } }, { jku: "https://evil.example" }, { x5u: "https://evil.example" }, { x5c: ["x"] }]) {
    assert.equal(await whose(jwt({ ...HEADER, ...more }, CLAIMS)), "ana", "what a header says of keys is not read");
    assert.match(await whose(jwt({ ...HEADER, ...more }, CLAIMS, "x")), /wrong signature/);
  }
  for (const more of [{ crit: ["exp"] }, { crit: [] }, { b64: false }, { zip: "DEF" }, { enc: "A256GCM" }]) assert.match(await whose(jwt({ ...HEADER, ...more }, CLAIMS)), /asks for/);
});

test("a key is found by its `kid`, and several may be valid at once", async () => {
  const other = "another-secret-of-forty-characters-long!";
  const byName = { new: SECRET, old: other };
  assert.equal(await whose(jwt({ ...HEADER, kid: "new" }, CLAIMS), byName), "ana");
  assert.equal(await whose(jwt({ ...HEADER, kid: "old" }, CLAIMS, other), byName), "ana");
  assert.match(await whose(jwt({ ...HEADER, kid: "old" }, CLAIMS), byName), /wrong signature/);
  for (const kid of [undefined, "", "none", "__proto__", "constructor", 0, null]) assert.match(await whose(jwt({ ...HEADER, kid }, CLAIMS), byName), /`kid`/);
  assert.match(await whose(jwt({ ...HEADER, kid: "new" }, CLAIMS)), /`kid`/);
  assert.equal(await whose(jwt(HEADER, CLAIMS, other), [SECRET, other]), "ana");
  assert.equal(await whose(await signToken({ secret: other, kid: "old", customer: "eve", now: NOW }), byName), "eve");
});

test("a token must be of now: not expired, not of the future, not for longer than a day", async () => {
  const table = /** @type {[object, RegExp | string][]} */ ([
    [{ exp: now + 1 }, "ana"],
    [{ iat: now - 3600, exp: now - 59 }, "ana"],
    [{ iat: now - 3600, exp: now - 60 }, /expired/],
    [{ iat: 0, exp: 1 }, /expired/],
    [{ exp: undefined }, /must end/],
    [{ exp: null }, /must end/],
    [{ exp: String(now + 60) }, /must end/],
    [{ exp: -1 }, /must end/],
    [{ exp: now + DAY }, "ana"],
    [{ exp: now + DAY + 1 }, /24 hours/],
    [{ iat: undefined, exp: now + DAY + 61 }, /24 hours/],
    [{ exp: (now + 3600) * 1000, iat: now * 1000 }, /24 hours/],
    [{ iat: now + 60, exp: now + 120 }, "ana"],
    [{ iat: now + 61, exp: now + 120 }, /not valid yet/],
    [{ nbf: now + 61 }, /not valid yet/],
    [{ nbf: now - 5 }, "ana"],
    [{ nbf: "soon" }, /no number/],
    [{ iat: null }, /no number/],
    [{ sub: undefined }, /names no customer/],
    [{ sub: 7 }, /names no customer/],
    [{ sub: "  " }, /names no customer/],
    [{ aud: "another" }, /audience/],
  ]);
  for (const [claims, expected] of table) {
    const told = await whose(jwt(HEADER, { ...CLAIMS, ...claims }));
    if (typeof expected === "string") assert.equal(told, expected, JSON.stringify(claims));
    else assert.match(told, expected, JSON.stringify(claims));
  }
  assert.match(await whose(jwt(HEADER, `{"sub":"ana","exp":1e999}`)), /must end/);
  assert.equal(await whose(jwt(HEADER, { ...CLAIMS, aud: "shop" }), SECRET, { audience: "shop" }), "ana");
  assert.equal(await whose(jwt(HEADER, { ...CLAIMS, aud: ["x", "shop"] }), SECRET, { audience: "shop" }), "ana");
  for (const aud of [undefined, "", "shop2", ["x"], { shop: 1 }]) assert.match(await whose(jwt(HEADER, { ...CLAIMS, aud }), SECRET, { audience: "shop" }), /audience/);
  assert.match(await whose(jwt(HEADER, { ...CLAIMS, exp: now - 1 }), SECRET, { leeway: 0 }), /expired/);
});

test("the clock is the store's", async () => {
  let at = NOW;
  const server = await open({ policy, store: memory({ clock: () => at }), secret: SECRET });
  const bearer = await signToken({ secret: SECRET, customer: "ana", expiresIn: 60, now: NOW });
  const status = async () => (await server.fetch(new Request("http://shop.example/querencia/decide", { method: "POST", body: "{}", headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" } }))).status;
  assert.equal(await status(), 200);
  at = NOW + 121_000;
  assert.equal(await status(), 401);
  at = NOW - 3_600_000;
  assert.equal(await status(), 401);
});

test("a token has one spelling", async () => {
  const token = jwt(HEADER, CLAIMS);
  const [head, body, signature] = token.split(".");
  for (const other of [
    "", ".", "..", `${head}.${body}`, `${token}.`, `.${token}`, `${token}.x`, `${head}..${signature}`, `${head}.${body}=.${signature}`, `${token}=`, `${token}==`,
    `${head}.${body}.${signature.slice(0, -1)}`, `${head}.${body}.${signature}A`, `${head}.${signature}.${body}`, `${head}.${body}.${"A".repeat(1100)}`,
    `${head}.${body}.${signature.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1))}`, `${encode("[]")}.${body}.${signature}`, `${encode("null")}.${body}.${signature}`,
    `${encode('{"alg":"HS256"')}.${body}.${signature}`, `${Buffer.from([0xff, 0xfe]).toString("base64url")}.${body}.${signature}`,
  ]) {
    assert.notEqual(await whose(other), "ana", other);
  }
  assert.match(await whose(jwt(HEADER, `{"sub":"eve","iat":${now},"exp":${now + 60},"sub":"ana"}`)), /twice/);
  assert.match(await whose(jwt(HEADER, `{"sub":"eve","iat":${now},"exp":${now + 60},"\\u0073ub":"ana"}`)), /twice/);
  assert.match(await whose(jwt(`{"alg":"none","typ":"customer+jwt","alg":"HS256"}`, CLAIMS)), /twice/);
  assert.match(await whose(jwt(HEADER, `{"__proto__":{"sub":"ana"},"iat":${now},"exp":${now + 60}}`)), /names no customer/);
  assert.match(await whose(jwt(HEADER, Object.create({ sub: "ana" }))), /names no customer/);
});

test(`a token that differs in one bit, or in more, speaks for nobody (${MANY})`, { timeout: 3_600_000 }, async (t) => {
  const token = await signToken({ secret: SECRET, customer: "ana", now: NOW });
  const accept = customerToken(SECRET);
  const accepted = async (/** @type {string} */ other) => {
    const request = { headers: new Headers() };
    try {
      request.headers.set("authorization", `Bearer ${other}`);
    } catch {
      return undefined; // no header holds it
    }
    return Promise.resolve(accept(/** @type {any} */ (request), { now: async () => NOW })).catch((error) => {
      assert.equal(error.code, "not-authenticated");
      return undefined;
    });
  };
  assert.deepEqual(await accepted(token), { customer: "ana" }, "the control");
  let tried = 0;
  for (let index = 0; index < token.length; index += 1) {
    for (let bit = 0; bit < 7; bit += 1) {
      const other = token.slice(0, index) + String.fromCharCode(token.charCodeAt(index) ^ (1 << bit)) + token.slice(index + 1);
      assert.equal(await accepted(other), undefined, `${index} ${bit}`);
      tried += 1;
    }
  }
  let seed = 14;
  const dice = (/** @type {number} */ below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  for (; tried < MANY; tried += 1) {
    let other = token;
    for (let count = 1 + dice(3); count > 0; count -= 1) {
      const at = dice(other.length);
      const letter = letters[dice(letters.length)];
      other = [other.slice(0, at) + letter + other.slice(at + 1), other.slice(0, at) + letter + other.slice(at), other.slice(0, at) + other.slice(at + 1)][dice(3)];
    }
    if (other !== token) assert.equal(await accepted(other), undefined, other);
  }
  t.diagnostic(`${tried} tokens changed, accepted 0`);
});

test("a token of one customer never gets what is another's, on any address", async () => {
  const { server, ask } = await serverOf();
  const { ROUTES } = await import("../../js/server/http/routes.js");
  await server.decide("eve.secret");
  const bearer = await signToken({ secret: SECRET, customer: "ana" });
  for (const { method, path, who, body, query } of ROUTES) {
    if (who.length === 0) continue;
    const address = path.replace("{id}", "eve.secret") + (query?.customer ? "?customer=eve.secret" : "");
    const answer = await ask(method, address, { bearer, ...(method === "POST" && { body: { ...(body?.customer && { customer: "eve.secret" }) } }) });
    const isOwn = !path.includes("{id}") && !query?.customer && !body?.customer;
    if (!who.includes("customer") || !isOwn) assert.equal(answer.status, 403, `${method} ${path}`);
    assert.doesNotMatch(answer.text, /eve/);
  }
});
