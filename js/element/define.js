import { QuerenciaMessage } from "./message.js";

export { QuerenciaMessage };

if (!customElements.get("querencia-message")) customElements.define("querencia-message", QuerenciaMessage);
