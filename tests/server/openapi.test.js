// The OpenAPI document: valid, complete, and true of the real answers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import { signToken } from "querencia/server";
import { CODES } from "../../js/server/errors.js";
import { ROUTES } from "../../js/server/http/routes.js";
import { SECRET, policy, serverOf } from "./http.js";

const document = JSON.parse(await readFile(new URL("../../www/openapi.json", import.meta.url), "utf8"));

test("the document is OpenAPI 3.1 and has every address", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors, null, 1));
  const paths = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  assert.deepEqual(paths.sort(), ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  assert.equal(new Set(ids).size, ids.length);
  for (const ref of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) assert.ok(document.components.schemas[ref[1]], ref[1]);
});

test("the server answers with the document, for its own prefix", async () => {
  const { ask } = await serverOf();
  assert.deepEqual((await ask("GET", "/openapi.json", { bearer: null })).json, document);
  const { ask: other } = await serverOf({ prefix: "" });
  assert.equal((await other("GET", "/openapi.json", { prefix: "" })).json.servers[0].url, "/");
});

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: "doc", ...document });

/** Whether an answer is as the document says. @param {string} method @param {string} path @param {{ status: number, json: any, text: string, headers: Headers }} answer */
function holds(method, path, { status, json, text, headers }) {
  const response = document.paths[path][method.toLowerCase()].responses[status];
  assert.ok(response, `${method} ${path} answers ${status}, which the document does not know: ${text}`);
  const type = (headers.get("content-type") ?? "").split(";")[0];
  const media = Object.keys(response.content).find((one) => one.split(";")[0] === type);
  assert.ok(media, `${method} ${path} answers ${type}`);
  if (json === undefined) return;
  const pointer = ["", "paths", path, method.toLowerCase(), "responses", String(status), "content", media, "schema"].map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  const valid = ajv.validate({ $ref: `doc#${pointer}` }, json);
  assert.ok(valid, `${method} ${path} ${status}: ${JSON.stringify(ajv.errors?.slice(0, 5), null, 1)}\n${text.slice(0, 1000)}`);
}

const ORDER = { id: "1042", at: Date.now() - 60_000, total: 4900 };

