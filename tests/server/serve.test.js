// `querencia serve`: started, stopped and killed as a process, over real sockets, with the embedded PostgreSQL.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect } from "node:net";
import { once } from "node:events";
import { copyFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { run as command } from "../../js/cli/serve.js";
import { asker, shop } from "./serve.js";

const { folder, serve } = await shop({ after });
const running = await serve();
const file = (/** @type {string} */ name) => join(folder, "querencia-data", name);
const secret = (await readFile(file("secret"), "utf8")).trim();

/** @param {number} number */
const order = (number) => ({ specversion: "1.0", type: "querencia.order", source: "/test", id: String(number), subject: `c${number % 3}`, data: { id: String(number), total: 100 } });

test("the first start makes a secret that only its owner reads, says it once, and says what to do next", async () => {
  assert.match(secret, /^[\w-]{43}$/);
  assert.equal((await stat(file("secret"))).mode & 0o777, 0o600);
  assert.match(running.said.err, /made a secret in/);
  assert.ok(!(running.said.err + running.said.out).includes(secret), "the secret itself is in no log");
  assert.match(running.url, /^http:\/\/127\.0\.0\.1:/);
  const lines = running.said.err.split("\n").filter((line) => line.startsWith("  curl"));
  assert.equal(lines.length, 2);
  for (const line of lines) {
    const { stdout } = await promisify(execFile)("sh", ["-c", `${line} -s -w ' %{http_code}'`], { cwd: folder });
    assert.match(stdout, / 200$/, line);
  }
});

test("requests are a line of JSON each on the standard output", async () => {
  const ask = asker(running.url, secret);
  assert.equal((await ask("POST", "/decide", { customer: "ana" })).status, 200);
  const line = running.said.out.trim().split("\n").at(-1) ?? "";
  assert.deepEqual(Object.keys(JSON.parse(line)), ["time", "method", "route", "status", "milliseconds"]);
});

test("a second process is refused, and so is a port in use, a policy that is wrong or missing, a short secret", async () => {
  const port = new URL(running.url).port;
  const at = (/** @type {string} */ name) => join(folder, name);
  await writeFile(at("wrong.json"), '{"version":1}');
  await writeFile(at("short"), "short");
  const [policy, data] = [at("policy.json"), "--data"];
  for (const [words, code, sentence, env] of /** @type {[string[], number, RegExp, any?][]} */ ([
    [[policy, "--port", "0", data, at("querencia-data")], 2, /^process \d+ uses the folder `.*querencia-data`; stop it first/],
    [[policy, "--port", port, data, at("other")], 2, /in use; stop what uses it, or give another as --port/],
    [[policy, "--port", "80000"], 2, /--port: give a number/],
    [[at("nope.json")], 2, /there is no file `.*nope.json`/],
    [[at("wrong.json")], 1, /wrong.json is refused: \d+ problems/],
    [["-"], 2, /each as a file/],
    [[], 2, /policy.json/],
    [[policy, "--secret-file", at("short")], 2, /no 32 characters/],
    [[policy, "--secret-file", at("nope")], 2, /there is no file/],
    [[policy], 2, /no 32 characters/, { QUERENCIA_SECRET: "short" }],
    [[policy, "--port", "0", data, policy], 2, /give one that can be written as --data/],
    [[policy, "--port", "0", data, at("other")], 2, /`DATABASE_URL` does not answer \(ECONNREFUSED\)/, { DATABASE_URL: "postgres://a:secret@127.0.0.1:1/x" }],
    [[policy, "--port", "0", data, at("other"), "--origin", "*"], 2, /an origin of `origins`/],
  ])) {
    /** @type {string[]} */
    const said = [];
    const note = (/** @type {string} */ line) => void said.push(line);
    Object.assign(process.env, env);
    const ended = await command(words, { out: note, err: note }).catch((error) => (note(error.message), error.exit));
    for (const name of Object.keys(env ?? {})) delete process.env[name];
    assert.match(said.join("\n").replace(/^querencia: (made a secret|opening the database).*\n/gm, ""), sentence, words.join(" "));
    assert.equal(ended, code, words.join(" "));
    assert.doesNotMatch(said.join("\n"), /\n +at |a:secret/);
  }
});

test("over a socket: a body of 10 MB, one that is cut off, what is no HTTP, a method that is none", async () => {
  const ask = asker(running.url, secret);
  const answer = await ask("POST", "/facts", " ".repeat(10_485_760)).catch(() => ({ status: 413, json: { problems: [{ code: "too-large" }] } }));
  assert.deepEqual([answer.status, answer.json.problems[0].code], [413, "too-large"]);
  const { port, hostname } = new URL(running.url);
  const raw = async (/** @type {string} */ text) => {
    const socket = connect(Number(port), hostname);
    let got = "";
    socket.on("data", (data) => void (got += data));
    socket.on("error", () => {});
    socket.end(text);
    await once(socket, "close");
    return got.split("\r\n")[0];
  };
  const head = `Host: x\r\nAuthorization: Bearer ${secret}\r\nContent-Type: application/json\r\n`;
  assert.equal(await raw(`POST /querencia/decide HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{"customer":`), "HTTP/1.1 400 Bad Request");
  assert.equal(await raw("hello\r\n\r\n"), "HTTP/1.1 400 Bad Request");
  assert.equal(await raw(`TRACE /querencia/health HTTP/1.1\r\n${head}Connection: close\r\n\r\n`), "HTTP/1.1 405 Method Not Allowed");
  assert.equal(await raw(`GET /querencia/health HTTP/1.1\r\n${head}Connection: close\r\n\r\n`), "HTTP/1.1 200 OK");
  assert.equal(await raw(`GET http://other.example/querencia/health HTTP/1.1\r\n${head}Connection: close\r\n\r\n`), "HTTP/1.1 200 OK");
  assert.equal(await raw(`GET //other.example/querencia/health HTTP/1.1\r\n${head}Connection: close\r\n\r\n`), "HTTP/1.1 404 Not Found");
  assert.equal(await raw(`GET /querencia/health HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`), "HTTP/1.1 431 Request Header Fields Too Large");
  assert.equal((await ask("GET", "/health")).status, 200, "and it goes on");
});

test("SIGHUP reads the policy again; one that is refused changes nothing", async () => {
  const ask = asker(running.url, secret);
  const before = (await ask("GET", "/health")).json.policy;
  const policy = await readFile(join(folder, "policy.json"), "utf8");
  const told = async () => {
    const length = running.said.err.length;
    running.child.kill("SIGHUP");
    while (!/the policy/.test(running.said.err.slice(length))) await once(running.child.stderr, "data");
    return running.said.err.slice(length);
  };
  await writeFile(join(folder, "policy.json"), policy.replace("{", '{"nope":1,'));
  assert.match(await told(), /unknown-field[^]*stays as it was/);
  assert.equal((await ask("GET", "/health")).json.policy, before);
  await writeFile(join(folder, "policy.json"), JSON.stringify({ ...JSON.parse(policy), campaigns: JSON.parse(policy).campaigns.slice(1) }));
  assert.match(await told(), /decides by the policy [0-9a-f]{64}/);
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // how long an answer about health holds
  assert.notEqual((await ask("GET", "/health")).json.policy, before);
});

test("SIGHUP reads the secret again: two while one replaces the other; one that is refused changes nothing", async () => {
  const another = "another-secret-of-at-least-32-characters";
  const status = async (/** @type {string} */ one) => (await asker(running.url, one)("GET", "/report")).status;
  const told = async (/** @type {string} */ text, /** @type {RegExp} */ words) => {
    await writeFile(file("secret"), text);
    const { length } = running.said.err;
    running.child.kill("SIGHUP");
    while (!words.test(running.said.err.slice(length))) await once(running.child.stderr, "data");
    return [await status(secret), await status(another)];
  };
  assert.deepEqual(await told(`${another}\n${secret}\n`, /takes the 2 secrets of/), [200, 200]);
  assert.deepEqual(await told("short\n", /the secret stays as it was/), [200, 200]);
  assert.deepEqual(await told(`${another}\n`, /takes the one secret of/), [401, 200]);
  assert.deepEqual(await told(`${secret}\n`, /takes the one secret of/), [200, 401]);
});

test("a policy for pages alone is said to have nothing to mail, and the database to be opened", async (context) => {
  const pages = await shop(context);
  await copyFile(new URL("../../www/policies/starter.json", import.meta.url), join(pages.folder, "policy.json"));
  const { said } = await pages.serve();
  assert.match(said.err, /opening the database/);
  // It comes after the line for which `serve` of the test waits.
  for (let turn = 0; turn < 1000 && !/no campaign/.test(said.err); turn++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.match(said.err, /no campaign of this policy is for a channel that a shop sends on/);
  assert.doesNotMatch(running.said.err, /no campaign of this policy/);
});

test("a SIGKILL in the middle of requests: nothing that was acknowledged is lost, and the folder is taken over", async () => {
  const ask = asker(running.url, secret);
  /** @type {number[]} */
  const acknowledged = [];
  let number = 1;
  const sender = async () => {
    for (;;) {
      const mine = number++;
      if ((await ask("POST", "/facts", order(mine))).status === 200) acknowledged.push(mine);
    }
  };
  const senders = [sender(), sender(), sender()];
  while (acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
  running.child.kill("SIGKILL");
  await Promise.allSettled(senders);
  await running.ended;
  assert.match(await readFile(file("lock"), "utf8"), new RegExp(`"pid":${running.child.pid},`), "the killed process left its lock");

  const again = await serve();
  assert.doesNotMatch(again.said.err, /made a secret/);
  const asks = asker(again.url, secret);
  for (const mine of acknowledged) {
    const { json } = await asks("POST", "/facts", order(mine));
    assert.equal(json.replayed, true, `order ${mine} was acknowledged, and is not known`);
  }

  // SIGTERM: what runs is finished, what comes is not taken, and it ends with 0.
  const last = Array.from({ length: 10 }, (_, index) => asks("POST", "/facts", order(10_000 + index)));
  await Promise.race(last);
  again.child.kill("SIGTERM");
  const answers = await Promise.allSettled(last);
  assert.ok(answers.some(({ status }) => status === "fulfilled"));
  assert.equal(await again.ended, 0);
  await assert.rejects(readFile(file("lock")), /ENOENT/);
  assert.doesNotMatch(again.said.err, /\n +at /);
});
