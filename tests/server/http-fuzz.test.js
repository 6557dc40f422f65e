// The server over HTTP and what nobody meant to send: valid requests of every address, with other bytes, types, headers, sizes, paths, methods
// and tokens. It never throws, never answers 500, answers with a status that its OpenAPI document names and says why; what it refuses it does not
// store, and its log names nobody. `FUZZ` says how many requests, `SEED` which; a failure prints both and the request. tests/fuzz/corpus/http.jsonl has
// those that reach something no other reaches, and those that once broke something; `KEEP=1` adds to it what the corpus does not reach.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { memory, open, signToken } from "querencia/server";
import { dice } from "../js/dice.js";
import { SECRET, policy } from "./http.js";

const REQUESTS = Number(process.env.FUZZ ?? (process.env.PROVE ? 200_000 : 2_000));
const SEED = Number(process.env.SEED ?? 1);
/** A server's memory is looked through after each request that it refused: it is kept small. */
const EACH = 250;
/** What must be in no log and in no sentence. */
const PERSONAL = "Zenobia-Zarzamora";
const NOW = Date.parse("2026-11-22T10:00:00Z");
const CORPUS = new URL("../fuzz/corpus/http.jsonl", import.meta.url);
/** A line of the corpus has so many characters at most. */
const LINE = 1000;

const record = { id: "a".repeat(32), campaign: "thanks", class: "relational", channel: "onsite", placement: "thank-you", at: NOW - 5000, state: "delivered", occurrence: "o1" };
const order = { id: "o-7", at: NOW - 86_400_000, total: 2490, items: [{ sku: "honey", family: "food", quantity: 1, price: 2490 }] };
const event = (/** @type {string} */ type, /** @type {object} */ data) => ({ specversion: "1.0", type: `querencia.${type}`, source: "/shop", id: `${type}-1`, subject: PERSONAL, time: "2026-11-22T09:00:00Z", datacontenttype: "application/json", data });

/** @typedef {{ method: string, path: string, by: "shop" | "customer" | "nobody", body?: any }} Valid */
/** @type {Valid[]} */
const VALID = [
  { method: "POST", path: "/facts", by: "shop", body: { customer: { id: PERSONAL, givenName: PERSONAL, consent: { email: true }, wishes: { topics: ["food"] }, orders: [order] } } },
  { method: "POST", path: "/facts", by: "shop", body: [event("order", order), event("consent", { email: true }), event("rating", { orderId: "o-7", score: 9, at: NOW })] },
  { method: "POST", path: "/facts", by: "shop", body: event("conversation", { id: "k1", kind: "complaint", at: NOW - 5000 }) },
  { method: "POST", path: "/facts", by: "shop", body: event("event", { name: "purchase", order }) },
  { method: "POST", path: "/decide", by: "shop", body: { customer: PERSONAL, channels: ["email", "onsite"], event: { name: "purchase", order } } },
  { method: "POST", path: "/decide", by: "customer", body: { customer: PERSONAL, zone: "Atlantic/Canary", placements: ["home"], explain: true } },
  { method: "GET", path: "/contacts?channel=email&limit=5", by: "shop" },
  { method: "POST", path: "/arm", by: "shop", body: { customer: PERSONAL, contact: record.id } },
  { method: "POST", path: "/arm", by: "customer", body: { contact: { ...record, state: "reserved" }, moment: { placements: ["thank-you"], event: { name: "purchase", order } } } },
  { method: "POST", path: "/arm", by: "customer", body: { contact: { campaign: "thanks", occurrence: "o1", placement: "thank-you" }, moment: { visit: { pages: 2 } } } },
  { method: "POST", path: "/outcome", by: "shop", body: { customer: PERSONAL, contact: record.id, outcome: "failed" } },
  { method: "POST", path: "/sync", by: "customer", body: { records: [record], wishes: { unsubscribed: ["email"], lessOften: "7d", quiet: [{ from: "20:00", to: "24:00" }] } } },
  { method: "POST", path: "/ledger", by: "customer", body: { version: "1", put: [record], wish: { avoid: ["push"] }, drop: ["b".repeat(32)] } },
  { method: "GET", path: `/entitled?customer=${PERSONAL}`, by: "shop" },
  { method: "POST", path: "/claim", by: "customer", body: { campaign: "birthday", occurrence: "2026" } },
  { method: "POST", path: "/redeem", by: "shop", body: { code: "ABC-123", order: "o-8", customer: PERSONAL } },
  { method: "GET", path: "/tasks?until=2026-12-31T09:00:00Z&limit=5", by: "shop" },
  { method: "GET", path: "/report?from=2026-11-01&to=2026-11-22", by: "shop" },
  { method: "GET", path: `/customers/${PERSONAL}`, by: "shop" },
  { method: "DELETE", path: `/customers/${PERSONAL}`, by: "shop" },
  ...["/shop", "/health", "/openapi.json"].map((path) => /** @type {Valid} */ ({ method: "GET", path, by: "nobody" })),
  { method: "GET", path: "/metrics", by: "shop" },
];

