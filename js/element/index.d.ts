import type { Contact, Present } from "../types.d.ts";
// for the types of its events
import type {} from "../shop/index.d.ts";

/**
 * `<querencia-message placement="…">`: shows a contact as text. Until then its own content is shown.
 *
 * Parts: `message`, `image`, `title`, `body`, `signer`, `action`, `share`, `shared`, `copy`, `apply`, `result`, `why`, `why-text`, `preferences`, `dismiss`; in the dialog about
 * preferences `dialog`, `dialog-title`, `dialog-text`, `save`, `cancel`, `stop`.
 * Attribute `apply`: a script of the page hears `querencia:apply`.
 * Custom properties: `--querencia-accent`, `-text`, `-background`, `-border`, `-radius`, `-shadow`, `-font`, `-image-ratio`.
 */
export class QuerenciaMessage extends HTMLElement {
  placement: string;
  readonly contact: Contact | null;
  /** Resolves when the contact is shown. The message and its buttons appear together, once their words have been loaded. */
  show(contact: Contact, options?: { zone?: string }): Promise<void>;
  /**
   * Takes the message away; the element shows its own content again. What `show` has not shown yet, because its words are being
   * loaded, is not shown.
   */
  cancel(): void;
  dismiss(): void;
  /**
   * Opens the dialog in which the reader says which messages they want. Resolves when it is open. What the reader saves is
   * dispatched as `querencia:wish`. While no message is shown, the dialog is about the channel `onsite`.
   */
  preferences(): Promise<void>;
}

/**
 * `<querencia-offers>`: lists what the customer has (`entitled` of the latest decision), until when, with its code. Its own content is shown
 * until something was decided, and where there is nothing; `<span slot="offer-birthday-10">` names an offer.
 *
 * `import "querencia/element"` defines it, and downloads it, as soon as a page has one.
 *
 * Parts: `list`, `offer`, `name`, `code`, `until`, `none`, `copy`, `apply`, `result`. Attribute `apply`: a script of the page hears
 * `querencia:apply`. Custom properties: those of the message, but `-image-ratio`.
 */
export interface QuerenciaOffers extends HTMLElement {
  readonly offers: readonly Present[];
}

/** The words of the element itself, apart from the shop's message. All are plain text, never HTML. */
/**
 * The reasons to show a message that have words of their own. The others use the words of one of these: `article` those of `delivery`.
 */
export type ExplainedCode =
  | "order"
  | "delivery"
  | "incident"
  | "replenishment"
  | "overdue"
  | "milestone"
  | "birthday"
  | "draw"
  | "cart"
  | "event"
  | "announcement";

export interface Words extends MessageWords, DialogWords, OfferWords {}

/** The words below a message. */
export interface MessageWords extends Record<`why.${ExplainedCode}`, string> {
  /** The button that explains why the message is shown. */
  why: string;
  /** The button that opens the dialog about preferences, and the title of the dialog. */
  preferences: string;
  /** The name of the button that removes the message. */
  dismiss: string;
  /** Shown when the device cannot share a page, and its link was copied. */
  copied: string;

  /** Added to each reason why the message is shown. */
  decidedHere: string;
}

/** The words beside a code, and of the list of what the customer has. */
export interface OfferWords {
  /** The button that copies a code, and what is said then; the last: beside the field in which the code is selected. */
  copy: string;
  codeCopied: string;
  copyByHand: string;
  /** The button that puts an offer into the cart, and what is said then; the last: of an offer with a code. */
  apply: string;
  applied: string;
  notApplied: string;
  copyInstead: string;
  /** The name of the list, for a screen reader. */
  offers: string;
  /** In place of a list without anything, where the theme says nothing. */
  noOffers: string;
  /** `{date}` stands for the last day of an offer. */
  until: string;
}

/** The words of the dialog about preferences. */
export interface DialogWords {
  /** The sentence below the title of the dialog. */
  lead: string;
  /** What follows it where wishes are kept in this browser alone, and where they are not kept at all. */
  "kept.page": string;
  "kept.browser": string;
  /** How often: the question and its three answers. */
  often: string;
  anyOften: string;
  weekly: string;
  monthly: string;
  /** At what time: the question and its answers. `{time}` stands for `10:00`. */
  hour: string;
  anyHour: string;
  notBefore: string;
  /** About which topics. */
  topics: string;
  /** The box "no messages on this channel". `{where}` stands for one of the words below. */
  avoid: string;
  /** The box "messages again on this channel", for one from which the reader unsubscribed. */
  again: string;
  save: string;
  cancel: string;
  /** The button to unsubscribe, the question that follows (with `{where}`) and its two answers. */
  stop: string;
  forGood: string;
  /** The same where the wish is kept in this browser alone, and where it is not kept at all. */
  "forGood.browser": string;
  "forGood.page": string;
  yes: string;
  back: string;

  /** What `{where}` stands for, by channel. */
  "where.onsite": string;
  "where.email": string;
  "where.push": string;
  "where.sms": string;
  "where.phone": string;
  "where.post": string;
  "where.social": string;
}

/**
 * Replaces words of the element, or adds a language. Call it before a message is shown. Keys are language tags: `ca` is for
 * `ca-ES` too; the words of a longer tag go before those of a shorter one. A word that is left out comes from the built-in table of
 * the reader's language, else of the page's language, else from English. Give a new language all its words: a screen reader takes
 * them for one language. Values that are no strings are ignored.
 *
 * @example
 * setWords({ es: { dismiss: "Ocultar" }, ca: { why: "Per què ho veig?", preferences: "Les meves preferències" } });
 */
export function setWords(tables: Record<string, Partial<Words>>): void;

declare global {
  interface HTMLElementTagNameMap {
    "querencia-message": QuerenciaMessage;
    "querencia-offers": QuerenciaOffers;
  }
}
