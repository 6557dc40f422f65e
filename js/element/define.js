import { QuerenciaMessage } from "./message.js";

export { setWords } from "./words.js";
export { QuerenciaMessage };

if (!customElements.get("querencia-message")) customElements.define("querencia-message", QuerenciaMessage);
