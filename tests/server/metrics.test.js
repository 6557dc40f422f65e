// GET /metrics: OpenMetrics text, and true numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory } from "querencia/server";
import { serverOf } from "./http.js";
import { family } from "../../js/server/http/metrics.js";

/**
 * Reads OpenMetrics 1.0 strictly: families that come once, with type, unit and help before their samples, names that fit, one end.
 * @param {string} text
 */
function read(text) {
  assert.ok(text.endsWith("\n# EOF\n") && text.indexOf("# EOF") === text.length - 6, "it ends with # EOF, once");
  /** @type {Map<string, number>} */
  const samples = new Map();
  const families = new Set();
  let name = "";
  let type = "";
  for (const line of text.slice(0, -7).split("\n")) {
    const [, word, of, rest] = /^# (TYPE|UNIT|HELP) ([a-z_]+) (.*)$/.exec(line) ?? [];
    if (word === "TYPE") {
      assert.ok(!families.has(of), `${of} comes twice`);
      families.add((name = of));
      type = rest;
      assert.match(type, /^(counter|gauge|info|summary)$/);
    } else if (word) {
      assert.equal(of, name);
      if (word === "UNIT") assert.ok(name.endsWith(`_${rest}`));
      else assert.doesNotMatch(rest, /(^|[^\\])\\[^\\n"]/);
    } else {
      const [, full, labels = "", value] = /^([a-z_]+)(\{(?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*\})? (-?\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(line) ?? assert.fail(`no sample: ${line}`);
      const endings = { counter: ["_total"], gauge: [""], info: ["_info"], summary: ["_count", "_sum"] }[type] ?? [];
      assert.ok(endings.some((ending) => full === name + ending), `${full} is no sample of ${name}, a ${type}`);
      assert.ok(!samples.has(full + labels), `${full}${labels} comes twice`);
      samples.set(full + labels, Number(value));
    }
  }
  return samples;
}

test("the numbers are those of what happened", async () => {
  let now = Date.now();
  const { server, ask } = await serverOf({ store: memory({ clock: () => now }) });
  await server.facts({ customer: { id: "ana.secret", orders: [{ id: "1042", at: now - 1000, total: 4900 }], consent: { email: true } } });
  const body = { customer: "ana.secret", event: { name: "purchase", order: { id: "1043", total: 100 } }, channels: ["onsite"] };
  const { json } = await ask("POST", "/decide", { body });
  assert.equal(json.contacts.length, 1);
  await ask("POST", "/arm", { body: { customer: "ana.secret", contact: json.contacts[0].id } });
  await ask("POST", "/outcome", { body: { customer: "ana.secret", contact: json.contacts[0].id, outcome: "delivered" } });
  await ask("POST", "/decide", { body: {} });
  await ask("GET", "/ana.secret");
  const { text, headers } = await ask("GET", "/metrics");
  assert.equal(headers.get("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
  const samples = read(text);
  for (const [sample, value] of Object.entries({
    'querencia_requests_total{method="POST",route="/decide",status="200"}': 1,
    'querencia_requests_total{method="POST",route="/decide",status="400"}': 1,
    'querencia_requests_total{method="GET",route="unknown",status="404"}': 1,
    'querencia_request_seconds_count{route="/decide"}': 2,
    'querencia_errors_total{code="missing-field"}': 1,
    'querencia_contacts_total{channel="onsite",state="reserved"}': 1,
    'querencia_contacts_total{channel="onsite",state="armed"}': 1,
    'querencia_contacts_total{channel="onsite",state="delivered"}': 1,
    'querencia_queue{channel="email"}': 0,
    querencia_store_up: 1,
  })) {
    assert.equal(samples.get(sample), value, `${sample}\n${text}`);
  }
  assert.ok((samples.get("querencia_decisions_total") ?? 0) >= 1);
  assert.ok([...samples.keys()].some((name) => name.startsWith("querencia_withheld_total{gate=")));
  assert.doesNotMatch(text, /secret/);
  assert.equal((await ask("GET", "/metrics", { bearer: null })).status, 401, "they are the shop's own");
});

test("the oldest of a queue has its age", async () => {
  let now = Date.now();
  const store = memory({ clock: () => now });
  const { ask } = await serverOf({ store });
  await store.transact(() => ({ put: [/** @type {any} */ ({ id: "a".repeat(32), campaign: "x", class: "promotional", channel: "email", at: now, state: "reserved", leaseUntil: now + 1e9 })], result: 0 }), "p");
  now += 90_000;
  const samples = read((await ask("GET", "/metrics")).text);
  assert.equal(samples.get('querencia_queue{channel="email"}'), 1);
  assert.equal(samples.get('querencia_queue_oldest_seconds{channel="email"}'), 90);
});

test("a store that is away does not hide the numbers that say so", async () => {
  const away = async () => Promise.reject(Object.assign(new Error(), { code: "ECONNREFUSED" }));
  const { ask } = await serverOf({ store: { ...memory(), transact: away, counters: away, queue: away, now: away } });
  await ask("POST", "/decide", { body: { customer: "ana" } });
  const samples = read((await ask("GET", "/metrics")).text);
  assert.equal(samples.get("querencia_store_up"), 0);
  assert.equal(samples.get('querencia_errors_total{code="store-unreachable"}'), 1);
});

test("what stands in quotes is escaped", () => {
  const hostile = 'a"b\\c\nd}';
  const lines = family("querencia_x", "counter", "a\nb\\c", [[{ channel: hostile }, 1]]);
  assert.deepEqual(lines, ["# TYPE querencia_x counter", "# HELP querencia_x a\\nb\\\\c", 'querencia_x_total{channel="a\\"b\\\\c\\nd}"} 1']);
});
