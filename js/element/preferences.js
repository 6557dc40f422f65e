// The dialog in which the reader says what they wish. It comes only when it is asked for, and keeps nothing: what is wished is
// told as `querencia:wish`, and whoever keeps the wishes obeys.

import { STYLE } from "./preferences-style.js";
import { wordsFor } from "./preferences-words.js";

/**
 * @typedef {import("../shop/index.d.ts").Preferences} Preferences
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 * @typedef {NonNullable<Wishes["quiet"]>[number]} Quiet
 * @typedef {NonNullable<Wishes["avoid"]>[number]} Channel
 */

/** A wish about the hour is about all that can disturb, on the page too. @type {Channel[]} */
const DISTURBING = ["onsite", "email", "push", "sms", "phone", "social"];
const HOURS = [7, 8, 9, 10, 11, 12, 13].map((hour) => `${String(hour).padStart(2, "0")}:00`);

/** @type {CSSStyleSheet | undefined} */
let sheet;

/**
 * Asks the reader.
 * @param {import("./index.d.ts").QuerenciaMessage} element
 * @param {HTMLElement} card where the dialog lies, and who has the focus when nobody else can
 * @param {Channel} channel the one that is spoken on
 * @param {string} locale
 */
export async function ask(element, card, channel, locale) {
  const { contact } = element;
  /** @type {{ answer?: Promise<Preferences> }} */
  const question = {};
  tell(element, "preferences", question);
  const { wishes = {}, own = {}, topics = [] } = (await question.answer) ?? {};
  // Pressed twice, or gone meanwhile.
  if (card.querySelector("dialog[open]") || !element.isConnected) return;

  dress(/** @type {ShadowRoot} */ (element.shadowRoot));
  const words = wordsFor(locale);
  const form = formOf(words, { wishes, own, topics }, channel, locale);
  const title = make("h2", { id: "title", part: "dialog-title" }, words.title);
  const lead = make("p", { part: "dialog-text" }, words.lead);
  // Who clicks beside a control is still inside: Escape has to be heard here.
  const first = make("div", { tabindex: "-1" }, title, lead, form.element);
  const second = make("div", { tabindex: "-1", hidden: "" });
  const dialog = make("dialog", { part: "dialog", lang: words.lang, closedby: "any", "aria-labelledby": "title" }, first, second);

  const opener = element.shadowRoot?.activeElement;
  /** @param {Partial<Wishes>} [wish] */
  const close = (wish) => {
    dialog.close();
    if (!wish || Object.keys(wish).length === 0) return;
    tell(element, "wish", wish);
    // Who wants nothing more here does not want this either.
    const unwelcome = [wish.unsubscribed, wish.avoid].some((channels) => channels?.includes(channel));
    if (unwelcome && contact && element.contact === contact) element.dismiss();
  };

  form.stop.addEventListener("click", () => {
    const sentence = make("p", { id: "for-good" }, words.forGood(words.where[channel]));
    const back = button("cancel", words.back, () => {
      [first.hidden, second.hidden] = [false, true];
      form.stop.focus();
    });
    back.setAttribute("aria-describedby", "for-good");
    const yes = button("save", words.yes, () => close({ unsubscribed: [channel] }));
    second.replaceChildren(make("h2", { part: "dialog-title" }, words.stop), sentence, make("menu", {}, back, yes));
    [first.hidden, second.hidden] = [true, false];
    back.focus();
  });
  form.element.addEventListener("submit", (event) => {
    event.preventDefault();
    close(form.wish());
  });
  form.cancel.addEventListener("click", () => close());

  // Escape closes this, and neither the message nor anything of the page.
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
  dialog.addEventListener("close", () => {
    dialog.remove();
    // Browsers give the focus back to who had it, if it is still there; a later message may have taken its place.
    if (opener && !opener.isConnected) card.focus();
  });
  card.querySelector("dialog")?.remove();
  card.append(dialog);
  dialog.showModal();
}

/**
 * What can be wished, and how it is read from the form: only what the reader changed.
 * @param {ReturnType<typeof wordsFor>} words
 * @param {Preferences} known
 * @param {Channel} channel
 * @param {string} locale
 */
