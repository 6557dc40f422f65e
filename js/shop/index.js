export { indexedDB } from "../ledger/indexeddb.js";
export { memory } from "../ledger/memory.js";
export { remote } from "../ledger/remote.js";
export { ga4 } from "../platforms/ga4/index.js";
export { open } from "./open.js";
