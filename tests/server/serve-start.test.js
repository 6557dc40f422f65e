// `querencia serve` while it starts and while it ends: signals that come then, and folders in which it cannot start.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { run as command } from "../../js/cli/serve.js";
import { shop } from "./serve.js";

const { folder, run } = await shop({ after });

/** A database that takes the connection, and answers `select 1` when it is told to. */
async function database() {
  /** @type {() => void} */
  let answer = () => {};
  const allowed = new Promise((resolve) => (answer = () => resolve(undefined)));
  /** @type {import("node:net").Socket[]} */
  const sockets = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    let isKnown = false;
    socket.on("data", async (bytes) => {
      const ready = Buffer.from("5a0000000549", "hex");
      if (!isKnown) {
        isKnown = true;
        return socket.write(Buffer.concat([Buffer.from("520000000800000000", "hex"), ready]));
      }
      if (bytes[0] !== 0x51) return;
      server.emit("asked");
      await allowed;
      socket.write(Buffer.concat([Buffer.from("430000000d53454c454354203100", "hex"), ready]));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => (sockets.forEach((socket) => socket.destroy()), server.close()));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `postgres://querencia@127.0.0.1:${port}/shop`, asked: once(server, "asked"), answer };
}

/** A start that waits for its database. */
async function starting() {
  const { url, asked, answer } = await database();
  const running = await run(["policy.json", "--port", "0"], { DATABASE_URL: url, QUERENCIA_SECRET: "a-secret-of-the-tests-forty-characters!!" });
  await Promise.race([asked, running.ended.then((code) => assert.fail(`it ended with ${code}: ${running.said.err}`))]);
  return { ...running, answer };
}

/** @param {() => unknown} isSo */
async function until(isSo) {
  for (let tries = 0; !isSo(); tries += 1) {
    assert.ok(tries < 1000, String(isSo));
    await sleep(10);
  }
}

test("SIGHUP while it starts, and while it ends, ends nothing: the policy is read once it has started", { timeout: 60_000 }, async () => {
  const { child, said, ended, answer } = await starting();
  child.kill("SIGHUP");
  await sleep(50);
  await writeFile(join(folder, "policy.json"), "{");
  answer();
  await until(() => said.err.includes("the policy stays as it was"));
  await until(() => said.err.includes("Control-C"));
  const [, port = ""] = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(said.err) ?? [];
  // A request that is on its way holds the end up.
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write("POST /querencia/decide HTTP/1.1\r\nhost: a\r\nauthorization: Bearer a-secret-of-the-tests-forty-characters!!\r\ncontent-type: application/json\r\ncontent-length: 18\r\n\r\n");
  await sleep(100);
  child.kill("SIGTERM");
  await sleep(100);
  child.kill("SIGHUP");
  await sleep(100);
  assert.equal(child.exitCode ?? child.signalCode, null);
  socket.destroy();
  assert.equal(await ended, 0);
  assert.equal(said.err.split("the policy stays as it was").length, 2, "who ends reads no policy");
});

test("SIGTERM while it starts ends it as soon as the database has answered", { timeout: 60_000 }, async () => {
  await writeFile(join(folder, "policy.json"), JSON.stringify({ querencia: 1, shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] }, campaigns: [], messages: {} }));
  const { child, said, ended, answer } = await starting();
  child.kill("SIGTERM");
  await sleep(100);
  answer();
  assert.equal(await ended, 0);
  assert.doesNotMatch(said.err, /listens on/);
});

test("a folder in which something else has the server's names is refused, with what to do", async () => {
  const policy = join(folder, "ok.json");
  await writeFile(policy, JSON.stringify({ querencia: 1, shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] }, campaigns: [], messages: {} }));
  for (const [name, isFolder, sentence] of /** @type {[string, boolean, RegExp][]} */ ([
    ["secret", true, /`.*secret` cannot be read \(EISDIR\); give the secret as QUERENCIA_SECRET or --secret-file/],
    ["lock", true, /`.*lock` is a folder, and must be a file of the server's own; delete it, or give another folder as --data/],
    ["database", false, /the database in `.*` cannot be opened \(`database` is a file, and must be a folder\)/],
  ])) {
    const data = join(folder, `with-${name}`);
    await mkdir(data);
    await (isFolder ? mkdir(join(data, name)) : writeFile(join(data, name), "x"));
    const error = await command([policy, "--port", "0", "--data", data], { out: () => {}, err: () => {} }).then(() => assert.fail(name), (error) => error);
    assert.match(error.message, sentence);
    assert.equal(error.exit, 2, name);
  }
});
