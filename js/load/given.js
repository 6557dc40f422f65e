// The Wasm that the host brings, in whichever form its tools hand it over.

/**
 * @param {any} wasm a module, its bytes, its address, the answer of a server, or a promise of one of these
 * @param {(module: WebAssembly.Module) => void} start makes the engine of it
 */
export async function startGiven(wasm, start) {
  let source = await wasm;
  if (typeof source === "string" || source instanceof URL) source = await fetch(source);
  if (typeof source?.arrayBuffer === "function") {
    if (source.ok === false) throw new Error(`the engine is not at ${source.url}: the server answers ${source.status}`);
    source = await source.arrayBuffer();
  }
  const isModule = source instanceof WebAssembly.Module;
  if (!isModule && !(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source)) {
    throw new TypeError("`wasm` is no WebAssembly: give a WebAssembly.Module, its bytes, its address, a Response, or a promise of one");
  }
  try {
    start(isModule ? source : await WebAssembly.compile(source));
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    throw new Error(`the Wasm is not the engine of this version: take querencia/querencia.wasm of the same package (${message})`, { cause });
  }
}
