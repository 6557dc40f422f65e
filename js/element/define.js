import { QuerenciaMessage } from "./message.js";

export { setWords } from "./words.js";
export { QuerenciaMessage };

/** Makes the element known to the page. */
export function define() {
  // A server has no elements: there the module can be imported all the same.
  const elements = globalThis.customElements;
  if (elements?.get("querencia-message")) console.warn("querencia: two copies of the package are on this page; the element of the first acts: keep one");
  else elements?.define("querencia-message", QuerenciaMessage);
}
