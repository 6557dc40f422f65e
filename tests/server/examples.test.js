// The programs that www/docs/server.md shows, run as they stand there: a PostgreSQL, a catcher of mail, a platform that tells of each paid order
// several times at once, and a checkout that uses the code of the mail.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startCatcher } from "./catcher.js";
import { startPostgres } from "./postgres.js";

const page = await readFile("www/docs/server.md", "utf8");
const FOLDER = new URL("examples/", import.meta.url);
const CUSTOMERS = ["ana", "luis", "eva"];
/** Of each order the platform tells so many times. */
const WEBHOOKS = 6;
const SECRET = "a-secret-of-the-shop-for-its-webhooks";

/** @type {Awaited<ReturnType<typeof startPostgres>>} */
let postgres;
/** @type {Awaited<ReturnType<typeof startCatcher>>} */
let catcher;
before(async () => {
  [postgres, catcher] = await Promise.all([startPostgres(), startCatcher()]);
});
after(async () => {
  await Promise.all([postgres?.stop(), catcher?.stop()]);
});

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  return port;
}

/** @param {string} file @param {string} database @param {NodeJS.ProcessEnv} env */
function start(file, database, env) {
  const child = spawn(process.execPath, [new URL(file, FOLDER).pathname], {
    cwd: FOLDER,
    env: { ...process.env, DATABASE_URL: postgres.url.replace(/postgres$/, database), SMTP_URL: catcher.url, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const running = { child, said: "", wrote: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk) => void (running.wrote += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk) => void (running.said += chunk));
  return running;
}

/** One that does not end is made to. @param {ReturnType<typeof start>} running */
async function ended({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await once(child, "close");
  clearTimeout(timer);
}

/**
 * A shop's program, with a database in which the shop has its customers.
 * @param {string} file
 */
async function shop(file) {
  const database = await postgres.database();
  const pool = postgres.pool({ database, max: 2 });
  await pool.query(/```sql\n([^]*?)```/.exec(page)?.[1] ?? "");
  for (const id of CUSTOMERS.slice(1)) await pool.query("insert into customers values ($1, $2)", [id, `${id}@example.com`]);
  const port = await freePort();
  const running = start(file, database, { WEBHOOK_SECRET: SECRET, PORT: `${port}` });
  const { child } = running;
  const url = `http://127.0.0.1:${port}`;
  /** @param {string} path @param {unknown} body @param {string} [secret] */
  const post = (path, body, secret = SECRET) =>
    fetch(url + path, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${secret}` }, body: JSON.stringify(body) });
  for (let isUp = false; !isUp; await sleep(50)) {
    assert.equal(child.exitCode, null, `${file} ended: ${running.said}`);
    isUp = await fetch(url).then(() => true, () => false);
  }
  return {
    post,
    pool,
    database,
    running,
    async stop() {
      child.kill();
      await ended(running);
      await pool.end();
    },
  };
}

const framework = {
  webhook: "/webhooks/order-paid",
  checkout: "/checkout",
  told: (/** @type {{ id: string }} */ customer, /** @type {{ id: string }} */ order) => /** @type {unknown} */ ({ customer, order }),
};

/** How each program hears of a paid order, and where its checkout is. */
const PROGRAMS = {
  "express.js": framework,
  "fastify.js": framework,
  "node.js": {
    webhook: "/querencia/facts",
    checkout: "/querencia/redeem",
    told: (/** @type {{ id: string }} */ customer, /** @type {{ id: string }} */ order) => [
      { customer },
      { specversion: "1.0", type: "querencia.event", source: "shop", id: `paid-${order.id}`, subject: customer.id, data: { name: "purchase", order } },
    ],
  },
};

for (const [file, { webhook, checkout, told }] of Object.entries(PROGRAMS)) {
  test(`${file}: two mails for each first order, however often the platform tells of it, and a code that works once`, async () => {
    catcher.mails.length = 0;
    const { post, pool, stop } = await shop(file);
    try {
      assert.equal((await post(webhook, {}, "a guess")).status, 401);
      const orders = CUSTOMERS.map((id) => ({ customer: { id, consent: { email: true } }, order: { id: `A-${id}`, at: Date.now(), total: 2490, paid: true } }));
      const answers = await Promise.all(Array.from({ length: WEBHOOKS }, () => orders).flat().map(({ customer, order }) => post(webhook, told(customer, order))));
      assert.deepEqual([...new Set(answers.map(({ ok }) => ok))], [true]);
      // Nothing waits and nothing is in hand: whatever would be sent twice has been.
      const states = async () => (await pool.query("select state, count(*)::int as count from querencia_records group by state")).rows;
      for (let left = 200; left > 0 && JSON.stringify(await states()) !== '[{"state":"delivered","count":6}]'; left--) await sleep(50);
      assert.deepEqual(await states(), [{ state: "delivered", count: 2 * CUSTOMERS.length }]);
      const mails = catcher.mails.map(({ to, subject }) => `${to} ${subject}`).sort();
      assert.deepEqual(mails, CUSTOMERS.flatMap((id) => [`${id}@example.com For your second order`, `${id}@example.com Thank you`]).sort());
      assert.equal(new Set(catcher.mails.map(({ id }) => id)).size, mails.length, "each has its contact's id as its Message-ID");

      const codes = catcher.mails.flatMap(({ text }) => /off with (\S+),/.exec(text)?.[1] ?? []);
      assert.equal(new Set(codes).size, CUSTOMERS.length, `${codes}`);
      const [code] = codes;
      const used = await Promise.all(["B-1", "B-2", "B-3", "B-4"].map((order) => post(checkout, { code, order })));
      assert.deepEqual(used.map(({ status }) => status).sort(), [200, 409, 409, 409]);
      assert.equal(/** @type {any} */ (await used.find(({ ok }) => ok)?.json()).offer, "second-10");
      const refused = await used.find(({ status }) => status === 409)?.text();
      assert.match(refused ?? "", /"code": ?"already-redeemed"/, "in JSON, and not as a page with a stack");
      assert.equal((await post(checkout, { code: "7K2M-9QXD-40TB-ZC3H", order: "B-9" })).status, 404);
      const { rows } = await pool.query("select id from orders");
      if (file === "fastify.js") assert.equal(rows.length, 1, "an order whose code was refused is not stored");
    } finally {
      await stop();
    }
  });
}

for (const [file, { webhook, told }] of Object.entries(PROGRAMS)) {
  test(`${file}: without the webhook's secret it does not begin`, async () => {
    const running = start(file, await postgres.database(), { WEBHOOK_SECRET: "", PORT: "0" });
    await ended(running);
    assert.equal(running.child.exitCode, 1);
    assert.match(running.said, /WEBHOOK_SECRET is not set/);
  });

  test(`${file}: a mail without an address is told of, and one in hand is finished before the program ends`, async () => {
    catcher.mails.length = 0;
    const { post, pool, running, stop } = await shop(file);
    const tell = (/** @type {string} */ id) => post(webhook, told({ id }, /** @type {any} */ ({ id: `A-${id}`, at: Date.now(), total: 2490, paid: true })));
    const states = async () => (await pool.query("select state, count(*)::int as count from querencia_records group by state order by state")).rows;
    try {
      assert.ok((await tell("nobody")).ok);
      for (let left = 200; left > 0 && !/no address/.test(running.said); left--) await sleep(50);
      assert.match(running.said, /^\S+ no address$/m);
      for (let left = 20; left > 0 && (await states())[0].state !== "failed"; left--) await sleep(50);
      assert.deepEqual(await states(), [{ state: "failed", count: 1 }], "it certainly was not sent, and may be tried again");

      catcher.pause = 1000;
      assert.ok((await tell("ana")).ok);
      for (let left = 200; left > 0 && catcher.mails.length === 0; left--) await sleep(10);
      assert.equal(catcher.mails.length, 1);
      assert.deepEqual((await states())[0], { state: "armed", count: 1 });
      running.child.kill("SIGTERM");
      await ended(running);
      assert.equal(running.child.exitCode, 0);
      assert.deepEqual(await states(), [{ state: "delivered", count: 1 }, { state: "failed", count: 1 }]);
    } finally {
      catcher.pause = 0;
      await stop();
    }
  });
}

test("the page's `curl` tells of an order, with and without consent, and its made-up code is refused", async () => {
  catcher.mails.length = 0;
  const { post, stop } = await shop("express.js");
  try {
    const curls = [...page.replace("'$(date -u +%FT%TZ)'", new Date().toISOString()).matchAll(/-d '(\{[^']*\})' http:\/\/127\.0\.0\.1:3000(\S+)/g)].map(([, json, path]) => ({ path, body: JSON.parse(json) }));
    assert.deepEqual(curls.map(({ path }) => path), ["/webhooks/order-paid", "/checkout"]);
    const [webhook, checkout] = curls;
    assert.ok((await post(webhook.path, webhook.body)).ok);
    assert.ok((await post(webhook.path, { customer: { id: "eva" }, order: { ...webhook.body.order, id: "A-18" } })).ok);
    for (let left = 100; left > 0 && catcher.mails.length < 3; left--) await sleep(50);
    await sleep(500);
    assert.deepEqual(catcher.mails.map(({ to, subject }) => `${to} ${subject}`).sort(), ["ana@example.com For your second order", "ana@example.com Thank you", "eva@example.com Thank you"]);
    const refused = await post(checkout.path, checkout.body);
    assert.deepEqual([refused.status, await refused.json()], [404, { code: "unknown-code" }]);
  } finally {
    await stop();
  }
});

test("nightly.js: a round over all customers, which the shop's worker sends", async () => {
  catcher.mails.length = 0;
  const { post, database, stop } = await shop("node.js");
  try {
    const orders = [{ id: "A-17", at: Date.now(), total: 2490, paid: true }];
    assert.ok((await post("/querencia/facts", { customer: { id: "ana", consent: { email: true }, orders } })).ok);
    const round = start("nightly.js", database, {});
    await ended(round);
    assert.equal(round.child.exitCode, 0, round.said);
    assert.deepEqual(JSON.parse(round.wrote).reserved, { second: 1, thanks: 1 });
    for (let left = 100; left > 0 && catcher.mails.length < 2; left--) await sleep(50);
    assert.deepEqual(catcher.mails.map(({ subject }) => subject).sort(), ["For your second order", "Thank you"]);
  } finally {
    await stop();
  }
});
