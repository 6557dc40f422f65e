import "../page.js";
import { lines, put, sums } from "../basket.js";
import { item, push } from "../datalayer.js";
import { money, say } from "../language.js";
import { node } from "../node.js";
import { bill } from "../bill.js";

const list = document.querySelector("#lines");

function draw() {
  const now = lines();
  document.querySelector("#full").hidden = now.length === 0;
  document.querySelector("#empty").hidden = now.length > 0;
  list.replaceChildren(...now.map(line));
  document.querySelector("#bill").replaceChildren(...bill(sums()));
}

/** @param {ReturnType<typeof lines>[number]} line */
function line({ product, quantity }) {
  const name = say(product.name);
  const change = (to, from) => {
    put(product.sku, to);
    draw();
    // The control that was used is gone with the old list: give the focus back to its successor.
    (list.querySelector(`[data-sku="${product.sku}"] .${from}`) ?? document.querySelector("h1")).focus();
  };
  return node(
    "li",
    { "data-sku": product.sku },
    node("img", { src: `img/${product.sku}.svg`, alt: "", width: 240, height: 240 }),
    node(
      "div",
      { class: "what" },
      node("a", { href: `product.html?sku=${product.sku}` }, name),
      node("span", { class: "quiet" }, say(product.size)),
    ),
    node(
      "div",
      { class: "stepper", role: "group", "aria-label": say({ es: `Cantidad: ${name}`, en: `Quantity: ${name}` }) },
      node("button", { class: "fewer", type: "button", "aria-label": say({ es: "Uno menos", en: "One less" }), click: () => change(quantity - 1, "fewer") }, "−"),
      node("output", {}, String(quantity)),
      node("button", { class: "more", type: "button", "aria-label": say({ es: "Uno más", en: "One more" }), click: () => change(quantity + 1, "more") }, "+"),
    ),
    node("strong", { class: "price" }, money(product.price * quantity)),
  );
}

draw();
if (lines().length > 0) {
  push("view_cart", {
    currency: "EUR",
    value: sums().goods / 100,
    items: lines().map(({ product, quantity }) => item(product, quantity)),
  });
}
