// The OpenAPI 3.1 document, made of the table of addresses and of the engine's own tables of fields.

import { CODES } from "../errors.js";
import { COMPONENTS, VERSION, object } from "./components.js";
import { SCHEMAS } from "./schemas.js";

/** What any address may be refused with, and what only some are. */
const ALWAYS = ["too-many-requests", "internal", "store-unreachable", "busy", "stopping"];
const WITH_BODY = ["not-json", "not-utf-8", "cut-off", "duplicate-key", "too-deep", "too-large", "unsupported-type", "unsupported-encoding", "too-slow", "unknown-field", "wrong-type"];

const HEADINGS = { openapi: "3.1.1", jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema" };

/**
 * @param {readonly import("./routes.js").Route[]} routes
 * @param {string} prefix
 */
export function documentOf(routes, prefix) {
  /** @type {Record<string, Record<string, unknown>>} */
  const paths = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  return {
    ...HEADINGS,
    info: {
      title: "Querencia, the shop's server",
      version: VERSION,
      description: "One limit over all channels: takes facts of customers, decides, arms, and notes what became of each contact.",
      license: { name: "MIT OR Apache-2.0", identifier: "MIT OR Apache-2.0" },
    },
    servers: [{ url: prefix || "/" }],
    paths,
    components: {
      schemas: whole(COMPONENTS),
      securitySchemes: {
        shop: { type: "http", scheme: "bearer", description: "the shop's secret: of its own server alone, never in a page" },
        customer: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "a customer's token: HS256, `typ` is `customer+jwt`, `sub` the customer's id, `exp` within 24 hours" },
      },
    },
  };
}

/** @param {import("./routes.js").Route} route */
function operationOf({ method, path, who, about, body, anyBody, rest, claims, query = {}, answer, conflict, codes = [] }) {
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string", minLength: 1 }, description: "the customer's id" }));
  const queries = Object.entries(query).map(([name, { schema, about, required = false }]) => ({ name, in: "query", required, schema: whole(schema), description: about }));
  const parameters = [...params, ...queries];
  const given = anyBody ?? (body && bodyOf(body, rest, claims));
  const media = typeof answer === "string" ? { [answer]: { schema: { type: "string" } } } : { "application/json": { schema: whole(answer) } };
  const refusals = [...ALWAYS, ...(who.length > 0 ? ["not-authenticated", "not-authorised"] : []), ...(given ? [...WITH_BODY, "missing-field"] : []), "unknown-field", ...(queries.length > 0 ? ["duplicate-key", "too-large"] : []), ...codes];
  return {
    operationId: [method.toLowerCase(), ...path.split(/[^A-Za-z0-9]+/).filter(Boolean)].join("-"),
    summary: about,
    security: who.map((name) => ({ [name]: [] })),
    ...(parameters.length > 0 && { parameters }),
    ...(given && { requestBody: { required: true, content: { "application/json": { schema: whole(given) } } } }),
    responses: { 200: { description: "what was asked", content: media }, ...(conflict && { 409: { description: "somebody else was faster: what is kept now", content: media } }), ...refusedOf(refusals) },
  };
}

/** @param {Record<string, import("./routes.js").Field>} fields @param {string | undefined} rest @param {readonly string[] | undefined} claims */
function bodyOf(fields, rest, claims) {
  const { now: _, ...more } = rest ? SCHEMAS[rest].properties : {};
  const described = Object.entries(fields).map(([name, { schema, about, only }]) => [name, { ...schema, description: only ? `${about}; the shop's to say` : about }]);
  const required = Object.entries(fields).flatMap(([name, field]) => (field.required ? [name] : []));
  const may = claims ? { description: `with a customer's token only ${["customer", ...claims].map((name) => `\`${name}\``).join(", ")} may be given` } : {};
  return { ...object({ ...Object.fromEntries(described), ...more }, required), ...may };
}

/** @param {readonly string[]} codes */
function refusedOf(codes) {
  /** @type {Record<string, any>} */
  const by = {};
  for (const code of new Set(codes)) (by[CODES[code].status] ??= []).push(code);
  return Object.fromEntries(
    Object.entries(by).map(([status, codes]) => [
      status,
      {
        description: codes.map((/** @type {string} */ code) => `\`${code}\`: ${CODES[code].message}`).join("; "),
        content: { "application/json": { schema: { $ref: "#/components/schemas/Problems" } } },
      },
    ]),
  );
}

/** The same with `$ref` written in full. @param {any} schema @returns {any} */
function whole(schema) {
  if (Array.isArray(schema)) return schema.map(whole);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === "$ref" && !value.startsWith("#") ? `#/components/schemas/${value}` : whole(value)]));
}
