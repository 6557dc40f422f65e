// The buttons beside a code: copy it, and apply it to the cart. It is downloaded with the first message that tells a code, or with
// <querencia-offers>.

import { dispatch } from "../dispatch.js";
import { STYLE } from "./code-style.js";
import { addStyle } from "./sheet.js";
import { tableFor } from "./words.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("../shop/index.d.ts").Applied} Applied
 * @typedef {import("../shop/index.d.ts").ApplyRequest} ApplyRequest
 * @typedef {import("../shop/index.d.ts").Offers} Offers
 */

/** @type {Record<string, () => Promise<{ default: import("./index.d.ts").OfferWords }>>} one file and one line for each language */
export const TABLES = {
  en: () => import("./offers/en.js"),
  es: () => import("./offers/es.js"),
};

/** How long the answer to "apply" may take before the reader is told that there is none. */
const PATIENCE = 10_000;
/** A screen reader hears a text that is put into a region after it was empty. */
const PAUSE = 100;

/**
 * What the shop of the page says of the customer's presents. Undefined: there is none, or it has not decided yet.
 * @param {EventTarget} element
 * @returns {Offers | undefined}
 */
export function offersOf(element) {
  /** @type {{ answer?: Offers }} */
  const question = {};
  dispatch(element, "offers", question);
  return question.answer;
}

/**
 * The row with the buttons, and the place where the result is said.
 * @param {object} what
 * @param {HTMLElement} what.element dispatches the events
 * @param {Record<string, string>} what.words the theme's own, and `lang`
 * @param {string} what.locale
 * @param {string | null} what.offer
 * @param {string | null} what.code
 * @param {Contact} [what.contact] that told of it
 */
export async function codeRow({ element, words: given, locale, offer, code, contact }) {
  /** @type {Record<string, string>} */
  const words = { ...(await TABLES[tableFor(locale, TABLES)]()).default, ...given };
  addStyle(/** @type {ShadowRoot} */ (element.shadowRoot), STYLE);
  const row = document.createElement("div");
  row.className = "code";
  row.lang = words.lang;
  const result = document.createElement("p");
  result.setAttribute("part", "result");
  result.setAttribute("role", "status");
  /** @param {string} text */
  const say = (text) => {
    result.textContent = "";
    setTimeout(() => (result.textContent = text), PAUSE);
  };
  const react = () => contact && dispatch(element, "reaction", { contactId: contact.id, campaign: contact.campaign, reaction: "clicked" });

  if (code) {
    row.append(
      button("copy", words.copy, code, async () => {
        react();
        const copied = await copyText(code, row);
        say(copied ? words.codeCopied : words.copyByHand);
      }),
    );
  }
  if (offer && (offersOf(element)?.apply || element.hasAttribute("apply"))) {
    const apply = button("apply", words.apply, code ?? "", async () => {
      if (apply.getAttribute("aria-disabled")) return;
      apply.setAttribute("aria-disabled", "true");
      react();
      const failed = code ? words.copyInstead : words.notApplied;
      const late = setTimeout(say, PATIENCE, failed);
      const applied = await appliedBy(element, { offer, code, ...(contact && { contact }) });
      clearTimeout(late);
      apply.removeAttribute("aria-disabled");
      if (applied) say(applied.message || (applied.applied ? words.applied : failed));
    });
    row.append(apply);
  }
  row.append(result);
  return row;
}

/**
 * Has an offer applied: by who hears `querencia:apply`, else by the shop.
 * @param {HTMLElement} element
 * @param {ApplyRequest} request
 * @returns {Promise<{ applied: boolean, message?: string } | undefined>} undefined: somebody does it who says himself what becomes of it
 */
async function appliedBy(element, request) {
  /** @type {ApplyRequest & { answer?: Promise<Applied> | Applied }} */
  const detail = { ...request };
  const event = new CustomEvent("querencia:apply", { detail, bubbles: true, composed: true, cancelable: true });
  element.dispatchEvent(event);
  try {
    if (detail.answer === undefined && event.defaultPrevented) return;
    const answer = await (detail.answer ?? offersOf(element)?.apply?.(request));
    // what is no clear yes is none: nobody is told that they have what is not in the cart
    if (typeof answer === "object" && answer) return { applied: answer.applied === true, message: typeof answer.message === "string" ? answer.message : undefined };
    return { applied: answer === true };
  } catch (error) {
    console.warn(`querencia: \`apply\` failed: ${/** @type {any} */ (error)?.message ?? error}`);
    return { applied: false };
  }
}

/**
 * Copies a text: with the clipboard, else by a selection, as pages did before there was one (it needs neither https nor permission).
 * If the browser allows neither, the text is put into a field of the row, and selected there.
 * @param {string} text
 * @param {HTMLElement} row
 */
export async function copyText(text, row) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // not on https, not allowed in this frame, or the window is not in front
  }
  const opener = /** @type {ShadowRoot} */ (row.getRootNode()).activeElement;
  let field = row.querySelector("input");
  if (!field) {
    field = document.createElement("input");
    field.readOnly = true;
    field.value = text;
    // Beside the button and not below the page: a modal dialog of the page lets nothing outside of it be selected.
    row.append(field);
  }
  field.className = "beside";
  field.focus({ preventScroll: true });
  field.setSelectionRange(0, text.length);
  if (isCopied()) {
    field.parentNode?.removeChild(field);
    /** @type {HTMLElement | null} */ (opener)?.focus({ preventScroll: true });
    return true;
  }
  field.className = "by-hand";
  return false;
}

function isCopied() {
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}

/**
 * @param {string} part
 * @param {string} text
 * @param {string} code a screen reader also hears of which code
 * @param {() => void} press
 */
function button(part, text, code, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("part", part);
  button.textContent = text;
  if (code) button.setAttribute("aria-label", `${text} ${code}`);
  button.addEventListener("click", press);
  return button;
}
