// A worker that decides, and one that keeps a shop, without a page.

import { load } from "/dist/index.js";
import { open } from "/dist/shop.js";

onmessage = async ({ data: { policy, request } }) => {
  const engine = await load(policy);
  const shop = await open({ policy: engine, clock: () => request.now });
  const { contacts } = await shop.track("purchase", request.event);
  postMessage({ decision: engine.decide(request), kind: shop.ledger.kind, reserved: contacts.length });
};
