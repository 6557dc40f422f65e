// What the engine knows of the customer of a visit: what the page prints of them, what happened since, what they allow and wish, and the
// ledger's records.

import { combineWishes, wishesText, without } from "../ledger/wishes.js";
import { countable, isObject, present, told } from "../told/index.js";
import { Records, answersOf } from "./records.js";
import { printedCart, remember } from "./remember.js";
import { alsoKnown } from "./renew.js";

/**
 * @typedef {import("../types.d.ts").Customer} Customer
 * @typedef {import("./index.d.ts").Options} Options
 * @typedef {import("./index.d.ts").Wishes} Wishes
 * @typedef {import("./remember.js").Event} Event
 */

/**
 * The customer as the page gives them; `given`, what it is if it is no object.
 * @param {Options["customer"]} customer
 */
export function accountOf(customer) {
  const given = present(told(customer, countable)) ?? {};
  const { zone, ...account } = given;
  if (account.cart) account.cart = printedCart(account.cart);
  return { given, account, zone };
}

export class Known {
  /** The customer as the engine has them: with the orders and the cart of this visit. @type {Customer} */
  customer;
  handle;
  records;
  /** The customer as the page gave them. @type {Customer} */
  #account;
  /** The customer as the engine had them first. */
  #printed;
  #options;
  #warn;
  /** The answers about consent that the engine has, as JSON. */
  #consent = "{}";
  /** The browser's wishes that the engine has, as JSON: the customer's and the guests'. */
  #wishes = wishesText();
  /** What the shop's server told. @type {import("../remote/news.js").News | undefined} */
  #news;

  /**
   * @param {import("../index.d.ts").Engine} engine
   * @param {Pick<Options, "consent" | "facts" | "ledgerRecords">} options
   * @param {Pick<ReturnType<typeof accountOf>, "given" | "account">} page the customer that it prints
   * @param {string | null | undefined} locale
   * @param {(error: unknown) => void} warn
   */
  constructor(engine, options, { given, account }, locale, warn) {
    this.#account = account;
    this.#printed = this.customer = /** @type {Customer} */ ({ ...account, locale });
    // Throws if there is something wrong with the customer.
    this.handle = engine.customer(isObject(given) ? this.customer : given);
    this.records = new Records(this.handle, [options.ledgerRecords || []].flat(), warn);
    this.#options = options;
    this.#warn = warn;
  }

  /**
   * The same customer, as another page prints them. Throws if there is something wrong with it; then nothing has changed.
   * @param {import("../index.d.ts").Engine} engine
   * @param {Pick<Options, "customer" | "ledgerRecords">} page
   */
  renewed(engine, { customer, ledgerRecords }) {
    const { account } = accountOf(customer);
    const all = { ...account, ...alsoKnown(account, this.customer) };
    const renewed = new Known(engine, { ...this.#options, ledgerRecords }, { given: all, account: all }, account.locale ?? this.customer.locale, this.#warn);
    renewed.#account = account;
    this.handle.free();
    return renewed;
  }

  /** What the event says of the customer. @param {Event} [event] @param {number} [now] */
  apply(event, now = 0) {
    if (!event) return;
    const patch = remember(this.customer, event, now);
    this.#update(patch);
    /** @type {any} */ (this.#options.facts)?.keep(event, patch).catch(this.#warn);
  }

  /** What the shop's server told, if that is new. @param {import("../remote/news.js").News | undefined} news */
  applyNews(news) {
    if (news === this.#news) return;
    this.#news = news;
    // they are combined anew
    this.#wishes = "";
    this.#update({ codes: { ...this.#printed.codes, ...news?.codes } });
  }

  /** The answers about consent, if they changed. */
  applyConsent() {
    const { current, text } = answersOf(this.#options.consent);
    if (text !== this.#consent) this.#update({ consent: { ...present(this.#account.consent), ...current } });
    this.#consent = text;
  }

  /**
   * The shopper's wishes. If the engine refuses them, this throws and nothing is decided: a wish that cannot be read must not be ignored.
   * @param {Wishes} [own] those that the customer saved in this browser
   * @param {Wishes} [guests] those that its guests saved
   */
  applyWishes(own, guests) {
    const text = wishesText(own, guests);
    if (text !== this.#wishes) this.handle.update({ wishes: this.combineWishes(own, guests) });
    this.#wishes = text;
  }

  /** Which wishes and which answers about consent the latest decision obeyed. */
  get obeyed() {
    return this.#wishes + this.#consent;
  }

  /** The same as it is now. @param {[Wishes?, Wishes?]} wishes */
  asked(...wishes) {
    return wishesText(...wishes) + answersOf(this.#options.consent).text;
  }

  /** All wishes that hold. @param {Wishes} [own] @param {Wishes} [guests] */
  combineWishes(own = {}, guests = {}) {
    // Guests bind everybody, so a customer takes nothing of theirs back; and they subscribe for themselves, not for the customers.
    const subscribe = without(own.subscribe, guests.unsubscribed);
    const account = combineWishes(present(this.#account.wishes) ?? {}, this.#news?.wishes ?? {});
    return combineWishes(combineWishes(account, { ...guests, subscribe: null }), { ...own, subscribe });
  }

  /**
   * What is answered of the customer as the page printed them, without what happened since.
   * @template T
   * @param {Wishes} wishes
   * @param {() => T} ask
   */
  asPrinted(wishes, ask) {
    const blank = Object.fromEntries(Object.keys(this.customer).map((field) => [field, undefined]));
    this.handle.update({ ...blank, ...this.#printed, wishes });
    try {
      return ask();
    } finally {
      this.handle.update({ ...this.customer, wishes });
    }
  }

  /** @param {any} patch of the customer */
  #update(patch) {
    if (Object.keys(patch).length === 0) return;
    this.handle.update(patch);
    this.customer = { ...this.customer, ...patch };
  }
}
