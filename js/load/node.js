// How Node, Deno and Bun load the Wasm: from the file, because fetch would also load an HTTP client. They use the full build, whose glue
// `#glue` is: it has the warnings too.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export { explain } from "./explained.js";

/** @returns {Promise<WebAssembly.Module>} */
export const compile = async () => WebAssembly.compile(await bytes());

/** @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function bytes() {
  try {
    return new Uint8Array(await readFile(fileURLToPath(new URL("../../dist/querencia-full.wasm", import.meta.url).href)));
  } catch {
    // Bundlers of servers, as that of Next, move the code away from its file, or make the file's address one for browsers.
    const { base64 } = await import("../../dist/inline-full.js");
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  }
}
