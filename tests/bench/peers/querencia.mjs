// This package. It decides all of it, and says of each campaign held back every reason and when to ask again. A handle keeps customer
// and ledger, so a decision brings the moment alone; one shot reads them each time, as the peers do.

import { campaigns, policy, requests } from "./workload.mjs";

/** What peers tell too: the campaigns that speak, and the first reason of each other. @param {any} decision */
function told({ contacts, refused }) {
  return {
    contacts: contacts.map((/** @type {any} */ { campaign }) => campaign),
    // null with `explain: false`
    refused: refused && campaigns.map(({ id }) => refused.find((/** @type {any} */ { campaign }) => campaign === id)?.code ?? null),
  };
}

/** `refused` is built when it is read: who is told every reason reads it. @param {any} decision */
const read = (decision) => {
  decision.refused;
  return decision;
};

/** Decisions of kept customers. @param {(moment: object) => object} moment */
const kept = (moment) => async (/** @type {import("./index.mjs").Host} */ { load }) => {
  const engine = await load(policy);
  const handles = requests.map(({ customer, ledger }) => engine.customer(customer, ledger));
  const moments = requests.map(({ now, zone, zones, event }) => moment({ now, zone, zones, event }));
  return { decide: (/** @type {number} */ index) => read(handles[index].decide(/** @type {any} */ (moments[index]))), told };
};

/** @type {import("./index.mjs").Peer[]} */
export const peers = [
  { name: "querencia, a handle", does: "all of it, with every reason and `retryAt`", open: kept((moment) => moment) },
  {
    name: "querencia, a handle, `explain: false`",
    does: "all of it, without reasons",
    open: kept((moment) => ({ ...moment, explain: false })),
  },
  {
    name: "querencia, a handle, `explain: false, nextAt: false`",
    does: "all of it, without reasons and without the time to ask again",
    open: kept((moment) => ({ ...moment, explain: false, nextAt: false })),
  },
  {
    name: "querencia, one shot",
    does: "all of it, with every reason and `retryAt`",
    async open({ load }) {
      const engine = await load(policy);
      return { decide: (index) => read(engine.decide(/** @type {any} */ (requests[index]))), told };
    },
  },
];
