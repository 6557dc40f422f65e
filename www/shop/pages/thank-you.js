import "../page.js";
import { bill } from "../bill.js";
import { product } from "../catalog.js";
import { item, push } from "../datalayer.js";
import { language, say } from "../language.js";
import { keep, state } from "../state.js";
import { node } from "../node.js";

const { purchase } = state();

if (!purchase) {
  location.replace("index.html");
} else {
  const bought = purchase.lines.map(({ sku, quantity }) => ({ product: product(sku), quantity }));
  document.querySelector("#number").textContent = purchase.id;
  document.querySelector("#bill").replaceChildren(...bill(purchase));
  document.querySelector("#summary").replaceChildren(
    ...bought.map(({ product, quantity }) => node("li", {}, `${quantity} × ${say(product.name)}`)),
  );

  // Said once in each language: whoever loads the page again has not bought again.
  if (purchase.said !== language) {
    push("purchase", {
      transaction_id: purchase.id,
      value: purchase.total / 100,
      currency: "EUR",
      tax: purchase.tax / 100,
      shipping: purchase.shipping / 100,
      items: bought.map(({ product, quantity }) => item(product, quantity)),
    });
    keep({ purchase: { ...purchase, said: language } });
  }
}
