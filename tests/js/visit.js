// What the tests of a visit need: a policy, a page with elements, a ledger and a clock.

import { memory, open } from "querencia/shop";
import { beforeEach } from "node:test";

export const NOW = Date.parse("2026-11-22T10:00:00Z");
export const MINUTE = 60_000;

/** @type {any} */
export const policy = {
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

export const order = { id: "o1", total: 500, items: [{ sku: "jug", quantity: 1, price: 500 }] };
export const items = [{ sku: "jug", quantity: 3, price: 500 }];

/** The part of a document that the shop uses. */
export class FakeDocument extends EventTarget {
  /** @type {any[]} */
  events = [];
  constructor() {
    super();
    for (const name of ["ready", "decision", "contact", "reaction"]) {
      this.addEventListener(`querencia:${name}`, (event) =>
        this.events.push([name, /** @type {CustomEvent} */ (event).detail]),
      );
    }
  }
  names() {
    return this.events.map(([name]) => name);
  }
}

/** The part of an element that the shop uses. */
export class FakeElement extends EventTarget {
  isConnected = true;
  /** @type {any[]} */
  shown = [];
  constructor(/** @type {FakeDocument} */ page, /** @type {string} */ placement) {
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

/** What a test may change; each begins with its own. */
export const scene = { page: new FakeDocument(), /** @type {any} */ store: memory(), now: NOW };

beforeEach(() => void Object.assign(scene, { page: new FakeDocument(), store: memory(), now: NOW }));

/** An element's event, as it arrives at the page. @param {FakeElement} element @param {string} name @param {object} detail */
export function dispatchFrom(element, name, detail) {
  const event = new CustomEvent(`querencia:${name}`, { detail });
  Object.defineProperty(event, "target", { get: () => element });
  scene.page.dispatchEvent(event);
}

/** @param {object} [options] @returns {Promise<any>} */
export const opened = (options) =>
  open({
    policy,
    ledger: scene.store,
    clock: () => scene.now,
    zone: "Europe/Madrid",
    locale: "en",
    document: /** @type {any} */ (scene.page),
    ...options,
  });

/** @param {string[]} fields */
export const records = async (...fields) =>
  (await scene.store.all()).map((/** @type {any} */ record) => fields.map((field) => record[field]));

/** @param {any} decision @param {string} campaign */
export const why = ({ refused }, campaign) => {
  const { gate, code } = refused.find((/** @type {any} */ refusal) => refusal.campaign === campaign);
  return `${gate} ${code}`;
};
