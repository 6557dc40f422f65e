// Many clients at once over one cap. What is counted is what was stored: never what a client believed.

import { record } from "./kit.js";

/** @typedef {import("../../js/server/store.d.ts").ServerStore} ServerStore */

export const CAP = 3;

/** Rounds of a race, few in the gate. @param {number} few @param {number} many */
export const rounds = (few, many) => Number(process.env.ROUNDS ?? (process.env.PROVE ? many : few));

/** Says one more to the customer of a part, if fewer than CAP were said. @param {ServerStore} store @param {string} part @param {string} id */
export const say = (store, part, id) =>
  store.transact((records) => {
    const isFree = records.length < CAP && !records.some((known) => known.id === id);
    return { put: isFree ? [record(id)] : [], result: isFree };
  }, part);

/**
 * All clients at once, round for round, each round about another customer.
 * @param {number} count of rounds
 * @param {((part: string, id: string) => Promise<boolean | number>)[]} clients
 * @param {(part: string) => Promise<number>} stored how many contacts the customer has in the end
 */
export async function race(count, clients, stored) {
  const outcome = { rounds: count, clients: clients.length, over: 0, under: 0, most: 0, untrue: 0 };
  for (let round = 0; round < count; round += 1) {
    const part = `customer ${round}`;
    const said = await Promise.all(clients.map((client, at) => client(part, `contact ${at}`)));
    const kept = await stored(part);
    if (kept > CAP) outcome.over += 1;
    if (kept < CAP) outcome.under += 1;
    if (kept !== said.filter(Boolean).length) outcome.untrue += 1;
    outcome.most = Math.max(outcome.most, kept);
  }
  return outcome;
}