function formOf(words, { wishes, own, topics }, channel, locale) {
  const often = [null, "7d", "30d"].map((gap, index) => {
    const checked = gap === (wishes.lessOften ?? null);
    const input = make("input", { type: "radio", name: "often", value: gap ?? "", ...(checked && { checked: "", autofocus: "" }) });
    return make("label", {}, input, [words.anyOften, words.weekly, words.monthly][index]);
  });

  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
  const until = (wishes.quiet ?? []).filter(morning).map(({ to }) => to).sort().at(-1) ?? "";
  const hour = make("select", {}, make("option", { value: "" }, words.anyHour));
  for (const to of [...new Set([...HOURS, ...(until ? [until] : [])])].sort()) {
    hour.append(make("option", { value: to }, words.notBefore(time.format(Date.parse(`1970-01-01T${to}Z`)))));
  }
  hour.value = until;

  const welcome = topics.map((topic) => {
    const input = make("input", { type: "checkbox", ...((wishes.topics ?? topics).includes(topic) && { checked: "" }) });
    // A theme names its topics for people: <span slot="topic-recipes">Recipes</span>
    return { topic, input, label: make("label", {}, input, make("slot", { name: `topic-${topic}` }, readable(topic))) };
  });

  const avoided = wishes.avoid?.includes(channel) ?? false;
  const avoid = make("input", { type: "checkbox", ...(avoided && { checked: "" }) });

  const stop = button("stop", words.stop);
  const cancel = button("cancel", words.cancel);
  const save = make("button", { part: "save" }, words.save);
  const element = make(
    "form",
    {},
    make("fieldset", {}, make("legend", {}, words.often), ...often),
    make("label", { class: "above" }, make("span", { class: "name" }, words.hour), hour),
    ...(topics.length ? [make("fieldset", {}, make("legend", {}, words.topics), ...welcome.map(({ label }) => label))] : []),
    make("label", {}, avoid, words.avoid(words.where[channel])),
    make("menu", {}, cancel, save),
    stop,
  );

  const wish = () => {
    /** @type {any} */
    const wish = {};
    const gap = /** @type {HTMLInputElement | null} */ (element.querySelector("input:checked[type=radio]"));
    if (gap && gap.value !== (wishes.lessOften ?? "")) wish.lessOften = gap.value || null;
    if (hour.value !== until) {
      const others = (own.quiet ?? []).filter((window) => !morning(window));
      wish.quiet = hour.value ? [...others, { from: "00:00", to: hour.value, channels: DISTURBING }] : others;
    }
    if (welcome.some(({ input }) => input.checked !== input.defaultChecked)) {
      const elsewhere = (wishes.topics ?? []).filter((topic) => !topics.includes(topic));
      const chosen = welcome.filter(({ input }) => input.checked).map(({ topic }) => topic);
      wish.topics = chosen.length < topics.length ? [...elsewhere, ...chosen] : null;
    }
    if (avoid.checked !== avoided) {
      const others = (own.avoid ?? []).filter((other) => other !== channel);
      wish.avoid = avoid.checked ? [...others, channel] : others;
    }
    return wish;
  };
  return { element, stop, cancel, wish };
}

/**
 * Whether a window is one of "not before".
 * @param {Quiet} window
 */
function morning({ from, days, dates }) {
  return from === "00:00" && !days && !dates;
}

/** `new-arrivals` as one would write it. @param {string} topic */
function readable(topic) {
  const words = topic.replaceAll(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {ShadowRoot} root */
function dress(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/**
 * @param {string} part
 * @param {string} text
 * @param {() => void} [press]
 */
function button(part, text, press) {
  const button = make("button", { type: "button", part }, text);
  if (press) button.addEventListener("click", press);
  return button;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children text stays text
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * As the other events of the element, without a shared file, so that this is one module in every build.
 * @param {EventTarget} target
 * @param {string} name
 * @param {object} detail
 */
function tell(target, name, detail) {
  target.dispatchEvent(new CustomEvent(`querencia:${name}`, { detail, bubbles: true, composed: true }));
}
