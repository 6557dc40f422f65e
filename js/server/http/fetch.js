// The server over HTTP: a standard `Request` in, a `Response` out. It never rejects.

import { ServerError } from "../errors.js";
import { partOf } from "../../ledger/part.js";
import { shopOf } from "../shop.js";
import { isPromise, tell } from "../tell.js";
import { warnOf } from "../warn.js";
import { nothing, plain, refusal, refusedBy, json } from "./answer.js";
import { authenticateOf } from "./authenticate.js";
import { jsonOf } from "./body.js";
import { Buckets } from "./buckets.js";
import { fieldsOf, queryOf } from "./check.js";
import { clockOf } from "./clock.js";
import { corsOf } from "./cors.js";
import { matcherOf } from "./match.js";
import { Metrics } from "./metrics.js";
import { documentOf } from "./openapi.js";
import { ROUTES } from "./routes.js";
import { VERSION } from "./schemas.js";

/**
 * @typedef {import("./routes.js").Route} Route
 * @typedef {import("../index.d.ts").HttpOptions} Options
 * @typedef {import("../index.d.ts").Caller} Caller
 * @typedef {{ health: () => Promise<unknown>, shop: () => Promise<unknown>, metrics: () => Promise<string>, openapi: () => unknown }} Part what the rows need of this part
 */