test("the real answers of every address are as the document says", async () => {
  const casa = JSON.parse(policy);
  const campaigns = casa.campaigns.map((/** @type {any} */ { audience, ...campaign }) => (campaign.id === "tenth-order" ? campaign : { ...campaign, ...(audience && { audience }) }));
  const { ask } = await serverOf({ ownCodes: true, policy: { ...casa, campaigns: [...campaigns, { id: "by-mail", kind: "thankYou", channel: "email", message: campaigns.find((/** @type {any} */ { kind }) => kind === "thankYou").message }], quietHours: [], limits: [] } });
  const bearer = await signToken({ secret: SECRET, customer: "ana" });
  const seen = new Set();
  const check = async (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ asked = {}, address = path) => {
    const answer = await ask(method, address, asked);
    holds(method, path, answer);
    seen.add(`${method} ${path} ${answer.status}`);
    return answer.json;
  };
  await check("POST", "/facts", { body: { customer: { id: "ana", givenName: "Ana", orders: [{ id: "1041", at: ORDER.at, total: 4900, deliveredAt: ORDER.at + 1 }], consent: { email: true } } } });
  await check("POST", "/facts", { body: [{ customer: { id: "ana", tier: "x" } }] });
  await check("POST", "/facts", { body: { specversion: "1.0", type: "querencia.order", source: "/shop", id: "1", subject: "ana", data: ORDER } });
  await check("POST", "/facts", { body: [{ specversion: "1.0", type: "querencia.order", source: "/shop", id: "1", subject: "ana", data: ORDER }] });
  await check("POST", "/facts", { body: { specversion: "1.0", type: "querencia.event", source: "/shop", id: "2", subject: "ana", data: { name: "page_view" } } });
  for (const body of [{ customer: "ana" }, { customer: "ana", explain: false, channels: ["onsite"] }, { customer: "ana", zone: null, event: null }]) {
    await check("POST", "/decide", { body });
  }
  await check("POST", "/decide", { bearer, body: {} });
  const { contacts } = await check("POST", "/decide", { body: { customer: "ana", event: { name: "purchase", order: { ...ORDER, id: "1043" } }, channels: ["onsite"] } });
  for (const contact of [contacts[0].id, "nobody's"]) {
    for (let times = 0; times < 2; times += 1) await check("POST", "/arm", { bearer, body: { contact } });
    await check("POST", "/outcome", { body: { customer: "ana", contact, outcome: "delivered" } });
  }
  const ten = Array.from({ length: 10 }, (_, index) => ({ id: `t${index}`, at: ORDER.at - (10 - index) * 86_400_000, total: 4900, margin: 3000 }));
  await check("POST", "/facts", { body: { customer: { id: "eva", orders: ten, consent: { email: true } } } });
  const presents = await check("GET", "/entitled", {}, "/entitled?customer=eva");
  const { campaign, occurrence } = presents.find((/** @type {any} */ one) => one.offer === "ten-10");
  const { code } = await check("POST", "/claim", { body: { customer: "eva", campaign, occurrence } });
  await check("POST", "/claim", { bearer, body: { campaign, occurrence } });
  await check("POST", "/redeem", { body: { code, order: "t9" } });
  await check("POST", "/redeem", { body: { code, order: "another" } });
  await check("POST", "/redeem", { body: { code: "nobody's", order: "another" } });
  const { records } = await check("POST", "/sync", { bearer, body: { wishes: { unsubscribed: ["push"] } } });
  await check("POST", "/sync", { bearer, body: { records } });
  const { version } = await check("POST", "/ledger", { bearer, body: {} });
  await check("POST", "/ledger", { bearer, body: { version, wish: { unsubscribed: ["sms"] } } });
  const late = await check("POST", "/ledger", { bearer, body: { version, wish: { unsubscribed: ["post"] } } });
  assert.equal(late.ok, false);
  assert.ok(seen.has("POST /ledger 409"));
  await check("POST", "/arm", { bearer, body: { contact: { campaign: "welcome" }, moment: { placements: ["home"] } } });
  await check("POST", "/arm", { bearer, body: { contact: { campaign: "missed-you" } } });
  await check("POST", "/arm", { bearer, body: { contact: 7 } });
  const purchase = { specversion: "1.0", type: "querencia.event", source: "/shop", id: "3", subject: "lia", data: { name: "purchase", order: { ...ORDER, id: "l1" } } };
  await check("POST", "/facts", { body: { customer: { id: "lia", consent: { email: true }, orders: ten } } });
  for (let times = 0; times < 2; times += 1) await check("POST", "/facts", { body: purchase });
  const mails = (await check("POST", "/decide", { body: { customer: "lia", channels: ["email", "onsite"] } })).reserved;
  assert.ok(mails.length > 0, "a decision names what waits");
  const queue = await check("GET", "/contacts", {}, "/contacts?channel=email&limit=1");
  assert.equal(queue.length, 1, "something waits in the queue");
  await check("GET", "/contacts", {}, `/contacts?channel=email&after=${queue[0].cursor}`);
  for (const query of ["", "?channel=onsite", "?channel=email&limit=0", "?channel=email&after=x"]) await check("GET", "/contacts", {}, `/contacts${query}`);
  await check("POST", "/outcome", { body: { customer: queue[0].customer, contact: queue[0].contact, outcome: "failed" } });
  await check("POST", "/arm", { body: { customer: queue[0].customer, contact: queue[0].contact } });
  await check("GET", "/tasks", {}, "/tasks?until=2099-01-01T00:00:00Z&limit=10");
  await check("GET", "/tasks", {}, "/tasks?kinds=outcome&after=soon");
  await check("GET", "/tasks", {}, "/tasks?until=soon");
  await check("GET", "/tasks", {}, "/tasks?nope=1");
  await check("GET", "/report");
  await check("GET", "/report", {}, "/report?from=2026-12-31&to=2026-01-01");
  await check("GET", "/shop", { bearer: null });
  await check("GET", "/metrics");
  await check("GET", "/customers/{id}", {}, "/customers/eva");
  await check("GET", "/customers/{id}", {}, "/customers/nobody");
  await check("DELETE", "/customers/{id}", {}, "/customers/eva");
  await check("GET", "/customers/{id}", {}, "/customers/eva");
  await check("GET", "/health");
  await check("GET", "/openapi.json");
  for (const { method, path } of ROUTES) {
    const address = path.replace("{id}", "nobody");
    await check(method, path, { bearer: null, ...(method === "POST" && { body: {} }) }, address);
    if (method === "POST") await check(method, path, { body: { nope: 1 } }, address);
  }
  const missed = ROUTES.filter(({ method, path }) => !seen.has(`${method} ${path} 200`)).map(({ path }) => path);
  assert.deepEqual(missed, [], "every address was asked for what it gives");
});

test("each code has a sentence that is no code, and each status is one of HTTP's", () => {
  for (const [code, { status, message }] of Object.entries(CODES)) {
    assert.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.match(message, / /);
    assert.ok(status >= 400 && status < 600, code);
  }
});

test("the page of the docs has every address, who may ask, and every code", async () => {
  const page = await readFile(new URL("../../www/docs/server-http.md", import.meta.url), "utf8");
  for (const { method, path, who } of ROUTES) {
    const [, told] = page.split(`| \`${method} ${path}\` | `)[1]?.match(/^([a-z, ]+?) \|/) ?? assert.fail(`${method} ${path} is not in the page`);
    assert.equal(told, who.join(", ") || "everybody", `${method} ${path}`);
  }
  const named = new Set([...JSON.stringify(document.paths).matchAll(/`([a-z0-9-]+)`: /g)].map(([, code]) => code).filter((code) => CODES[code]));
  assert.ok(named.size > 20);
  for (const code of named) {
    const { status } = CODES[code];
    const row = page.split("\n").find((line) => line.startsWith("| ") && line.includes(`\`${code}\``) && line.split("|")[1].includes(String(status)));
    assert.ok(row, `${code} (${status}) is in no row of the page`);
  }
});
