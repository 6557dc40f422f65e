import type { Contact } from "../types.d.ts";

/**
 * `<querencia-message placement="…">`: shows a contact as text; its content is seen until one comes.
 * Parts: `message`, `title`, `body`, `signer`, `why`, `why-text`, `dismiss`.
 * Custom properties: `--querencia-accent`, `-text`, `-background`, `-border`, `-radius`, `-shadow`, `-font`.
 */
export class QuerenciaMessage extends HTMLElement {
  placement: string;
  readonly contact: Contact | null;
  show(contact: Contact, options?: { zone?: string }): void;
  dismiss(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "querencia-message": QuerenciaMessage;
  }
  interface DocumentEventMap {
    "querencia:reaction": CustomEvent<{ contactId: string; campaign: string | null; reaction: string }>;
    "querencia:contact": CustomEvent<{ contact: Contact }>;
  }
}
