// server.node in plain Node, Express and Fastify, with and without another reader of bodies before it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import express from "express";
import fastify from "fastify";
import { memory, open } from "querencia/server";
import { SECRET, policy } from "./http.js";

const server = await open({ policy, store: memory(), secret: SECRET });
after(() => server.close());

/** @param {import("node:http").RequestListener} listener */
async function listening(listener) {
  const http = createServer(listener);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  after(() => void (http.close(), http.closeAllConnections()));
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (http.address()).port}`;
}

const headers = { authorization: `Bearer ${SECRET}`, "content-type": "application/json" };

/** What every way of mounting keeps to. @param {string} url @param {boolean} isRaw nobody reads the body before */
async function holds(url, isRaw) {
  const post = async (/** @type {string} */ body, more = {}) => {
    const response = await fetch(`${url}/querencia/decide`, { method: "POST", body, headers: { ...headers, ...more } });
    return { status: response.status, json: /** @type {any} */ (await response.json()) };
  };
  assert.equal((await post('{"customer":"ana"}')).status, 200);
  assert.deepEqual((await post('{"customer":"ñandú 🦤","nope":1}')).json.problems.map((/** @type {any} */ { path }) => path), ["nope"]);
  assert.equal((await fetch(`${url}/querencia/health`)).status, 200);
  assert.equal((await fetch(`${url}/querencia/health`, { method: "HEAD" })).headers.get("content-type"), "application/json; charset=utf-8");
  assert.equal((await fetch(`${url}/querencia/entitled?customer=ana`, { headers })).status, 200);
  assert.equal((await fetch(`${url}/querencia/decide`, { method: "OPTIONS" })).status, 204);
  assert.equal((await fetch(`${url}/querencia/nope`)).status, 404);
  assert.equal((await fetch(`${url}/querencia/customers/a%2Fb`, { headers })).status, 404);
  assert.equal((await fetch(`${url}/querencia/decide`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })).status, 401);
  if (!isRaw) return;
  assert.equal((await post('{"customer":"ana","customer":"eve"}')).json.problems[0].code, "duplicate-key");
  assert.equal((await post("{")).json.problems[0].code, "not-json");
}

test("plain Node", async () => {
  const url = await listening(server.node);
  await holds(url, true);
});

test("an address that no request can have is told from a method that none can have", async () => {
  const { port } = new URL(await listening(server.node));
  /** @param {string} first the request's first line */
  const said = async (first) => {
    const socket = connect(Number(port), "127.0.0.1");
    socket.end(`${first} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const answer = await text(socket);
    return [answer.split(" ")[1], /"code":"([^"]*)"/.exec(answer)?.[1]];
  };
  assert.deepEqual(await said("GET http://a:b@x/querencia/health"), ["400", "not-allowed"]);
  assert.deepEqual(await said("TRACE /querencia/health"), ["405", "method-not-allowed"]);
  assert.deepEqual(await said("GET http://x/querencia/health"), ["200", undefined]);
});

/** As www/docs/server-http.md says to mount it. @param {string} framework @param {any} app */
async function mountAsThePageSays(framework, app) {
  const page = await readFile("www/docs/server-http.md", "utf8");
  const [, block] = new RegExp(`^(?:At|In).* ${framework}\\b.*\n\n<!--.*-->\n\`\`\`js\n([^]*?)\`\`\``, "m").exec(page) ?? assert.fail(framework);
  new Function("app", "server", block)(app, server);
}

test("Express, as the page says, before express.json() and after it", async () => {
  for (const isRaw of [true, false]) {
    const app = express();
    if (!isRaw) app.use(express.json());
    await mountAsThePageSays("Express", app);
    await holds(await listening(app), isRaw);
  }
});

test("Fastify, as the page says, with other addresses whose bodies it reads itself", async () => {
  const app = fastify();
  after(() => app.close());
  await mountAsThePageSays("Fastify", app);
  app.post("/own", async ({ body }) => body);
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  await holds(url, true);
  const event = { specversion: "1.0", type: "querencia.order", source: "/shop", id: "e-1", subject: "ana", data: { id: "A-17", total: 4900 } };
  const told = await fetch(`${url}/querencia/facts`, { method: "POST", body: JSON.stringify(event), headers: { ...headers, "content-type": "application/cloudevents+json" } });
  assert.equal(told.status, 200);
  const own = await fetch(`${url}/own`, { method: "POST", body: '{"a":1}', headers });
  assert.deepEqual(await own.json(), { a: 1 });
});

test("Express", async () => holds(await listening(express().use(server.node)), true));
test("Express, mounted at a path", async () => holds(await listening(express().use("/querencia", server.node)), true));
test("Express after express.json()", async () => holds(await listening(express().use(express.json()).use("/querencia", server.node)), false));
test("Express after express.raw()", async () => holds(await listening(express().use(express.raw({ type: "*/*" })).use("/querencia", server.node)), true));

test("Express 4's parsers leave `{}` for what is not theirs: the body is read all the same, also where all of it has come", async () => {
  const event = { specversion: "1.0", type: "querencia.consent", source: "/shop", id: "e-4", subject: "ana", data: { email: true } };
  for (const wait of [0, 30]) {
    const url = await listening(async (req, res) => {
      /** @type {any} */ (req).body = {};
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return server.node(req, res);
    });
    const told = await fetch(`${url}/querencia/facts`, { method: "POST", body: JSON.stringify(event), headers: { ...headers, "content-type": "application/cloudevents+json" } });
    assert.deepEqual([told.status, (/** @type {any} */ (await told.json())).customer], [200, "ana"], `after ${wait} ms`);
    // What nobody read is not taken for read: the connection ends, and nothing of the body becomes another request.
    const sent = httpRequest(`${url}/querencia/decide`, { method: "POST", headers: { ...headers, "content-length": 10_485_760 } });
    sent.on("error", () => {});
    sent.write(Buffer.alloc(65_536, " "));
    const [response] = await once(sent, "response");
    assert.deepEqual([response.statusCode, response.headers.connection], [413, "close"]);
    response.resume();
    await once(sent, "close");
  }
});

test("Fastify, which has read the body", async () => {
  const app = fastify();
  after(() => app.close());
  app.all("/querencia/*", (request, reply) => {
    reply.hijack();
    return server.node(request.raw, reply.raw, { body: request.body });
  });
  await holds(await app.listen({ port: 0, host: "127.0.0.1" }), false);
});

test("who goes away in the middle stops nothing", async () => {
  const url = await listening(server.node);
  for (const abort of ["body", "answer"]) {
    const sent = httpRequest(`${url}/querencia/decide`, { method: "POST", headers: { ...headers, "content-length": 18 } });
    sent.on("error", () => {});
    sent.write(abort === "body" ? '{"cust' : '{"customer":"ana"}');
    await new Promise((resolve) => setTimeout(resolve, 20));
    sent.destroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await fetch(`${url}/querencia/decide`, { method: "POST", body: '{"customer":"ana"}', headers })).status, 200);
});

test("a body that is too large is answered before it is read, and the connection ends", async () => {
  const url = await listening(server.node);
  const sent = httpRequest(`${url}/querencia/decide`, { method: "POST", headers: { ...headers, "content-length": 10_485_760 } });
  sent.on("error", () => {});
  sent.write(Buffer.alloc(65_536, " "));
  const [response] = await once(sent, "response");
  assert.equal(response.statusCode, 413);
  assert.equal(response.headers.connection, "close");
  response.resume();
  await once(sent, "close");
});
