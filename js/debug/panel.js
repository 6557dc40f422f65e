// The panel of `data-debug`: what was heard, who speaks, why each other does not. It is built of text alone.

import { STYLE } from "./style.js";
import { make, phrases } from "./words.js";

/**
 * A part of the panel: a heading with entries, or with pairs of a name and its lines.
 * @typedef {{ title: string, entries?: string[][], pairs?: [name: string, lines: string[]][] }} Part
 */

export class Panel {
  #host = document.createElement("querencia-debug");
  #say;
  #section = make("section");
  #summary = make("span", "sum");
  #fold = make("button");
  #body = make("div", "body");
  #closed = false;

  /** @param {"en" | "es"} language */
  constructor(language) {
    this.#say = phrases(language);
    this.#host.lang = language;
    const root = this.#host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];

    const title = make("h2", "", "Querencia");
    this.#summary.setAttribute("role", "status");
    title.append(" ", this.#summary);
    this.#body.id = "body";
    this.#body.tabIndex = 0;
    this.#body.setAttribute("role", "region");
    this.#body.setAttribute("aria-label", this.#say("title"));
    this.#fold.setAttribute("aria-controls", "body");
    this.#fold.addEventListener("click", () => this.#setFolded(!this.#body.hidden));
    const close = make("button", "", "×");
    close.setAttribute("aria-label", this.#say("close"));
    close.title = this.#say("close");
    close.addEventListener("click", () => {
      this.#closed = true;
      this.#host.remove();
    });
    const header = make("header");
    header.append(title, this.#fold, close);
    this.#section.setAttribute("aria-label", this.#say("title"));
    this.#section.append(header, this.#body);
    this.#section.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#body.hidden) return;
      event.stopPropagation();
      this.#setFolded(true);
      this.#fold.focus();
    });
    root.append(this.#section);
    this.#summary.textContent = this.#say("waiting");
    // where there is little room, the shop is looked at first
    this.#setFolded(innerWidth < 700);
    this.attach();
  }

  /** A page that changes without a load may have thrown it away. */
  attach() {
    if (!this.#closed && !this.#host.isConnected) document.body.append(this.#host);
  }

  /** @param {boolean} folded */
  #setFolded(folded) {
    this.#body.hidden = folded;
    this.#section.classList.toggle("folded", folded);
    const word = this.#say(folded ? "unfold" : "fold");
    this.#fold.textContent = folded ? "▴" : "▾";
    this.#fold.title = word;
    this.#fold.setAttribute("aria-label", word);
    this.#fold.setAttribute("aria-expanded", String(!folded));
  }

  /** @param {string} summary @param {Part[]} parts */
  show(summary, parts) {
    if (this.#summary.textContent !== summary) this.#summary.textContent = summary;
    const { scrollTop } = this.#body;
    this.#body.replaceChildren(...parts.flatMap(elementsOf));
    this.#body.scrollTop = scrollTop;
    this.attach();
  }
}

/** @param {Part} part */
function elementsOf({ title, entries = [], pairs = [] }) {
  const found = entries.map((lines) => {
    const entry = make("div", "entry");
    entry.append(...lines.map((line) => (line.startsWith("| ") ? make("p", "said", line.slice(2)) : make("p", "", line))));
    return entry;
  });
  const list = make("dl");
  for (const [name, lines] of pairs) {
    const pair = make("div", "pair");
    const value = make("dd");
    value.append(...lines.map((line) => make("p", "", line)));
    pair.append(make("dt", "", name), value);
    list.append(pair);
  }
  return [make("h3", "", title), ...found, ...(pairs.length > 0 ? [list] : [])];
}
