// A visit, over the built package: what is decided, reserved, armed and shown, and in which order.

import { load } from "querencia";
import { memory, open } from "querencia/shop";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const MINUTE = 60_000;

/** @type {any} */
const policy = {
  querencia: 1,
  shop: {
    name: "Casa Lola",
    currency: "EUR",
    country: "ES",
    zone: "Europe/Madrid",
    locales: ["es-ES", "en"],
    signer: "Lola",
  },
  campaigns: [
    { id: "thanks", kind: "thankYou", channel: "onsite", placement: "thank-you", message: "thanks" },
    {
      id: "bulk",
      kind: "announcement",
      channel: "onsite",
      placement: "cart",
      message: "bulk",
      audience: { "cart.count": { $gte: 3 } },
    },
    { id: "letter", kind: "announcement", class: "relational", channel: "email", message: "bulk", event: "sign_up" },
  ],
  messages: {
    thanks: {
      "es-ES": [{ title: "Gracias", body: "Tu pedido está en camino" }],
      en: [{ title: "Thank you", body: "Your order is on its way" }],
    },
    bulk: { "es-ES": [{ body: "Mucho" }], en: [{ body: "A lot" }] },
  },
};

const order = { id: "o1", total: 500, items: [{ sku: "jug", quantity: 1, price: 500 }] };
const items = [{ sku: "jug", quantity: 3, price: 500 }];

/** A document as far as the shop knows one. */
class Page extends EventTarget {
  /** @type {any[]} */
  told = [];
  constructor() {
    super();
    for (const name of ["ready", "decision", "contact", "reaction"]) {
      this.addEventListener(`querencia:${name}`, (event) =>
        this.told.push([name, /** @type {CustomEvent} */ (event).detail]),
      );
    }
  }
  names() {
    return this.told.map(([name]) => name);
  }
}

/** An element as far as the shop knows one. */
class Place extends EventTarget {
  isConnected = true;
  /** @type {any[]} */
  shown = [];
  constructor(/** @type {Page} */ page, /** @type {string} */ placement) {
    super();
    const announce = () =>
      page.dispatchEvent(new CustomEvent("querencia:placement", { detail: { placement, element: this } }));
    page.addEventListener("querencia:ready", announce);
    announce();
  }
  show(/** @type {any} */ contact, /** @type {any} */ options) {
    this.shown.push([contact.campaign, contact.message.title ?? contact.message.body, options]);
  }
}

/** An element's event, as it arrives at the page. @param {Place} place @param {string} name @param {object} detail */
function tellFrom(place, name, detail) {
  const event = new CustomEvent(`querencia:${name}`, { detail });
  Object.defineProperty(event, "target", { get: () => place });
  page.dispatchEvent(event);
}

/** @type {Page} */
let page;
/** @type {any} */
let store;
let now = NOW;

beforeEach(() => {
  page = new Page();
  store = memory();
  now = NOW;
});

/** @param {object} [options] @returns {Promise<any>} */
const opened = (options) =>
  open({
    policy,
    ledger: store,
    clock: () => now,
    zone: "Europe/Madrid",
    locale: "en",
    document: /** @type {any} */ (page),
    ...options,
  });

/** @param {string[]} fields */
const records = async (...fields) =>
  (await store.all()).map((/** @type {any} */ record) => fields.map((field) => record[field]));

test("a purchase is reserved, armed, shown and delivered, in this order", async () => {
  /** @type {any[]} */
  const seen = [];
  const watched = {
    ...store,
    transact: (/** @type {any} */ work) =>
      store.transact((/** @type {any} */ records) => {
        const done = work(records);
        seen.push(...done.put.map((/** @type {any} */ { state }) => state));
        return done;
      }),
  };
  const place = new Place(page, "thank-you");
  place.show = () => void seen.push("shown");
  const shop = await opened({ ledger: watched });
  const decision = await shop.track("purchase", { order });
  assert.deepEqual(
    decision.contacts.map((/** @type {any} */ contact) => contact.campaign),
    ["thanks"],
  );
  assert.deepEqual(seen, ["reserved", "armed", "shown", "delivered"]);
  assert.deepEqual(await records("campaign", "state", "occurrence", "leaseUntil", "policy"), [
    ["thanks", "delivered", "o1", NOW + 15 * MINUTE, shop.engine.policy],
  ]);
});

test("the element gets the contact in the reader's language and zone; the page is told", async () => {
  const place = new Place(page, "thank-you");
  const shop = await opened({ customer: { id: "ana", locale: "en" }, locale: "es" });
  await shop.track("purchase", { order });
  assert.deepEqual(place.shown, [["thanks", "Gracias", { zone: "Europe/Madrid" }]]);
  assert.deepEqual(page.names(), ["ready", "decision"]);
  assert.equal(page.told[0][1].shop, shop);
});

