import type { Engine } from "../index.d.ts";
import type { Catalog, Contact, Customer, Decision, LedgerRecord, Moment, Policy, Present } from "../types.d.ts";

/**
 * Opens a visit, which lasts as long as the tab: decides for one customer, reserves the decision in the ledger, and shows it in
 * the page's elements.
 *
 * It dispatches `querencia:ready`, `querencia:decision`, `querencia:contact`, `querencia:reaction` and `querencia:closed` on the document
 * or on the element concerned. It listens on the document to the elements: it obeys `querencia:wish`, answers `querencia:preferences` and
 * `querencia:offers`, and stores each `querencia:reaction`.
 */
export function open(options: Options): Promise<Shop>;

export interface Options {
  /** An object, JSON text, or a loaded engine. */
  policy: Policy | string | Engine;
  /** Absent: a guest. `zone` is the zone of their account. */
  customer?: Customer & { zone?: string | null };
  /** Default: indexedDB(); the page's memory, with a warning, if the browser refuses storage. */
  ledger?: Store;
  /** Where several shops share an origin: the name of this one's database, and of what else it keeps in the browser. Without `ledger`. */
  store?: string;
  /** The customer's answers about consent. A function is called at each event. They replace those of `customer.consent`. */
  consent?: Customer["consent"] | (() => Customer["consent"]);
  /**
   * Whether the shopper allows that what the page sees itself is kept for the next page: orders, the cart, ratings. `true`: they do; `false`:
   * they do not, and what was kept is deleted; absent or undefined: it is not known, so nothing is kept or read. A function is called at each
   * event. The store must have `facts`.
   */
  facts?: boolean | (() => boolean | undefined);
  /** A source of events, besides `track`. */
  platform?: Platform;
  /** Puts an offer into the shop's cart. With it the elements have a button for that. Default: the platform's. */
  apply?: Apply;
  /** BCP 47. Default: the customer's, else the page's, else the browser's. */
  locale?: string;
  /** The zone that the reader chose. Default: their account's, else their delivery postcode's (in Spain), else the device's. */
  zone?: string;
  /** The instant in milliseconds. Default: Date.now. */
  clock?: () => number;
  /** The channels that are asked about. Default: on a page `["onsite"]`, what it can show; elsewhere all. */
  channels?: Moment["channels"];
  /** The placements of this page. Default: those of its elements. On a page without the element every placement is allowed. */
  placements?: string[];
  /** The facts about the articles, for claims and suggestions. */
  catalog?: Catalog;
  /**
   * What the server knows of the whole shop: unanswered questions, codes issued. Absent: unknown. What is wrong in it, or in `catalog`, makes
   * it absent, with a warning.
   */
  shop?: Moment["shop"];
  /** The records of this customer that the server knows, such as mails. They count beside those of the ledger, and are not stored. */
  ledgerRecords?: readonly LedgerRecord[];
  /**
   * The shop's server, which knows the customer on all channels and devices. The visit decides at once on what it knows; what the server
   * knows comes in when it comes. What a signed-in customer is shown the server has armed before. Absent: the page is alone.
   */
  server?: ServerOptions;
  /** The document that has the elements and gets the events. Default: the page's. */
  document?: Document;
  /** What a field, or the path of one, is called where it is written, for warnings: `{ channels: "data-channels" }`. */
  names?: Record<string, string>;
}

export interface ServerOptions {
  /** As `https://shop.example/querencia`. Of another origin than the page's, it must allow this one (CORS), and the page's connect-src must allow it. */
  url: string;
  /**
   * Who the customer is: what the server signed for this customer, for some minutes. A function is asked at each question, so that it may renew
   * it. Absent, blank or another customer's: the server cannot be asked about the customer, as if it were away. Guests need none.
   */
  token?: string | (() => string | null | undefined | Promise<string | null | undefined>);
  /** In so many milliseconds the server answers, or it is as if it were away. Default: 1000 before a contact is shown, else 5000. */
  patience?: number;
}

