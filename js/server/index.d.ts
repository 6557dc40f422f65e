import type { Catalog, Contact, Customer, Decision, LedgerRecord, Moment, Policy, Present, Refusal, ShopNow, Task, Warning } from "../types.d.ts";
import type { Erased, Exported, Imported, ImportOptions, PastContact } from "./data.d.ts";
import type { DeliverOptions, Delivery, MessagePart, Waiting, Text } from "./delivery.d.ts";
import type { HttpOptions } from "./http/index.js";
import type { NightlyOptions, NightlyReport } from "./night.d.ts";
import type { CodeTask, OfferOptions, Offering } from "./offers.d.ts";
import type { ServerStore, Wishes } from "./store.d.ts";

export type * from "./data.d.ts";
export type * from "./delivery.d.ts";
export type * from "./night.d.ts";
export type * from "./offers.d.ts";
export type * from "./store.d.ts";
export * from "./http/index.js";

/** Opens the shop's server over a store. */
export function open(options: Options): Promise<Server>;

/** A store that lasts as long as the process: for trying and for tests. */
export function memory(options?: { clock?: () => number }): ServerStore;

/**
 * A store in PostgreSQL. The tables (`querencia_…`) are made at the first use, and brought up to date by a later release.
 * @param client a pool or a connection of `pg`, a `PGlite`, or what has their `query(text, values)`. One connection must be the store's own: a
 *   transaction that is open on it would end with the store's. Whoever made the client ends it.
 */
export function postgres(client: PostgresClient, options?: { patience?: number }): ServerStore;

/**
 * A store in Redis (6.2 or later). All keys begin with `prefix`; its braces keep them in one slot of a cluster.
 * @param client of node-redis or ioredis, or an object with a method that sends one command. Whoever made it ends it.
 */
export function redis(client: RedisClient, options?: { prefix?: string; patience?: number }): ServerStore;

export type RedisClient =
  | { sendCommand(args: any): Promise<any> }
  | { call(name: string, ...args: any[]): Promise<any> }
  | { command(args: string[]): Promise<any> };

export interface PostgresClient {
  query(text: string, values?: any[]): Promise<{ rows: any[] }>;
}

export interface Options extends HttpOptions, OfferOptions {
  /** An object, or JSON text: the whole policy, not its published part. */
  policy: Policy | string;
  store: ServerStore;
  /** For how long a contact is reserved, in milliseconds. Default: a day. */
  lease?: number;
  /**
   * The facts about the articles, for claims and suggestions. A function is asked in each transaction that decides, also in the one just before a
   * mail is sent: so it answers at once, with what you keep up to date.
   */
  catalog?: Catalog | (() => Catalog | undefined);
  /** What is known of the whole shop besides what the server counts itself. */
  shop?: ShopNow | (() => ShopNow | undefined);
  /** The engine's Wasm, where your tools do not find it by themselves. */
  wasm?: object | string;
}

