// The adapter under the address it had in the first edition.
export { ga4 } from "./ga4/index.js";
