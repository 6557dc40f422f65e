import { render } from "/dist/index.js";
import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { short } from "./dates.js";

/**
 * What was said, day by day; each leads back to its day.
 *
 * @param {import("./days.js").Day[]} days
 * @param {string} zone
 */
export function letters(days, zone) {
  const entries = days.flatMap(({ date, decision }, index) =>
    decision.contacts.map((contact) => {
      const { title, body } = render(contact, { zone });
      const entry = node(
        "li",
        { hidden: true },
        node("a", { href: `#${date}` }, node("time", { datetime: date }, short(date)), node("strong", {}, title ?? contact.campaign)),
        node("p", {}, body),
      );
      return { index, entry };
    }),
  );
  return {
    // The latest first.
    parts: entries.map(({ entry }) => entry).reverse(),
    /** @param {number} index @returns {string} how many there are */
    show(index) {
      for (const { index: day, entry } of entries) entry.hidden = day > index;
      const count = entries.filter(({ index: day }) => day <= index).length;
      return say({
        es: `${count} ${count === 1 ? "mensaje" : "mensajes"} en ${index + 1} ${index === 0 ? "día" : "días"}.`,
        en: `${count} ${count === 1 ? "message" : "messages"} in ${index + 1} ${index === 0 ? "day" : "days"}.`,
      });
    },
  };
}