export interface Server extends Offering {
  readonly store: ServerStore;
  /**
   * Takes a fact: something is known of a customer, or happened to them. The same again changes nothing, and what was so earlier changes
   * nothing that was so later. A fact with a mistake is refused whole, with its path.
   */
  facts(fact: Fact): Promise<Taken>;
  /** A mistake in one of them, and none is stored. At most 1,000. */
  facts(facts: Fact[]): Promise<Taken[]>;
  /**
   * Decides for a customer, and reserves what is to be said. `event`, `visit`, `zone`, `placements` and `without` are kept with what is reserved, as it
   * is decided again before it is said. A `catalog` is for this decision alone, where `open` has one too.
   */
  decide(customer: string, moment?: Omit<Moment, "now">): Promise<Decided>;
  /** The contacts of a channel that are reserved and wait to be sent, the oldest first: for who arms and sends them without `deliver`. */
  contacts(options: ContactsOptions): Promise<(ReservedContact & { cursor: string })[]>;
  /** Just before a contact is said: decides again. Who gets `armed: true` says it, once. */
  arm(customer: string, contact: string, only?: Only): Promise<Armed>;
  /**
   * The same for a contact that a page decided itself: its record, or what it is about. Who has an offer is decided on what the server knows
   * alone; else the page's event and cart are believed, for this decision. `moment` may have `event`, `cart`, `placements`, `visit`, `zone`.
   */
  arm(customer: string, contact: LedgerRecord | { campaign: string; occurrence?: string; placement?: string }, moment?: object): Promise<PageArmed>;
  /**
   * A page tells what its browser knows, and learns what the server knows. Records of other channels, and states that would make room, are
   * refused; wishes are a change, and hold on all channels from the next decision on.
   */
  sync(customer: string, given?: { records?: LedgerRecord[]; wishes?: Partial<Wishes> | null }): Promise<Synced>;
  /**
   * Reads the ledger of a customer, or changes it if nobody has since `version`. For `remote(url)` of a page. Only records that no decision
   * reads any longer can be dropped.
   */
  ledger(customer: string, change?: LedgerChange): Promise<LedgerAnswer>;
  /**
   * Notes what became of a contact that was armed; one that was not is refused (`not-armed`). To say it again changes nothing, and `delivered`
   * after `failed` neither. Gives the record as it is then.
   */
  outcome(customer: string, contact: string, outcome: Outcome, only?: Only): Promise<LedgerRecord>;
  /** The server over HTTP. It never rejects. `more` is what the host gives beside the request, for `address`. */
  fetch(request: Request, ...more: any[]): Promise<Response>;
  /** Begins to send what is reserved for a channel. */
  deliver(options: DeliverOptions): Delivery;
  /** Decides for many customers, and reserves what is to be said. */
  nightly(options?: NightlyOptions): Promise<NightlyReport>;
  /** What waits, by channel. */
  queued(channels?: string[]): Promise<Record<string, Waiting>>;
  /**
   * The same for Node's `http` and what is built on it: `createServer(server.node)`, `app.use("/querencia", server.node)`. `more`: `{ body }`, where
   * another reader has read the body already.
   */
  node(req: any, res: any, more?: unknown): Promise<void>;
  /**
   * Another policy from now on. It is read whole first: one that is refused changes nothing, and rejects with its PolicyError. What is reserved
   * is decided again by it before it is said.
   */
  policy(next: Policy | string): Promise<Switched>;
  /**
   * Deletes records that no decision reads any longer, and with `inactive` also all of the customers of whom nothing was heard for so long, as
   * `1095d`. Of those who unsubscribed that alone stays.
   */
  prune(options?: { inactive?: string; onProgress?: (pruned: Pruned) => void }): Promise<Pruned>;
  /** What is known of the whole shop, without a customer: for pages. */
  shop(): Promise<ShopNow>;
  /**
   * What the shop's people should do. The customer whose first task is due soonest comes first, with all of theirs. As many as were asked for:
   * there may be more, which a call with `after` gives.
   */
  tasks(options?: TasksOptions): Promise<ShopTask[]>;
  /** What happened over some days: refusals by code, contacts by channel and state. The last second of other processes may be missing. */
  report(options?: { from?: string; to?: string }): Promise<Report>;
  /** All that is known of a customer, as JSON. */
  export(customer: string): Promise<Exported>;
  /** Deletes all that is known of a customer. */
  erase(customer: string): Promise<Erased>;
  /** Puts contacts that were made without the server into the ledgers. The same row again changes nothing; one with a mistake is left out. */
  import(rows: Iterable<PastContact> | AsyncIterable<PastContact>, options?: ImportOptions): Promise<Imported>;
  /** Takes no more, waits for what runs, and closes the store. */
  close(): Promise<void>;
}

/** Of whom is asked for a page: a contact of another channel than `channel` is unknown to it (`unknown-contact`). */
export interface Only {
  channel?: LedgerRecord["channel"];
}

export type Fact = CustomerFact | CloudEvent;

/** What the shop knows of a customer now. Fields that are not named stay as they are; null removes one. */
export interface CustomerFact {
  /** `zone`: that of their account. */
  customer: Customer & { id: string; zone?: string | null };
  /** When it was so; absent: now. */
  time?: number | string;
}

/**
 * An event in the envelope of CloudEvents 1.0, as JSON. `source` and `id` together name it: sent again it changes nothing. `data` of
 * `querencia.customer` has fields of Customer; of `querencia.order`, `.conversation`, `.mention` and `.rating` one of them; of
 * `querencia.consent` and `.wishes` those; of `querencia.event` something that happened, by its GA4 name, which is decided about.
 */
export interface CloudEvent {
  specversion: "1.0";
  type: "querencia.customer" | "querencia.order" | "querencia.conversation" | "querencia.mention" | "querencia.rating" | "querencia.consent" | "querencia.wishes" | "querencia.event";
  source: string;
  id: string;
  /** The id of the customer. */
  subject: string;
  /** RFC 3339. When it was so; absent: now. */
  time?: string;
  datacontenttype?: string;
  data: object;
  [extension: string]: unknown;
}

export interface Decided extends Decision {
  /** What was reserved before on the channels that were asked about, and still waits to be sent. Absent: nothing. */
  reserved?: ReservedContact[];
}

/** A contact that waits to be sent: what `arm` asks for. Its words come from `arm`, which decides again. */
export interface ReservedContact {
  customer: string;
  /** The contact's id. */
  contact: string;
  campaign: string;
  class: LedgerRecord["class"];
  channel: LedgerRecord["channel"];
  placement?: string;
  occurrence?: string;
  offer?: string;
  /** Of a digest, which is one message: the id of its first part. */
  digest?: string;
  /** When it was reserved, and until when it is. Epoch milliseconds. */
  at: number;
  leaseUntil: number;
}

