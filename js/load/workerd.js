// How Cloudflare's workers load the Wasm. They compile no bytes: the tool that uploads the worker compiles what is imported.

// @ts-ignore: the compiler knows no such import
import module from "../../dist/querencia-full.wasm";

export { explain } from "./explained.js";

/** @returns {Promise<WebAssembly.Module>} */
export const compile = async () => module;
