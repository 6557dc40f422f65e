// The peers in a browser, over the page's build. chromium.mjs bundles this file and calls `run`.

// @ts-expect-error the server's address; the bundler leaves it
import { load } from "/dist/index.js";
import { agree, measure, openAll } from "./index.mjs";

/** @type {import("./index.mjs").Host} */
const browser = {
  load,
  bytes: async (path) => new Uint8Array(await (await fetch(`/node_modules/${path}`)).arrayBuffer()),
};

/** @param {import("./index.mjs").Clock} clock @param {number} rounds */
export async function run(clock, rounds) {
  const contenders = await openAll(browser);
  await agree(contenders);
  return measure(contenders, clock, rounds);
}
