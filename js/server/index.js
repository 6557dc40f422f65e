export { ServerError } from "./errors.js";
export { open } from "./open.js";
export { memory } from "./store/memory.js";
