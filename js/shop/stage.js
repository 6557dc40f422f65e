// Where contacts are shown: the page's elements, and the contacts that wait for one.

import { recordOf } from "../ledger/record.js";
import { render } from "../render/index.js";
import { tell } from "../tell.js";

/**
 * @typedef {import("./index.d.ts").Place} Place
 * @typedef {import("../types.d.ts").Contact} Contact
 *
 * @typedef {object} Visit
 * @property {import("./index.d.ts").Store} ledger
 * @property {string} policy its hash
 * @property {() => number} clock
 * @property {string | undefined} zone
 * @property {() => string} heeded the wishes a decision has heeded, as JSON
 * @property {EventTarget | undefined} document
 * @property {(work?: () => Promise<unknown>) => void} soon runs work after what is under way; without work, decides again
 */

export class Stage {
  #visit;
  /** @type {Map<Place, string>} by element, the placement it announced */
  #places = new Map();
  /** Whether a decision has asked for the placements. */
  #asked = false;
  /** @type {Map<string, Contact[]>} by placement, on pages whose places are not known */
  #waiting = new Map();

  /** @param {any} announcement a `querencia:placement` */
  #announced = ({ detail: { placement, element } }) => {
    const known = this.#places.get(element) === placement;
    this.#places.set(element, placement);
    const contacts = this.#waiting.get(placement) ?? [];
    this.#waiting.delete(placement);
    for (const contact of contacts) this.#visit.soon(() => this.show(contact));
    if (contacts.length > 0) return;
    if (this.#asked && !known) this.#visit.soon();
  };

  /** @param {Visit} visit */
  constructor(visit) {
    this.#visit = visit;
    visit.document?.addEventListener("querencia:placement", this.#announced);
  }

  /**
   * The placements of the page's elements: what has no place here is not decided here. Not known where the page does without
   * the element.
   */
  placements() {
    this.#asked = true;
    for (const place of this.#places.keys()) if (!place.isConnected) this.#places.delete(place);
    const known = this.#places.size > 0 || globalThis.customElements?.get("querencia-message") !== undefined;
    return known ? [...new Set(this.#places.values())] : undefined;
  }

  /**
   * Shows a reserved contact in the first element of its placement; without one it waits until there is one.
   * @param {Contact} contact
   */
  async show(contact) {
    const { ledger, policy, clock, zone } = this.#visit;
    const placement = contact.placement ?? "";
    const place = [...this.#places.keys()].find((place) => place.isConnected && this.#places.get(place) === placement);
    if (!place) {
      this.#waiting.set(placement, [...this.#beside(contact), contact]);
      return;
    }
    // What cannot be written must not count.
    render(contact, { zone });
    // Nothing is shown before the ledger says so: whatever breaks after this, the contact counts.
    if (!(await this.#arm(contact)) || !place.isConnected) return;
    place.show(contact, { zone });
    tell(place, "contact", { contact });
    const record = recordOf({ ...contact, at: clock() }, "delivered", policy);
    await ledger.transact(() => ({ put: [record], result: undefined }));
  }

  /**
   * Those waiting that are parts of the same digest; what was decided before something else is not waited for.
   * @param {Contact} contact
   */
  #beside({ placement, digest, id }) {
    const waiting = this.#waiting.get(placement ?? "") ?? [];
    return waiting.filter((other) => digest && other.digest === digest && other.id !== id);
  }

  /**
   * Whether the contact may be shown: if its lease is over, another tab may have decided it again; if the shopper has wished
   * something since it was decided, it may not be welcome.
   * @param {Contact} contact
   */
  #arm(contact) {
    const { ledger, clock, heeded } = this.#visit;
    return ledger.transact((records, wishes = {}) => {
      const now = clock();
      const record = records.find(({ id }) => id === contact.id);
      const leased = record?.state === "reserved" && Number(record.leaseUntil) > now;
      const ours = leased && heeded() === JSON.stringify(wishes);
      return { put: ours ? [{ ...record, state: "armed", at: now }] : [], result: ours };
    });
  }

  close() {
    this.#visit.document?.removeEventListener("querencia:placement", this.#announced);
  }
}
