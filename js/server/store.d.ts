import type { LedgerRecord } from "../types.d.ts";
import type { Store, Wishes, Work } from "../shop/index.d.ts";

/**
 * The store of a server: the contract of a page's store, and beside the records and wishes of a part what the server knows of its customer.
 * All of a part is read and written in one transaction, which no other transaction of that part runs beside; time is the store's own.
 */
export interface ServerStore extends Store {
  transact<T>(work: ServerWork<T>, part?: string): Promise<T>;
  /** Records in a state, of all parts, the oldest first. Without `part` the index alone is read: look again in a transaction. */
  queue(options: QueueOptions): Promise<Queued[]>;
  /** The parts whose facts have a number `due`, of this instant or before: the earliest first, from after one on. */
  due(options: { until?: number; after?: Due; limit: number }): Promise<Due[]>;
  /** The parts, in the order of their names, from after one on. */
  parts(options: { after?: string; limit: number }): Promise<string[]>;
  /** The counters whose names begin so. */
  counters(prefix: string): Promise<Record<string, number>>;
  /** Deletes counters. */
  uncount(names: string[]): Promise<void>;
  /** Adds to counters, outside of parts: for what is only counted. */
  count(add: Record<string, number>): Promise<void>;
  /** One JSON value by name, such as how far a nightly run came; null deletes it. */
  note(name: string): Promise<any>;
  putNote(name: string, value: unknown): Promise<void>;
  /** The part and the grant that have a code. */
  granted(code: string): Promise<{ part: string; grant: Grant } | undefined>;
  /**
   * Notes that an order uses a code: once. `client`: the shop's own connection with its transaction open, where the store can use it; then it
   * holds if that transaction does.
   * @returns the order that has it: another than `order`, if it was used before
   */
  redeem(code: string, order: string, client?: unknown): Promise<{ order: string; at: number }>;
  /** The order that uses a code, if one does. */
  redeemed(code: string): Promise<{ order: string; at: number } | undefined>;
  /** Grants that wait for their code (`reserved`), in the order of their parts and keys, from after one on. */
  pending(options: { after?: { part: string; key: string }; limit: number }): Promise<{ part: string; key: string }[]>;
  /** Deletes all of a part: records, wishes, facts, grants. What was redeemed stays: it names an order and nobody. */
  erase(part: string): Promise<void>;
  /** The store's clock. Rejects where the store cannot be reached. */
  now(): Promise<number>;
}

export type ServerWork<T> = (...given: [...Parameters<Work<T>>, kept: Kept]) => ReturnType<Work<T>> & Change;

/** What a server's store keeps of a part beside the records and wishes. Frozen. */
export interface Kept {
  /** The store's clock, in epoch milliseconds. */
  now: number;
  /** One JSON value; undefined: nothing is kept. */
  facts: any;
  /** What was granted to the customer. */
  grants: readonly Grant[];
  /** The shop's counters whose names begin with `live.`, as they are now. */
  live: Readonly<Record<string, number>>;
}

/** What a transaction stores besides `put`, `wish` and `drop`. */
export interface Change {
  /** Replaces the facts of the part. */
  facts?: any;
  /** Added, or replaced by `key`. A key is had once in a part. */
  grants?: Grant[];
  /** The keys of grants that are deleted: nothing was issued. */
  ungrant?: string[];
  /** Deletes all of the part, as `erase` does, whatever else is stored of it. */
  erase?: boolean;
  /** Adds to counters, in the same transaction. */
  count?: Record<string, number>;
  /**
   * Counters that may not become greater: with `{ "live.issued.gift.2026-11": 500 }` nothing of the transaction is stored where the sum would
   * be over 500, and it rejects with an Error whose `code` is `over` and whose `counter` is the name.
   */
  most?: Record<string, number>;
}

export interface QueueOptions {
  state: LedgerRecord["state"];
  channel?: string;
  /** Of records of this instant or before. */
  until?: number;
  /** After this one of an earlier answer. */
  after?: Queued;
  limit: number;
}

export interface Queued {
  part: string;
  id: string;
  at: number;
}

export interface Due {
  part: string;
  due: number;
}

/** An offer that was given to a customer. */
export interface Grant {
  /** What is given once: the offer and the occurrence; for kinds that are once over all campaigns the kind and the occurrence. */
  key: string;
  offer: string;
  campaign: string;
  occurrence: string;
  /** When it was reserved. */
  at: number;
  /** `reserved`: the platform is being asked for a code; `issued`: there is one. */
  state: "reserved" | "issued";
  /** The contact that tells of it; absent: the customer claimed it. */
  contact?: string;
  /** No two grants of a shop have one code: a transaction that would store a second rejects with an Error whose `code` is `taken`. */
  code?: string;
  expiresAt?: number;
  /** The counter in which it counts towards the offer's budget. */
  counter?: string;
  /** When the platform was last asked for the code. */
  begun?: number;
  /** How often it was asked. */
  tries?: number;
  /** Of a birthday: the month and day, as `--11-22`, that it was given for. */
  birthday?: string;
}

export type { Store, Wishes };
