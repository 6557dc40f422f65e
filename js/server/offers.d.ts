import type { Present } from "../types.d.ts";

/** How codes come about. Without `issue` and `ownCodes` none is made: the shop brings them with its facts (`customer.codes`). */
export interface OfferOptions {
  /**
   * Makes a code on the platform: for this customer alone, for one use, ending at `expiresAt`. It is called after the grant is stored, once for
   * each `key`, or again with the same `key` where no answer was heard: then answer with the same code. `{ permanent: true }` in the error says
   * that it will never be made.
   */
  issue?: Issue;
  /** How long `issue` may take, in milliseconds. Default: 10,000. */
  issueLimit?: number;
  /** `true`: the platform makes another code at each call. Then it is called once, and where no answer was heard a person must look. */
  issueOnce?: boolean;
  /** `true`: the server makes the codes itself, and `redeem` says who used one. */
  ownCodes?: boolean;
  /** Hears why `issue` failed. `key` is that of `issue`. */
  onIssueError?: (failure: { error: unknown; key: string }) => void;
}

export type Issue = (wanted: CodeWanted) => Promise<CodeIssued> | CodeIssued;

export interface CodeWanted {
  /** Names what is given to whom, in 64 hexadecimal digits: the idempotency key of the platform. */
  key: string;
  offer: string;
  /** The customer's id. */
  customer: string;
  campaign: string;
  /** What it is given for: a birthday's year, an order's id, … */
  occurrence: string;
  /** When the code must end, in epoch milliseconds. */
  expiresAt?: number;
  /** Aborted when the time is over. */
  signal: AbortSignal;
}

export interface CodeIssued {
  /** 1 to 256 characters that somebody can type: no control characters and line ends. Another answer counts as a failure. */
  code: string;
  /** If it ends sooner than asked: in epoch milliseconds, or as `2026-12-31T09:00:00Z`. */
  expiresAt?: number | string;
}

export interface Offering {
  /** The presents that the customer has, spoken of or not, with the codes that they claimed. */
  entitled(customer: string): Promise<Present[]>;
  /** Gives a present of `entitled` that the customer asks for. To claim it again answers the same. */
  claim(customer: string, present: { campaign: string; occurrence: string }): Promise<Claimed>;
  /**
   * Notes that an order uses a code of the server's own, once. `client`: your connection with the order's transaction open.
   * The same order again gets the same answer.
   */
  redeem(code: string, order: string, options?: { client?: unknown; customer?: string }): Promise<Redeemed>;
  /** Asks the platform for the codes that are still to come. `deliver` and the nightly run do so too. */
  issuePending(options?: { limit?: number }): Promise<IssueReport>;
  /** A person found out what the platform made of a code that was asked for once (`issueOnce`): the code, or null: it made none. */
  settle(customer: string, present: { campaign: string; occurrence: string }, answer: CodeIssued | null): Promise<void>;
}

export interface Claimed {
  offer: string;
  campaign: string;
  occurrence: string;
  /** The customer's own, else the offer's; null: it has none. */
  code: string | null;
  /** When it ends, in epoch milliseconds; null: nothing ends it. */
  expiresAt: number | null;
}

export interface Redeemed {
  order: string;
  /** By the store's clock. */
  at: number;
  offer: string;
  campaign: string;
}

export interface IssueReport {
  issued: number;
  /** Asked again later. */
  waiting: number;
  /** The platform will never make them. */
  refused: number;
  tasks: CodeTask[];
}

/** Nobody knows whether the platform made the code. A person looks, and tells it by `settle`. */
export interface CodeTask {
  kind: "code";
  customer: string;
  offer: string;
  campaign: string;
  occurrence: string;
  dueAt: number;
}
