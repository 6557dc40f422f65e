// How Node gets the Wasm: from the file, without fetch, which would load an HTTP client for nothing. The full build, whose
// glue is the lean one's to the byte.

import { readFile } from "node:fs/promises";

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  const bytes = await readFile(new URL("../../dist/querencia-full.wasm", import.meta.url));
  return WebAssembly.compile(new Uint8Array(bytes));
}

/**
 * The full build has told all there is.
 * @param {unknown} _
 * @param {import("../types.d.ts").Problem[]} problems
 */
export const explain = async (_, problems) => problems;
