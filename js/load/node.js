// How Node gets the Wasm: from the file, without fetch, which would load an HTTP client for nothing.

import { readFile } from "node:fs/promises";

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  const bytes = await readFile(new URL("../../dist/querencia.wasm", import.meta.url));
  return WebAssembly.compile(new Uint8Array(bytes));
}