test("what was said is not said again, in this visit or the next", async () => {
  const place = new Place(page, "thank-you");
  const shop = await opened();
  await shop.track("purchase", { order });
  await shop.track("purchase", { order });
  shop.close();
  const next = await opened();
  const { refused } = await next.track("purchase", { order });
  assert.equal(place.shown.length, 1);
  assert.equal(refused.find((/** @type {any} */ { campaign }) => campaign === "thanks").code, "already-spoken");
});

test("two shops over one ledger never both speak, whoever asks first", async () => {
  const shops = await Promise.all([opened(), opened()]);
  for (let round = 0; round < 20; round++) {
    const decisions = await Promise.all(shops.map((shop) => shop.track("purchase", { order: { id: `o${round}` } })));
    assert.equal(decisions.flatMap(({ contacts }) => contacts).length, 1);
  }
});

test("a contact waits for its element, as long as the lease lasts", async () => {
  const shop = await opened();
  await shop.track("purchase", { order });
  assert.deepEqual(await records("state"), [["reserved"]]);
  now += 14 * MINUTE;
  const place = new Place(page, "thank-you");
  await shop.decide();
  assert.deepEqual(place.shown, [["thanks", "Thank you", { zone: "Europe/Madrid" }]]);
  assert.deepEqual(await records("state", "at"), [["delivered", now]]);
});

test("the parts of a digest wait together for one element, and are one contact for a limit", async () => {
  const digest = { kind: "announcement", channel: "onsite", placement: "news", message: "bulk", disposition: "digest", repeat: "1h" };
  const campaigns = [{ id: "a", ...digest }, { id: "b", ...digest }];
  const shop = await opened({ policy: { ...policy, campaigns, limits: [{ id: "week", max: 2, per: "7d" }] } });
  const { contacts } = await shop.decide();
  assert.deepEqual(contacts.map(({ campaign, digest }) => [campaign, digest]), [["a", contacts[0].id], ["b", contacts[0].id]]);
  const place = new Place(page, "news");
  await shop.decide();
  assert.deepEqual(place.shown.map(([campaign]) => campaign), ["a", "b"]);
  assert.deepEqual(await records("campaign", "state", "digest"), [["a", "delivered", contacts[0].id], ["b", "delivered", contacts[0].id]]);
  now += 2 * 60 * MINUTE;
  assert.equal((await shop.decide()).contacts.length, 2);
});

test("after the lease it is not shown, and may be decided again", async () => {
  const shop = await opened();
  const [first] = (await shop.track("purchase", { order })).contacts;
  now += 15 * MINUTE;
  const place = new Place(page, "thank-you");
  const [second] = (await shop.decide()).contacts;
  assert.notEqual(second.id, first.id);
  assert.equal(place.shown.length, 1);
  assert.deepEqual(
    (await records("id", "state")).sort(),
    [
      [first.id, "reserved"],
      [second.id, "delivered"],
    ].sort(),
  );
});

test("an element that left the page is no place", async () => {
  const place = new Place(page, "thank-you");
  place.isConnected = false;
  const shop = await opened();
  await shop.track("purchase", { order });
  assert.deepEqual(place.shown, []);
  assert.deepEqual(await records("state"), [["reserved"]]);
});

test("nothing is shown when the ledger cannot say so first; one warning tells why", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  let calls = 0;
  const full = {
    ...store,
    transact: (/** @type {any} */ work) =>
      calls++ % 2 ? Promise.reject(new Error("the disk is full")) : store.transact(work),
  };
  const place = new Place(page, "thank-you");
  const shop = await opened({ ledger: full });
  await shop.track("purchase", { order });
  await shop.track("purchase", { order: { id: "o2" } });
  assert.deepEqual(place.shown, []);
  assert.deepEqual(
    warn.mock.calls.map(({ arguments: words }) => words),
    [["querencia: the disk is full"]],
  );
});

test("contacts of other channels are told, not shown", async () => {
  const shop = await opened({ customer: { id: "ana" }, consent: { email: true } });
  await shop.track("sign_up");
  assert.deepEqual(page.names(), ["ready", "decision", "contact"]);
  assert.equal(page.told[2][1].contact.campaign, "letter");
  assert.deepEqual(await records("campaign", "state"), [["letter", "reserved"]]);
});

