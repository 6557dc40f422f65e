// The programs that www/docs/server.md shows, run as they stand there: a PostgreSQL, a catcher of mail, a platform that tells of each paid order
// several times at once, and a checkout that uses the code of the mail.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startCatcher } from "./catcher.js";
import { startPostgres } from "./postgres.js";

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

/**
 * A shop's program, with a database in which the shop has its customers.
 * @param {string} file
 */
async function shop(file) {
  const database = await postgres.database();
  const pool = postgres.pool({ database, max: 2 });
  await pool.query("create table customers (id text primary key, email text not null)");
  await pool.query("create table orders (id text primary key)");
  for (const id of CUSTOMERS) await pool.query("insert into customers values ($1, $2)", [id, `${id}@example.com`]);
  const port = await freePort();
  const child = spawn(process.execPath, [new URL(file, FOLDER).pathname], {
    cwd: FOLDER,
    env: { ...process.env, DATABASE_URL: postgres.url.replace(/postgres$/, database), SMTP_URL: catcher.url, WEBHOOK_SECRET: SECRET, PORT: `${port}` },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => void (said += chunk));
  const url = `http://127.0.0.1:${port}`;
  /** @param {string} path @param {unknown} body @param {string} [secret] */
  const post = (path, body, secret = SECRET) =>
    fetch(url + path, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${secret}` }, body: JSON.stringify(body) });
  for (let isUp = false; !isUp; await sleep(50)) {
    assert.equal(child.exitCode, null, `${file} ended: ${said}`);
    isUp = await fetch(url).then(() => true, () => false);
  }
  return {
    post,
    pool,
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      await pool.end();
      return said;
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
    const running = await shop(file);
    try {
      const { post, pool } = running;
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
      assert.equal((await post(checkout, { code: "7K2M-9QXD-40TB-ZC3H", order: "B-9" })).status, 404);
      const { rows } = await pool.query("select id from orders");
      if (file === "fastify.js") assert.equal(rows.length, 1, "an order whose code was refused is not stored");
    } finally {
      await running.stop();
    }
  });
}
