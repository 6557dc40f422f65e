// How browsers, bundlers and workers get the Wasm.
// Its address stays a literal, so that bundlers see it and copy the file.

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  const url = new URL("../../dist/querencia.wasm", import.meta.url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the engine is not at ${url}: the server answers ${response.status}`);
  // Streaming wants exactly this type; from a server that calls it otherwise the bytes are as good.
  const stream = response.headers.get("content-type") === "application/wasm";
  try {
    return await (stream ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    const why = /CSP|unsafe-eval/.test(message)
      ? "the page's Content-Security-Policy keeps Wasm from running: add 'wasm-unsafe-eval' to its script-src"
      : `${url} is not the engine: ${message}`;
    throw new Error(why, { cause });
  }
}

/**
 * The problems of a refused policy, told in full where the full build can be had.
 * @param {unknown} policy
 * @param {import("../types.d.ts").Problem[]} problems
 */
export async function explain(policy, problems) {
  try {
    const { problemsOf } = await import("./full.js");
    const told = await problemsOf(policy);
    return told.length > 0 ? told : problems;
  } catch {
    return problems;
  }
}
