import { money, say } from "./language.js";
import { node } from "./node.js";

/** The rows of a `<dl>`: goods, shipping, total. @param {ReturnType<typeof import("./basket.js").sums>} sums */
export function bill({ goods, shipping, total, tax }) {
  const row = (words, amount, name) => node("div", { class: name }, node("dt", {}, say(words)), node("dd", {}, amount));
  return [
    row({ es: "Lo tuyo", en: "Your things" }, money(goods)),
    row(
      { es: "Envío (Península)", en: "Delivery (mainland Spain)" },
      shipping === 0 ? say({ es: "Lo ponemos nosotros", en: "On the house" }) : money(shipping),
    ),
    row({ es: "Total", en: "Total" }, money(total), "total"),
    row({ es: "IVA incluido", en: "VAT included" }, money(tax), "quiet"),
  ];
}
