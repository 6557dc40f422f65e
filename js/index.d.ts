/// <reference lib="esnext.disposable" />

import type { Claims, ClaimsRequest, Contact, Customer, Decision, LedgerRecord, Moment, Policy, Problem, Request } from "./types.d.ts";

export type * from "./types.d.ts";

/**
 * Reads a policy and makes it decide.
 * @param policy an object or JSON text
 * @throws {PolicyError} with every problem of the policy
 */
export function load(policy: Policy | string): Promise<Engine>;

export interface Engine {
  /** The SHA-256 of the policy's RFC 8785 form, in hex; empty where the host has no crypto.subtle. */
  readonly policy: string;
  /** The policy's `shop`. */
  readonly shop: Readonly<NonNullable<Policy["shop"]>>;
  /** What its campaigns are about, each topic once. */
  readonly topics: readonly string[];
  /**
   * Decides once, from nothing but what is given; `zones` are filled in from Intl when absent.
   * @throws {RequestError}
   */
  decide(request: Request): Decision;
  /**
   * Says which claims about an article's price hold for a destination, and the figures that may be shown.
   * @throws {RequestError}
   */
  claims(request: ClaimsRequest): Claims;
  /**
   * Keeps a customer and a ledger inside the engine, for a page or a batch that decides more than once.
   * @throws {RequestError}
   */
  customer(customer?: Customer | null, ledger?: LedgerRecord[] | null): CustomerHandle;
  /** Gives the memory back; afterwards nothing can be asked. */
  free(): void;
  [Symbol.dispose](): void;
}

export interface CustomerHandle {
  /** @throws {RequestError} */
  decide(moment: Moment): Decision;
  /** Merges one record into the ledger; a contact of a decision counts as delivered. */
  record(given: Contact | LedgerRecord): void;
  /** Replaces the ledger. */
  ledger(records: LedgerRecord[]): void;
  /** Replaces fields of the customer. */
  update(patch: Partial<Customer>): void;
  free(): void;
  [Symbol.dispose](): void;
}

/** A contact's message as plain text; never markup. */
export function render(
  contact: Pick<Contact, "message">,
  options?: {
    /** For instants that do not bring their zone: the reader's. */
    zone?: string;
    /** Values to use instead of the message's, or besides them. */
    params?: Contact["message"]["params"];
  },
): {
  title: string | null;
  body: string;
  signer: string | null;
  /** The call to share it; absent: there is none, or not now. */
  share?: string;
};

declare class Refused extends Error {
  constructor(problems: Problem[]);
  /** Of the first problem, as are `path` and `message`. */
  readonly code: Problem["code"];
  readonly path: string;
  readonly problems: Problem[];
}

/** A policy that cannot be kept. */
export class PolicyError extends Refused {}

/** A request that cannot be decided. */
export class RequestError extends Refused {}
