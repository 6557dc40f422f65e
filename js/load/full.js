// The full build: the same reader, with a sentence for every mistake. A page asks it only about a policy that was refused.

import { Engine, initSync } from "../../dist/wasm/querencia-full.js";

/**
 * What is wrong with a policy, in words.
 * @param {unknown} policy
 * @returns {Promise<import("../types.d.ts").Problem[]>}
 */
export async function problemsOf(policy) {
  const response = await fetch(new URL("../../dist/querencia-full.wasm", import.meta.url));
  initSync({ module: await WebAssembly.compile(await response.arrayBuffer()) });
  try {
    new Engine(policy).free();
    return [];
  } catch (problems) {
    return /** @type {import("../types.d.ts").Problem[]} */ (problems);
  }
}