export interface ContactsOptions {
  channel: "email" | "push" | "sms" | "phone" | "post" | "social";
  /** At most so many, 1 to 1,000. Default: 100. With fewer the list is at its end. */
  limit?: number;
  /** The `cursor` of the last of an earlier list: those after it. */
  after?: string;
}

/** What a fact has changed. */
export interface Taken {
  customer: string;
  /** The fields of the customer that are another now. */
  changed: string[];
  /** This event came before: nothing changed. */
  replayed?: true;
  /** This event is older than what is remembered of events: nothing changed. */
  stale?: true;
  /** What of the fact was not taken, although nothing is wrong with it: a birthday that changed less than 365 days ago (`birthday-kept-until`). */
  problems?: { code: string; path: string; message: string; until: number }[];
  /** Of an event that is not older than seven days: what was reserved. */
  decision?: Decided;
  /** With `replayed`: what this event had reserved and still waits to be sent. Absent: nothing. */
  reserved?: ReservedContact[];
}

/** `contact` is absent where the page's own message is shown: what it needs to know of the catalogue the server does not have. */
export type PageArmed = { armed: true; contact?: Contact; record: LedgerRecord } | Extract<Armed, { armed: false }>;

/** What a page learns of its customer. */
export interface Synced {
  /** All but who is held out of other channels. */
  records: LedgerRecord[];
  wishes: Wishes;
  codes: NonNullable<Customer["codes"]>;
  entitled: Present[];
  shop: ShopNow;
  now: number;
}

export interface LedgerChange {
  /** That of the answer before; absent: it is only read. */
  version?: string;
  put?: LedgerRecord[];
  wish?: Partial<Wishes>;
  drop?: string[];
}

export interface LedgerAnswer {
  /** False: somebody else was faster, and this is what is kept now. */
  ok: boolean;
  version: string;
  records: LedgerRecord[];
  wishes: Wishes;
  now: number;
}

export interface Switched {
  /** The hash of the policy that counts now, and of the one before. */
  policy: string;
  before: string;
  /** The campaigns that are no longer there: what they had reserved is released before it is said. */
  gone: string[];
  warnings: readonly Warning[];
}

export interface Pruned {
  /** How many customers were looked at. */
  customers: number;
  /** How many records of contacts were deleted. */
  records: number;
  /** Of how many customers nothing is kept any longer, but that they unsubscribed. */
  forgotten: number;
}

export interface TasksOptions {
  /** What is due until then; absent: now. */
  until?: number | string;
  /** At most so many, 1 to 1,000. Default: 100. */
  limit?: number;
  /** The `cursor` of the last task of a list that was cut off: those after it. */
  after?: string;
  /** Tasks of these kinds alone. Absent: of all. */
  kinds?: ShopTask["kind"][];
}

/**
 * A task of a decision with its customer; or a contact that was armed an hour ago on another channel than `onsite`, of which nobody has told what
 * became. `cursor` is its place in the list, for `after`.
 */
export type ShopTask = (({ customer: string } & Task) | { customer: string | null; kind: "outcome"; contact: string; dueAt: number } | CodeTask) & { cursor: string };

export interface Report {
  /** The first and the last day, in UTC. */
  from: string;
  to: string;
  decisions: number;
  /** How often each code held a campaign back, the most frequent first. */
  refused: { gate: string; code: string; count: number }[];
  /** By channel and state: how many contacts came to it. */
  contacts: Record<string, Record<string, number>>;
  /** By channel: what the customers did. */
  reactions: Record<string, Record<string, number>>;
  /** How many contacts were sent or shown. */
  said: number;
  /** How many customers unsubscribed, reported spam or took back their consent to a channel. */
  left: number;
  /** `left` of 1,000 contacts, in all and by campaign of the latest contact; absent with fewer than 200 contacts. */
  fatigue?: number;
  fatigueBy?: Record<string, number>;
  /** How many conversations of all customers wait for an answer now. */
  unanswered: number;
}

export type Outcome = "delivered" | "failed" | "dismissed" | "clicked" | "converted";

export type Armed =
  | {
      armed: true;
      contact: Contact;
      /** The message, filled in; of a digest the text of all parts. */
      text: Text;
      record: LedgerRecord;
      /** Of a digest, whichever of its parts was named: each that is said. */
      parts?: MessagePart[];
    }
  | {
      armed: false;
      /** `not-reserved`: it was said, or released. `lapsed`: its reservation ended. `refused`: it may not be said any longer, or not now.
       * `awaiting-code`: its code is still to come; it stays reserved. */
      code: "not-reserved" | "lapsed" | "refused" | "awaiting-code";
      refused?: Pick<Refusal, "gate" | "code">;
      /** It stays reserved, and may be said from then on. Absent: it was released. */
      retryAt?: number;
    };

/** What a server refuses. */
export class ServerError extends Error {
  readonly code: string;
  readonly path: string;
  /** The status of HTTP. */
  readonly status: number;
  readonly problems: { code: string; path: string; message: string }[];
}
