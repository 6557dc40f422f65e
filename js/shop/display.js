// Shows contacts in the elements of the page: those that the reader can see, and that show nothing else. A contact waits here until its
// element joins the page, and goes with it when the page draws it anew.

import { dispatch } from "../dispatch.js";
import { recordOf } from "../ledger/record.js";
import { render } from "../render/index.js";
import { isSeen } from "./seen.js";

/**
 * @typedef {import("./index.d.ts").MessageElement} MessageElement
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("./index.d.ts").Wishes} Wishes
 * @typedef {<T>(work: import("./index.d.ts").Work<T>) => Promise<T>} Transact
 *
 * @typedef {object} Surroundings
 * @property {Transact} transact
 * @property {string} policyHash
 * @property {() => number} clock
 * @property {string | undefined} zone
 * @property {() => string} obeyed which wishes and answers about consent the latest decision obeyed
 * @property {(wishes?: Wishes, guests?: Wishes) => string} asked the same, as it is now
 * @property {EventTarget | undefined} document
 * @property {(contact: Contact) => Promise<boolean | undefined>} isArmed whether the shop's server lets it be shown; undefined: it is not asked
 * @property {() => "store" | "server" | undefined} lost what the visit had at the latest decision and lacks now: a store that lasts, a server that answers
 * @property {(work: () => Promise<unknown>) => void} enqueue runs work after all that is under way
 * @property {() => void} soon decides again
 *
 * @typedef {object} Shown a message that nobody has dismissed, with the later parts of its digest
 * @property {MessageElement} element
 * @property {Contact[]} contacts
 * @property {Set<Contact>} delivered
 * @property {boolean} isOfPage whether it is about what happened on this page
 * @property {boolean} isReady
 */

/** How often is looked whether what could not be seen can: nothing tells of `visibility` and of opacity. */
const PATIENCE = 500;
/** How long the elements of the page before may still stand there after the address has changed. */
const LEAVING = 1000;
/** A page that stood still for longer between its note and the message looks once more. */
const AT_ONCE = 5000;

export class Display {
  #session;
  /** @type {Map<MessageElement, string>} each element and the placement it announced */
  #elements = new Map();
  #closed = false;
  /** @type {Set<MessageElement>} those that have had a message of this shop: a page may have two shops */
  #used = new Set();
  /** @type {Set<string> | undefined} the places that could be seen when a decision asked, and since */
  #known;
  /** @type {Map<string, Contact[]>} by placement, the contacts that wait for an element */
  #waiting = new Map();
  /** @type {Map<string, Shown>} by placement */
  #shown = new Map();
  /** @type {Set<string>} the ids of what was armed here and is not shown yet */
  #armed = new Set();
  /** @type {WeakSet<Contact>} those that are about what happened on this page */
  #ofPage = new WeakSet();
  /** @type {WeakMap<Contact, string>} what their own decision obeyed: a later one may have refused them, while they waited */
  #obeyed = new WeakMap();
  /** @type {WeakSet<MessageElement>} the elements of the page before */
  #old = new WeakSet();
  #turnedAt = -Infinity;
  /** @type {MessageElement[]} those whose message is about the page before */
  #leaving = [];
  /** @type {any} */
  #timer;
  /** Tells of elements that appear, and of those that the theme hides on another width. Later: what changes a size meanwhile is an error of the page. */
  #sizes = globalThis.ResizeObserver && new ResizeObserver(() => setTimeout(this.#look));
  /** Whether the latest decision was asked about the places of all elements. */
  isWhole = false;

  /** @param {any} event `querencia:placement` */
  #onPlacement = ({ detail: { placement, element } }) => {
    if (!placement) return;
    this.#elements.set(element, placement);
    if (element.getClientRects) this.#sizes?.observe(element);
    // Before anything was decided, all that there is are looked at together.
    if (this.#known) this.#look();
    else this.#timer ??= setTimeout(this.#look, PATIENCE);
  };

