// What the types must refuse: each line below @ts-expect-error is an error, or this file is one.

import { type Claim, type Claims, type Decision, type LedgerRecord, PolicyError, RequestError, load, render } from "querencia";
import { type Shop, type Store, ga4, indexedDB, memory, open } from "querencia/shop";
import { QuerenciaMessage, setWords } from "querencia/element";

const shop = { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["es-ES"] };
const empty = { querencia: 1 as const, shop, campaigns: [], messages: {} };

// What must be accepted.
const engine = await load(empty);
await load(JSON.stringify(empty));
const decision: Decision = engine.decide({
  now: "2026-11-22T10:00:00Z",
  customer: { id: "ana", birthday: "--02-29" },
  ledger: [],
});
const [contact] = decision.contacts;
const texts: { title: string | null; body: string; signer: string | null } = render(contact, { zone: "Europe/Madrid" });
const hash: string = engine.policyHash;
using ana = engine.customer({ id: "ana" }, []);
ana.record(contact);
ana.update({ cart: { total: 500 } });
const opened: Shop = await open({
  policy: engine,
  ledger: memory(),
  platform: ga4({ currency: "EUR", value: "total" }),
  shop: { unanswered: 3, issued: {} },
  ledgerRecords: [{ id: "a", campaign: "c", class: "relational", channel: "email", at: 0, state: "delivered" }],
  consent: () => ({ email: true }),
});
const tracked: Decision = await opened.track("purchase", { order: { id: "o1", total: 500 } });
const count: number = await opened.ledger.transact((records) => ({ put: [], result: records.length }));
const own: number = await opened.ledger.transact((records, wishes, guests) => ({ put: [], wish: guests, result: records.length }), "");
const link: string | undefined = render(contact).action?.to ?? render(contact).image?.alt;
const again: Decision = await opened.wish({ avoid: ["email"], lessOften: null });
const gap: string = (await opened.wishes()).lessOften ?? "none";
await open({ policy: engine, zone: "Atlantic/Canary", customer: { id: "ana", zone: "Europe/Madrid" } });
await opened.react(contact.id, "clicked");
const topics: readonly string[] = engine.topics;
await document.querySelector("querencia-message")?.preferences();
document.addEventListener("querencia:wish", ({ detail }) => opened.wish(detail));
document.addEventListener("querencia:preferences", ({ detail }) => detail.answer?.then(({ own }) => own.avoid));
await document.querySelector("querencia-message")?.show(contact);
setWords({ ca: { why: "Per què ho veig?", "where.email": "per correu" } });
document.addEventListener("querencia:ready", ({ detail }) => detail.shop.decide());
document.addEventListener("querencia:reaction", ({ detail }) => detail.reaction.length);
export { texts, hash, tracked, count, own, link, again, gap, topics };

for await (const { contacts, errors, nextAt, words } of engine.batch([{ customer: { id: "ana" } }], { now: 0, workers: 2, explain: true })) {
  const campaign: string | null = words[contacts.campaign[0]];
  const body: string = render({ message: contacts.message[0] }).body;
  const numbers: Float64Array[] = [nextAt, contacts.at, contacts.expiresAt];
  const path: string[] = errors.path;
  const urgent: Uint8Array = contacts.urgent;
  for (const _ of [campaign, body, numbers, path, urgent]);
}
engine.batch({ customer: [{ id: "ana" }], now: Float64Array.of(0) }, { size: 10, signal: AbortSignal.timeout(10) });
// @ts-expect-error no field of a request
engine.batch([{ nwo: 0 }]);
// @ts-expect-error no column
engine.batch({ customer: { id: "ana" } }, {});
// @ts-expect-error no option
engine.batch([], { worker: 2 });

const may: Claims = engine.claims({ now: 0, sku: "jug", catalog: { products: [{ sku: "jug", price: 900 }] } });
export const allowed: Claim[] = may.allowed;

// What must not.

// @ts-expect-error version 2 does not exist
await load({ ...empty, querencia: 2 });
// @ts-expect-error a kind that does not exist
await load({ ...empty, campaigns: [{ id: "a", kind: "thankyou", channel: "onsite", placement: "p", message: "m" }] });
// @ts-expect-error a number is no policy
await load(1);
// @ts-expect-error `now` is missing
engine.decide({});
// @ts-expect-error a misspelt field
engine.decide({ now: 0, custommer: {} });
// @ts-expect-error a price is a number
engine.claims({ now: 0, product: { sku: "jug", price: "9.00" } });
// @ts-expect-error a claim nobody can prove
engine.claims({ now: 0, sku: "jug", claims: [{ best: true }] });
// @ts-expect-error an order is an object
engine.decide({ now: 0, customer: { orders: ["o1"] } });
// @ts-expect-error a decision of one shot has its customer in the request
engine.decide({ now: 0 }, { id: "ana" });
// @ts-expect-error the customer is inside the handle
ana.decide({ now: 0, customer: {} });
// @ts-expect-error a state that does not exist
ana.record({ id: "a", campaign: "c", class: "relational", channel: "onsite", at: 0, state: "seen" });
// @ts-expect-error text is no contact
render("hello");
// @ts-expect-error the hash is not to be written
engine.policyHash = "";
// @ts-expect-error a shop needs a policy
await open({});
// @ts-expect-error consent is by channel
await open({ policy: engine, consent: { pigeon: true } });
// @ts-expect-error a clock gives a number
await open({ policy: engine, clock: () => new Date() });
// @ts-expect-error what `value` is, is said in one word
ga4({ value: "gross" });
// @ts-expect-error records are a list
await open({ policy: engine, ledgerRecords: {} });
// @ts-expect-error a part has a name
await memory().transact(() => ({ put: [], result: 0 }), 5);
// @ts-expect-error an order has an id
await opened.track("purchase", { order: { total: 500 } });
// @ts-expect-error work is synchronous
await memory().transact(async (records: LedgerRecord[]) => ({ put: records, result: 0 }));
// @ts-expect-error a store says whether its cap is hard
const store: Store = { kind: "mine", transact: indexedDB().transact, all: indexedDB().all, close() {} };
// @ts-expect-error a channel that does not exist
await opened.wish({ avoid: ["pigeon"] });
// @ts-expect-error a reaction that does not exist
await opened.react("c1", "frowned");
// @ts-expect-error a placement is text
new QuerenciaMessage().placement = 5;
// @ts-expect-error the element has no such word
setWords({ ca: { becuase: "Per què?" } });
// @ts-expect-error a word is text
setWords({ ca: { why: 5 } });
// @ts-expect-error errors have a code, no number
new PolicyError([]).code.toFixed();
// @ts-expect-error problems have no severity
new RequestError([]).problems[0].severity;
export { store };
