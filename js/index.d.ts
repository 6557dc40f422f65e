/// <reference lib="esnext.disposable" />

import type { BatchChunk, BatchColumns, BatchOptions, BatchRequest } from "./batch/index.d.ts";
import type { Claims, ClaimsRequest, Contact, Customer, Decision, LedgerRecord, Moment, Policy, Problem, Request, Warning } from "./types.d.ts";

export type * from "./batch/index.d.ts";
export type * from "./types.d.ts";

/**
 * Reads a policy.
 * @param policy an object or JSON text
 * @param options now: when it is read, for warnings of what is over; absent: the host's clock.
 * wasm: the file `querencia/querencia.wasm`, where your tools do not find it by themselves: a WebAssembly.Module, its bytes, its address, a
 * Response, or a promise of one of these. The engine is made once: the Wasm that comes first counts.
 * @throws {PolicyError} lists every problem of the policy
 */
export function load(policy: Policy | string, options?: LoadOptions): Promise<Engine>;

export interface LoadOptions {
  now?: number | string | Date;
  wasm?: object | string;
}

export interface Engine {
  /**
   * The SHA-256 of the policy's RFC 8785 form, in hex; decisions and records carry it as `policy`. Empty if the host has no
   * crypto.subtle, for example on a page without https.
   */
  readonly policyHash: string;
  /** The policy's `shop`. */
  readonly shop: Readonly<NonNullable<Policy["shop"]>>;
  /** The topics of its campaigns, each once. */
  readonly topics: readonly string[];
  /**
   * What the policy should change although it was accepted: an offer of 0.1 percent, a campaign that can never speak, an unused
   * message. Only the full build (Node, servers) has warnings: in a browser the list is empty.
   */
  readonly warnings: readonly Warning[];
  /**
   * Decides one request. If `zones` is absent, it is filled in from Intl.
   * @throws {RequestError}
   */
  decide(request: Request & { explain?: true | null }): Decision;
  decide(request: Request & { explain: false }): BriefDecision;
  /**
   * Lists the claims about an article's price that hold for a destination, and the figures that may be shown.
   * @throws {RequestError}
   */
  claims(request: ClaimsRequest): Claims;
  /**
   * Keeps a customer and a ledger inside the engine. Use it in a page that decides more than once.
   * @throws {RequestError}
   */
  customer(customer?: Customer | null, ledger?: LedgerRecord[] | null): CustomerHandle;
  /**
   * Decides for many customers, and gives the answers by columns, chunk after chunk. A request with mistakes has a row in `errors` and
   * ends nothing. The next customers are read when a chunk is taken.
   * @throws {RangeError | TypeError} for options or columns that cannot be; the signal's reason when it aborts; what a worker threw
   */
  batch(
    customers: Iterable<BatchRequest> | AsyncIterable<BatchRequest> | BatchColumns,
    options?: BatchOptions,
  ): AsyncGenerator<BatchChunk, void, void>;
  /** Frees the memory. Every later call throws. */
  free(): void;
  [Symbol.dispose](): void;
}

/** What `explain: false` answers: the same contacts, and no reasons. */
export type BriefDecision = Omit<Decision, "refused" | "tasks" | "standing"> & { refused: null; tasks: null; standing: null };

export interface CustomerHandle {
  /** @throws {RequestError} */
  decide(moment: Moment & { explain?: true | null }): Decision;
  decide(moment: Moment & { explain: false }): BriefDecision;
  /**
   * When a campaign that is silent may speak, in epoch milliseconds: its `retryAt` in the decision of that moment. `null`: nothing is
   * known, or it speaks. Without a moment it is that of the last decision. After `explain: false` it answers for one campaign what the
   * explanation says of all.
   * @throws {RequestError}
   * @throws {TypeError} the id is no text, or there is no moment and nothing was decided before
   */
  retryAt(campaign: string, moment?: Moment | null): number | null;
  /** Merges one record into the ledger. A contact of a decision is recorded as delivered. */
  record(given: Contact | LedgerRecord): void;
  /** Replaces the ledger. */
  ledger(records: LedgerRecord[]): void;
  /** Replaces fields of the customer. */
  update(patch: Partial<Customer>): void;
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * A contact's message as plain text; never markup.
 * @throws {TypeError} if it cannot be filled in, or an address in it is not allowed
 */
export function render(
  contact: Pick<Contact, "message">,
  options?: {
    /** The reader's zone, for instants without a zone of their own. */
    zone?: string;
    /** Parameters that are added to the message's, or replace them. */
    params?: Contact["message"]["params"];
  },
): {
  title: string | null;
  body: string;
  signer: string | null;
  /** The call to share the message. Absent: the message has none, or sharing is not allowed now. */
  share?: string;
  /** A link. `to` is an `https://` address, or one relative to the page; its parameters are percent-encoded. Absent: none. */
  action?: { label: string; to: string };
  /** A picture. `src` is such an address. Absent: none. */
  image?: { src: string; alt: string };
};

declare class ProblemsError extends Error {
  constructor(problems: Problem[]);
  /**
   * The code of the first problem; `path` is that of the first problem too. `message` has its path, its sentence, and how many more there
   * are: `limits[0].max: expected a whole number (and 2 more)`.
   */
  readonly code: Problem["code"];
  readonly path: string;
  readonly problems: Problem[];
}

/** A policy with mistakes. */
export class PolicyError extends ProblemsError {}

/** A request with mistakes. */
export class RequestError extends ProblemsError {}
