export { ServerError } from "./errors.js";
export { open } from "./open.js";
export { postgres } from "./store/postgres/index.js";
export { redis } from "./store/redis/index.js";
export { memory } from "./store/memory.js";
export { customerToken, sharedSecret, signToken } from "./http/index.js";
