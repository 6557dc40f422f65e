import { QuerenciaMessage } from "./message.js";
import { wordsFor } from "./words.js";

export { setWords } from "./words.js";
export { QuerenciaMessage };

/** Makes the elements known to the page: the list of offers once there is one, with a file of its own. */
export function define() {
  // A server has no elements: there the module can be imported all the same.
  const elements = globalThis.customElements;
  if (elements?.get("querencia-message")) console.warn("querencia: two copies of the package are on this page; the element of the first acts: keep one");
  else if (elements) {
    elements.define("querencia-message", QuerenciaMessage);
    const lists = document.getElementsByTagName("querencia-offers");
    const look = () => {
      if (!lists[0]) return;
      watch.disconnect();
      import("./offers.js").then(({ define }) => define(wordsFor)).catch((error) => console.warn(`querencia: ${error.message}`));
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { childList: true, subtree: true });
    look();
  }
}