/** @type {Required<import("../index.d.ts").Limits>} */
export const LIMITS = {
  body: 1_048_576,
  bodyTime: 10_000,
  shop: { perSecond: 500, burst: 2_000 },
  customer: { perSecond: 5, burst: 50 },
  address: { perSecond: 10, burst: 100 },
  callers: 10_000,
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** For how long an answer about health and the shop holds, in milliseconds. */
const HEALTH = 1_000;

/** As Node's adapter gives it, and Deno. @param {Request} _ @param {any} [more] @returns {string | undefined} */
const remoteAddress = (_, more) => more?.remoteAddress ?? more?.remoteAddr?.hostname;

/**
 * @param {import("../index.d.ts").Server} server
 * @param {import("../context.js").Context} context
 * @param {Options} options
 */
export function httpOf(server, context, options) {
  const { prefix = "/querencia", origins = [], log, address = remoteAddress, onError = warnOf("a request failed", "open({ onError })") } = options;
  /** @type {typeof LIMITS} */
  const limits = { ...LIMITS, ...Object.fromEntries(Object.entries(options.limits ?? {}).filter(([, limit]) => limit !== undefined)) };
  const authenticate = authenticateOf(options);
  const match = matcherOf(ROUTES, prefix);
  const cors = corsOf(origins);
  const buckets = new Buckets(limits.callers);
  const now = clockOf(context.store);
  /** @type {Set<Promise<unknown>>} */
  const running = new Set();
  let stopping = false;

  const metrics = new Metrics();
  /** @type {unknown} */
  let document;
  const part = {
    health: heldFor(HEALTH, () => healthOf(context)),
    shop: heldFor(HEALTH, () => publicShopOf(context)),
    metrics: () => metrics.text(context, server),
    openapi: () => (document ??= documentOf(ROUTES, prefix)),
  };

  /** Who asks; refuses who may not. @param {Request} request @param {Route} route @param {unknown[]} more */
  async function callerOf(request, route, more) {
    const { who } = route;
    /** @type {Caller | undefined} */
    let caller;
    if (who.length > 0) {
      try {
        caller = await authenticate?.(request, { now });
      } catch (error) {
        spend("", limits.address, request, more);
        throw error;
      }
    }
    if (caller) {
      const { customer } = caller;
      spend(customer === undefined ? "shop" : `customer ${partOf({ id: customer })}`, customer === undefined ? limits.shop : limits.customer);
      if (!who.includes(customer === undefined ? "shop" : "customer")) throw new ServerError("not-authorised", "", customer === undefined ? "this is for a customer's token" : "this is for the shop's server alone");
    } else if (!route.isFree) {
      spend("", limits.address, request, more);
      if (who.length > 0) throw new ServerError("not-authenticated");
    }
    return caller;
  }

  /** @param {Request} request @param {unknown[]} more */
  function addressOf(request, more) {
    const told = /** @type {unknown} */ (address(request, ...more));
    if (told == null || typeof told === "string") return told;
    throw new TypeError(`\`address\` answers a text or undefined${isPromise(told) ? ", and no promise" : ""}`);
  }

  /** @param {string} caller @param {import("./buckets.js").Rate} rate @param {Request} [request] @param {unknown[]} [more] */
  function spend(caller, rate, request, more = []) {
    const who = caller || `address ${(request && addressOf(request, more)) ?? ""}`;
    const wait = buckets.take(who, rate, performance.now());
    if (wait > 0) throw Object.assign(new ServerError("too-many-requests"), { retryAfter: wait });
  }

  /** @param {Request} request @param {Route} route @param {Record<string, string>} params @param {URLSearchParams} search @param {unknown[]} more */
  async function answerOf(request, route, params, search, more) {
    const caller = await callerOf(request, route, more);
    const by = caller && (caller.customer === undefined ? "shop" : "customer");
    const query = queryOf(route, search, by);
    const body = route.body || route.anyBody ? await jsonOf(request, limits) : undefined;
    const told = params.id ?? query.customer ?? (route.body?.customer && body?.customer);
    const own = caller?.customer;
    // First of all, and the same answer whether the other exists or not.
    if (own !== undefined && told !== undefined && told !== own) throw new ServerError("not-authorised", "customer");
    if (route.body) fieldsOf(route, body, by);
    const answer = await route.run({ server, part, by, customer: own ?? told ?? "", body, query, params, headers: request.headers });
    return typeof route.answer === "string" ? plain(/** @type {string} */ (answer), route.answer) : json(answer, route.conflict?.(answer) ? 409 : 200);
  }

  /**
   * @param {Request} request
   * @param {unknown[]} more what the host gives beside it, for `address`
   * @returns {Promise<Response>}
   */
  async function handle(request, more) {
    const began = performance.now();
    const url = new URL(request.url);
    const { path, allow, route, params } = match(request.method, url.pathname);
    /** @type {string | undefined} */
    let code;
    let response;
    try {
      if (stopping) throw new ServerError("stopping");
      if (allow && request.method === "OPTIONS") response = nothing({ allow, ...cors.preflight(request, allow) });
      else if (!allow) throw new ServerError("not-found");
      else if (!route || !params) throw Object.assign(new ServerError("method-not-allowed"), { allow });
      else response = await answerOf(request, route, params, url.searchParams, more);
    } catch (error) {
      const refused = refusedBy(error);
      code = refused.problems[0]?.code ?? "internal";
      if (code === "internal") tell(onError, error);
      response = refusal(refused);
    }
    cors.open(request, response.headers);
    const entry = {
      time: new Date().toISOString(),
      method: METHODS.includes(request.method) ? request.method : "other",
      route: path ?? "unknown",
      status: response.status,
      milliseconds: Math.round((performance.now() - began) * 10) / 10,
      ...(code && { code }),
    };
    metrics.note(entry);
    tell(log, entry);
    return request.method === "HEAD" ? new Response(null, response) : response;
  }

  return {
    /** @param {Request} request @param {unknown[]} more */
    fetch(request, ...more) {
      const answer = handle(request, more);
      running.add(answer);
      const done = () => void running.delete(answer);
      answer.then(done, done);
      return answer;
    },
    /** Takes no more, and waits for what runs. */
    async stop() {
      stopping = true;
      await Promise.allSettled(running);
    },
  };
}

/** What is asked by everybody costs the store one answer in a while. @param {number} time @param {() => Promise<unknown>} make */
function heldFor(time, make) {
  /** @type {{ at: number, answer: Promise<unknown> } | undefined} */
  let held;
  return () => {
    const at = performance.now();
    if (!held || at - held.at > time) held = { at, answer: make() };
    return held.answer;
  };
}

/** What everybody may know of the shop: no numbers of its offers and campaigns. @param {import("../context.js").Context} context */
async function publicShopOf(context) {
  const [live, now] = await Promise.all([context.store.counters("live."), context.store.now()]);
  const { unanswered, fatigue } = shopOf(context, live, now);
  return { unanswered, ...(fatigue !== undefined && { fatigue }) };
}

/** @param {import("../context.js").Context} context */
async function healthOf({ store, engine }) {
  try {
    await store.now();
    // What is there must be the server's own too.
    await Promise.all([store.counters("live."), store.parts({ limit: 1 })]);
  } catch (error) {
    throw error instanceof ServerError && error.status === 503 ? error : new ServerError("store-unreachable");
  }
  return { status: "ok", policy: engine.policyHash, version: VERSION, store: store.kind };
}
