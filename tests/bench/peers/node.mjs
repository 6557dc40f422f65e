// The peers in Node.

import { readFile } from "node:fs/promises";
import { load } from "querencia";

/** @type {import("./index.mjs").Host} */
export const node = {
  load,
  bytes: async (path) => new Uint8Array(await readFile(new URL(`../../../node_modules/${path}`, import.meta.url))),
};

/** The processor time of this process: what other programs do meanwhile does not count. */
export function cpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
