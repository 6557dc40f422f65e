// <querencia-offers>: lists what the customer has (`entitled`), until when, with its code. It is downloaded where a page has one. Until the
// shop has decided, and where there is nothing, its own content is shown.

import { TABLES, codeRow, offersOf } from "./code.js";
import { STYLE } from "./offers-style.js";
import { addStyle } from "./sheet.js";

/**
 * @typedef {import("../types.d.ts").Present} Present
 * @typedef {import("../shop/index.d.ts").Offers} Offers
 * @typedef {typeof import("./words.js").wordsFor} WordsFor
 */

/** The longest that a timer can wait. */
const LONGEST = 2 ** 31 - 1;
/** An hour is told of what ends so soon, as in a message. */
const SOON = 2 * 86_400_000;

const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** Those of the script that defines the element: a theme's own words are in it. @type {WordsFor} */
let wordsFor;

export class QuerenciaOffers extends Base {
  #list = document.createElement("ul");
  #none = document.createElement("p");
  #fallback = document.createElement("slot");
  /** What is shown, as JSON. */
  #shown = "";
  /** @type {readonly Present[]} */
  #offers = [];
  /** Counts what was to be shown: only the last is. */
  #turn = 0;
  /** @type {any} */
  #timer;
  /** Until when a message of this page promised a present. The list of its own decision does not know it yet. @type {Record<string, number>} */
  #told = {};

  #look = () => void this.#show(offersOf(this));

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    addStyle(root, STYLE);
    this.#list.className = "list";
    this.#list.setAttribute("part", "list");
    // Safari takes a list without bullets for none
    this.#list.setAttribute("role", "list");
    this.#list.tabIndex = -1;
    this.#none.setAttribute("part", "none");
    root.append(this.#list, this.#none, this.#fallback);
    this.#clear();
  }

  /** What is listed. */
  get offers() {
    return this.#offers;
  }