/** An offer that the reader wants applied. */
export interface ApplyRequest {
  /** Its id in the policy. */
  offer: string;
  /** The customer's own code, else the offer's. Null: it has none. */
  code: string | null;
  /** The message that told of it. Absent: it was chosen in the list of `<querencia-offers>`. */
  contact?: Contact;
}

/**
 * Whether an offer is in the cart now. Only `true` and `{ applied: true }` say so; the reader reads `message`, in place of the element's own words.
 */
export type Applied = boolean | { applied: boolean; message?: string };

export type Apply = (request: ApplyRequest) => Promise<Applied> | Applied;

/** What `<querencia-offers>` shows. */
export interface Offers {
  /** Undefined: nothing was decided yet. */
  entitled?: readonly Present[];
  apply?: Apply;
  locale: string;
  /** The reader's. */
  zone?: string;
  shopZone: string;
  /** The shop's clock. */
  now: number;
}

export interface Shop {
  readonly engine: Engine;
  readonly ledger: Store;
  /** What the customer has, by the latest decision; before the first it is empty. */
  readonly entitled: readonly Present[];
  /** Puts an offer into the cart: `apply` of the options, else of the platform. Undefined: neither can. */
  readonly apply?: Apply;
  /** Something happened, by its GA4 name: `purchase` with its `order`, `view_item`, `add_to_cart`, …; `rate` with a `score` of 0 to 10. */
  track(name: string, data?: EventData): Promise<Decision>;
  /** A visit without an event. */
  decide(): Promise<Decision>;
  /**
   * The shopper's wishes: `customer.wishes`, those that this customer saved in this browser and those that its guests saved. Of two
   * the stricter holds.
   */
  wishes(): Promise<Wishes>;
  /**
   * Stores a wish and decides again. A field replaces the one before; set it to `null` to remove it. `unsubscribed` and `spam`
   * cannot be removed; `subscribe` names channels on which `unsubscribed` of the account no longer holds: the shopper's own act. That of a guest of this browser still holds.
   * Otherwise `customer.wishes` still holds, and so does what was saved here by a guest.
   */
  wish(wish: Partial<Wishes>): Promise<Decision>;
  /**
   * The page goes on without being loaded, and says something else of the same customer, the articles or the shop: what is given replaces
   * what was given before, and is decided about. Orders and a cart that an event told of stay known. Somebody else needs another visit:
   * `close()`, then `open`.
   */
  renew(page: Pick<Options, "customer" | "catalog" | "shop" | "ledgerRecords">): Promise<void>;
  /** The reader reacted to a contact. Its record keeps the highest reaction. After `close()` this does nothing. */
  react(contactId: string, reaction: Reaction): Promise<void>;
  close(): void;
}

/** From the lowest to the highest. */
export type Reaction = NonNullable<LedgerRecord["reaction"]>;

export type Wishes = NonNullable<Customer["wishes"]>;

/** What the dialog about preferences shows. */
export interface Preferences {
  /** All wishes that hold. */
  wishes: Wishes;
  /** Those of them that this customer (or, without one, a guest) saved in this browser. */
  own: Wishes;
  /** With a customer: those that guests of this browser saved. They bind the customer, who cannot take them back. */
  guests?: Wishes;
  /** The topics of the policy's campaigns. */
  topics: readonly string[];
  /** How long a wish is kept: as long as this page is open, in this browser, or by the shop, whose own store this is. */
  kept: "page" | "browser" | "shop";
  /** The same of a wish for good: to unsubscribe, or to hear nothing on a channel. */
  keptForGood: "page" | "browser" | "shop";
}

export interface Item {
  sku?: string;
  family?: string;
  /** Up to three decimals, also as text. Absent: 1. With 0, or what nobody can read, it is unknown what the article costs. */
  quantity?: number | string | null;
  /** Of one piece, in minor units. */
  price?: number;
}

