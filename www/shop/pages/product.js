import "../page.js";
import { add } from "../basket.js";
import { product as find, products } from "../catalog.js";
import { item, push } from "../datalayer.js";
import { money, say } from "../language.js";
import { node } from "../node.js";

const product = find(new URLSearchParams(location.search).get("sku")) ?? products[0];
const part = (id) => document.querySelector(`#${id}`);

document.title = `${say(product.name)} · Casa Lola`;
part("niche").append(node("img", { src: `img/${product.sku}.svg`, alt: "", width: 240, height: 240 }));
part("name").textContent = say(product.name);
part("price").textContent = money(product.price);
part("story").textContent = say(product.story);
part("by").textContent = say(product.by);
part("size").textContent = say(product.size);

push("view_item", { currency: "EUR", value: product.price / 100, items: [item(product, 1)] });

part("add").addEventListener("click", () => {
  add(product.sku);
  push("add_to_cart", { currency: "EUR", value: product.price / 100, items: [item(product, 1)] });
  part("added").textContent = say({ es: "Guardado. Ni una palabra a nadie.", en: "Put aside. Not a word to anyone." });
  part("go").hidden = false;
});
// Until here a click would have been lost.
part("add").disabled = false;