/** @returns {any} values that nobody expects there */
const odd = () => [null, true, 0, -1, 0.5, 1e308, 2 ** 53, -(2 ** 63), 1_700_000_000, NOW, "", " ", "\0", "\ud800", "😀".repeat(60), "x".repeat(5000), "__proto__", "2026-02-30", "now", PERSONAL, [], {}, [[]], [null], { id: null }, { toString: 1 }, { toString: 1, valueOf: 1, length: 1 }, { toJSON: 1 }, { __proto__: null, constructor: 1 }, JSON.parse('{"__proto__":{"admin":true}}'), nested(40), Array(1200).fill(0)];
const nested = (/** @type {number} */ depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
const KEYS = ["__proto__", "constructor", "toString", "customer", "now", "ledger", "", "a".repeat(300), "codes", "id", "at", "shop"];

/** Changes one place of a JSON value. @param {any} value @param {ReturnType<typeof dice>} chance @returns {any} */
function changed(value, chance) {
  const isLeaf = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (isLeaf || chance.below(6) === 0) return chance.pick(odd());
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const key = chance.pick(Object.keys(copy));
  const kind = chance.below(8);
  if (kind === 0) delete copy[key];
  else if (kind === 1) Object.defineProperty(copy, chance.pick(KEYS), { value: chance.pick(odd()), enumerable: true, configurable: true, writable: true });
  else if (kind === 2 && Array.isArray(copy)) copy.push(...Array(chance.below(60)).fill(copy[0]));
  else copy[key] = changed(copy[key], chance);
  return copy;
}

/** Changes some bytes. @param {string} text @param {ReturnType<typeof dice>} chance @returns {Uint8Array<ArrayBuffer> | string} */
function broken(text, chance) {
  const bytes = new TextEncoder().encode(text);
  const at = chance.below(bytes.length + 1);
  switch (chance.below(7)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return Uint8Array.from([...bytes.slice(0, at), 0xff, 0xfe, 0xc0, ...bytes.slice(at)]);
    case 2:
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << chance.below(8)) : byte));
    case 3:
      return text.replace("{", `{"customer":"eve","customer":"${PERSONAL}",`);
    case 4:
      return `\ufeff${text}`;
    case 5:
      return text.repeat(2);
    default:
      return `${text.slice(0, at)}${chance.pick(["NaN", "1e999", "//", "'", "\u2028", ",", "[".repeat(5000), "\\u0000"])}${text.slice(at)}`;
  }
}

/** @param {string} path @param {ReturnType<typeof dice>} chance */
function otherPath(path, chance) {
  const [bare, query = ""] = path.split("?");
  const ends = ["", "/", "//", "/x", "%00", "%", "%ff", "%2e%2e/health", "?", "#x", ";a=b", "%F0%9F%98%80", "/../../health", " ", `/${"y".repeat(3000)}`];
  const queries = ["limit=-1", "limit=9999999999", "limit=x", "until=NaN", "until=99999999999999999999", "from=2026-99-99", "from=0000-00-00&to=9999-12-31", "customer=", `customer=a&customer=${PERSONAL}`, "__proto__=1", "customer=%ff", "x".repeat(4000)];
  return chance.below(2) ? `${chance.below(4) ? bare : bare.toUpperCase()}${chance.pick(ends)}${query && `?${query}`}` : `${bare}?${chance.pick(queries)}${chance.below(2) && query ? `&${query}` : ""}`;
}

