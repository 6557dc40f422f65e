import type { Engine } from "../index.d.ts";
import type { Contact, Customer, Decision, LedgerRecord, Policy } from "../types.d.ts";

/**
 * Opens a visit: decides for one customer, reserves in the ledger what it decided, shows it in the page's elements.
 * On the document it dispatches `querencia:ready`, `querencia:decision`, `querencia:contact` and `querencia:reaction`.
 */
export function open(options: Options): Promise<Shop>;

export interface Options {
  /** An object, JSON text, or a loaded engine. */
  policy: Policy | string | Engine;
  /** Absent: a guest. */
  customer?: Customer;
  /** Default: indexedDB(), and memory() where the browser has no storage. */
  ledger?: Store;
  /** The answers to consent questions, read anew at each decision; they go before `customer.consent`. */
  consent?: Customer["consent"] | (() => Customer["consent"]);
  /** Where events come from, besides `track`. */
  platform?: Platform;
  /** BCP 47. Default: the customer's, the page's, the browser's. */
  locale?: string;
  /** The reader's zone. Default: the device's. */
  zone?: string;
  /** The instant in milliseconds. Default: Date.now. */
  clock?: () => number;
  /** The places of this page. Default: those of its elements; a page without the element has any. */
  placements?: string[];
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
  /** The reader answered a contact: `clicked`, `dismissed`, … */
  react(contactId: string, reaction: string): Promise<void>;
  close(): void;
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
   * Runs `work` on all records, synchronously and alone; stores what it puts, merged by id; resolves with its result.
   * If `work` throws, nothing is stored.
   */
  transact<T>(work: (records: LedgerRecord[]) => { put: LedgerRecord[]; result: T }): Promise<T>;
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

/** Google's data layer: purchase, refund, view_item, add_to_cart and view_cart, in Google's documented shape. */
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
    "querencia:reaction": CustomEvent<{ contactId: string; campaign: string | null; reaction: string }>;
    "querencia:placement": CustomEvent<{ placement: string; element: Place }>;
  }
}