  connectedCallback() {
    for (const name of EVENTS) this.ownerDocument.addEventListener(name, this.#look);
    this.#look();
  }

  disconnectedCallback() {
    for (const name of EVENTS) this.ownerDocument.removeEventListener(name, this.#look);
    clearTimeout(this.#timer);
  }

  #clear() {
    this.#turn++;
    this.#shown = "";
    this.#offers = [];
    this.#told = {};
    this.#list.textContent = "";
    this.#list.hidden = this.#none.hidden = true;
    this.#fallback.hidden = false;
  }

  /** @param {Offers} [answer] undefined: nobody says what the customer has, or who left must not be read by who comes */
  async #show(answer) {
    clearTimeout(this.#timer);
    if (!answer?.entitled) return this.#clear();
    const { locale, now } = answer;
    for (const { contact } of /** @type {any} */ (this.ownerDocument.querySelectorAll("querencia-message"))) {
      const promised = contact?.message.params?.["offer.expires"]?.value;
      if (promised) this.#told[keyOf(contact)] = promised;
    }
    const entitled = answer.entitled.map((present) => {
      const promised = this.#told[keyOf(present)];
      return promised > (present.until ?? 0) ? { ...present, until: promised } : present;
    });
    const live = entitled.filter(({ until }) => until === null || until > now);
    let next = LONGEST;
    for (const { until } of live) next = Math.min(next, (until ?? Infinity) - now);
    if (live.length > 0) this.#timer = setTimeout(this.#look, next);
    const key = JSON.stringify([live, locale, !!answer.apply]);
    if (key === this.#shown) return;
    const turn = ++this.#turn;
    try {
      const words = await wordsFor(locale, TABLES);
      const items = [];
      for (const present of live) items.push(await this.#item(present, answer, words));
      if (turn !== this.#turn || !this.isConnected) return;
      this.#shown = key;
      this.#offers = live;
      this.#fill(items, words);
    } catch (error) {
      console.warn(`querencia: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** @param {HTMLElement[]} items @param {Record<string, string>} words */
  #fill(items, words) {
    const focused = /** @type {ShadowRoot} */ (this.shadowRoot).activeElement;
    const place = focused && [focused.closest("li")?.dataset.key, focused.getAttribute("part")];
    this.#list.lang = this.#none.lang = words.lang;
    this.#list.setAttribute("aria-label", words.offers);
    this.#list.textContent = "";
    for (const item of items) this.#list.append(item);
    this.#list.hidden = items.length === 0;
    this.#none.textContent = words.noOffers;
    // what the theme says of it is better
    const isSaid = this.#fallback.assignedNodes().some(({ nodeType, textContent }) => nodeType === 1 || textContent?.trim());
    this.#none.hidden = items.length > 0 || isSaid;
    this.#fallback.hidden = !isSaid || items.length > 0;
    if (!place) return;
    // The keyboard stays where it was. Where that is gone, it goes on from the list.
    const same = items.find(({ dataset }) => dataset.key === place[0])?.querySelector(`[part="${place[1]}"]`);
    /** @type {HTMLElement} */ (same ?? this.#list).focus({ preventScroll: true });
  }

  /** @param {Present} present @param {Offers} answer @param {Record<string, string>} words */
  async #item(present, answer, words) {
    const { offer, until, code } = present;
    const item = document.createElement("li");
    item.setAttribute("part", "offer");
    item.dataset.key = keyOf(present);
    item.append(make("p", "name", this.#nameOf(offer)));
    if (code) item.append(make("code", "code", code));
    if (until !== null) {
      const [before, after = ""] = words.until.split("{date}");
      const time = document.createElement("time");
      // as 2026-11-29 23:00:00Z; MooTools writes an ISO date in another way
      time.dateTime = `${new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: "UTC" }).format(until)}Z`;
      time.textContent = ending(until, answer);
      const line = make("p", "until", before);
      line.append(time, after);
      item.append(line);
    }
    const row = await codeRow({ element: this, words, locale: answer.locale, offer, code });
    if (row.querySelector("button")) item.append(row);
    return item;
  }

  /** A theme names an offer with <span slot="offer-birthday-10">10 % for your birthday</span>. @param {string} offer */
  #nameOf(offer) {
    for (const child of this.children) {
      if (child.getAttribute("slot") === `offer-${offer}`) return child.textContent?.trim() ?? "";
    }
    const words = offer.replace(/[-_]+/g, " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
}

const EVENTS = ["querencia:ready", "querencia:decision", "querencia:contact", "querencia:closed"];

/** @param {Pick<Present, "campaign" | "occurrence" | "offer">} what a present, or the contact that tells of it */
const keyOf = ({ campaign, occurrence, offer }) => JSON.stringify([campaign, occurrence, offer]);

/** @param {WordsFor} words */
export function define(words) {
  wordsFor = words;
  if (!customElements.get("querencia-offers")) customElements.define("querencia-offers", QuerenciaOffers);
}

/**
 * The last instant of an offer as people say it: what ends with a day of the shop, or of the reader, has that day as its last.
 * @param {number} until
 * @param {Offers} answer
 */
function ending(until, { locale, zone, shopZone, now }) {
  const midnight = [shopZone, zone].find((timeZone) => timeZone && isMidnight(until, timeZone));
  const hour = !midnight && until - now < SOON;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: hour ? "short" : undefined, timeZone: midnight ?? zone }).format(midnight ? until - 1 : until);
}

/** @param {number} at @param {string} timeZone */
function isMidnight(at, timeZone) {
  return /^(24|00):00:00$/.test(new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", hourCycle: "h23", timeZone }).format(at));
}

/**
 * @param {string} tag
 * @param {string} part
 * @param {string} text
 */
function make(tag, part, text) {
  const element = document.createElement(tag);
  element.setAttribute("part", part);
  element.textContent = text;
  return element;
}
