// <querencia-message placement="…">: shows a contact as text; what the theme put inside it is seen until one comes.

import { warning } from "../load/problems.js";
import { render } from "../render/index.js";
import { dispatch } from "../dispatch.js";
import { STYLE } from "./style.js";
import { reasonFor, wordsFor } from "./words.js";

/** @typedef {import("../types.d.ts").Contact} Contact */

// In Node the class can be imported, though not used.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class QuerenciaMessage extends Base {
  static observedAttributes = ["placement"];

  /** @type {CSSStyleSheet | undefined} one for all */
  static #sheet;

  #card = make("div", "message");
  // A region that is to be read out has to be there before its text is, and stay; buttons in it would be read out too.
  #status = make("div");
  #controls = make("div");
  #fallback = make("slot");
  /** @type {Contact | null} */
  #contact = null;
  /** @type {Contact[]} the later parts of its digest */
  #further = [];
  #present = false;

  #announce = () => dispatch(this, "placement", { placement: this.placement, element: this });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    if (!QuerenciaMessage.#sheet) {
      QuerenciaMessage.#sheet = new CSSStyleSheet();
      QuerenciaMessage.#sheet.replaceSync(STYLE);
    }
    root.adoptedStyleSheets = [QuerenciaMessage.#sheet];

    this.#card.className = "card";
    this.#card.tabIndex = -1;
    this.#card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#contact) return;
      // It was meant for this; a drawer of the page stays open.
      event.stopPropagation();
      this.dismiss();
    });
    this.#status.setAttribute("role", "status");
    this.#status.setAttribute("aria-live", "polite");
    this.#card.append(this.#status, this.#controls);
    root.append(this.#card, this.#fallback);
  }

  /** Where on the page this is; campaigns name it. */
  get placement() {
    return this.getAttribute("placement") ?? "";
  }

  set placement(placement) {
    this.setAttribute("placement", placement);
  }

  /** The contact being shown. */
  get contact() {
    return this.#contact;
  }

  connectedCallback() {
    this.#present = true;
    this.ownerDocument.addEventListener("querencia:ready", this.#announce);
    this.#announce();
  }

  disconnectedCallback() {
    this.#present = false;
    this.ownerDocument.removeEventListener("querencia:ready", this.#announce);
  }

  attributeChangedCallback() {
    // Before connectedCallback this is only the parser at work.
    if (this.#present) this.#announce();
  }

  /**
   * Shows a contact; a later part of the digest being shown goes below it.
   * @param {Contact} contact
   * @param {{ zone?: string }} [options] zone: the reader's
   */
  show(contact, options) {
    const { title, body, signer, share } = render(contact, options);
    const { locale } = contact.message;
    const texts = Object.entries({ title, body, signer }).filter(([, text]) => text);
    const paragraphs = texts.map(([part, text]) => make("p", part, text));
    if (contact.digest && contact.digest === this.#contact?.digest) {
      for (const paragraph of paragraphs) paragraph.lang = locale;
      this.#further.push(contact);
      // One person signs once, below all of it.
      this.#status.querySelector("[part=signer]")?.remove();
      this.#status.append(...paragraphs);
      return;
    }
    const words = wordsFor(locale);

    const because = make("p", "why-text", `${reasonFor(contact)} ${words.where}`);
    because.id = "why";
    because.hidden = true;
    const why = make("button", "why", words.why);
    why.setAttribute("aria-expanded", "false");
    why.setAttribute("aria-controls", "why");
    why.addEventListener("click", () => {
      because.hidden = !because.hidden;
      why.setAttribute("aria-expanded", String(!because.hidden));
    });
    const preferences = make("button", "preferences", words.preferences);
    preferences.setAttribute("aria-haspopup", "dialog");
    preferences.addEventListener("click", () => this.preferences());
    const dismiss = make("button", "dismiss");
    dismiss.setAttribute("aria-label", words.dismiss);
    dismiss.addEventListener("click", () => this.dismiss());
    for (const own of [because, why, preferences, dismiss]) own.lang = words.lang;

    this.#contact = contact;
    this.#further = [];
    this.#fallback.hidden = true;
    this.#card.classList.add("shown");
    this.#status.lang = locale;
    this.#status.dir = "auto";
    this.#status.replaceChildren(...paragraphs);
    this.#controls.replaceChildren(why, preferences, because, dismiss);
    if (!share) return;
    const call = make("button", "share", share);
    call.lang = locale;
    call.addEventListener("click", () => this.#share(contact, words));
    this.#controls.prepend(call);
  }

  /**
   * Asks the reader what they wish, as its button does; a page may have a link of its own to this. The dialog comes when it is
   * wanted; when it does not come, all stays as it was.
   */
  async preferences() {
    const { channel, message } = this.#contact ?? {};
    const locale = message?.locale ?? (document.documentElement.lang || navigator.language);
    try {
      const { ask } = await import("./preferences.js");
      await ask(this, this.#card, channel ?? "onsite", locale);
    } catch (error) {
      console.warn(warning(error));
    }
  }

  /**
   * Shares the page as the device does; where it does not, its link is ready to be pasted.
   * @param {Contact} contact
   * @param {ReturnType<typeof wordsFor>} words
   */
  async #share({ id, campaign }, { copied, lang }) {
    /** @type {HTMLLinkElement | null} */
    const page = document.querySelector("link[rel=canonical]");
    const url = page?.href ?? location.href;
    try {
      if (navigator.share) await navigator.share({ url });
      else {
        await navigator.clipboard.writeText(url);
        const done = make("p", "shared", copied);
        done.lang = lang;
        this.#status.append(done);
      }
      dispatch(this, "reaction", { contactId: id, campaign, reaction: "clicked" });
    } catch {
      // They thought better of it, or the browser did.
    }
  }

  /** Takes the message away, as its button does. */
  dismiss() {
    const contact = this.#contact;
    if (!contact) return;
    // Who was on the button goes on from here, not from the top of the page.
    if (this.shadowRoot?.activeElement) this.#card.focus();
    this.#contact = null;
    this.#card.classList.remove("shown");
    this.#status.replaceChildren();
    this.#controls.replaceChildren();
    for (const { id, campaign } of [contact, ...this.#further]) {
      dispatch(this, "reaction", { contactId: id, campaign, reaction: "dismissed" });
    }
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [part]
 * @param {string | null} [text]
 */
function make(tag, part, text) {
  const element = document.createElement(tag);
  if (part) element.setAttribute("part", part);
  if (text) element.textContent = text;
  return element;
}
