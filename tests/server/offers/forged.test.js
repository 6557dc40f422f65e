// What a browser claims never makes a code: made-up proposals with a customer's own token, beside what the server's facts give.

import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "../../../js/ledger/part.js";
import { signToken } from "../../../js/server/http/token.js";
import { memory } from "../../../js/server/store/memory.js";
import { dice } from "../../js/dice.js";
import { serverOf } from "../http.js";
import { ANA, DAY, GIFT, NOW, platform, policy } from "./shop.js";

const SECRET = "a-secret-of-the-tests-forty-characters!!";
const PROPOSALS = Number(process.env.PROPOSALS ?? (process.env.PROVE ? 100_000 : 2_000));
const EACH = 50;
/** What must have been answered, or the proposals were not what they are meant to be. */
const ANSWERS = ["/decide 200", "/decide 400", "/arm 200", "/arm 404", "/claim 200", "/claim 404", "/entitled 200", "/sync 200", "/ledger 200", "/ledger 409", "/facts 401", "/facts 403", "/redeem 403"];

const SHOP = policy(
  { gift: GIFT, back: { ...GIFT, percent: 15 }, next: { ...GIFT, percent: 5 }, news: { ...GIFT, percent: 4 }, few: { percent: 3, code: "FEW", validFor: "3d", budget: { max: 5, per: "month" } } },
  [
    { id: "birthday", kind: "birthday", offer: "gift", grace: "7d" },
    { id: "birthday-page", kind: "birthday", offer: "gift", channel: "onsite", placement: "home", grace: "7d" },
    { id: "come-back", kind: "winBack", offer: "back" },
    { id: "next", kind: "nextOffer", offer: "next", channel: "onsite", placement: "home" },
    { id: "news", kind: "announcement", offer: "news", channel: "onsite", placement: "home", repeat: "7d", audience: { "orders.count": { $gte: 3 } } },
    { id: "tenth", kind: "milestone", orders: 10, offer: "back", channel: "onsite", placement: "home" },
    { id: "few", kind: "announcement", offer: "few", channel: "onsite", placement: "home", audience: { "orders.count": { $gte: 3 } } },
  ],
);

/** What the shop told of each customer: one has a birthday today, one told it yesterday, one has bought, one has nothing. */
const FACTS = {
  ana: ANA,
  bea: { ...ANA, birthdaySince: NOW - DAY },
  eva: { since: "2025-01-01T00:00:00Z", consent: { email: true, onsite: true }, orders: [{ id: "o-1", at: NOW - 90 * DAY, total: 4000, paid: true, deliveredAt: NOW - 80 * DAY }] },
  lia: { consent: { onsite: true } },
};
const NAMES = Object.keys(FACTS);
const CAMPAIGNS = SHOP.campaigns.map(({ id }) => id);

/** What a claim names of a present. @param {any} present */
const only = ({ campaign, occurrence }) => ({ campaign, occurrence });

/** A shop with these customers, over HTTP. */
async function opened() {
  const { codes, issue } = platform();
  const store = memory({ clock: () => NOW });
  const { server, ask } = await serverOf({ policy: SHOP, store, issue, limits: { customer: { perSecond: 1e6, burst: 1e6 } } });
  for (const [id, facts] of Object.entries(FACTS)) await server.facts({ customer: { id, ...facts } });
  return { server, store, ask, codes };
}

/** All grants, by customer. @param {import("../../../js/server/store.d.ts").ServerStore} store */
async function granted(store) {
  const all = NAMES.map(async (id) => {
    const grants = await store.transact((_records, _wishes, _guests, _seen, kept) => ({ put: [], result: kept.grants }), partOf({ id }));
    return grants.filter(({ code, state }) => code !== undefined || state === "reserved").map(({ key }) => `${id} ${key}`);
  });
  return (await Promise.all(all)).flat().sort();
}

/** What the facts give at most: everything is decided about, and everything is claimed. */
async function honest() {
  const { server, store, codes } = await opened();
  for (const id of NAMES) {
    await server.decide(id, { channels: ["email", "onsite"] });
    for (const { campaign, occurrence } of await server.entitled(id)) await server.claim(id, { campaign, occurrence });
  }
  const grants = await granted(store);
  await server.close();
  return { grants, codes: codes.size };
}

