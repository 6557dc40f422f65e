// The addresses of the server: a row each. The handler, the types of bodies and the OpenAPI document follow from this table.

import { arm, contacts, decide, outcome } from "./routes/contacts.js";
import { health, metrics, openapi, report, shop, tasks } from "./routes/about.js";
import { erased, exported } from "./routes/customers.js";
import { facts } from "./routes/facts.js";
import { claim, entitled, redeem } from "./routes/offers.js";
import { ledger, sync } from "./routes/pages.js";

/**
 * @typedef {"shop" | "customer"} Who
 * @typedef {object} Field of a body or a query
 * @property {any} schema JSON Schema; `$ref` names one of the components
 * @property {boolean} [required]
 * @property {string} about
 * @property {"shop"} [only] a customer may not give it
 *
 * @typedef {object} Asked what a row's function gets
 * @property {import("../index.d.ts").Server} server
 * @property {import("./fetch.js").Part} part
 * @property {"shop" | "customer" | undefined} by
 * @property {string} customer the id: of the token, or as the shop says; empty where the address has none
 * @property {any} body
 * @property {Record<string, string>} query
 * @property {Record<string, string>} params of the path
 * @property {Headers} headers
 *
 * @typedef {object} Route
 * @property {string} method
 * @property {string} path as `/customers/{id}`
 * @property {readonly Who[]} who empty: everybody
 * @property {string} about one sentence
 * @property {boolean} [isFree] it costs nothing, so nobody's rate is asked: behind a proxy all pages have one address
 * @property {Record<string, Field>} [body]
 * @property {any} [anyBody] JSON Schema of a body that is no object of fields
 * @property {string} [rest] the component whose fields the body may have too
 * @property {readonly string[]} [claims] those of them that a customer may give
 * @property {Record<string, Field>} [query]
 * @property {any} answer JSON Schema; a text: another type of media
 * @property {(answer: any) => boolean} [conflict] whether an answer is one of 409: of the same shape
 * @property {readonly string[]} [codes] what it refuses besides what all refuse
 * @property {(asked: Asked) => unknown} run
 */

/** @type {readonly Route[]} */
export const ROUTES = [facts, decide, contacts, arm, outcome, sync, ledger, entitled, claim, redeem, tasks, report, exported, erased, shop, health, metrics, openapi];
