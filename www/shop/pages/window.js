import "../page.js";
import { products } from "../catalog.js";
import { money, say } from "../language.js";
import { node } from "../node.js";

document.querySelector("#shelves").append(
  ...products.map((product) =>
    node(
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
    ),
  ),
);