test(`${PROPOSALS} made-up proposals of browsers make no code that the shop's own facts do not give`, { timeout: 7_200_000 }, async (t) => {
  const given = await honest();
  assert.ok(given.grants.length >= 1 && given.grants.every((grant) => grant.startsWith("ana ")), JSON.stringify(given.grants));
  const { below, pick } = dice(66);
  const tokens = Object.fromEntries(await Promise.all(NAMES.map(async (id) => [id, await signToken({ secret: SECRET, customer: id, now: NOW })])));
  const hex = () => Array.from({ length: 32 }, () => below(16).toString(16)).join("");
  const statuses = new Map();
  let answered = 0;
  for (let done = 0; done < PROPOSALS; done += EACH) {
    const { server, store, ask, codes } = await opened();
    const ids = /** @type {string[]} */ ([]);
    // A mail that the server reserved for Ana: its id may be known to others.
    if (below(2)) ids.push(...(await server.decide("ana")).contacts.map(({ id }) => id));
    const order = () => ({ id: pick(["o-1", "o-9", hex()]), at: NOW - below(200) * DAY, total: below(9) * 1000, paid: true, deliveredAt: NOW - below(100) * DAY });
    const record = () => ({
      id: pick([hex(), ...ids]),
      campaign: pick(CAMPAIGNS),
      class: "promotional",
      channel: pick(["onsite", "onsite", "email"]),
      placement: "home",
      at: NOW - below(pick([3, 400])) * DAY + below(2) * DAY,
      state: pick(["reserved", "armed", "delivered", "released", "failed"]),
      leaseUntil: NOW + DAY,
      occurrence: pick(["2026", "2025", "2027", "o-1", "10", "0", `${NOW - below(9) * DAY}`]),
      offer: pick(["gift", "back", "next", "news", "few"]),
    });
    const forged = () => below(3) === 0 ? { placements: ["home"] } : ({
      ...(below(2) && { event: { name: "purchase", at: NOW, order: order() } }),
      ...(below(3) === 0 && { customer: pick([...NAMES, { id: pick(NAMES), ...ANA }]) }),
      ...(below(3) === 0 && { shop: { issued: { few: 0, gift: 0 }, unanswered: 0 } }),
      ...(below(4) === 0 && { birthday: "--11-22", birthdaySince: 0, codes: { gift: { code: "MINE", contact: hex() }, next: "MINE" } }),
      ...(below(4) === 0 && { ledger: [record()], catalog: {}, now: NOW + below(400) * DAY }),
      ...(below(3) === 0 && { channels: [pick(["email", "onsite", "post"])] }),
      ...(below(3) === 0 && { zone: pick(["Pacific/Kiritimati", "Pacific/Niue", "Europe/Madrid"]) }),
      ...(below(3) === 0 && { placements: ["home"] }),
    });
    for (let turn = 0; turn < EACH; turn++) {
      const bearer = below(9) > 0 ? tokens[pick(NAMES)] : pick([`${tokens.eva.slice(0, -3)}AAA`, hex()]);
      const [method, path, body] = /** @type {[string, string, any]} */ (
        await pick([
          () => ["POST", "/decide", forged()],
          () => ["POST", "/claim", { campaign: pick(CAMPAIGNS), occurrence: pick(["2026", "2025", "2027", "o-1", "o-9", "10", "0", `${NOW}`]), ...(below(3) === 0 && { customer: pick(NAMES) }), ...(below(5) === 0 && { code: "MINE", offer: "gift" }) }],
          // Whatever the list has by now is claimed.
          async () => ["POST", "/claim", only(pick([{}, ...([(await ask("GET", "/entitled", { bearer })).json].flat())]))],
          () => ["POST", "/arm", { contact: pick([hex(), record(), ...ids]), ...(below(2) && { moment: forged() }), ...(below(3) === 0 && { customer: pick(NAMES) }) }],
          () => ["POST", "/sync", { records: [record(), record()], wishes: {}, ...(below(3) === 0 && forged()) }],
          () => ["POST", "/ledger", { version: pick([0, 1, "0"]), put: [record()] }],
          // With the version of what was just read.
          async () => ["POST", "/ledger", { version: (await ask("POST", "/ledger", { body: {}, bearer })).json?.version, put: [{ ...record(), channel: "onsite" }] }],
          () => ["POST", "/facts", { customer: { id: pick(NAMES), ...ANA, codes: { gift: "MINE" } } }],
          () => ["POST", "/facts", { specversion: "1.0", id: hex(), source: "/page", type: "querencia.order", subject: pick(NAMES), data: { order: order() } }],
          () => ["POST", "/redeem", { code: pick([...codes.values(), "MINE", "FEW"]), order: hex() }],
          () => ["GET", `/entitled${below(2) ? `?customer=${pick(NAMES)}` : ""}`, undefined],
          // A sync that stored whatever a page says of its own contacts.
          () => ["PUT", "", { ...record(), id: hex(), channel: "onsite" }],
        ])()
      );
      if (method === "PUT") {
        await store.transact(() => ({ put: [body], result: undefined }), partOf({ id: pick(NAMES) }));
        continue;
      }
      const { status, text } = await ask(method, path, { body, bearer });
      statuses.set(`${path.split("?")[0]} ${status}`, (statuses.get(`${path.split("?")[0]} ${status}`) ?? 0) + 1);
      assert.ok(status < 500, `${path} ${JSON.stringify(body)}: ${text}`);
      if (status === 200) answered++;
      if (bearer !== tokens.ana) for (const code of codes.values()) assert.equal(text.includes(code), false, `another's code in ${path}`);
    }
    const grants = await granted(store);
    for (const grant of grants) assert.ok(given.grants.includes(grant), `${grant} is not among ${given.grants.join(", ")}`);
    assert.ok(codes.size <= given.codes);
    await server.close();
  }
  assert.ok(answered > PROPOSALS / 20, `${answered}`);
  t.diagnostic(JSON.stringify({ proposals: PROPOSALS, answered, statuses: Object.fromEntries(statuses) }));
  const told = JSON.stringify([...statuses]);
  for (const answer of ANSWERS) assert.ok(statuses.has(answer), `${answer}: ${told}`);
});
