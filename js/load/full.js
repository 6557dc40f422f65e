// The full build: the same reader, with a sentence for every mistake. A page downloads it only when a policy or a request was refused.

import { BUILD, Engine, initSync } from "../../dist/wasm/querencia-full.js";

import { ofBuild } from "./start.js";

export { duplicatesIn } from "./duplicates.js";

/** The hash of the Wasm, where dist/ fetches it: bundle.js fills it in. */
const INTEGRITY = "";

/**
 * The problems of a policy, or of a request, each with its own sentence.
 * @param {unknown} policy
 * @param {unknown} [request]
 * @returns {Promise<import("../types.d.ts").Problem[]>}
 */
export async function problemsOf(policy, request) {
  const response = await fetch(new URL("../../dist/querencia-full.wasm", import.meta.url), { integrity: INTEGRITY });
  initSync({ module: ofBuild(BUILD, await WebAssembly.compile(await response.arrayBuffer())) });
  try {
    const engine = new Engine(policy);
    if (request) engine.decide(request);
    return [];
  } catch (problems) {
    return /** @type {import("../types.d.ts").Problem[]} */ (problems);
  }
}
