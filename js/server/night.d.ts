import type { Customer } from "../types.d.ts";

export interface NightlyOptions {
  /**
   * Whom to decide for: ids, or `{ id, …facts }`, whose facts are stored first. A list, an iterator, rows of a query as they come; sorted the same
   * each time, so that an interrupted run goes on where it was. Or a function that gets the last id that is done, and gives those after it:
   * `(after = "") => query("… where id > $1 order by id", [after])`. Absent: all whom the store knows.
   */
  customers?: Customers | ((after?: string) => Customers | Promise<Customers>);
  /** Absent: all channels but that of the pages. */
  channels?: ("email" | "push" | "sms" | "phone" | "post" | "social")[];
  /** So many customers at once. Default: 4. */
  concurrency?: number;
  /** Of runs with one name, one process does one at a time. Default: `nightly`. */
  name?: string;
  /** True: it begins with the first customer, whatever an interrupted run did. */
  again?: boolean;
  /** So long after the last sign of life another process may take the run over, in milliseconds. Default: a minute. */
  lease?: number;
  /**
   * True: nothing is stored, reserved or counted, and no code is asked of a platform. The report says what a run would reserve now. It begins with the
   * first customer, and runs beside others: `name`, `again` and `lease` mean nothing.
   */
  dryRun?: boolean;
  /** Ends it: the customers in hand are finished, and a later call goes on. */
  signal?: AbortSignal;
  /** Hears every other second how far it is. */
  onProgress?(report: NightlyCounts): void;
}

export type Customers = Iterable<string | NightlyCustomer> | AsyncIterable<string | NightlyCustomer>;
export type NightlyCustomer = Customer & { id: string };

export interface NightlyCounts {
  customers: number;
  /** How many were reserved. */
  contacts: number;
  /** The same by campaign. */
  reserved: Record<string, number>;
  /** Refusals, by gate and code: `consent/not-given`. */
  refused: Record<string, number>;
  /** Customers for whom nothing could be decided, by code. */
  errors: Record<string, number>;
}

export interface NightlyReport extends NightlyCounts {
  /** False: it was stopped, and a later call goes on. */
  finished: boolean;
  /** It stored nothing. */
  dryRun?: true;
  /** So many customers an interrupted run had done. */
  resumedFrom: number;
  /** When it began, an interrupted one too, and when it ended, by the store's clock. */
  from: number;
  to: number;
}