/**
 * What is sent, as a line of the corpus has it: `{shop}` and `{customer}` in it are the tokens, and a body that is no text is its bytes.
 * @typedef {{ method: string, path: string, headers: Record<string, string>, body?: string | number[] }} Sent
 * @typedef {Sent & { reaches: string, once?: string }} Kept `once`: what it broke
 * @typedef {{ shop: string, customer: string }} Tokens
 */

/** @param {Valid} valid @param {Tokens} tokens @param {ReturnType<typeof dice>} chance @returns {Sent} */
function madeUp({ method, path, by, body }, tokens, chance) {
  /** @type {Record<string, string>} */
  const headers = { "content-type": "application/json" };
  let bearer = by === "nobody" ? undefined : tokens[by];
  /** @type {any} */
  let sent = body === undefined ? undefined : JSON.stringify(body);
  for (let times = 1 + chance.below(2); times > 0; times--) {
    const kind = chance.below(12);
    if (kind < 5 && body !== undefined) sent = JSON.stringify((body = changed(body, chance)));
    else if (kind < 7 && typeof sent === "string") sent = broken(sent, chance);
    else if (kind === 7) path = otherPath(path, chance);
    else if (kind === 8) method = chance.pick(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE", "get"]);
    else if (kind === 9) {
      const token = chance.pick([tokens.shop, tokens.customer, `${tokens.customer.slice(0, -2)}AA`, tokens.customer.replace(".", ".."), "x".repeat(4000), "a.b.c", "", "é"]);
      bearer = chance.below(3) ? token : `${token} ${token}`;
    } else if (kind === 10) {
      const [name, value] = chance.pick([["content-type", "text/plain"], ["content-type", "application/json; charset=utf-16"], ["content-type", ""], ["content-encoding", "gzip"], ["content-length", "5"], ["content-length", "99999999"], ["content-length", "-1"], ["origin", "https://evil.example"], ["access-control-request-method", "DELETE"], ["cookie", "a=b"], ["x-forwarded-for", "::1"]]);
      headers[name] = value;
    } else if (kind === 11 && sent !== undefined) sent = chance.pick(["", " ", "null", "[]", "{}", "0", '""', `"${PERSONAL}"`, `{"x":"${"y".repeat(70_000)}"}`, JSON.stringify(Array(1001).fill(0))]);
  }
  if (sent !== undefined && /^(get|head)$/i.test(method)) sent = undefined;
  const texts = JSON.stringify({ ...headers, ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) });
  const named = JSON.parse(texts.replaceAll(tokens.customer, "{customer}").replaceAll(tokens.shop, "{shop}"));
  return { method, path, headers: named, ...(sent !== undefined && { body: typeof sent === "string" ? sent : [...sent] }) };
}

/** @param {Sent} sent @param {Tokens} tokens @returns {Request | undefined} */
function requestOf({ method, path, headers, body }, tokens) {
  const texts = JSON.stringify(headers).replaceAll("{customer}", tokens.customer).replaceAll("{shop}", tokens.shop);
  try {
    const bytes = Array.isArray(body) ? Uint8Array.from(body) : body;
    return new Request(`http://shop.example/querencia${path}`, /** @type {any} */ ({ method, headers: JSON.parse(texts), ...(bytes !== undefined && { body: bytes, duplex: "half" }) }));
  } catch {
    // No client could send it.
    return undefined;
  }
}

/** All that the store keeps. @param {import("querencia/server").ServerStore} store */
async function keptBy(store) {
  const parts = [];
  for (const part of ["", ...(await store.parts({ limit: 100_000 }))]) {
    parts.push([part, await store.transact((records, wishes, guests, seen, { facts, grants }) => ({ put: [], result: { records, wishes, facts, grants } }), part)]);
  }
  return JSON.stringify(parts);
}

/**
 * What of the server a refusal came from. Who may not ask, and what is larger than a body may be, is seen before the address.
 * @param {string | undefined} route @param {number} status @param {{ code: string, path: string }} problem
 */
