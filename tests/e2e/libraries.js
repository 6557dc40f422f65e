// The libraries of old pages. npm has some of them; Prototype.js and the MooTools of browsers are in Debian alone, whose packages are
// downloaded once, as the user, into the cache folder.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const npm = (/** @type {string} */ path) => readFile(new URL(`../../node_modules/${path}`, import.meta.url), "utf8");
const own = (/** @type {string} */ name) => readFile(new URL(`pages/old/${name}.js`, import.meta.url), "utf8");

/** The text of files of a Debian package; undefined: there is no Debian. @param {string} name @param {string[]} files */
async function debian(name, ...files) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "querencia", name);
  const path = (/** @type {string} */ file) => join(cache, "usr/share/javascript", file);
  if (!existsSync(path(files[0]))) {
    try {
      await mkdir(cache, { recursive: true });
      await run("apt-get", ["download", name], { cwd: cache });
      const [deb] = (await readdir(cache)).filter((file) => file.endsWith(".deb"));
      await run("dpkg-deb", ["-x", deb, "."], { cwd: cache });
    } catch {
      return undefined;
    }
  }
  return Promise.all(files.map((file) => readFile(path(file), "utf8")));
}

/** What must be in a library, so that what is tried is what its name says. @type {Record<string, RegExp>} */
const SIGN = {
  "Prototype.js 1.7": /Version: '1\.7\.\d/,
  "MooTools Core and More 1.4": /version: '1\.4\.\d/,
  "MooTools 1.5, without a page": /version: '1\.5\.2'/,
  "jQuery 3": /jQuery JavaScript Library v3\./,
  "zone.js": /Zone/,
  "core-js 2": /core-js 2\./,
};

/** The scripts of each library, in their order. @type {Record<string, () => Promise<string[] | undefined>>} */
export const LIBRARIES = {
  "Prototype.js 1.7": () => debian("libjs-prototype", "prototype/prototype.js"),
  "MooTools Core and More 1.4": () => debian("libjs-mootools", "mootools/mootools-core-nc.js", "mootools/mootools-more-nc.js"),
  "MooTools 1.5, without a page": async () => [await npm("mootools/lib/mootools-core-1.5.2-server.js")],
  "jQuery 3": async () => [await npm("jquery/dist/jquery.js"), "jQuery.noConflict(true);"],
  "zone.js": async () => [await npm("zone.js/bundles/zone.umd.js")],
  "core-js 2": async () => [await npm("core-js/client/shim.js")],
  "built-ins of 2010": async () => [await own("old-prototype")],
  "enumerable fields of everything": async () => [await own("enumerable")],
  "frozen built-ins": async () => [await own("frozen")],
};

/** The scripts, once it is sure that they are what they are called. @param {string} name */
export async function library(name) {
  const scripts = await LIBRARIES[name]();
  if (scripts && SIGN[name] && !SIGN[name].test(scripts[0])) throw new Error(`this is not ${name}`);
  return scripts;
}
