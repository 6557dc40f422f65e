// The dialog in which the reader says how they want to be addressed. It is downloaded when the reader opens it. It stores nothing:
// it dispatches `querencia:wish`, and the shop stores the wish.

import { CHANNELS } from "../constants.js";
import { dispatch } from "../dispatch.js";
import { isSeen } from "../shop/seen.js";
import { STYLE } from "./preferences-style.js";
import { addStyle } from "./sheet.js";
import { tableFor } from "./words.js";

/**
 * @typedef {import("../shop/index.d.ts").Preferences} Preferences
 * @typedef {import("../shop/index.d.ts").Wishes} Wishes
 * @typedef {NonNullable<Wishes["quiet"]>[number]} Quiet
 * @typedef {NonNullable<Wishes["avoid"]>[number]} Channel
 *
 * @typedef {object} Field
 * @property {HTMLElement} node
 * @property {() => Partial<Wishes>} change what the reader changed in this field
 *
 * @typedef {object} Request
 * @property {import("./index.d.ts").QuerenciaMessage} element
 * @property {HTMLElement} card contains the dialog, and takes the focus if nothing else can
 * @property {Channel} channel the channel of the message
 * @property {string} locale
 * @property {Record<string, string>} words those below the message, and the theme's own
 */

/** "Not before 10:00" is about every channel that can disturb: the page too, but not the post. */
const DISTURBING = /** @type {Channel[]} */ (CHANNELS.filter((channel) => channel !== "post"));
const HOURS = [7, 8, 9, 10, 11, 12, 13].map((hour) => `${String(hour).padStart(2, "0")}:00`);

/** @type {Record<string, () => Promise<{ default: import("./index.d.ts").DialogWords }>>} one file and one line for each language */
const TABLES = {
  en: () => import("./dialog/en.js"),
  es: () => import("./dialog/es.js"),
};

/** How often is looked whether the reader still sees the dialog. */
const WATCH = 250;

/**
 * Opens the dialog.
 * @param {Request} request
 */
export async function ask({ element, card, channel, locale, words: given }) {
  const { contact } = element;
  /** @type {Record<string, string>} */
  const words = { ...(await TABLES[tableFor(locale, TABLES)]()).default, ...given };
  /** @type {{ answer?: Promise<Preferences> }} */
  const question = {};
  dispatch(element, "preferences", question);
  const { wishes = {}, own = {}, guests, topics = [], kept, keptForGood } = (await question.answer) ?? {};
  if (!element.isConnected) return;
  // It promises no more than what is known to be kept.
  const promise = words[`kept.${kept}`];
  if (promise) words.lead += ` ${promise}`;
  words.forGood = words[`forGood.${keptForGood}`] ?? words.forGood;
  const place = placeFor(element, card);
  // The button was pressed twice.
  if (place?.card.querySelector("dialog[open]")) return;
  if (!place) throw new Error("the dialog about preferences was not opened: nothing of this page can be seen");

  const fields = [
    frequency(words, wishes),
    hour(words, wishes, own, locale),
    ...(topics.length > 0 ? [subjects(words, wishes, topics)] : []),
    silence(words, wishes, own, channel),
    ...closed(wishes, guests).map((channel) => again(words, channel)),
  ];
  /** @param {Partial<Wishes>} wish */
  const send = (wish) => {
    dialog.close();
    if (Object.keys(wish).length === 0) return;
    dispatch(element.isConnected ? element : at.host, "wish", wish);
    // A reader who wants no messages on this channel does not want this message either.
    const unwelcome = [wish.unsubscribed, wish.avoid].some((channels) => channels?.includes(channel));
    // The page may have drawn its element anew.
    const shows = [element, /** @type {any} */ (at.host)].find((one) => contact && one.contact === contact);
    if (unwelcome) shows?.dismiss();
  };
  const dialog = dialogOf(words, channel, fields, send);
  const opener = element.shadowRoot?.activeElement;
  /** @type {{ host: HTMLElement, card: HTMLElement, end: () => void }} */
  let at = place;
  const open = () => {
    addStyle(/** @type {ShadowRoot} */ (at.host.shadowRoot), STYLE);
    at.card.querySelector("dialog")?.remove();
    at.card.append(dialog);
    dialog.showModal();
  };
  // A modal dialog that nobody sees would make the page deaf. Where the theme hides or replaces its place, it goes on elsewhere.
  const watch = setInterval(() => {
    if (!dialog.open) return;
    if (dialog.checkVisibility?.({ visibilityProperty: true }) ?? dialog.getClientRects().length > 0) return;
    const next = placeFor(element, card);
    dialog.open = false;
    if (!next) return end();
    at.end();
    at = next;
    open();
  }, WATCH);
  // Whose wishes these are has signed out.
  const leave = () => dialog.close();
  document.addEventListener("querencia:closed", leave);
  const end = () => {
    document.removeEventListener("querencia:closed", leave);
    clearInterval(watch);
    dialog.remove();
    at.end();
  };
  dialog.addEventListener("close", () => {
    if (dialog.open) return;
    end();
    // The browser gives the focus back to the button that opened the dialog. A later message may have replaced that button.
    if (opener && !opener.isConnected) card.focus();
  });
  open();
}

