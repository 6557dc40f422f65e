import type { Contact } from "../types.d.ts";
// for the types of its events
import type {} from "../shop/index.d.ts";

/**
 * `<querencia-message placement="…">`: shows a contact as text; its content is seen until one comes.
 * Parts: `message`, `title`, `body`, `signer`, `share`, `shared`, `why`, `why-text`, `preferences`, `dismiss`; of the dialog about preferences
 * `dialog`, `dialog-title`, `dialog-text`, `save`, `cancel`, `stop`.
 * Custom properties: `--querencia-accent`, `-text`, `-background`, `-border`, `-radius`, `-shadow`, `-font`.
 */
export class QuerenciaMessage extends HTMLElement {
  placement: string;
  readonly contact: Contact | null;
  show(contact: Contact, options?: { zone?: string }): void;
  dismiss(): void;
  /**
   * Opens the dialog in which the reader says what they wish; resolves when it is open. What they say is told as
   * `querencia:wish`. Without a message it is about the channel onsite.
   */
  preferences(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "querencia-message": QuerenciaMessage;
  }
}
