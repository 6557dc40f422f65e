// A CloudEvent over HTTP, in its two modes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { serverOf } from "./http.js";

test("an event in headers is the event in a body", async () => {
  const { ask, server } = await serverOf();
  const headers = { "ce-specversion": "1.0", "ce-type": "querencia.order", "ce-source": "/shop", "ce-id": "1", "ce-subject": "ana%C3%B1a", "ce-time": "2026-01-01T00:00:00Z", "ce-traceparent": "00-1" };
  const data = { id: "A-1", total: 100 };
  const first = await ask("POST", "/facts", { headers, body: data });
  assert.deepEqual([first.status, first.json], [200, { customer: "anaña", changed: ["orders"] }]);
  const { "ce-subject": _, ...others } = headers;
  const event = { specversion: "1.0", type: "querencia.order", source: "/shop", id: "1", subject: "anaña", time: "2026-01-01T00:00:00Z", data };
  assert.equal((await ask("POST", "/facts", { body: event, headers: { "content-type": "application/cloudevents+json" } })).json.replayed, true);
  assert.equal((await ask("POST", "/facts", { body: [event], headers: { "content-type": "application/cloudevents-batch+json" } })).json[0].replayed, true);
  const nobody = await ask("POST", "/facts", { headers: others, body: data });
  assert.deepEqual([nobody.status, nobody.json.problems.map((/** @type {any} */ { code, path }) => [code, path])], [400, [["missing-field", "subject"]]]);
  const reused = await ask("POST", "/facts", { headers, body: { id: "A-2" } });
  assert.deepEqual([reused.status, reused.json.problems[0].code], [409, "id-reused"]);
  // Without the shop's secret nobody tells anything.
  assert.equal((await ask("POST", "/facts", { headers, body: data, bearer: null })).status, 401);
  await server.close();
});

test("a header that is no percent-encoded text, or comes twice, names nobody", async () => {
  const { ask, server } = await serverOf();
  const whole = { "ce-specversion": "1.0", "ce-type": "querencia.consent", "ce-source": "/shop", "ce-id": "1", "ce-subject": "ana" };
  for (const [header, value] of [["subject", "%F0%9F"], ["subject", "%"], ["id", "%zz"], ["id", "1, 2"], ["id", '"1", "2"'], ["subject", "ana, eva"], ["type", "querencia.consent, querencia.consent"]]) {
    const { status, json } = await ask("POST", "/facts", { headers: { ...whole, [`ce-${header}`]: value }, body: { email: true } });
    assert.deepEqual([status, json.problems[0].code, json.problems[0].path], [400, "invalid-value", header], value);
  }
  for (const [value, id] of [["a%2C%20b", "a, b"], ['"a, \\"b\\""', 'a, "b"'], ["a,b", "a,b"], ["100%25", "100%"]]) {
    const { status, json } = await ask("POST", "/facts", { headers: { ...whole, "ce-id": value, "ce-subject": value }, body: { email: true } });
    assert.deepEqual([status, json.customer], [200, id], value);
  }
  await server.close();
});
