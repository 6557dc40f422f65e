import type { render } from "../index.d.ts";
import type { Contact, Customer } from "../types.d.ts";

export interface DeliverOptions {
  channel: "email" | "push" | "sms" | "phone" | "post" | "social";
  /**
   * Sends one message. It resolves once the message is handed over. Throw an error with `sent: false` if certainly nothing was sent: the message
   * is noted as failed, and a later decision tries again. After any other error nobody knows: it is not sent again, and becomes a task.
   */
  send(contact: Contact, text: Text, more: SendContext): unknown;
  /** Default: `at-most-once`. `at-least-once`: what a worker of this mode armed and has no outcome is sent again with the same `idempotencyKey`. */
  mode?: "at-most-once" | "at-least-once";
  /** So many are sent at once. Default: 4. */
  concurrency?: number;
  /** So many a second, of this process. Absent: as fast as it goes. */
  rate?: number;
  /** How long a `send` may take, in milliseconds. Default: a minute. */
  timeout?: number;
  /** At least once: so long after the time-out a message is taken for lost, in milliseconds. Default: a minute. */
  grace?: number;
  /** How long the worker rests when nothing waits, in milliseconds. Default: a second. */
  every?: number;
  /** True: it ends when nothing waits that may be sent now, for a run from cron. */
  once?: boolean;
  /** Ends it as `stop` does. */
  signal?: AbortSignal;
  /** Hears of each error: what `send` threw, a time-out, a store that cannot be reached. Absent: the code of each kind is printed once. */
  onError?(error: unknown, about: { contact?: string }): void;
}

/** A message as plain text, never markup. */
export type Text = ReturnType<typeof render>;

export interface SendContext {
  customer: Addressee;
  /** The id of the contact: the same in each attempt to send it. */
  idempotencyKey: string;
  /** A digest's parts, in their order; of any other message the one. `text` has them all. */
  parts: MessagePart[];
  /** Aborts when the time for it is over. */
  signal: AbortSignal;
}

/** What the server was told of the customer. */
export type Addressee = Customer & { id: string; [field: string]: any };

export interface MessagePart {
  contact: Contact;
  text: Text;
}

export interface Delivery {
  /** Finishes what is in hand, and begins nothing new. */
  stop(): Promise<DeliveryCounts>;
  /** Resolves when it has ended. */
  readonly done: Promise<DeliveryCounts>;
  readonly counts: DeliveryCounts;
  status(): Promise<Waiting & { running: boolean; counts: DeliveryCounts }>;
}

/** What one worker did since it began. */
export interface DeliveryCounts {
  delivered: number;
  /** Certainly not sent. */
  failed: number;
  /** Nobody knows: `send` threw another error, did not answer in time, or was not called because this process stood still after it armed. */
  unknown: number;
  /** May not be said any longer: released. */
  refused: number;
  /** May be said later: kept. */
  waiting: number;
  /** The reservation had ended: released. */
  lapsed: number;
  errors: number;
}

export interface Waiting {
  /** How many contacts are reserved, up to 10,000. */
  reserved: number;
  /** Whether there are more. */
  more: boolean;
  /** For how many milliseconds the oldest has waited; null: none waits. */
  oldest: number | null;
}