export interface EventData {
  order?: { id: string } & Partial<NonNullable<Customer["orders"]>[number]>;
  /**
   * Of a refund: not the whole order. Where it is absent, `value` and `items` say what was given back; without them it is all.
   */
  partial?: boolean;
  /** In minor units. */
  value?: number;
  items?: Item[];
  [fact: string]: unknown;
}

/**
 * Stores the records of contacts, and the shopper's wishes. It has a part for each customer who has signed in here, and one for the
 * guests. A visit names its part by a hash of `customer.id`; a guest's part is `""`.
 */
export interface Store {
  /** `indexedDB` and `memory` are those below; any other is the shop's own, and what is wished is promised to be kept by the shop. */
  readonly kind: string;
  /** Whether a limit holds however many tabs decide at once. */
  readonly hard: boolean;
  /**
   * False: what it keeps does not outlive the page, because the browser refuses it, or the reader has not consented yet. What needs a memory
   * is then not said (`page.withoutStore` of the policy). It may change while the page is open. Absent: it lasts.
   */
  readonly lasting?: false;
  /** `false`: nothing at all may be written on the device, because nobody allowed it yet, or it is a preview. */
  readonly writes?: false;
  /** Calls the listener when it becomes lasting, or no longer is. @returns a function that ends it */
  onChange?(listener: () => void): () => void;
  /** Whether wishes for good outlive the page although it does not last. */
  keepsWishes?(): boolean;
  /**
   * Calls `work` with the records of the part and of the guests, the wishes of the part, and, for a customer's part, those of the
   * guests. The records are frozen: change a copy. `work` is synchronous, and no other transaction runs meanwhile. Then `put` is stored: a
   * record with a known `id` is merged with it, where it is; a new one goes to the part. `wish` is stored in the part: a field replaces the
   * one before; `unsubscribed` and `spam` only grow, but that `subscribe` ends `unsubscribed`. Records in `drop` are deleted: they no longer
   * matter. Resolves with `result`. If `work` throws, nothing is stored. If the store fails after it, `work` may be called again.
   *
   * Without `part`, `work` gets the records of all parts; what is new, and the wishes, are the guests'.
   */
  transact<T>(work: Work<T>, part?: string): Promise<T>;
  /** The records of all parts. */
  all(): Promise<LedgerRecord[]>;
  /** Deletes the records and facts of all parts, and keeps the wishes: the reader withdrew their consent. */
  forget?(): Promise<void>;
  /** What the page saw of a part's customer: one JSON value. */
  facts?(part: string): Promise<any>;
  putFacts?(part: string, facts: any): Promise<void>;
  close(): void;
}

export type Work<T> = (
  records: LedgerRecord[],
  wishes: Wishes,
  guests?: Wishes,
  seen?: Seen,
) => { put: LedgerRecord[]; wish?: Partial<Wishes>; drop?: string[]; result: T };

/** What a store has shown already, so that who keeps the records need not read all of them again. */
export interface Seen {
  /** Stands for the records of this transaction. */
  token: unknown;
  /** The records that changed since those of an earlier token, by whichever tab; undefined: all may have. What was dropped is not told. */
  since(token: unknown): LedgerRecord[] | undefined;
}

/** A ledger that lasts as long as the page. */
export function memory(records?: LedgerRecord[]): Store;

/** The ledger of this browser profile, shared by its tabs. Shops on one origin give different names. */
export function indexedDB(options?: { name?: string }): Store;

/**
 * The ledger that the shop's server keeps: one for all devices of a customer. What a transaction writes is compared with what the server has,
 * and decided again if somebody else was faster. While the server does not answer the store goes on in the page's memory: `hard` and `lasting`
 * are false, so a page says what `page.withoutStore` allows, and what it could not tell is told when the server answers again.
 * @param url of the server, as `https://shop.example/querencia`
 */
export function remote(
  url: string,
  options?: {
    /** Who the customer is: what the shop's server has signed. A function is asked each time, with the part of the customer. Absent: a guest. */
    token?: string | ((part: string) => string | null | undefined | Promise<string | null | undefined>);
    /** Keeps what guests are told, and who has no token. Default: memory(); on a page better indexedDB(). */
    guests?: Store;
    /** In so many milliseconds the server answers, or it is as if there were none. Default: 5000. */
    patience?: number;
  },
): Store;

