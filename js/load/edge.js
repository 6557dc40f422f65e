// How the edge of Vercel and Next loads the Wasm: compiled when it is built, which `?module` asks for.

// @ts-ignore: the compiler knows no such import
import module from "../../dist/querencia-full.wasm?module";

export { explain } from "./explained.js";

/** @returns {Promise<WebAssembly.Module>} */
export const compile = async () => module;
