import type { Engine } from "../index.d.ts";
import type { Catalog, Contact, Customer, Decision, LedgerRecord, Policy } from "../types.d.ts";

/**
 * Opens a visit, which lasts as long as the tab: decides for one customer, reserves in the ledger what it decided, shows it in the page's elements.
 * On the document it dispatches `querencia:ready`, `querencia:decision`, `querencia:contact` and `querencia:reaction`; there it
 * obeys `querencia:wish`, answers `querencia:preferences`, and notes the reactions of elements.
 */
export function open(options: Options): Promise<Shop>;

export interface Options {
  /** An object, JSON text, or a loaded engine. */
  policy: Policy | string | Engine;
  /** Absent: a guest. `zone` is the one of their account. */
  customer?: Customer & { zone?: string | null };
  /** Default: indexedDB(), and memory() where the browser has no storage. */
  ledger?: Store;
  /** The answers to consent questions, read anew at each decision; they go before `customer.consent`. */
  consent?: Customer["consent"] | (() => Customer["consent"]);
  /** Where events come from, besides `track`. */
  platform?: Platform;
  /** BCP 47. Default: the customer's, the page's, the browser's. */
  locale?: string;
  /** The reader's zone, as they chose it. Default: their account's, their delivery postcode's (Spain's), the device's. */
  zone?: string;
  /** The instant in milliseconds. Default: Date.now. */
  clock?: () => number;
  /** The places of this page. Default: those of its elements; a page without the element has any. */
  placements?: string[];
  /** What is true of the articles, for claims and suggestions. */
  catalog?: Catalog;
  /** Where the elements are and events are dispatched. Default: the page's. */
  document?: Document;
}

export interface Shop {
  readonly engine: Engine;
  readonly ledger: Store;
  /** Something happened, by its GA4 name: `purchase` with its `order`, `view_item`, `add_to_cart`, … */
  track(name: string, data?: EventData): Promise<Decision>;
  /** A visit without an event. */
  decide(): Promise<Decision>;
  /** What the shopper wishes: kept in this browser, together with `customer.wishes`; of two the stricter holds. */
  wishes(): Promise<Wishes>;
  /**
   * Keeps a wish and decides anew. Fields are replaced, null takes one back, and nothing ever takes back `unsubscribed` and
   * `spam`; what `customer.wishes` says holds all the same.
   */
  wish(wish: Partial<Wishes>): Promise<Decision>;
  /** The reader answered a contact. Its record keeps the greatest reaction; after `close()` nothing happens. */
  react(contactId: string, reaction: Reaction): Promise<void>;
  close(): void;
}

/** From the least to the greatest. */
export type Reaction = "dismissed" | "clicked" | "converted";

export type Wishes = NonNullable<Customer["wishes"]>;

/** What a dialog about wishes shows. */
export interface Preferences {
  /** Those that hold. */
  wishes: Wishes;
  /** Those of them that were told in this browser. */
  own: Wishes;
  /** What the policy's campaigns are about. */
  topics: readonly string[];
}

export interface Item {
  sku?: string;
  family?: string;
  quantity?: number;
  /** Of one piece, in minor units. */
  price?: number;
}

export interface EventData {
  order?: { id: string } & Partial<NonNullable<Customer["orders"]>[number]>;
  /** Of a refund: not the whole order. */
  partial?: boolean;
  /** In minor units. */
  value?: number;
  items?: Item[];
  [fact: string]: unknown;
}

/** What decisions leave behind. */
export interface Store {
  readonly kind: string;
  /** Whether a cap holds however many tabs decide at once. */
  readonly hard: boolean;
  /**
   * Runs `work` on all records and the shopper's wishes, synchronously and alone; stores what it puts, merged by id, and what it
   * wishes, where fields are replaced and `unsubscribed` and `spam` only grow; resolves with its result. If `work` throws,
   * nothing is stored.
   */
  transact<T>(
    work: (records: LedgerRecord[], wishes: Wishes) => { put: LedgerRecord[]; wish?: Partial<Wishes>; result: T },
  ): Promise<T>;
  all(): Promise<LedgerRecord[]>;
  close(): void;
}

/** A ledger as long as the page. */
export function memory(records?: LedgerRecord[]): Store;

/** The ledger of this browser profile, shared by its tabs. Shops on one origin give different names. */
export function indexedDB(options?: { name?: string }): Store;

/** A source of events. */
export interface Platform {
  /** @returns what ends it */
  start(emit: (name: string, data?: EventData) => void, shop: Engine["shop"]): () => void;
}

/**
 * Google's data layer: purchase, refund, view_item, add_to_cart and view_cart, in Google's documented shape; and by name alone
 * page_not_found, no_results and lost, for which Google has no event.
 */
export function ga4(options?: {
  /** Default: globalThis.dataLayer. */
  dataLayer?: unknown[];
  /** Default: the shop's; amounts in another are left out. */
  currency?: string;
  /** Decimals of the currency. Default: as Intl knows it. */
  exponent?: number;
}): Platform;

/** An element that can show a contact; it announces itself by `querencia:placement` { placement, element }. */
export interface Place extends EventTarget {
  readonly isConnected: boolean;
  show(contact: Contact, options?: { zone?: string }): void;
}

declare global {
  interface DocumentEventMap {
    "querencia:ready": CustomEvent<{ shop: Shop }>;
    "querencia:decision": CustomEvent<{ decision: Decision }>;
    "querencia:contact": CustomEvent<{ contact: Contact }>;
    "querencia:reaction": CustomEvent<{ contactId: string; campaign: string | null; reaction: Reaction }>;
    /** From an element: the shopper wishes something. */
    "querencia:wish": CustomEvent<Partial<Wishes>>;
    /** From an element: what holds? Whoever knows puts the answer into it. */
    "querencia:preferences": CustomEvent<{ answer?: Promise<Preferences> }>;
    "querencia:placement": CustomEvent<{ placement: string; element: Place }>;
  }
}
