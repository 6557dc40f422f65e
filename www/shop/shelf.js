import { money, say } from "./language.js";
import { node } from "./node.js";

/** A product on its shelf. @param {import("./catalog.js").Product} product */
export function shelf(product) {
  return node(
    "li",
    {},
    node(
      "a",
      { href: `product.html?sku=${product.sku}` },
      node("img", { src: `img/${product.sku}.svg`, alt: "", width: 240, height: 240 }),
      node(
        "span",
        { class: "ticket" },
        node("strong", {}, say(product.name)),
        node("span", { class: "price" }, money(product.price)),
      ),
    ),
  );
}
