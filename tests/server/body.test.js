// Bodies that are too large, too deep, cut off, slow, or no JSON.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { serverOf } from "./http.js";

const { ask } = await serverOf({ limits: { bodyTime: 200 } });
const codeOf = async (/** @type {any} */ body, headers = {}) => {
  const answer = await ask("POST", "/decide", { body, headers });
  return answer.status === 200 ? 200 : `${answer.status} ${answer.json.problems[0].code}`;
};
const utf8 = new TextEncoder();
const BODY = '{"customer":"ana"}';

test("JSON in UTF-8 is read, with or without a mark at its beginning", async () => {
  assert.equal(await codeOf(BODY), 200);
  assert.equal(await codeOf(`\uFEFF${BODY}`), 200);
  for (const type of ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"', "application/cloudevents+json"]) {
    assert.equal(await codeOf(BODY, { "content-type": type }), 200, type);
  }
});

test("another type, another encoding and what is no JSON are refused", async () => {
  for (const type of ["text/plain", "", "application/x-www-form-urlencoded", "application/json; charset=latin1", "application/jsonx", "multipart/form-data"]) {
    assert.equal(await codeOf(BODY, { "content-type": type }), "415 unsupported-type", type);
  }
  for (const encoding of ["gzip", "br", "deflate", "identity, gzip"]) {
    assert.equal(await codeOf(new Uint8Array(gzipSync(BODY)), { "content-encoding": encoding }), "415 unsupported-encoding", encoding);
  }
  for (const text of ["", " \n", "{", "ana", '{"customer":"ana"', '{"customer":"ana"}}', "{'customer':'ana'}", '{"customer":NaN}', '{"customer":"a\nb"}', '{"customer":"ana",}', "\0"]) {
    assert.equal(await codeOf(text), "400 not-json", text);
  }
  for (const bytes of [[0x7b, 0xff, 0x7d], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xff, 0xfe, 0x7b, 0], [...utf8.encode(BODY).slice(0, -2), 0xf0, 0x9f]]) {
    assert.equal(await codeOf(new Uint8Array(bytes)), "400 not-utf-8");
  }
  for (const text of ["[]", "null", "7", '"ana"', "true", '[{"customer":"ana"}]']) assert.equal(await codeOf(text), "400 wrong-type", text);
});

test("no answer repeats what was sent", async () => {
  for (const body of ["secret-of-ana", '{"customer":"secret-of-ana', '{"customer":["secret-of-ana"]}', '{"customer":"ana","channels":["secret-of-ana"]}', '{"customer":"ana","event":"secret-of-ana"}', '{"customer":"ana","visit":{"since":"secret-of-ana"}}', '{"customer":"ana","event":{"name":"purchase","order":{"id":"1","at":"secret-of-ana"}}}']) {
    const { status, text } = await ask("POST", "/decide", { body });
    assert.equal(status, 400, body);
    assert.doesNotMatch(text, /secret-of-ana/);
  }
  const facts = [
    { birthday: "secret-of-ana" }, { locale: "secret-of-ana!" }, { zone: "secret-of-ana" }, { orders: [{ id: "1", at: "secret-of-ana" }] }, { wishes: { unsubscribed: ["secret-of-ana"] } },
    { wishes: { unsubscribed: ["` is none of `secret-of-ana"] } }, { destination: { country: "secret-of-ana" } }, { cart: { currency: "secret-of-ana" } }, { orders: [{ id: "1", currency: "secret-of-ana" }] },
  ];
  for (const fields of facts) {
    const { status, text } = await ask("POST", "/facts", { body: { customer: { id: "ana", ...fields } } });
    assert.equal(status, 400, JSON.stringify(fields));
    assert.doesNotMatch(text, /secret-of-ana/);
  }
  for (const fields of [{ type: "secret-of-ana" }, { time: "secret-of-ana" }, { datacontenttype: "secret-of-ana" }, { specversion: "secret-of-ana" }]) {
    const { status, text } = await ask("POST", "/facts", { body: { specversion: "1.0", type: "querencia.order", source: "/", id: "1", subject: "ana", data: {}, ...fields } });
    assert.equal(status, 400, JSON.stringify(fields));
    assert.doesNotMatch(text, /secret-of-ana/);
  }
});

test("a key that comes twice, a prototype, a number beyond all bounds and endless depth are refused", async () => {
  for (const text of ['{"customer":"ana","customer":"eve"}', '{"customer":"ana","c\\u0075stomer":"eve"}', '{"customer":"ana","event":{"name":"a","name":"b"}}']) {
    assert.equal(await codeOf(text), "400 duplicate-key", text);
  }
  for (const text of ['{"__proto__":{"customer":"ana"}}', '{"customer":"ana","event":{"name":"x","__proto__":{"order":{}}}}', '{"customer":"ana","\\u005f_proto__":1}']) {
    assert.equal(await codeOf(text), "400 not-allowed", text);
  }
  assert.equal(await codeOf('{"customer":"ana","event":{"name":"x","a":1e999}}'), "400 out-of-range");
  for (const [open, close] of [["[", "]"], ['{"a":', "}"]]) {
    for (const depth of [40, 100_000]) {
      assert.equal(await codeOf(`{"customer":"ana","event":${open.repeat(depth)}1${close.repeat(depth)}}`), "400 too-deep");
      assert.equal(await codeOf(`{"customer":"ana","event":${open.repeat(depth)}`), "400 too-deep");
    }
  }
  assert.equal(await codeOf(`{"customer":"${"[".repeat(100_000)}"}`), "413 too-large", "brackets in a text are no depth");
});

test("a body of 10 MB is refused before it is read", async () => {
  let given = 0;
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        given += 65_536;
        if (given > 10_485_760) controller.close();
        else controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
  assert.equal(await codeOf(endless()), "413 too-large");
  assert.ok(given < 2_000_000, `${given} bytes were read`);
  given = 0;
  assert.equal(await codeOf(endless(), { "content-length": "10485760" }), "413 too-large");
  assert.ok(given <= 131_072, `${given} bytes were read`);
  assert.equal(await codeOf(`{"customer":"${"a".repeat(2_000_000)}"}`), "413 too-large");
});

test("a body that is cut off, breaks or never ends is told of, and stores nothing", async () => {
  const parts = (/** @type {(controller: any) => void} */ more) => new ReadableStream({ start(controller) { controller.enqueue(utf8.encode(BODY)); more(controller); } });
  assert.equal(await codeOf(parts((controller) => controller.close()), { "content-length": "18" }), 200);
  assert.equal(await codeOf(parts((controller) => controller.close()), { "content-length": "19" }), "400 cut-off");
  assert.equal(await codeOf(parts((controller) => controller.error(new Error("reset")))), "400 cut-off");
  assert.equal(await codeOf(parts(() => {})), "408 too-slow");
});
