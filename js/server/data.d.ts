import type { Customer, LedgerRecord } from "../types.d.ts";
import type { Grant, Wishes } from "./store.d.ts";

/** All that is known of a customer. Instants are epoch milliseconds. */
export interface Exported {
  format: "querencia-customer-1";
  /** When it was read, by the store's clock. */
  at: number;
  /** What the shop told. */
  customer: Customer & { id: string; [field: string]: any };
  wishes: Wishes;
  /** What was said to them, or is to be said. */
  contacts: LedgerRecord[];
  /** The offers that they were given, with the order that used the code. */
  offers: (Grant & { redeemed?: { order: string; at: number } })[];
  /** What the server notes for itself: when each field was told, which events came. */
  remembered: { [name: string]: any };
}

export interface Erased {
  /** False: nothing was known of them. */
  known: boolean;
  /** How many records of contacts were deleted. */
  contacts: number;
  /** How many codes: those that the server made itself cannot be redeemed any longer. */
  codes: number;
}

/** A contact that another program made, before the server or beside it. */
export interface PastContact {
  /** The customer's id. */
  customer: string;
  /** The campaign of the policy that says the same, or any name. */
  campaign: string;
  /** The contact's id, where the server made it and the mail service knows it. */
  id?: string;
  /** When it was sent: epoch milliseconds or RFC 3339. */
  at: number | string;
  /** What it was about, as the campaign names it: the order's id, the birthday's year. */
  occurrence?: string;
  /** Absent: the campaign's. */
  channel?: LedgerRecord["channel"];
  /** Absent: the campaign's; of a campaign that the policy does not have `promotional`, which silences most. */
  class?: LedgerRecord["class"];
  /** Absent: the campaign's. */
  offer?: string;
  /** Absent: `delivered`. */
  state?: "delivered" | "failed";
  reaction?: LedgerRecord["reaction"];
}

export interface ImportOptions {
  /** So many customers at once. Default: 4. */
  concurrency?: number;
  /** Hears after each 1,000 rows. */
  onProgress?(report: Imported): void;
}

export interface Imported {
  /** How many were read. */
  rows: number;
  /** How many are in the ledgers now that were not. */
  added: number;
  /** How many were there already. */
  known: number;
  /** How many have a mistake, and were left out. */
  refused: number;
  /** The first 100 mistakes: `path` begins with the row, counted from 0. */
  problems: { code: string; path: string; message: string }[];
}