  /** @param {Surroundings} session */
  constructor(session) {
    this.#session = session;
    session.document?.addEventListener("querencia:placement", this.#onPlacement);
  }

  /**
   * The placements of the elements that can be seen and show nothing: campaigns of other placements are not decided here. Undefined on a
   * page that does without the element, because its placements are unknown.
   */
  placements() {
    for (const element of this.#leaving.splice(0)) element.cancel?.();
    this.#known = this.#seen();
    const all = new Set(this.#elements.values());
    const free = [...this.#known].filter((placement) => !this.#isTaken(placement));
    this.isWhole = free.length === all.size;
    const isKnown = all.size > 0 || globalThis.customElements?.get("querencia-message") !== undefined;
    return isKnown ? free : undefined;
  }

  /** The places where something can be seen. */
  #seen() {
    for (const element of this.#elements.keys()) {
      if (element.isConnected) continue;
      this.#elements.delete(element);
      if (/** @type {any} */ (element).getClientRects) this.#sizes?.unobserve(/** @type {any} */ (element));
    }
    return new Set([...this.#elements].flatMap(([element, placement]) => (this.#isOpen(element) ? placement : [])));
  }

  /** @param {MessageElement} element */
  #isOpen(element) {
    return !(this.#old.has(element) && performance.now() < this.#turnedAt + LEAVING) && isSeen(element);
  }

  /** Whether a message stands there, of this shop or of another. @param {string} placement */
  #isTaken(placement) {
    const shown = this.#shown.get(placement);
    return (shown && this.#stands(shown)) || [...this.#elements].some(([element, its]) => its === placement && element.contact);
  }

  /** Whether nobody has dismissed it, and nothing else has taken its place. @param {Shown} shown */
  #stands({ element, contacts, isReady }) {
    const now = this.#session.clock();
    return !isReady || contacts.some(({ id, expiresAt }) => id === element.contact?.id && !(Number(expiresAt ?? Infinity) <= now));
  }

  /**
   * The first element of the placement in the page that can be seen and shows nothing.
   * @param {string} placement
   */
  #free(placement) {
    const all = [...this.#elements].flatMap(([element, its]) => (its === placement && !element.contact && this.#isOpen(element) ? element : []));
    const isBefore = (/** @type {any} */ one, /** @type {any} */ other) => one.compareDocumentPosition?.(other) & 4;
    return all.reduce((/** @type {MessageElement | undefined} */ first, element) => (first && !isBefore(element, first) ? first : element), undefined);
  }

  /** Something on the page has changed: what can be seen, or where. */
  #look = () => {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const seen = this.#seen();
    for (const [placement, shown] of this.#shown) {
      if (!this.#stands(shown)) this.#shown.delete(placement);
      else if (shown.isReady && !this.#holds(placement, shown)) {
        const its = this.#elements.get(shown.element);
        if (seen.has(placement)) this.#session.enqueue(() => this.#move(placement));
        // The same element stands for another place now.
        else if (its && its !== placement && this.#shown.delete(placement)) shown.element.cancel?.();
      }
    }
    if (this.#known) {
      for (const placement of this.#known) if (!seen.has(placement)) this.#known.delete(placement);
      const news = [...seen].filter((placement) => !this.#known?.has(placement));
      for (const placement of news) this.#known.add(placement);
      const waiting = news.flatMap((placement) => this.#waiting.get(placement) ?? []);
      for (const contact of waiting) this.#session.enqueue(() => this.#show(contact, true));
      for (const placement of news) this.#waiting.delete(placement);
      if (news.length > 0 && waiting.length === 0) this.#session.soon();
    }
    const isHidden = [...this.#elements.keys()].some((element) => !this.#isOpen(element));
    if (isHidden) this.#timer = setTimeout(this.#look, PATIENCE);
  };

  /** Whether the message can be seen where it is. @param {string} placement @param {Shown} shown */
  #holds = (placement, { element }) => this.#elements.get(element) === placement && isSeen(element);

  /** The page draws its element anew, or shows another of the same placement: the message goes there. @param {string} placement */
  async #move(placement) {
    const shown = this.#shown.get(placement);
    const element = this.#free(placement);
    if (!shown || !element || this.#holds(placement, shown)) return;
    shown.element.cancel?.();
    this.#used.delete(shown.element);
    Object.assign(shown, { element, isReady: false });
    await this.#put(shown, shown.contacts);
  }

  /**
   * Shows a reserved contact in the first free element of its placement. Without such an element it waits.
   * @param {Contact} contact
   * @param {boolean} isOfPage whether it is about what happened on this page
   */
  async show(contact, isOfPage) {
    if (isOfPage) this.#ofPage.add(contact);
    this.#obeyed.set(contact, this.#session.obeyed());
    await this.#show(contact);
  }

  /** @param {Contact} contact @param {boolean} [isLate] whether it has waited */
  async #show(contact, isLate) {
    // Somebody else has signed in while it was decided: what nobody will see is not spent.
    if (this.#closed) return;
    const { zone, soon } = this.#session;
    const placement = contact.placement ?? "";
    // The later part of a digest goes below the first.
    const first = this.#shown.get(placement);
    const isPart = first && contact.digest && first.contacts[0].digest === contact.digest;
    const place = () => (isPart ? first.element : this.#free(placement));
    if (!place()) return void this.#wait(contact);
    // Throws if the message cannot be written. A contact that cannot be shown must not count.
    render(contact, { zone });
    // The ledger stores `armed` before the message is shown: whatever fails after this, the contact counts.
    const since = performance.now();
    let isArmed = await this.#arm(contact);
    // The page stood still meanwhile, in the background for example: the shopper may have said no elsewhere.
    if (isArmed && performance.now() - since > AT_ONCE) isArmed = await this.#arm(contact);
    if (!isArmed) return (isLate || isArmed === undefined) && soon();
    if (this.#closed) return;
    // The page may have been drawn anew meanwhile.
    const element = place();
    if (!element) return void this.#wait(contact);
    this.#armed.delete(contact.id);
    /** @type {Shown} */
    const shown = isPart ? first : { element, contacts: [], delivered: new Set(), isOfPage: this.#ofPage.has(contact), isReady: false };
    shown.contacts.push(contact);
    this.#shown.set(placement, shown);
    await this.#put(shown, [contact]);
  }

  /** @param {Shown} shown @param {Contact[]} contacts */
  async #put(shown, contacts) {
    const { transact, policyHash, clock, zone } = this.#session;
    const { element } = shown;
    this.#used.add(element);
    for (const contact of contacts) await element.show(contact, { zone });
    shown.isReady = true;
    // It may have left the page while its words were loaded, or the shop may have been closed. Then it counts, and may come back.
    if (this.#closed || !element.isConnected) return void this.#look();
    for (const contact of contacts.filter((one) => !shown.delivered.has(one))) {
      shown.delivered.add(contact);
      dispatch(element, "contact", { contact });
      const record = recordOf({ ...contact, at: clock() }, "delivered", policyHash);
      await transact(() => ({ put: [record], result: undefined }));
    }
  }

  /**
   * Waits for an element, with the parts of the same digest. Other contacts that wait for this placement are given up: a later decision
   * replaces them.
   * @param {Contact} contact
   */
  #wait(contact) {
    const { placement, digest, id } = contact;
    const waiting = this.#waiting.get(placement ?? "") ?? [];
    this.#waiting.set(placement ?? "", [...waiting.filter((other) => digest && other.digest === digest && other.id !== id), contact]);
    this.#look();
  }

  /**
   * Stores `armed` and says whether the contact may be shown. It may not if its lease has ended, because another tab may have
   * decided it again, nor if the shopper has changed their wishes since the decision, nor if the shop's server says no. Undefined: the store
   * lasts no longer, by a no or by a failure, or the server does not answer. Then less may be said, and it is decided anew.
   * @param {Contact} contact
   * @returns {Promise<boolean | undefined>}
   */
  async #arm(contact) {
    const { transact, clock, asked, lost, isArmed } = this.#session;
    const answer = await isArmed(contact);
    return transact((records, wishes, guests) => {
      const now = clock();
      const record = records.find(({ id }) => id === contact.id);
      const isReserved = record?.state === "reserved";
      if (isReserved && lost() === "store") return { put: [], drop: [contact.id], result: undefined };
      if (answer === false || (isReserved && lost())) return { put: isReserved ? [{ ...record, state: "released" }] : [], result: answer };
      const isOurs = isReserved || (record?.state === "armed" && this.#armed.has(contact.id));
      const allowed = !this.#closed && isOurs && Number(record.leaseUntil) > now && asked(wishes, guests) === this.#obeyed.get(contact);
      if (allowed) this.#armed.add(contact.id);
      return { put: allowed ? [{ ...record, state: "armed", at: now }] : [], result: allowed };
    });
  }

  /** The reader goes to another page. What is about this one goes, as soon as the next one is asked about; the rest stays. */
  leave() {
    for (const [placement, { element, isOfPage }] of this.#shown) {
      if (isOfPage && this.#shown.delete(placement)) this.#leaving.push(element);
    }
    this.#waiting.clear();
    this.#old = new WeakSet(this.#elements.keys());
    this.#turnedAt = performance.now();
    this.#look();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#sizes?.disconnect();
    for (const element of this.#used) element.cancel?.();
    this.#session.document?.removeEventListener("querencia:placement", this.#onPlacement);
  }
}
