// A stand-in for the shop's server: the routes that a page asks, over a ledger in memory. It can be slow, wrong or away. A token is
// `x.<base64url of { sub }>.<customer>`.

import { createServer } from "node:http";
import { memory } from "../js/ledger/memory.js";

/** @param {string} sub */
export const tokenOf = (sub) => `x.${Buffer.from(JSON.stringify({ sub })).toString("base64url")}.x`;

/**
 * @typedef {"ok" | "slow" | "broken" | "unauthorised" | "garbage" | "lies" | "no" | "cut"} Mode
 * @typedef {{ method: string, path: string, customer?: string, body: any, origin?: string, cookie?: string }} Heard
 */

/**
 * @param {{ origin?: string }} [options] `origin`: the page's, where it is another than the server's
 */
export async function startShopServer({ origin } = {}) {
  /** @type {Map<string, { store: import("../js/shop/index.d.ts").Store, version: number }>} */
  const customers = new Map();
  /** @type {{ mode: Mode, heard: Heard[], shop: any, codes: any, entitled: any[], refuses: (record: any) => boolean, refusesSync: boolean }} */
  const state = { mode: "ok", heard: [], shop: { unanswered: 0, fatigue: 0 }, codes: {}, entitled: [], refuses: () => false, refusesSync: false };
  /** @param {string} customer */
  const ledgerOf = (customer) => {
    const found = customers.get(customer) ?? { store: memory(), version: 0 };
    customers.set(customer, found);
    return found;
  };
  /** @param {string} customer @returns {Promise<{ records: any[], wishes: any }>} */
  const kept = (customer) => ledgerOf(customer).store.transact((records, wishes) => ({ put: [], result: { records: structuredClone(records), wishes } }), "c");
  /** @param {string} customer @param {any} change */
  const change = (customer, { put = [], wish, drop = [] }) => ledgerOf(customer).store.transact(() => ({ put, ...(wish && { wish }), drop, result: 0 }), "c");

  /** @type {Record<string, (customer: string, body: any) => Promise<[status: number, answer: any]>>} */
  const routes = {
    async "/ledger"(customer, { version, ...changes }) {
      const its = ledgerOf(customer);
      const isRead = Object.keys(changes).length === 0;
      const fits = isRead || version === its.version;
      if (fits && !isRead) {
        its.version++;
        await change(customer, changes);
      }
      return [fits ? 200 : 409, { ok: fits, version: its.version, ...(await kept(customer)), now: Date.now() }];
    },
    async "/sync"(customer, { records = [], wishes }) {
      if (state.refusesSync && records.length > 0) return [400, { problems: [{ code: "invalid-value", path: "records[0].at" }] }];
      ledgerOf(customer).version++;
      await change(customer, { put: records, wish: wishes });
      return [200, { ...(await kept(customer)), codes: state.codes, entitled: state.entitled, shop: state.shop, now: Date.now() }];
    },
    async "/arm"(customer, { contact }) {
      // a cap of one contact a customer will do; two devices decide the same contact, with the same id
      const isFull = await ledgerOf(customer).store.transact((records) => {
        const isFull = state.mode === "no" || state.refuses(contact) || records.some((one) => /armed|delivered/.test(one.state));
        return { put: [{ ...contact, state: isFull ? "released" : "armed" }], result: isFull };
      }, "c");
      return [200, isFull ? { armed: false, refused: { gate: "limits", code: "limit-full" } } : { armed: true }];
    },
    async "/outcome"(customer, { contact, outcome }) {
      const { records } = await kept(customer);
      const record = records.find(({ id }) => id === contact);
      if (!record) return [404, { problems: [{ code: "unknown-contact", path: "contact" }] }];
      await change(customer, { put: [{ ...record, ...(outcome === "delivered" ? { state: outcome } : { reaction: outcome }) }] });
      return [200, {}];
    },
  };

  const server = createServer(async (request, response) => {
    const cors = origin && { "access-control-allow-origin": origin, "access-control-allow-headers": "authorization, content-type", "access-control-max-age": "600" };
    /** @param {number} status @param {string} text */
    const send = (status, text) => response.writeHead(status, { "content-type": "application/json", ...cors }).end(text);
    if (request.method === "OPTIONS") return void send(204, "");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = /** @type {string} */ (request.url).replace("/querencia", "");
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
    const [, payload] = /^Bearer [^.]*\.([^.]*)\./.exec(request.headers.authorization ?? "") ?? [];
    const customer = payload && JSON.parse(Buffer.from(payload, "base64url").toString()).sub;
    state.heard.push({ method: /** @type {string} */ (request.method), path, customer, body, origin: request.headers.origin, cookie: request.headers.cookie });
    if (state.mode === "cut") return void request.socket.destroy();
    if (state.mode === "slow") await new Promise((done) => setTimeout(done, 3000));
    if (state.mode === "broken") return void send(500, "{}");
    if (state.mode === "garbage") return void send(200, "<!doctype html><title>Shop</title>");
    if (state.mode === "lies") return void send(200, JSON.stringify({ armed: "yes", records: [{ id: 7 }, null, { id: "x" }], wishes: [1], codes: 3, shop: { unanswered: "many" }, version: {} }));
    if (path === "/shop" && request.method === "GET") return void send(200, JSON.stringify(state.shop));
    if (!customer || state.mode === "unauthorised") return void send(401, JSON.stringify({ problems: [{ code: "not-authorised", path: "" }] }));
    const route = routes[path];
    if (!route || request.method !== "POST") return void send(404, "{}");
    const [status, answer] = await route(customer, body);
    send(status, JSON.stringify(answer));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(0)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/querencia`,
    state,
    /** What it keeps of a customer. @param {string} customer */
    kept,
    /** Something happens that no page knows. @param {string} customer @param {any} change */
    change: async (customer, /** @type {any} */ changes) => {
      ledgerOf(customer).version++;
      await change(customer, changes);
    },
    /** The questions that it heard, of a route. @param {string} path */
    heard: (path) => state.heard.filter((one) => one.path === path),
    stop: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}
