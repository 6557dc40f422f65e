// GrowthBook with a feature for each campaign, whose rule has the audience as it is: its conditions are MongoDB's too. It decides the
// audiences; the rest is written by hand. `GrowthBookClient` is its class for many users in one process.

import { GrowthBookClient } from "@growthbook/growthbook";
import { arbitrate, nestedFactsOf } from "./byhand.mjs";
import { campaigns, requests } from "./workload.mjs";

/** @type {import("./index.mjs").Peer[]} */
export const peers = [
  {
    name: "GrowthBook",
    does: "audiences",
    async open() {
      const features = Object.fromEntries(
        campaigns.map(({ id, audience }) => [id, { defaultValue: false, rules: [{ condition: audience, force: true }] }]),
      );
      const client = new GrowthBookClient().initSync({ payload: { features } });
      return {
        decide(index) {
          const attributes = nestedFactsOf(requests[index]);
          const user = client.createScopedInstance({ attributes });
          return arbitrate(requests[index], attributes.tier, campaigns.map(({ id }) => user.isOn(id)));
        },
      };
    },
  },
];