/**
 * Where the dialog can be seen: in its element, else in another one of the page, else in one of its own at the end of the page.
 * @param {HTMLElement} element
 * @param {HTMLElement} card
 */
function placeFor(element, card) {
  const canOpen = (/** @type {HTMLElement} */ host) => isSeen(host) && !host.closest("[inert]");
  const cardOf = (/** @type {HTMLElement} */ host) => /** @type {HTMLElement} */ (host.shadowRoot?.firstElementChild);
  if (canOpen(element)) return { host: element, card, end: () => {} };
  const other = [...document.querySelectorAll(element.localName)].map((one) => /** @type {HTMLElement} */ (one)).find(canOpen);
  if (other) return { host: other, card: cardOf(other), end: () => {} };
  const own = document.createElement(element.localName);
  // The names that the theme gives the topics.
  own.append(...[...element.querySelectorAll(":scope > [slot]")].map((name) => name.cloneNode(true)));
  document.body.append(own);
  if (canOpen(own)) return { host: own, card: cardOf(own), end: () => own.remove() };
  own.remove();
  return undefined;
}

/**
 * The dialog: its form, and the question whether to unsubscribe for good, of which one is shown at a time.
 * @param {Record<string, string>} words
 * @param {Channel} channel
 * @param {Field[]} fields
 * @param {(wish: Partial<Wishes>) => void} send closes the dialog and sends the wish
 */
function dialogOf(words, channel, fields, send) {
  const stop = button("stop", words.stop, () => show(question, back));
  const cancel = button("cancel", words.cancel, () => dialog.close());
  const save = make("button", { part: "save" }, words.save);
  const form = make("form", {}, ...fields.map(({ node }) => node), make("menu", {}, cancel, save), stop);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const changes = fields.map(({ change }) => change());
    const subscribe = changes.flatMap((change) => change.subscribe ?? []);
    send(Object.assign({}, ...changes, subscribe.length > 0 && { subscribe }));
  });
  const back = button("cancel", words.back, () => show(main, stop));
  back.setAttribute("aria-describedby", "for-good");
  const yes = button("save", words.yes, () => send({ unsubscribed: [channel] }));

  const title = make("h2", { id: "title", part: "dialog-title" }, words.preferences);
  // A click beside a control focuses this container, so that Escape is still heard inside the dialog.
  const main = make("div", { tabindex: "-1" }, title, make("p", { part: "dialog-text" }, words.lead), form);
  const question = make(
    "div",
    { tabindex: "-1", hidden: "" },
    make("h2", { part: "dialog-title" }, words.stop),
    make("p", { id: "for-good" }, words.forGood.replace("{where}", () => words[`where.${channel}`])),
    make("menu", {}, back, yes),
  );
  /** @param {HTMLElement} shown @param {HTMLElement} focused */
  const show = (shown, focused) => {
    for (const page of [main, question]) page.hidden = page !== shown;
    focused.focus();
  };

  const dialog = make("dialog", { part: "dialog", lang: words.lang, closedby: "any", "aria-labelledby": "title" }, main, question);
  // Escape closes the dialog, and neither the message nor anything of the page.
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
  return dialog;
}

/**
 * How often.
 * @param {Record<string, string>} words
 * @param {Wishes} wishes
 * @returns {Field}
 */
