// Shows contacts in the elements of the page. A contact waits here until its element joins the page.

import { dispatch } from "../dispatch.js";
import { recordOf } from "../ledger/record.js";
import { render } from "../render/index.js";

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
 * @property {(wishes?: Wishes, guests?: Wishes) => boolean} areObeyed whether the latest decision obeyed these wishes
 * @property {EventTarget | undefined} document
 * @property {(work?: () => Promise<unknown>) => void} enqueue runs work after all that is under way; without work, decides again
 */

export class Display {
  #session;
  /** @type {Map<MessageElement, string>} each element and the placement it announced */
  #elements = new Map();
  #closed = false;
  /** @type {Set<MessageElement>} those that have had a message of this shop: a page may have two shops */
  #used = new Set();
  /** Whether a decision has asked for the placements. */
  #asked = false;
  /** @type {Map<string, Contact[]>} by placement, the contacts that wait for an element */
  #waiting = new Map();

  /** @param {any} event `querencia:placement` */
  #onPlacement = ({ detail: { placement, element } }) => {
    const known = this.#elements.get(element) === placement;
    this.#elements.set(element, placement);
    const contacts = this.#waiting.get(placement) ?? [];
    this.#waiting.delete(placement);
    for (const contact of contacts) this.#session.enqueue(() => this.show(contact));
    if (contacts.length > 0) return;
    if (this.#asked && !known) this.#session.enqueue();
  };

  /** @param {Surroundings} session */
  constructor(session) {
    this.#session = session;
    session.document?.addEventListener("querencia:placement", this.#onPlacement);
  }

  /**
   * The placements of the page's elements: campaigns of other placements are not decided here. Undefined on a page that does
   * without the element, because its placements are unknown.
   */
  placements() {
    this.#asked = true;
    for (const element of this.#elements.keys()) if (!element.isConnected) this.#elements.delete(element);
    const known = this.#elements.size > 0 || globalThis.customElements?.get("querencia-message") !== undefined;
    return known ? [...new Set(this.#elements.values())] : undefined;
  }

  /**
   * Shows a reserved contact in the first element of its placement. Without such an element it waits.
   * @param {Contact} contact
   */
  async show(contact) {
    const { transact, policyHash, clock, zone } = this.#session;
    const placement = contact.placement ?? "";
    const element = [...this.#elements.keys()].find((one) => one.isConnected && this.#elements.get(one) === placement);
    if (!element) {
      this.#waiting.set(placement, [...this.#waitingParts(contact), contact]);
      return;
    }
    // Throws if the message cannot be written. A contact that cannot be shown must not count.
    render(contact, { zone });
    // The ledger stores `armed` before the message is shown: whatever fails after this, the contact counts.
    if (!(await this.#arm(contact)) || !element.isConnected || this.#closed) return;
    this.#used.add(element);
    await element.show(contact, { zone });
    // It may have left the page while its words were loaded, or the shop may have been closed.
    if (!element.isConnected || this.#closed) return;
    dispatch(element, "contact", { contact });
    const record = recordOf({ ...contact, at: clock() }, "delivered", policyHash);
    await transact(() => ({ put: [record], result: undefined }));
  }

  /**
   * The waiting contacts that are parts of the same digest. Other contacts that wait for this placement are given up: a later
   * decision replaces them.
   * @param {Contact} contact
   */
  #waitingParts({ placement, digest, id }) {
    const waiting = this.#waiting.get(placement ?? "") ?? [];
    return waiting.filter((other) => digest && other.digest === digest && other.id !== id);
  }

  /**
   * Stores `armed` and says whether the contact may be shown. It may not if its lease has ended, because another tab may have
   * decided it again, nor if the shopper has changed their wishes since the decision.
   * @param {Contact} contact
   */
  #arm(contact) {
    const { transact, clock, areObeyed } = this.#session;
    return transact((records, wishes, guests) => {
      const now = clock();
      const record = records.find(({ id }) => id === contact.id);
      const leased = record?.state === "reserved" && Number(record.leaseUntil) > now;
      const allowed = leased && areObeyed(wishes, guests);
      return { put: allowed ? [{ ...record, state: "armed", at: now }] : [], result: allowed };
    });
  }

  close() {
    this.#closed = true;
    for (const element of this.#used) element.cancel?.();
    this.#session.document?.removeEventListener("querencia:placement", this.#onPlacement);
  }
}
