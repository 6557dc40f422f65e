// <querencia-message placement="…">: shows a contact as text. Until then its own content is shown.

import { dispatch } from "../dispatch.js";
import { warning } from "../load/warning.js";
import { render } from "../render/index.js";
import { pageLocale } from "../shop/locale.js";
import { addStyle } from "./sheet.js";
import { STYLE } from "./style.js";
import { reasonFor, wordsFor } from "./words.js";

/** @typedef {import("../types.d.ts").Contact} Contact */

/** Used when the words cannot be loaded, or not in time. @type {Record<string, string>} */
const SYMBOLS = { preferences: "⚙", dismiss: "×", lang: "" };
const PATIENCE = 5000;

let warned = false;

// Node has no HTMLElement: there the class can be imported, but not used.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class QuerenciaMessage extends Base {
  static observedAttributes = ["placement"];

  #card = make("div", "message");
  // A screen reader announces text that is added to a status region that was already there. The buttons are outside of it,
  // because they would be announced too.
  #status = make("div");
  #controls = make("div");
  #fallback = make("slot");
  /** @type {Contact | null} */
  #contact = null;
  /** @type {Contact[]} the later parts of its digest */
  #laterParts = [];
  #connected = false;
  /** How often `cancel` was called. */
  #cancelled = 0;
  /** @type {Promise<unknown>} ends when the words of every message so far were loaded: messages are shown in the order of the calls */
  #loading = Promise.resolve();

  #announce = () => dispatch(this, "placement", { placement: this.placement, element: this });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    addStyle(root, STYLE);

    this.#card.className = "card";
    this.#card.tabIndex = -1;
    this.#card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#contact) return;
      // The key closes the message, not a drawer of the page as well.
      event.stopPropagation();
      this.dismiss();
    });
    this.#status.setAttribute("role", "status");
    this.#status.setAttribute("aria-live", "polite");
    this.#card.append(this.#status, this.#controls);
    root.append(this.#card, this.#fallback);
  }

  /** The name by which campaigns choose this element. */
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
    // A script may have set the property before the element was defined.
    if (Object.hasOwn(this, "placement")) {
      const { placement } = this;
      delete (/** @type {any} */ (this).placement);
      this.placement = placement;
    }
    this.#connected = true;
    this.ownerDocument.addEventListener("querencia:ready", this.#announce);
    this.#announce();
  }

  disconnectedCallback() {
    this.#connected = false;
    this.ownerDocument.removeEventListener("querencia:ready", this.#announce);
  }

  attributeChangedCallback() {
    // The parser sets attributes before connectedCallback, which announces the element anyway.
    if (this.#connected) this.#announce();
  }

  /**
   * Shows a contact, once its words have been loaded. A later part of the digest that is shown goes below it.
   * @param {Contact} contact
   * @param {{ zone?: string }} [options] zone: the reader's
   */
  async show(contact, options) {
    const { title, body, signer, share, action, image } = render(contact, options);
    const { locale } = contact.message;
    const texts = Object.entries({ title, body, signer }).filter(([, text]) => text);
    /** @type {HTMLElement[]} */
    const paragraphs = texts.map(([part, text]) => make("p", part, text));
    if (action) paragraphs.push(this.#link(contact, action));
    const content = image ? [beside(image, paragraphs)] : paragraphs;
    const cancelled = this.#cancelled;
    const code = contact.message.params?.["offer.code"]?.value;
    // An address may have it, too, which nobody can copy.
    const row = code && texts.some(([, text]) => text?.includes(code)) ? this.#codeRow(contact, code) : undefined;
    const loaded = this.#loading.then(() => Promise.race([Promise.all([wordsFor(locale), row]), tooLate()]).catch(symbols));
    this.#loading = loaded;
    const [words, codes] = await loaded;
    if (cancelled !== this.#cancelled) return;
    if (contact.digest && contact.digest === this.#contact?.digest) {
      for (const part of content) part.lang = locale;
      this.#laterParts.push(contact);
      // The same person signs all parts: once, below the last.
      this.#status.querySelector("[part=signer]")?.remove();
      this.#status.append(...content);
      if (codes) this.#controls.prepend(codes);
      return;
    }
    this.#contact = contact;
    this.#laterParts = [];
    this.#fallback.hidden = true;
    this.#card.classList.add("shown");
    this.#status.lang = locale;
    this.#status.dir = "auto";
    this.#status.replaceChildren(...content);
    this.#controls.replaceChildren(...this.#buttons(contact, words));
    if (codes) this.#controls.prepend(codes);
    if (!share) return;
    const call = make("button", "share", share);
    call.lang = locale;
    call.addEventListener("click", () => this.#share(contact, words));
    this.#controls.prepend(call);
  }

  cancel() {
    this.#cancelled++;
    if (!this.#contact) return;
    this.#clear();
    this.#fallback.hidden = false;
  }

  /** Takes the message away. */
  #clear() {
    this.#contact = null;
    this.#card.classList.remove("shown");
    this.#status.replaceChildren();
    this.#controls.replaceChildren();
  }

  /**
   * @param {Contact} contact
   * @param {{ label: string, to: string }} action
   */
  #link({ id, campaign }, { label, to }) {
    const link = make("a", "action", label);
    link.href = to;
    link.addEventListener("click", () => dispatch(this, "reaction", { contactId: id, campaign, reaction: "clicked" }));
    return link;
  }

  /**
   * The buttons of a code. Without them the message is whole: its text has the code.
   * @param {Contact} contact
   * @param {string} code
   */
  async #codeRow(contact, code) {
    const { locale } = contact.message;
    try {
      const [{ codeRow }, words] = await Promise.all([import("./code.js"), wordsFor(locale)]);
      return await codeRow({ element: this, words, locale, offer: contact.offer, code, contact });
    } catch (error) {
      console.warn(warning(error));
    }
  }

  /**
   * @param {Contact} contact
   * @param {Record<string, string>} words
   */
  #buttons(contact, words) {
    const because = make("p", "why-text", words.why && `${reasonFor(contact, words)} ${words.decidedHere}`);
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
    const all = [why, preferences, because, dismiss];
    for (const own of all) own.lang = words.lang;
    // Without its word the button could not be read.
    return words.why ? all : [preferences, dismiss];
  }

  /**
   * Opens the dialog about preferences. The button under a message calls it, and a link of the page may call it. The dialog's
   * code is downloaded now; if that fails, the page stays as it was and the console has a warning.
   */
  async preferences() {
    const { channel, message } = this.#contact ?? {};
    const locale = message?.locale ?? pageLocale(document);
    try {
      const [{ ask }, words] = await Promise.all([import("./preferences.js"), wordsFor(locale)]);
      await ask({ element: this, card: this.#card, channel: channel ?? "onsite", locale, words });
    } catch (error) {
      console.warn(warning(error));
    }
  }

  /**
   * Shares the page with the device's own dialog. A device without one, and a page without https, gets the link in the clipboard, or
   * selected in a field.
   * @param {Contact} contact
   * @param {Record<string, string>} words
   */
  async #share({ id, campaign }, { copied, lang }) {
    /** @type {HTMLLinkElement | null} */
    const page = document.querySelector("link[rel=canonical]");
    const url = page?.href ?? location.href;
    try {
      if (navigator.share) await navigator.share({ url });
      else {
        const { copyText } = await import("./code.js");
        if (!(await copyText(url, this.#controls))) return;
        const done = make("p", "shared", copied);
        done.lang = lang;
        this.#status.append(done);
      }
      dispatch(this, "reaction", { contactId: id, campaign, reaction: "clicked" });
    } catch {
      // The reader cancelled, or the browser refused.
    }
  }

  /** Removes the message, as its button does. */
  dismiss() {
    const contact = this.#contact;
    if (!contact) return;
    // The focused button disappears: the keyboard continues from here, not from the top of the page.
    if (this.shadowRoot?.activeElement) this.#card.focus();
    this.#clear();
    for (const { id, campaign } of [contact, ...this.#laterParts]) {
      dispatch(this, "reaction", { contactId: id, campaign, reaction: "dismissed" });
    }
  }
}

/** @returns {Promise<never>} rejects: the shop waits for a message to be shown before it decides again */
function tooLate() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error(`the words did not arrive in ${PATIENCE} ms`)));
}

/**
 * The words cannot be loaded: warns once on the console, and uses symbols.
 * @param {unknown} error
 * @returns {[Record<string, string>, HTMLElement?]}
 */
function symbols(error) {
  if (!warned) console.warn(warning(error));
  warned = true;
  return [SYMBOLS];
}

/**
 * A picture and the texts beside it. Its room is kept while it is loaded; if it cannot be loaded, it is taken away.
 * @param {{ src: string, alt: string }} image
 * @param {HTMLElement[]} texts
 */
function beside({ src, alt }, texts) {
  const row = make("div");
  row.className = "pictured";
  const picture = make("img", "image");
  picture.addEventListener("error", () => picture.remove());
  picture.loading = "lazy";
  picture.decoding = "async";
  picture.alt = alt;
  picture.src = src;
  const text = make("div");
  text.append(...texts);
  row.append(picture, text);
  return row;
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
