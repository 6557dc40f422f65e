// A shop for the tests of the server: a policy that thanks by mail, and a clock that stands still.

import { memory, open } from "querencia/server";

export const DAY = 86_400_000;
export const START = Date.UTC(2026, 5, 10, 9);

/** @returns {any} a policy that thanks for each order and announces */
export const policy = () => ({
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] },
  limits: [{ id: "week", max: 3, per: "7d" }],
  care: { backlogBrake: 5, fatigueBrake: 30 },
  campaigns: [
    { id: "thanks", kind: "thankYou", class: "relational", channel: "email", message: "thanks" },
    { id: "news", kind: "announcement", class: "promotional", channel: "email", from: "2026-06-01", until: "2026-06-30", message: "news" },
    { id: "hello", kind: "announcement", class: "promotional", channel: "onsite", placement: "home", from: "2026-06-01", until: "2026-06-30", message: "news" },
  ],
  messages: { thanks: { en: [{ title: "Thank you", body: "For your order." }] }, news: { en: [{ title: "News", body: "There is news." }] } },
});

/**
 * @param {Partial<import("../../js/server/index.d.ts").Options>} [options]
 */
export async function shop(options) {
  const clock = { now: START };
  const store = memory({ clock: () => clock.now });
  const server = await open({ policy: policy(), store, ...options });
  let count = 0;
  return {
    clock,
    store: options?.store ?? store,
    server,
    /** An event of a CloudEvent. @param {string} type @param {object} data @param {any} [more] @returns {any} */
    event: (type, data, more) => ({ specversion: "1.0", type: `querencia.${type}`, source: "/shop", id: `e${++count}`, subject: "ana", time: new Date(clock.now).toISOString(), data, ...more }),
    /** What is kept of a customer. @param {string} [customer] @returns {Promise<any>} */
    kept: async (customer = "ana") => {
      const { partOf } = await import("../../js/ledger/part.js");
      return (options?.store ?? store).transact((records, wishes, guests, seen, kept) => ({ put: [], result: { records, wishes, facts: kept.facts ?? {}, live: kept.live } }), partOf({ id: customer }));
    },
  };
}
