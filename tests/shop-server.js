// The shop's server beside a page, for tests: the real one, over its memory, with an ear to what pages ask, and with faults: it can be slow,
// wrong, or away.

import { createServer } from "node:http";
import { memory, open, signToken } from "querencia/server";
import { partOf } from "../js/ledger/part.js";

const SECRET = "a-secret-of-the-tests-forty-characters!!";

/** @param {string} customer */
export const tokenOf = (customer) => signToken({ secret: SECRET, customer });

const say = (/** @type {string} */ text) => ({ es: [{ title: text, body: text }] });
/** What pages decide by. @type {any} */
export const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["es"] },
  arbitration: { contacts: 9 },
  care: { backlogBrake: 5 },
  offers: { gift: { percent: 10, validFor: "14d", personal: true } },
  campaigns: [
    { id: "sale", kind: "announcement", channel: "onsite", placement: "top", message: "sale" },
    { id: "news", kind: "announcement", class: "relational", channel: "onsite", placement: "home", message: "news" },
    { id: "thanks", kind: "thankYou", channel: "onsite", placement: "thanks", message: "thanks" },
    { id: "gift", kind: "announcement", channel: "onsite", placement: "gift", offer: "gift", message: "gift" },
    { id: "letter", kind: "announcement", channel: "email", message: "sale" },
  ],
  messages: { sale: say("Rebajas"), news: say("Novedades"), thanks: say("Gracias"), gift: { es: [{ title: "Regalo", body: "{offer.code}" }] } },
};
/** The server knows more than a page: here, a limit over all channels and devices. */
export const STRICTER = { ...policy, limits: [{ id: "one", max: 1, per: "7d" }] };

/**
 * @typedef {"ok" | "slow" | "broken" | "unauthorised" | "garbage" | "lies" | "cut"} Mode `lies`: JSON that means nothing
 * @typedef {{ path: string, customer?: string, body: any, cookie?: string }} Heard
 */

/** All that can be wrong with it. */
export const FAULTS = /** @type {const} */ (["cut", "slow", "broken", "unauthorised", "garbage", "lies"]);
const LIES = { armed: "yes", records: [{ id: 7 }, null, { id: "x" }], wishes: [1], codes: 3, shop: { unanswered: "many" }, version: {} };

/** @param {{ origin?: string }} [options] `origin`: the page's, where it is another than the server's */
export async function startShopServer({ origin } = {}) {
  const store = memory();
  const lots = { perSecond: 1000, burst: 1000 };
  const shop = await open({
    policy: STRICTER,
    store,
    secret: SECRET,
    limits: { customer: lots, address: lots },
    issue: async ({ customer }) => ({ code: `GIFT-${customer}` }),
    ...(origin && { origins: [origin] }),
  });
  /** @type {{ mode: Mode, heard: Heard[], refusesRecords: boolean }} */
  const state = { mode: "ok", heard: [], refusesRecords: false };
  let unanswered = 0;

  const http = createServer(async (request, response) => {
    const cors = origin && { "access-control-allow-origin": origin };
    /** @param {number} status @param {string} text */
    const send = (status, text) => response.writeHead(status, { "content-type": "application/json", ...cors }).end(text);
    if (request.method === "OPTIONS") return void shop.node(request, response);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
    const [, payload] = /^Bearer [^.]*\.([^.]*)\./.exec(request.headers.authorization ?? "") ?? [];
    const customer = payload && JSON.parse(Buffer.from(payload, "base64url").toString()).sub;
    state.heard.push({ path: (request.url ?? "").replace("/querencia", ""), customer, body, cookie: request.headers.cookie });
    if (state.mode === "cut") return void request.socket.destroy();
    if (state.mode === "slow") await new Promise((done) => setTimeout(done, 3000));
    if (state.mode === "broken") return void send(500, "{}");
    if (state.mode === "garbage") return void send(200, "<!doctype html><title>Shop</title>");
    if (state.mode === "lies") return void send(200, JSON.stringify(LIES));
    if (state.mode === "unauthorised") request.rawHeaders[request.rawHeaders.indexOf("authorization") + 1] += "x";
    if (state.refusesRecords && body?.records?.length) return void send(400, JSON.stringify({ problems: [{ code: "invalid-value", path: "records[0].at" }] }));
    await shop.node(request, response, { body });
  });
  await new Promise((done) => http.listen(0, "127.0.0.1", () => done(0)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (http.address());
  return {
    url: `http://127.0.0.1:${port}/querencia`,
    state,
    shop,
    /** What it keeps of a customer. @param {string} customer @returns {Promise<{ records: any[], wishes: any }>} */
    kept: (customer) => store.transact((records, wishes) => ({ put: [], result: { records: structuredClone(records), wishes } }), partOf({ id: customer })),
    /** Something was said, as by mail, that no page knows. @param {string} customer @param {any[]} put */
    said: (customer, ...put) => store.transact(() => ({ put, result: 0 }), partOf({ id: customer })),
    /** So many conversations wait for an answer. @param {number} count */
    async busy(count) {
      await store.count({ "live.unanswered": count - unanswered });
      unanswered = count;
    },
    /** The questions that it heard, of a route. @param {string} path */
    heard: (path) => state.heard.filter((one) => one.path === path),
    async stop() {
      http.close();
      http.closeAllConnections();
      await shop.close();
    },
  };
}