function frequency(words, wishes) {
  const before = wishes.lessOften ?? "";
  const options = [
    ["", words.anyOften],
    ["7d", words.weekly],
    ["30d", words.monthly],
  ].map(([value, text]) => {
    const checked = value === before && { checked: "", autofocus: "" };
    return make("label", {}, make("input", { type: "radio", name: "often", value, ...checked }), text);
  });
  const node = make("fieldset", {}, make("legend", {}, words.often), ...options);
  return {
    node,
    change() {
      /** @type {HTMLInputElement | null} */
      const chosen = node.querySelector("input:checked");
      return chosen && chosen.value !== before ? { lessOften: /** @type {any} */ (chosen.value) || null } : {};
    },
  };
}

/**
 * Not before which hour.
 * @param {Record<string, string>} words
 * @param {Wishes} wishes
 * @param {Wishes} own
 * @param {string} locale
 * @returns {Field}
 */
function hour(words, wishes, own, locale) {
  const before = (wishes.quiet ?? []).filter(isMorning).map(({ to }) => to).sort().at(-1) ?? "";
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
  const select = make("select", {}, make("option", { value: "" }, words.anyHour));
  for (const value of [...new Set([...HOURS, ...(before ? [before] : [])])].sort()) {
    const text = words.notBefore.replace("{time}", () => time.format(Date.parse(`1970-01-01T${value}Z`)));
    select.append(make("option", { value }, text));
  }
  select.value = before;
  return {
    node: make("label", { class: "above" }, make("span", { class: "name" }, words.hour), select),
    change() {
      const to = select.value;
      if (to === before) return {};
      const others = (own.quiet ?? []).filter((window) => !isMorning(window));
      return { quiet: to ? [...others, { from: "00:00", to, channels: DISTURBING }] : others };
    },
  };
}

/** Whether a window is a wish of the kind "not before". @param {Quiet} window */
function isMorning({ from, days, dates, places }) {
  return from === "00:00" && !days && !dates && !places;
}

/**
 * About which topics.
 * @param {Record<string, string>} words
 * @param {Wishes} wishes
 * @param {readonly string[]} topics
 * @returns {Field}
 */
function subjects(words, wishes, topics) {
  const boxes = topics.map((topic) => {
    const input = checkbox((wishes.topics ?? topics).includes(topic));
    // A theme gives a topic its name with <span slot="topic-recipes">Recipes</span>.
    return { topic, input, label: make("label", {}, input, make("slot", { name: `topic-${topic}` }, readable(topic))) };
  });
  return {
    node: make("fieldset", {}, make("legend", {}, words.topics), ...boxes.map(({ label }) => label)),
    change() {
      if (boxes.every(({ input }) => input.checked === input.defaultChecked)) return {};
      const elsewhere = (wishes.topics ?? []).filter((topic) => !topics.includes(topic));
      const chosen = boxes.filter(({ input }) => input.checked).map(({ topic }) => topic);
      return { topics: chosen.length < topics.length ? [...elsewhere, ...chosen] : null };
    },
  };
}

/**
 * No messages on this channel.
 * @param {Record<string, string>} words
 * @param {Wishes} wishes
 * @param {Wishes} own
 * @param {Channel} channel
 * @returns {Field}
 */
function silence(words, wishes, own, channel) {
  const input = checkbox(wishes.avoid?.includes(channel) ?? false);
  return {
    node: make("label", {}, input, words.avoid.replace("{where}", () => words[`where.${channel}`])),
    change() {
      if (input.checked === input.defaultChecked) return {};
      const others = (own.avoid ?? []).filter((other) => other !== channel);
      return { avoid: input.checked ? [...others, channel] : others };
    },
  };
}

/**
 * The channels that the reader may open again: not those that a guest of this browser has closed, who may be somebody else.
 * @param {Wishes} wishes
 * @param {Wishes} [guests]
 */
function closed({ unsubscribed, spam }, guests) {
  return (unsubscribed ?? []).filter((channel) => !spam?.includes(channel) && !guests?.unsubscribed?.includes(channel));
}

/**
 * Messages again on a channel that the reader unsubscribed from.
 * @param {Record<string, string>} words
 * @param {Channel} channel
 * @returns {Field}
 */
function again(words, channel) {
  const input = checkbox(false);
  return {
    node: make("label", {}, input, words.again.replace("{where}", () => words[`where.${channel}`])),
    change: () => (input.checked ? { subscribe: [channel] } : {}),
  };
}

/** `new-arrivals` as "New arrivals". @param {string} topic */
function readable(topic) {
  const words = topic.replaceAll(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {boolean} checked */
function checkbox(checked) {
  return make("input", { type: "checkbox", ...(checked && { checked: "" }) });
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
