import type { Contact, Moment, Present, Problem, RefusedCampaign, Request, Standing, Task } from "../types.d.ts";

/** One customer: a request without what all share. Its own fields stand before the shared ones. */
export type BatchRequest = Partial<Request>;

/** Customers by columns: each is a list with that field of all requests, as `{ customer: [ana, luis], ledger: [[], []] }`. */
export type BatchColumns = { readonly [field in keyof Request]?: ArrayLike<Request[field]> };

/** What all requests share, and how they are decided. */
export interface BatchOptions extends Partial<Moment> {
  /** whether the reasons are told, in `refused`, `tasks` and `standing`; absent: false */
  explain?: boolean | null;
  /** whether `nextAt` is searched for; absent: false */
  nextAt?: boolean | null;
  /** how many threads decide beside this one; absent, and in a browser: 0, and this thread decides in slices of 10 ms */
  workers?: number;
  /** how many customers a chunk has at most; absent: 500. With `workers` it ends early when its requests have about 8 MB */
  size?: number;
  /** ends the batch, which throws the signal's reason */
  signal?: AbortSignal;
  /** told before each chunk is given; `total` is null if the customers come from an iterator */
  onProgress?(progress: { done: number; total: number | null }): void;
}

/**
 * What was decided for some customers, in the order of the input. Each table has a column for each field that the row has in a decision:
 * what stands at one index of its columns belongs together.
 */
export interface BatchChunk {
  /** how many customers were in the chunks before this one */
  first: number;
  /** the ids of the customers; null: a guest */
  customer: (string | null)[];
  contacts: ContactTable;
  ghosts: ContactTable;
  entitled: Table<Present, "campaign" | "offer">;
  /** the requests that were refused: a row for each problem */
  errors: Table<Problem, "code">;
  /** empty without `explain`, as `tasks` and `standing` */
  refused: Table<RefusedCampaign, "campaign" | "gate" | "code" | "disposition">;
  tasks: Table<Task, "kind">;
  standing: Table<Standing, "tier" | "phase">;
  /** for each customer; NaN: none, or it was not asked for */
  nextAt: Float64Array;
  /** the words of the tables: their columns have the index of each; the first is null */
  words: (string | null)[];
}

export type ContactTable = Table<Contact, "campaign" | "class" | "channel" | "placement" | "offer">;

export type Table<Row, Words extends keyof Row> = {
  /** the customer: an index of the chunk's `customer` */
  row: Uint32Array;
} & {
  [field in keyof Row]: field extends Words ? Uint16Array : Column<Row[field]>;
};

/** Numbers, with NaN for null; 1 for true and 0 for false; lists of anything else. */
export type Column<Value> = [Value] extends [number | null] ? Float64Array : [Value] extends [boolean] ? Uint8Array : Value[];
