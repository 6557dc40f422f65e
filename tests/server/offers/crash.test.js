// The server is killed between every two steps of giving a code, and while the platform answers: never two codes, none lost.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { open } from "../../../js/server/open.js";
import { postgres } from "../../../js/server/store/postgres/index.js";
import { startPostgres } from "../postgres.js";
import { ANA, BIRTHDAY, GIFT, policy, told } from "./shop.js";

const ALL = Boolean(process.env.PROVE || process.env.KILLS);
const LIMIT = 400;

const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Madrid", month: "2-digit", day: "2-digit", year: "numeric" }).format(Date.now());
const CUSTOMER = { ...ANA, birthday: `--${today.slice(5)}` };
const SHOP = policy({ gift: GIFT }, [{ ...BIRTHDAY, lead: "2d", grace: "2d" }]);
const folder = mkdtempSync(join(tmpdir(), "querencia-crash-"));
/** @type {Awaited<ReturnType<typeof startPostgres>>} */
let database;
before(async () => {
  database = await startPostgres();
});
after(async () => {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A platform of its own process. @param {boolean} keeps whether the same key gets the same code */
async function platform(keeps) {
  const journal = join(folder, `journal-${keeps}`);
  writeFileSync(journal, "");
  const child = spawn(process.execPath, [new URL("platform.js", import.meta.url).pathname, journal, keeps ? "yes" : "no"], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  return { port: Number(port), stop: () => child.stdin.end(), codes: (/** @type {string} */ customer) => readFileSync(journal, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)).filter((one) => one.customer === customer).map(({ code }) => code) };
}

/** @param {any} options @returns {Promise<{ killed: boolean, steps?: number, answer?: any }>} */
async function crashing(options) {
  const child = spawn(process.execPath, [new URL("crashing.js", import.meta.url).pathname, JSON.stringify({ config: database.config, ...options })], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  const [, signal] = await once(child, "close");
  if (signal !== "SIGKILL") assert.notEqual(said, "", "the process ended with an error");
  return { killed: signal === "SIGKILL", ...(said && JSON.parse(said)) };
}

for (const how of ["decide", "claim"]) {
  test(`killed at every step of ${how === "claim" ? "a claim" : "a decision"}: one code, and it reaches the customer`, { timeout: 600_000 }, async (t) => {
    const { port, codes, stop } = await platform(true);
    try {
      const store = postgres(database.pool({ max: 4 }));
      const server = await open({
        policy: SHOP,
        store,
        issueLimit: LIMIT,
        issue: async ({ key, customer }) => (await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: JSON.stringify({ key, customer }) })).json(),
      });
      await store.now();
      await told(store, `${how}-whole`, CUSTOMER);
      const [present] = await server.entitled(`${how}-whole`);
      const whole = await crashing({ port, policy: SHOP, customer: `${how}-whole`, how, present, step: -1 });
      const count = /** @type {number} */ (whole.steps);
      assert.ok(count >= 8, `${count} steps`);
      const steps = [...Array(count).keys()].filter((step) => ALL || (how === "decide" && step % 5 === 3));
      for (const step of [...steps, "during"]) {
        const customer = `${how}-${step}`;
        await told(store, customer, CUSTOMER);
        const { killed } = await crashing({ port, policy: SHOP, customer, how, present, ...(step === "during" ? { step: -1, during: true } : { step }) });
        assert.ok(killed, `step ${step}`);
        assert.ok(codes(customer).length <= 1);
        // Another process goes on. Until the time limit of the one that died has passed it leaves the code to that.
        await server.issuePending();
        await new Promise((resolve) => setTimeout(resolve, LIMIT + 50));
        await server.issuePending();
        const asked = how === "claim" ? await server.claim(customer, present) : await server.decide(customer).then(() => server.entitled(customer)).then(([one]) => one);
        const [code, ...more] = codes(customer);
        assert.deepEqual(more, [], `step ${step}`);
        assert.equal(asked.code, code, `step ${step}`);
        assert.deepEqual(await store.pending({ limit: 9 }), []);
        // The contact, reserved by whoever died, is said with this code.
        if (how === "decide") {
          const [{ id }] = await store.transact((records) => ({ put: [], result: records }), (await import("../../../js/ledger/part.js")).partOf({ id: customer }));
          const armed = /** @type {any} */ (await server.arm(customer, id));
          assert.equal(armed.contact?.message.params["offer.code"].value, code, JSON.stringify(armed));
        }
      }
      t.diagnostic(`${how}: ${steps.length + 1} SIGKILLs, one code after each, lost 0`);
    } finally {
      stop();
    }
  });
}

test("a platform without keys is never asked twice; what was begun and not answered becomes a task", { timeout: 600_000 }, async (t) => {
  const { port, codes, stop } = await platform(false);
  try {
    const store = postgres(database.pool({ max: 4 }));
    const issue = async (/** @type {any} */ { key, customer }) => (await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: JSON.stringify({ key, customer }) })).json();
    const server = await open({ policy: SHOP, store, issueLimit: LIMIT, issueOnce: true, issue });
    const tasks = new Set();
    await told(store, "whole", CUSTOMER);
    const [present] = await server.entitled("whole");
    const { steps = 0 } = await crashing({ port, policy: SHOP, customer: "whole", how: "claim", present, once: true, step: -1 });
    for (const step of [...[...Array(steps).keys()].filter((step) => ALL), "during"]) {
      const customer = `once-${step}`;
      await told(store, customer, CUSTOMER);
      assert.ok((await crashing({ port, policy: SHOP, customer, how: "claim", present, once: true, ...(step === "during" ? { step: -1, during: true } : { step }) })).killed);
      await new Promise((resolve) => setTimeout(resolve, LIMIT + 50));
      for (const task of (await server.issuePending()).tasks) tasks.add(task.customer);
      const claimed = await server.claim(customer, present).catch(({ code }) => ({ code: undefined, refused: code }));
      assert.ok(codes(customer).length <= 1, `step ${step}`);
      if (claimed.code === undefined) assert.ok(tasks.has(customer) && /** @type {any} */ (claimed).refused === "code-pending", `step ${step}`);
      else assert.deepEqual(codes(customer), [claimed.code]);
    }
    assert.ok(tasks.has("once-during"));
    t.diagnostic(`a platform without keys: ${(ALL ? steps : 0) + 1} SIGKILLs, codes of a customer at most 1, tasks ${tasks.size}`);
  } finally {
    stop();
  }
});