function reachOf(route, status, { code, path }) {
  if ([401, 405, 408, 415].includes(status)) return `${status} ${code}`;
  if (status === 413) return `${status} ${code} ${path.split(".")[0].replace(/\[.*/, "")}`.trim();
  const field = /^(unknown-field|not-allowed|duplicate-key)$/.test(code) ? "" : path.replace(/\d+/g, "0").split(".").slice(0, 2).join(".");
  return `${route ?? "nowhere"} ${status} ${code} ${field}`.trim();
}

/** A server of its own, and what it keeps. */
async function fresh() {
  /** @type {any[]} */
  const logged = [];
  /** @type {any[]} */
  const failed = [];
  const much = { perSecond: 1e9, burst: 1e9 };
  let codes = 0;
  const store = memory({ clock: () => NOW });
  const server = await open({
    policy,
    store,
    secret: SECRET,
    log: (entry) => void logged.push(entry),
    onError: (error) => void failed.push(error),
    issue: async () => ({ code: `CODE-${++codes}` }),
    limits: { body: 60_000, shop: much, customer: much, address: much },
  });
  await server.facts({ customer: { id: PERSONAL, consent: { email: true }, birthday: "--11-22", birthdaySince: "2026-01-01T00:00:00Z", orders: [{ ...order, paid: true }] } });
  return { server, store, logged, failed, kept: await keptBy(store) };
}

const tokens = { shop: SECRET, customer: await signToken({ secret: SECRET, customer: PERSONAL, now: NOW }) };
const [{ paths }, corpus] = await Promise.all([
  fresh().then(async ({ server }) => (await server.fetch(new Request("http://shop.example/querencia/openapi.json"))).json()),
  readFile(CORPUS, "utf8").then((text) => text.split("\n").filter(Boolean).map((line) => /** @type {Kept} */ (JSON.parse(line)))),
]);

/**
 * Asks, and looks whether what must hold of any request holds.
 * @param {Awaited<ReturnType<typeof fresh>>} house
 * @param {Request} request
 * @param {string} told what a failure says
 * @returns {Promise<{ status: number, reaches: string }>} `reaches`: what of the server it came to
 */
async function asked(house, request, told) {
  const { server, store, logged, failed } = house;
  const response = await server.fetch(request);
  const { status } = response;
  const text = await response.text();
  assert.deepEqual(failed, [], told);
  assert.ok(status < 500, `${status}: ${told}`);
  const entry = logged.at(-1);
  assert.equal(entry.status, status, told);
  assert.ok(!JSON.stringify(entry).includes(PERSONAL), told);
  const named = Object.entries(paths).find(([path]) => path.endsWith(entry.route))?.[1]?.[request.method === "HEAD" ? "get" : request.method.toLowerCase()];
  if (named) assert.ok(Object.keys(named.responses).includes(String(status)), `${status} is not in the document: ${told}`);
  else assert.ok([200, 204, 404, 405].includes(status), `${status}: ${told}`);
  const now = await keptBy(store);
  let reaches = `${entry.route ?? "nowhere"} ${status}`;
  if (status >= 400) {
    assert.equal(now, house.kept, told);
    // The answer that a ledger has changed since is the ledger.
    if (request.method !== "HEAD" && !(status === 409 && entry.route === "/ledger")) {
      const { problems } = JSON.parse(text);
      assert.ok(problems.length > 0 && problems.every((/** @type {any} */ { code, path, message }) => /^[a-z0-9-]+$/.test(code) && typeof path === "string" && message.length > 0), text);
      assert.ok(problems.every((/** @type {any} */ { message }) => !message.includes(PERSONAL)), `${text} ${told}`);
      reaches = reachOf(entry.route, status, problems[0]);
    }
  } else if (now !== house.kept) reaches += " stored";
  house.kept = now;
  return { status, reaches };
}

test(`${corpus.length} requests that reach something, or once broke something, are answered as they were`, async () => {
  assert.equal(new Set(corpus.map(nameOf)).size, corpus.length, "each reaches something else");
  let house = await fresh();
  for (const [index, { reaches, once, ...sent }] of corpus.entries()) {
    const request = requestOf(sent, tokens);
    assert.ok(request, `line ${index + 1}`);
    const told = `line ${index + 1} of the corpus${once ? `, which once broke: ${once}` : ""}: ${JSON.stringify(sent).slice(0, 600)}`;
    const answer = await asked(house, request, told);
    assert.equal(answer.reaches, reaches, told);
    if (answer.status >= 400) continue;
    await house.server.close();
    house = await fresh();
  }
  await house.server.close();
});

