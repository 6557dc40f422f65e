import "../page.js";
import { products } from "../catalog.js";
import { pushName } from "../datalayer.js";
import { say } from "../language.js";
import { shelf } from "../shelf.js";

/** Without accents or capitals, as people type on a telephone. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const wanted = (new URLSearchParams(location.search).get("q") ?? "").trim();
const part = (id) => document.querySelector(`#${id}`);

if (wanted !== "") {
  part("words").value = wanted;
  const words = plain(wanted).split(/\s+/);
  const found = products.filter(({ name, by, size, story }) => {
    const text = plain([name, by, size, story].flatMap(Object.values).join(" "));
    return words.every((word) => text.includes(word));
  });
  part("found").hidden = false;
  part("found").textContent =
    found.length === 0
      ? say({ es: `Con «${wanted}» no me sale nada.`, en: `For “${wanted}” I have nothing.` })
      : say({ es: `Con «${wanted}», esto:`, en: `For “${wanted}”, this:` });
  part("window").hidden = found.length === 0;
  part("help").hidden = found.length > 0;
  part("shelves").append(...found.map(shelf));
  part("shelves").dataset.count = String(found.length);
  if (found.length === 0) pushName("no_results");
}
