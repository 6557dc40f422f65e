// How the edge of Vercel and Next loads the Wasm: compiled when it is built, which `?module` asks for.

// @ts-ignore: the compiler knows no such import
import module from "../../dist/querencia-full.wasm?module";

export { explain } from "./explained.js";

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  // Next hands over a module of another realm, whose class is another, so that the glue would take it for bytes.
  return module instanceof WebAssembly.Module ? module : Object.setPrototypeOf(module, WebAssembly.Module.prototype);
}
