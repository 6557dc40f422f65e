import { define } from "./define.js";

export { QuerenciaMessage, setWords } from "./define.js";

define();
