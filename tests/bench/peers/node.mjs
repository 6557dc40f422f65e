// The peers in Node.

import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { load } from "querencia";

// Node 20 ends with "unreachable code" when a function that calls Wasm for one reference is optimized, and what it was optimized for
// changes during the call. Cedar's are such functions, those of this package return several values.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

/** @type {import("./index.mjs").Host} */
export const node = {
  load,
  bytes: async (path) => new Uint8Array(await readFile(new URL(`../../../node_modules/${path}`, import.meta.url))),
};

/** The processor time of this process. @type {import("./index.mjs").Clock & (() => number)} */
export function cpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
