// The tools with which the packed package is tried: those of runtimes/package-lock.json, in the user's cache folder. They are installed
// once for each content of that lock.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { npm } from "./stranger.js";

const HERE = "tests/packaging/runtimes";

/** The folder of the user for what can be fetched again. */
function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "querencia");
  if (LOCALAPPDATA) return join(LOCALAPPDATA, "querencia", "cache");
  return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache", "querencia");
}

/** The folder whose `node_modules` has the tools. */
export async function toolbox() {
  const lock = await readFile(join(HERE, "package-lock.json"), "utf8");
  const folder = join(cacheFolder(), `runtimes-${createHash("sha256").update(lock).digest("hex").slice(0, 16)}`);
  if (existsSync(join(folder, "node_modules"))) return folder;
  const fresh = `${folder}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) await cp(join(HERE, name), join(fresh, name));
  await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], fresh);
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true })); // another run was quicker
  return folder;
}

/**
 * A program that comes inside a package of this system: npm installs only the one that fits.
 * @param {string} folder
 * @param {string[]} paths below node_modules, one for each system
 */
export function program(folder, paths) {
  const found = paths.map((path) => join(folder, "node_modules", path)).find(existsSync);
  if (!found) throw new Error(`there is none of ${paths.join(", ")}: this system has no such package`);
  return found;
}