/** A source of events. */
export interface Platform {
  /** @returns a function that ends it */
  start(emit: (name: string, data?: EventData) => void, shop: Engine["shop"], doubt?: Doubt): () => void;
  /** Puts an offer into the platform's cart. */
  apply?: Apply;
}

/**
 * A platform heard something that it cannot use. `code`: `layer` (there is no data layer of this name), `locked` (events that come later
 * are not heard), `currency` (another than the shop's), `amount` (nobody can read it), `id` (a purchase without its order's id). `what`: where,
 * and what stands there, as `purchase.value lots`. Of one kind it is told once.
 */
export type Doubt = (code: "layer" | "locked" | "currency" | "amount" | "id", what: string) => void;

/**
 * Google Analytics 4: the events of `dataLayer`. It reads `purchase`, `refund`, `view_item`, `add_to_cart`, `remove_from_cart` and
 * `view_cart` in Google's documented shape and in the older ones of Universal Analytics, and `page_not_found`, `no_results` and `lost`,
 * for which Google has no event, by name alone. A data layer that is none is left alone.
 */
export function ga4(options?: {
  /** The list, or the name of a global one. Default: `"dataLayer"`. */
  dataLayer?: unknown[] | string;
  /** Default: the shop's. Amounts in another currency are left out. */
  currency?: string;
  /** The currency's number of decimals. Default: that of ISO 4217. */
  exponent?: number;
  /**
   * What the `value` of a purchase is. `"total"`: what was paid. Absent: as Google says, what the articles cost, without tax and
   * postage; then the order's total is known only if `tax` and `shipping` are told and `value` is the sum of `price` × `quantity`.
   */
  value?: "total";
}): Platform;

/** An element that can show a contact. It announces itself with `querencia:placement` { placement, element }. */
export interface MessageElement extends EventTarget {
  readonly isConnected: boolean;
  /** What it shows, until the reader dismisses it: meanwhile nothing else is decided for its placement. */
  readonly contact?: Contact | null;
  /** The contact counts as delivered when this has returned, or when its promise has resolved. */
  show(contact: Contact, options?: { zone?: string }): void | Promise<void>;
  /** The shop was closed: what is shown is for somebody who may have signed out. Takes it away, and shows nothing of it later. */
  cancel?(): void;
}

declare global {
  interface DocumentEventMap {
    "querencia:ready": CustomEvent<{ shop: Shop }>;
    "querencia:decision": CustomEvent<{ decision: Decision }>;
    /** A message is shown: always one of the channel `onsite`. */
    "querencia:contact": CustomEvent<{ contact: Contact }>;
    "querencia:reaction": CustomEvent<{ contactId: string; campaign: string | null; reaction: Reaction }>;
    /** The shop's server said no to a contact that the page had decided: it is not shown. `refused` says why, as in a decision. */
    "querencia:refused": CustomEvent<{ contactId: string; campaign: string; refused: { gate?: string; code: string } }>;
    /** From an element: the reader saved a wish. */
    "querencia:wish": CustomEvent<Partial<Wishes>>;
    /** From an element: which wishes hold? The shop sets `answer`. */
    "querencia:preferences": CustomEvent<{ answer?: Promise<Preferences> }>;
    /** From an element: what does the customer have? The shop sets `answer`. */
    "querencia:offers": CustomEvent<{ answer?: Offers }>;
    /** From an element: the reader wants an offer applied. Who does it sets `answer`, or calls `preventDefault()` and says what becomes of it. */
    "querencia:apply": CustomEvent<ApplyRequest & { answer?: Promise<Applied> | Applied }>;
    /** The shop was closed: what was said to its customer is not for who comes. */
    "querencia:closed": CustomEvent<{ shop: Shop }>;
    "querencia:placement": CustomEvent<{ placement: string; element: MessageElement }>;
  }
}
