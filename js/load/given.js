// The Wasm that the host brings, in whichever form its tools hand it over.

import { otherBuild } from "./start.js";

/**
 * @param {any} wasm a module, its bytes, its address, the answer of a server, or a promise of one of these
 * @returns {Promise<WebAssembly.Module>}
 */
export async function given(wasm) {
  let source = await wasm;
  if (typeof source === "string" || source instanceof URL) source = await fetch(source);
  if (typeof source?.arrayBuffer === "function") {
    if (source.ok === false) throw new Error(`the engine is not at ${source.url}: the server answers ${source.status}`);
    source = await source.arrayBuffer();
  }
  if (source instanceof WebAssembly.Module) return source;
  if (!(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source)) {
    throw new TypeError("`wasm` is no WebAssembly: give a WebAssembly.Module, its bytes, its address, a Response, or a promise of one");
  }
  return WebAssembly.compile(/** @type {BufferSource} */ (source)).catch((cause) => {
    throw otherBuild(cause);
  });
}
