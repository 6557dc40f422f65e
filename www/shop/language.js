import { keep, now } from "./state.js";
import { unsay } from "./unsay.js";

/** `tag.js` has set the page's language by now. */
export const locale = document.documentElement.lang;
/** @type {"es" | "en"} */
export const language = locale.startsWith("en") ? "en" : "es";

/** @param {{ es: string, en: string }} words */
export function say(words) {
  return words[language];
}

const euros = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });

/** @param {number} cents */
export function money(cents) {
  return euros.format(cents / 100);
}

/** When this page was opened, by the demo's clock. */
const opened = now() - performance.now();

/** The two buttons of the header, and the title, which cannot hold two elements. */
export function speak() {
  const title = document.querySelector("title");
  if (language === "en" && title.dataset.en) title.textContent = title.dataset.en;
  for (const button of document.querySelectorAll("[data-language]")) {
    if (button.dataset.language === language) button.setAttribute("aria-current", "true");
    button.addEventListener("click", async () => {
      // What this page has said it says again, in the other language.
      keep({ language: button.dataset.language });
      await unsay(opened);
      location.reload();
    });
    button.disabled = false;
  }
}