test("consent is read anew at each decision", async () => {
  let email = false;
  const shop = await opened({ customer: { id: "ana", consent: { email: true } }, consent: () => ({ email }) });
  const code = async () =>
    (await shop.track("sign_up")).refused.find((/** @type {any} */ { campaign }) => campaign === "letter")?.gate;
  assert.equal(await code(), "consent");
  email = true;
  assert.equal(await code(), undefined);
});

test("the cart is remembered, and a purchase empties it", async () => {
  const shop = await opened();
  const speaks = async (/** @type {string} */ name, /** @type {object} */ data) =>
    (await shop.track(name, data)).refused.every(
      (/** @type {any} */ { campaign, code }) => campaign !== "bulk" || code !== "not-in-audience",
    );
  assert.equal(await speaks("view_item", {}), false);
  assert.equal(await speaks("add_to_cart", { items }), true);
  assert.equal(await speaks("view_item", {}), true);
  assert.equal(await speaks("purchase", { order }), false);
});

test("a platform's events are tracked in their order; a bad one warns and the rest go on", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  /** @type {any} */
  let emit;
  let stopped = 0;
  const platform = {
    start: (/** @type {any} */ given, /** @type {any} */ shop) => {
      assert.equal(shop.currency, "EUR");
      emit = given;
      emit("purchase", { order });
      return () => stopped++;
    },
  };
  const place = new Place(page, "thank-you");
  const shop = await opened({ platform });
  emit("purchase", { order: { id: "o2", total: "much" } });
  emit("purchase", { order: { id: "o3", total: "more" } });
  await shop.track("purchase", { order: { id: "o4" } });
  assert.equal(place.shown.length, 2);
  assert.equal(warn.mock.callCount(), 1);
  assert.match(warn.mock.calls[0].arguments[0], /^querencia: \S*total: /);
  shop.close();
  assert.equal(stopped, 1);
});

