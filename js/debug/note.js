// The note of a preview: who sees the page must not take it for what shoppers see.

import { NOTE_STYLE } from "./style.js";
import { languageOfPage, make, phrases } from "./words.js";

/** @type {HTMLElement | undefined} */
let host;
/** @type {HTMLParagraphElement} */
let text;
/** What is known so far. @type {{ preview?: string, now?: string, missing?: string[] }} */
let known = {};

/** @param {typeof known} more */
export function note(more) {
  known = { ...known, ...more };
  const language = languageOfPage();
  const say = phrases(language);
  if (!host) {
    host = document.createElement("querencia-note");
    host.lang = language;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(NOTE_STYLE);
    root.adoptedStyleSheets = [sheet];
    text = make("p");
    text.setAttribute("role", "status");
    const hide = make("button", "", "×");
    hide.setAttribute("aria-label", say("hide"));
    hide.title = say("hide");
    hide.addEventListener("click", () => host?.remove());
    const row = make("div");
    row.append(text, hide);
    root.append(row);
    document.body.append(host);
  }
  const { preview, now, missing } = known;
  const at = now && !Number.isNaN(Date.parse(now)) ? ` ${say("noteNow")} ${new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(Date.parse(now))}` : "";
  const what = preview ? `${say("noteOf")} «${preview}»` : say("note");
  const without = missing?.length ? ` ${say("noteMissing")}: ${missing.join(", ")}.` : "";
  text.textContent = `${what}${at}. ${say("noteKept")}${without}`;
}
