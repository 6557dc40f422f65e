export { load } from "./load/index.js";
export { PolicyError, RequestError } from "./load/problems.js";
export { render } from "./render/index.js";
