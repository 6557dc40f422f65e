// How Node loads the Wasm: from the file, because fetch would also load an HTTP client. Node uses the full
// build, whose glue `#glue` is: it has the warnings too.

import { readFile } from "node:fs/promises";
import { duplicatesIn } from "./duplicates.js";

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  const bytes = await readFile(new URL("../../dist/querencia-full.wasm", import.meta.url));
  return WebAssembly.compile(new Uint8Array(bytes));
}

/**
 * Node already runs the full build: its problems have their sentences. Those of the text come first.
 * @param {unknown} _
 * @param {import("../types.d.ts").Problem[]} problems
 * @param {unknown} [_request]
 * @param {string} [text]
 */
export const explain = async (_, problems, _request, text) => (text ? [...duplicatesIn(text), ...problems] : problems);
