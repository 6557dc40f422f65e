// What a decision takes of the main thread of Chromium, by the size of the ledger: `node tests/bench/ledger.mjs [folder of another dist]`.
//
// A page that opens reads its ledger once; what it decides later reads what changed. Chromium knows the processor time of the thread, which
// other programs do not add to. The ledger is of 20 campaigns over 17 months, so that the policy still reads a part of it.

import { launch } from "../chromium.js";
import { serve } from "../server.js";

const SIZES = [100, 1_000, 5_000];
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const DAY = 86_400_000;

const ids = Array.from({ length: 20 }, (_, index) => `c${index}`);
const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] },
  limits: [{ id: "week", max: 3, per: "7d" }, { id: "sales", max: 4, per: "30d", class: "promotional" }],
  calm: { backOff: { ignored: 3, for: "30d" } },
  campaigns: ids.map((id, index) => ({ id, kind: "announcement", class: index % 2 ? "promotional" : "relational", channel: "onsite", placement: id, message: "m", repeat: "30d" })),
  messages: { m: { en: [{ body: "Hello" }] } },
};

/** @param {number} size @param {number} now */
const ledgerOf = (size, now) =>
  Array.from({ length: size }, (_, index) => ({
    id: ((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(32, "0"),
    campaign: ids[index % ids.length],
    class: index % 2 ? "promotional" : "relational",
    channel: "onsite",
    placement: ids[index % ids.length],
    at: now - 8 * DAY - Math.floor((index / size) * 500 * DAY),
    state: "delivered",
    occurrence: String(index),
    variant: 0,
    policy: "a".repeat(64),
    leaseUntil: now - 7 * DAY,
  }));

/** @param {string} [dist] */
async function measure(dist) {
  const browser = await launch();
  const server = await serve({ roots: { "/": "tests/e2e/pages", ...(dist && { "/dist/": dist }) } });
  const rows = [];
  for (const size of SIZES) {
    const now = Date.now();
    const context = await browser.newContext();
    const opening = [];
    const first = [];
    const later = [];
    const held = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      const clock = async () => 1000 * ((await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
      await page.goto(`${server.url}/blank.html`);
      await page.evaluate(
        async ([policy, ledger]) => {
          const { open, indexedDB } = await import("/dist/shop.js");
          const { load } = await import("/dist/index.js");
          const store = indexedDB();
          const known = (await store.all()).length;
          for (let from = known; from < ledger.length; from += 500) await store.transact(() => ({ put: ledger.slice(from, from + 500), result: 0 }));
          store.close();
          Object.assign(globalThis, { engine: await load(policy), open });
          // the engine's code is compiled
          globalThis.engine.customer({}, ledger.slice(0, 50)).free();
        },
        /** @type {any} */ ([policy, round ? [] : ledgerOf(size, now)]),
      );
      // what was written is on the disk, and what is no longer read is deleted
      await page.waitForTimeout(500);
      const took = async (/** @type {() => Promise<any>} */ run) => {
        const before = await clock();
        await page.evaluate(run);
        return (await clock()) - before;
      };
      opening.push(await took(async () => (globalThis.shop = await globalThis.open({ policy: globalThis.engine }))));
      first.push(await took(() => globalThis.shop.decide().then(() => 0)));
      await page.waitForTimeout(300);
      await took(() => globalThis.shop.decide().then(() => 0));
      for (let again = 0; again < 5; again++) later.push(await took(() => globalThis.shop.decide().then(() => 0)));
      held.push(await page.evaluate(() => globalThis.shop.ledger.all().then((/** @type {any[]} */ all) => all.length)));
      await page.close();
    }
    const median = (/** @type {number[]} */ times) => times.sort((a, b) => a - b)[times.length >> 1];
    // the first page is that which prunes
    rows.push({ size, held: held[held.length - 1], opening: opening[0], first: first[0], laterPages: median(opening.slice(1)) + median(first.slice(1)), decision: median(later) });
    await context.close();
  }
  await browser.close();
  await server.close();
  return rows;
}

const figure = (/** @type {number} */ ms) => ms.toFixed(1).padStart(8);
for (const [what, dist] of /** @type {[string, string | undefined][]} */ ([...(process.argv[2] ? [["before", process.argv[2]]] : []), ["now", undefined]])) {
  console.log(`${what}: milliseconds of the main thread\nrecords  kept later  opening  first decision  opening and first, next pages  each later decision`);
  for (const { size, held, opening, first, laterPages, decision } of await measure(dist)) {
    console.log(`${String(size).padStart(7)}  ${String(held).padStart(10)} ${figure(opening)} ${figure(first)}        ${figure(laterPages)}                      ${figure(decision)}`);
  }
}