test("reactions are told with their campaign", async () => {
  new Place(page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  await shop.react(contact.id, "clicked");
  assert.deepEqual(page.told.at(-1), ["reaction", { contactId: contact.id, campaign: "thanks", reaction: "clicked" }]);
});

test("a record keeps the greatest reaction; what is none is only told", async () => {
  new Place(page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  await shop.react(contact.id, "clicked");
  await shop.react(contact.id, "dismissed");
  assert.deepEqual(await records("state", "reaction"), [["delivered", "clicked"]]);
  await shop.react(contact.id, "frowned");
  await shop.react("nobody's", "clicked");
  assert.deepEqual(await records("state", "reaction"), [["delivered", "clicked"]]);
  assert.deepEqual(page.told.at(-1)[1], { contactId: "nobody's", campaign: null, reaction: "clicked" });
  await shop.decide();
});

test("the reaction of an element is noted", async () => {
  const place = new Place(page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  tellFrom(place, "reaction", { contactId: contact.id, campaign: "thanks", reaction: "dismissed" });
  await shop.decide();
  assert.deepEqual(await records("state", "reaction"), [["delivered", "dismissed"]]);
});

test("after close() a reaction is neither kept nor told", async () => {
  new Place(page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  const told = page.told.length;
  shop.close();
  await shop.react(contact.id, "clicked");
  assert.equal(page.told.length, told);
  assert.deepEqual(await records("reaction"), [[undefined]]);
});

test("whoever is withheld stays a ghost, whatever is told of them", async () => {
  const place = new Place(page, "cart");
  const shop = await opened({
    policy: { ...policy, holdout: { share: 1, salt: "s" } },
    customer: { id: "ana", cart: { count: 3 } },
  });
  const { ghosts } = await shop.decide();
  assert.deepEqual(ghosts.map(({ campaign }) => campaign), ["bulk"]);
  await shop.react(ghosts[0].id, "converted");
  await shop.decide();
  assert.deepEqual(await records("campaign", "state", "reaction"), [["bulk", "ghost", undefined]]);
  assert.deepEqual(place.shown, []);
});

/** @param {any} decision @param {string} campaign */
const why = ({ refused }, campaign) => {
  const { gate, code } = refused.find((/** @type {any} */ refusal) => refusal.campaign === campaign);
  return `${gate} ${code}`;
};

test("a wish is kept, and what is decided obeys it at once, in this visit and the next", async () => {
  new Place(page, "thank-you");
  const shop = await opened();
  assert.deepEqual(await shop.wishes(), {});
  assert.equal(why(await shop.wish({ avoid: ["onsite"] }), "thanks"), "occasion none");
  assert.equal(why(await shop.track("purchase", { order }), "thanks"), "wishes not-this-channel");
  shop.close();
  const next = await opened();
  assert.deepEqual(await next.wishes(), { avoid: ["onsite"] });
  assert.equal(why(await next.track("purchase", { order }), "thanks"), "wishes not-this-channel");
  const { contacts } = await next.wish({ avoid: [] });
  assert.deepEqual(
    contacts.map(({ campaign }) => campaign),
    ["thanks"],
    "what happened last is decided anew",
  );
});

test("unsubscribed is for good, and goes before consent", async () => {
  const shop = await opened({ customer: { id: "ana" }, consent: { email: true } });
  await shop.wish({ unsubscribed: ["email"] });
  await shop.wish({ unsubscribed: [] });
  await shop.wish({ unsubscribed: null });
  assert.deepEqual(await shop.wishes(), { unsubscribed: ["email"] });
  assert.equal(why(await shop.track("sign_up"), "letter"), "consent withdrawn");
});

test("what the account says holds beside it, and only ever more is forbidden", async () => {
  const wishes = { avoid: ["onsite"], lessOften: "30d", unsubscribed: ["sms"] };
  const shop = await opened({ customer: { id: "ana", wishes } });
  const decision = await shop.wish({ avoid: ["email"], lessOften: "7d", unsubscribed: ["push"] });
  assert.equal(decision.contacts.length, 0);
  assert.deepEqual(await shop.wishes(), { avoid: ["onsite", "email"], lessOften: "30d", unsubscribed: ["sms", "push"] });
  await shop.wish({ avoid: null, lessOften: null });
  assert.deepEqual(await shop.wishes(), { avoid: ["onsite"], lessOften: "30d", unsubscribed: ["sms", "push"] });
  assert.equal(why(await shop.track("purchase", { order }), "thanks"), "wishes not-this-channel");
  shop.close();
  assert.deepEqual(await (await opened()).wishes(), { unsubscribed: ["push"] }, "the account's are not kept here");
});

test("what is no wish is refused and not kept", async () => {
  const shop = await opened({ customer: { wishes: { lessOften: "30d" } } });
  for (const wish of [{ lessOften: "soon" }, { avoid: ["pigeon"] }, { lesOften: "7d" }, { topics: "tea" }]) {
    await assert.rejects(shop.wish(wish), { name: "RequestError" });
  }
  assert.deepEqual(await shop.wishes(), { lessOften: "30d" });
  await shop.decide();
});

test("a wish of one tab holds in another at its next decision; what waits there is not shown", async () => {
  const [one, other] = [await opened(), await opened()];
  await other.track("purchase", { order });
  await one.wish({ unsubscribed: ["onsite"] });
  const place = new Place(page, "thank-you");
  assert.equal(why(await other.track("purchase", { order: { id: "o2" } }), "thanks"), "consent withdrawn");
  assert.deepEqual(place.shown, []);
});

test("what waits for its element is not shown when the shopper has wished otherwise in another tab", async () => {
  const [one, other] = [await opened(), await opened({ document: (page = new Page()) })];
  await other.track("purchase", { order });
  await one.wish({ avoid: ["onsite"] });
  const place = new Place(page, "thank-you");
  await other.wishes();
  assert.deepEqual(place.shown, []);
  assert.deepEqual(await records("state"), [["reserved"]]);
});

test("an element's wish is obeyed, and its question answered, until the shop is closed", async () => {
  const place = new Place(page, "thank-you");
  const topic = { topic: "tea" };
  const campaigns = [{ ...policy.campaigns[1], ...topic }, policy.campaigns[0]];
  const shop = await opened({ policy: { ...policy, campaigns }, customer: { wishes: { avoid: ["sms"] } } });
  tellFrom(place, "wish", { avoid: ["onsite"] });
  const question = /** @type {any} */ ({});
  tellFrom(place, "preferences", question);
  assert.deepEqual(await question.answer, {
    wishes: { avoid: ["sms", "onsite"] },
    own: { avoid: ["onsite"] },
    topics: ["tea"],
  });
  shop.close();
  tellFrom(place, "wish", { avoid: [] });
  const late = /** @type {any} */ ({});
  tellFrom(place, "preferences", late);
  assert.deepEqual(late, {});
});

test("a wish that cannot be kept warns, and the visit goes on", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  const place = new Place(page, "thank-you");
  const shop = await opened();
  tellFrom(place, "wish", { lessOften: "soon" });
  assert.equal((await shop.track("purchase", { order })).contacts.length, 1);
  assert.match(warn.mock.calls[0].arguments[0], /^querencia: .*lessOften/);
});

test("the zone is the account's where the shopper chose none, and it is no business of the engine", async () => {
  const place = new Place(page, "thank-you");
  const shop = await opened({ zone: undefined, customer: { zone: "Asia/Tokyo", destination: { country: "ES", postcode: "35001" } } });
  await shop.track("purchase", { order });
  assert.deepEqual(place.shown[0][2], { zone: "Asia/Tokyo" });
});

test("what cannot be decided rejects, and the next is decided", async () => {
  const shop = await opened();
  await assert.rejects(shop.track("purchase", { order: { id: 5 } }), { name: "RequestError" });
  assert.deepEqual((await shop.track("purchase", { order })).contacts.length, 1);
});

test("a closed shop decides nothing; it frees its own engine and leaves a lent one", async () => {
  const engine = await load(policy);
  const shop = await opened({ policy: engine });
  shop.close();
  shop.close();
  await assert.rejects(shop.decide(), /closed/);
  assert.equal(engine.decide({ now: NOW }).contacts.length, 0);

  const own = await opened({ policy: JSON.stringify(policy) });
  own.close();
  assert.throws(() => own.engine.decide({ now: NOW }), /free/);
});

test("without a page, a zone or a ledger of one's own the shop works as well", async () => {
  const shop = await open({ policy });
  assert.equal(shop.ledger.kind, "memory");
  const { contacts } = await shop.track("purchase", { order });
  assert.equal(contacts[0].message.locale, "es-ES");
  shop.close();
});

test("a policy that cannot be kept opens no shop", async () => {
  await assert.rejects(opened({ policy: { ...policy, kampagnen: [] } }), {
    name: "PolicyError",
    code: "unknown-field",
    path: "kampagnen",
  });
  assert.deepEqual(page.told, []);
});

test("what has no place on the page is not decided there, and is decided when the place comes", async () => {
  const place = new Place(page, "home");
  const shop = await opened();
  const first = await shop.track("purchase", { order });
  assert.deepEqual(
    first.refused.filter(({ campaign }) => campaign === "thanks").map(({ gate, code }) => [gate, code]),
    [["arbitration", "no-place"]],
  );
  assert.deepEqual(await records("campaign", "state"), []);
  const thanks = new Place(page, "thank-you");
  await shop.ledger.all();
  while (thanks.shown.length === 0) await new Promise((later) => setTimeout(later, 1));
  assert.equal(thanks.shown[0][0], "thanks");
  assert.equal(place.shown.length, 0);
});

test("what a message claims is held against the page's catalogue", async () => {
  const claiming = {
    ...policy,
    campaigns: [{ id: "jug", kind: "announcement", channel: "onsite", placement: "cart", message: "jug" }],
    messages: {
      jug: { en: [{ body: "Made by hand", claims: [{ fact: { sku: "jug", is: "handmade" } }] }], "es-ES": [{ body: "x" }] },
    },
  };
  const told = async (/** @type {any} */ catalog) => {
    const shop = await opened({ policy: claiming, ledger: memory(), placements: ["cart"], catalog });
    const { contacts, refused } = await shop.decide();
    shop.close();
    return contacts.length ? contacts[0].message.body : refused[0].code;
  };
  assert.equal(await told({ products: [{ sku: "jug", claims: ["handmade"] }] }), "Made by hand");
  assert.equal(await told({ products: [{ sku: "jug" }] }), "claim-unproven");
  assert.equal(await told(undefined), "claim-unproven");
});

test("a page that names its placements needs no element", async () => {
  const shop = await opened({ placements: ["cart"] });
  const decision = await shop.track("purchase", { order });
  assert.ok(decision.contacts.every(({ campaign }) => campaign !== "thanks"));
});

test("without a hash of the policy, a visit goes on after its first contact", async () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    new Place(page, "thank-you");
    const shop = await opened();
    const decision = await shop.track("purchase", { order });
    assert.equal(decision.policy, null);
    assert.deepEqual(await records("state", "policy"), [["delivered", undefined]]);
    assert.equal((await shop.track("purchase", { order })).refused.length > 0, true);
  } finally {
    Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true });
  }
});

test("a record of another release is left alone and silences nobody", async () => {
  const foreign = { id: "f", campaign: "c", class: "relational", channel: "email", at: NOW - 1, state: "delivered", future: 1 };
  store = memory([/** @type {any} */ (foreign)]);
  new Place(page, "thank-you");
  const shop = await opened();
  const { warn } = console;
  /** @type {string[]} */
  const warnings = [];
  console.warn = (warning) => void warnings.push(String(warning));
  try {
    assert.equal((await shop.track("purchase", { order })).contacts[0].campaign, "thanks");
    await shop.decide();
  } finally {
    console.warn = warn;
  }
  assert.equal(warnings.length, 1);
  assert.equal((await records("id", "future"))[0][1], 1);
});
