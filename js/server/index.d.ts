import type { Catalog, Contact, Decision, LedgerRecord, Moment, Policy, Refusal, ShopNow } from "../types.d.ts";
import type { DeliverOptions, Delivery, Waiting } from "./delivery.d.ts";
import type { HttpOptions } from "./http/index.js";
import type { ServerStore } from "./store.d.ts";

export type * from "./delivery.d.ts";
export type * from "./store.d.ts";
export * from "./http/index.js";

/** Opens the shop's server over a store. */
export function open(options: Options): Promise<Server>;

/** A store that lasts as long as the process: for trying and for tests. */
export function memory(options?: { clock?: () => number }): ServerStore;

export interface Options extends HttpOptions {
  /** An object, or JSON text: the whole policy, not its published part. */
  policy: Policy | string;
  store: ServerStore;
  /** For how long a contact is reserved, in milliseconds. Default: a day. */
  lease?: number;
  /** The facts about the articles, for claims and suggestions. */
  catalog?: Catalog;
  /** What is known of the whole shop besides what the server counts itself. */
  shop?: ShopNow | (() => ShopNow | undefined);
  /** The engine's Wasm, where your tools do not find it by themselves. */
  wasm?: object | string;
}

export interface Server {
  readonly store: ServerStore;
  /** Decides for a customer, and reserves what is to be said. */
  decide(customer: string, moment?: Omit<Moment, "now">): Promise<Decision>;
  /** Just before a contact is said: decides again. Who gets `armed: true` says it, once. */
  arm(customer: string, contact: string): Promise<Armed>;
  outcome(customer: string, contact: string, outcome: Outcome): Promise<LedgerRecord>;
  /** The server over HTTP. It never rejects. `more` is what the host gives beside the request, for `address`. */
  fetch(request: Request, ...more: any[]): Promise<Response>;
  /** Begins to send what is reserved for a channel. */
  deliver(options: DeliverOptions): Delivery;
  /** What waits, by channel. */
  queued(channels?: string[]): Promise<Record<string, Waiting>>;
  /** Takes no more, waits for what runs, and closes the store. */
  close(): Promise<void>;
}

export type Outcome = "delivered" | "failed" | "dismissed" | "clicked" | "converted";

export type Armed =
  | { armed: true; contact: Contact; record: LedgerRecord }
  | {
      armed: false;
      /** `not-reserved`: it was said, or released. `lapsed`: its reservation ended. `refused`: it may not be said any longer, or not now. */
      code: "not-reserved" | "lapsed" | "refused";
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