test(`${REQUESTS} requests that nobody meant to send are answered, refused with a reason, and not stored`, { timeout: 7_200_000 }, async (t) => {
  /** @type {Record<number, number>} */
  const counts = {};
  const known = new Map(corpus.map((line) => [nameOf(line), line]));
  let house = await fresh();
  for (let number = 0; number < REQUESTS; number++) {
    if (number % EACH === EACH - 1) {
      await house.server.close();
      house = await fresh();
    }
    const chance = dice(SEED * 1_000_003 + number);
    const sent = madeUp(chance.pick(VALID), tokens, chance);
    const request = requestOf(sent, tokens);
    if (!request) continue;
    const told = `SEED=${SEED}, request ${number}: ${request.method} ${request.url.slice(0, 200)} ${JSON.stringify(sent.body)?.slice(0, 600)}`;
    const { status, reaches } = await asked(house, request, told);
    counts[status] = (counts[status] ?? 0) + 1;
    if (process.env.KEEP) await keep(known, sent, reaches);
  }
  await house.server.close();
  if (process.env.KEEP) await writeFile(CORPUS, `${[...known.values()].sort((a, b) => (a.reaches < b.reaches ? -1 : 1)).map((line) => JSON.stringify(line)).join("\n")}\n`);
  assert.equal(/** @type {any} */ ({}).admin, undefined, "no prototype was changed");
  const refused = Object.entries(counts).reduce((sum, [status, count]) => sum + (Number(status) >= 400 ? count : 0), 0);
  t.diagnostic(JSON.stringify({ requests: REQUESTS, seed: SEED, refused, counts }));
  assert.ok(refused > REQUESTS / 3 && (counts[200] ?? 0) > REQUESTS / 10, JSON.stringify(counts));
});

/** The value with one leaf after the other in exchange for another. @param {any} value @param {() => unknown} other @returns {Generator<{ path: string, value: any }>} */
function* exchanged(value, other, path = "") {
  if (typeof value !== "object" || value === null) return yield { path, value: other() };
  for (const key of Object.keys(value)) {
    for (const inner of exchanged(value[key], other, `${path}.${key}`)) {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      copy[/** @type {any} */ (key)] = inner.value;
      yield { path: inner.path, value: copy };
    }
  }
}

test("an object that no text can be made of is refused wherever a text, a number or a flag is expected", async () => {
  const { server, failed } = await fresh();
  let tried = 0;
  for (const { method, path, by, body } of VALID) {
    if (!body || by === "nobody") continue;
    for (const other of [() => ({ toString: 1 }), () => ({ toString: 1, valueOf: 1, length: 1 }), () => [{ toString: 1 }]]) {
      for (const { path: at, value } of exchanged(body, other)) {
        tried++;
        const response = await server.fetch(new Request(`http://shop.example/querencia${path}`, { method, headers: { "content-type": "application/json", authorization: `Bearer ${tokens[by]}` }, body: JSON.stringify(value) }));
        assert.ok(response.status < 500, `${response.status} ${path} ${at}: ${failed.at(-1)?.stack}`);
      }
    }
  }
  await server.close();
  assert.ok(tried > 300, `${tried} requests`);
});

/** What broke something is not exchanged for something shorter. @param {Kept} line */
function nameOf({ reaches, once }) {
  return once ? `${reaches} ${once}` : reaches;
}

/** Keeps what reaches something that nothing kept reaches, or is shorter, if it does so alone too. @param {Map<string, any>} known @param {Sent} sent @param {string} reaches */
async function keep(known, sent, reaches) {
  const length = JSON.stringify(sent).length;
  const { reaches: _, ...before } = known.get(reaches) ?? {};
  if (length > LINE || (known.has(reaches) && length >= JSON.stringify(before).length)) return;
  const house = await fresh();
  const request = requestOf(sent, tokens);
  if (request && (await asked(house, request, "alone")).reaches === reaches) known.set(reaches, { ...sent, reaches });
  await house.server.close();
}
