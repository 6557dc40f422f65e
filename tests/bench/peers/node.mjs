// The peers in Node.

import { readFile } from "node:fs/promises";
import { load } from "querencia";

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
