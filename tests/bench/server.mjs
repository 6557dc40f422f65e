// What the shop's server does in a second, over a store in memory and over a PostgreSQL of its own, for 50,000 customers:
//
//     node tests/bench/server.mjs [customers] [memory | postgres]
//
// It measures this machine at this moment, so nothing fails because of a time. `--expose-gc` makes the memory exact.

import { cpus } from "node:os";
import { memory, open, postgres } from "querencia/server";
import { startPostgres } from "../server/postgres.js";

const CUSTOMERS = Number(process.argv[2] ?? 50_000);
const STORE = process.argv[3];
/** Decisions of single customers, as webhooks ask for. */
const DECISIONS = Math.min(5000, CUSTOMERS);
const ONCE = 16;
const DAY = 86_400_000;

const policy = /** @type {any} */ ({
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["es-ES", "en"], signer: "Lola" },
  limits: [{ id: "week", max: 2, per: "7d" }, { id: "month", max: 4, per: "30d" }],
  phases: { settle: "7d" },
  campaigns: [
    { id: "thanks", kind: "thankYou", channel: "email", message: "thanks" },
    { id: "birthday", kind: "birthday", channel: "email", message: "birthday" },
    { id: "win-back", kind: "winBack", channel: "email", message: "news" },
    { id: "news", kind: "announcement", channel: "email", repeat: "30d", message: "news" },
  ],
  messages: {
    thanks: { "es-ES": [{ title: "Gracias", body: "Tu pedido {order.id} está en camino." }], en: [{ title: "Thank you", body: "Your order {order.id} is on its way." }] },
    birthday: { "es-ES": [{ body: "¡Felicidades!" }], en: [{ body: "Happy birthday!" }] },
    news: { "es-ES": [{ body: "Ha llegado la naranja." }], en: [{ body: "The oranges are here." }] },
  },
});

const id = (/** @type {number} */ i) => `c-${String(i).padStart(6, "0")}`;

/** A customer with three orders and a birthday. @param {number} i @param {number} now */
const customer = (i, now) => ({
  id: id(i),
  consent: { email: i % 10 !== 0 },
  locale: i % 3 ? "es-ES" : "en",
  birthday: `--${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`,
  orders: [5, 40, 200].map((days, n) => ({ id: `o-${i}-${n}`, at: now - ((i % 90) + days) * DAY, total: 2000 + (i % 50) * 100, deliveredAt: now - ((i % 90) + days - 3) * DAY })),
});

const rss = () => (globalThis.gc?.(), Math.round(process.memoryUsage().rss / 2 ** 20));
const rate = (/** @type {number} */ count, /** @type {number} */ ms) => `${Math.round((count / ms) * 1000).toLocaleString("en")} a second`;

/** @param {number} count @param {(i: number) => Promise<unknown>} work @param {number} [once] */
async function timed(count, work, once = ONCE) {
  const begin = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: once }, async () => {
    while (next < count) await work(next++);
  }));
  return performance.now() - begin;
}

/** @param {string} name @param {any} store */
async function measure(name, store) {
  const server = await open({ policy, store });
  const now = await store.now();
  const before = rss();
  const told = await timed(CUSTOMERS, (i) => server.facts({ customer: customer(i, now) }));
  console.log(`${name}: facts of ${CUSTOMERS.toLocaleString("en")} customers, ${rate(CUSTOMERS, told)}`);

  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss / 2 ** 20)), 100);
  const begin = performance.now();
  const atStart = rss();
  const report = await server.nightly({ concurrency: ONCE });
  const ms = performance.now() - begin;
  clearInterval(watch);
  console.log(`${name}: nightly, ${rate(report.customers, ms)}; ${report.contacts.toLocaleString("en")} reserved; ${atStart} MB before, ${Math.round(most)} MB at most`);
  console.log(`  refused: ${Object.entries(report.refused).map(([code, count]) => `${code} ${count}`).join(", ")}`);

  const decided = await timed(DECISIONS, (i) => server.decide(id(i), { event: { name: "purchase", order: { id: `p-${i}`, total: 4000 } } }));
  console.log(`${name}: decide and reserve, ${rate(DECISIONS, decided)}, ${ONCE} at once`);

  let sent = 0;
  const first = performance.now();
  const stop = new AbortController();
  const { done } = server.deliver({ channel: "email", concurrency: ONCE, once: true, signal: stop.signal, send: () => void (++sent === DECISIONS && stop.abort()) });
  const counts = await done;
  console.log(`${name}: arm, send and note, ${rate(counts.delivered, performance.now() - first)}; ${before} MB before it began, ${rss()} MB now`);
  await server.close();
}

console.log(`${CUSTOMERS.toLocaleString("en")} customers, ${cpus().length} cores, Node ${process.versions.node}`);
if (STORE !== "postgres") await measure("memory", memory());
if (STORE !== "memory") {
  const server = await startPostgres({ settings: {} });
  try {
    await measure("PostgreSQL", postgres(server.pool({ max: ONCE })));
  } finally {
    await server.stop();
  }
}
