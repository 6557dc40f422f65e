// The full build: the same reader, with a sentence for every mistake. A page downloads it only when a policy was refused.

import { Engine, initSync } from "../../dist/wasm/querencia-full.js";

/**
 * The problems of a policy, each with its own sentence.
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
