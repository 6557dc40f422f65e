import "../page.js";
import { lines, sums } from "../basket.js";
import { bill } from "../bill.js";
import { say } from "../language.js";
import { keep, now, state } from "../state.js";
import { node } from "../node.js";

const DAY = 86_400_000;
const bought = lines();
const form = document.querySelector("form");

if (bought.length === 0) location.replace("basket.html");

document.querySelector("#bill").replaceChildren(...bill(sums()));
document.querySelector("#summary").replaceChildren(
  ...bought.map(({ product, quantity }) => node("li", {}, `${quantity} × ${say(product.name)}`)),
);

if (state().who === "ana") {
  form.elements.name.value = "Ana Ferrer";
  form.elements.email.value = "ana@example.com";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const at = now();
  // The number is the second it was placed, in base 36: short enough to say on the phone.
  const id = `CL-${Math.floor(at / 1000).toString(36).toUpperCase()}`;
  const purchase = { id, at, ...sums(), lines: bought.map(({ product, quantity }) => ({ sku: product.sku, quantity })) };
  const items = bought.map(({ product, quantity }) => ({
    sku: product.sku,
    family: product.family,
    quantity,
    price: product.price,
  }));
  // Dates to come are harmless: for Querencia, what is dated after now has not happened.
  const order = { id, at, shippedAt: at + DAY, deliveredAt: at + 2 * DAY, total: purchase.total, items };
  const ana = state().who === "ana";
  keep({ basket: {}, purchase, orders: [...(state().orders ?? []), ...(ana ? [order] : [])] });
  location.assign("thank-you.html");
});
document.querySelector("#buy").disabled = false;
