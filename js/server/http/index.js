export { sharedSecret } from "./authenticate.js";
export { customerToken, signToken } from "./token.js";
