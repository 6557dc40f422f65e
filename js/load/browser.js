// How browsers, bundlers and workers load the Wasm.
// The address is a literal, so that a bundler finds the file and copies it.

/** The hash of the Wasm, where dist/ fetches it: bundle.js fills it in. */
const INTEGRITY = "";

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  const url = new URL("../../dist/querencia.wasm", import.meta.url);
  const response = await fetch(url, { integrity: INTEGRITY }).catch(async () => {
    const other = await fetch(url).catch(() => {
      throw new Error(`the engine cannot be fetched from ${url}`);
    });
    if (INTEGRITY && other.ok) throw new Error(`${url} was changed, or is of another release than the script: copy dist/ whole`);
    return other;
  });
  if (!response.ok) throw new Error(`the engine is not at ${url}: the server answers ${response.status}`);
  // compileStreaming accepts no other type. Some servers send Wasm as application/octet-stream.
  const stream = response.headers.get("content-type") === "application/wasm";
  try {
    return await (stream ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    const why = /CSP|unsafe-eval/.test(message)
      ? "the page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to its script-src"
      : `${url} is not the engine: ${message}`;
    throw new Error(why, { cause });
  }
}

/**
 * The problems of a refused policy, or request, with the full build's sentences, and before them the keys that the text of a policy has
 * twice. If that build cannot be loaded, the problems as given; without any, the policy was refused for such a key.
 * @param {unknown} policy
 * @param {import("../types.d.ts").Problem[]} problems
 * @param {unknown} [request]
 * @param {string} [text]
 * @returns {Promise<import("../types.d.ts").Problem[]>}
 */
export async function explain(policy, problems, request, text = "") {
  try {
    const { duplicatesIn, problemsOf } = await import("./full.js");
    const explained = await problemsOf(policy, request);
    const all = problems.map((one) => explained.find(({ code, path }) => code === one.code && path === one.path) ?? one);
    return [...duplicatesIn(text), ...all];
  } catch {
    return problems.length > 0 ? problems : [{ code: "duplicate-id", path: "", message: "" }];
  }
}
