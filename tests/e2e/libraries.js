// The libraries of old pages. npm has some of them. Prototype.js and the MooTools of browsers are in Debian alone, whose packages are downloaded
// once, as the user, into the cache folder: what needs them is part of `test --all`.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const npm = (/** @type {string} */ path) => readFile(new URL(`../../node_modules/${path}`, import.meta.url), "utf8");
const own = (/** @type {string} */ name) => readFile(new URL(`pages/old/${name}.js`, import.meta.url), "utf8");

/** The text of files of a Debian package. @param {string} name @param {string[]} files */
async function debian(name, ...files) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "querencia", name);
  const path = (/** @type {string} */ file) => join(cache, "usr/share/javascript", file);
  if (!existsSync(path(files[0]))) {
    await mkdir(cache, { recursive: true });
    await run("apt-get", ["download", name], { cwd: cache });
    const [deb] = (await readdir(cache)).filter((file) => file.endsWith(".deb"));
    await run("dpkg-deb", ["-x", deb, "."], { cwd: cache });
  }
  return Promise.all(files.map((file) => readFile(path(file), "utf8")));
}

/** The scripts of a library, once it is sure that they are what they are called. @param {RegExp} sign @param {() => Promise<string[]>} read */
const signed = (sign, read) => async () => {
  const scripts = await read();
  if (!sign.test(scripts[0])) throw new Error(`there is no ${sign} in it`);
  return scripts;
};

/** The scripts of each library, in their order. @type {Record<string, () => Promise<string[]>>} */
export const LIBRARIES = {
  "MooTools 1.5, without a page": signed(/version: '1\.5\.2'/, async () => [await npm("mootools/lib/mootools-core-1.5.2-server.js")]),
  "jQuery 3": signed(/jQuery JavaScript Library v3\./, async () => [await npm("jquery/dist/jquery.js"), "jQuery.noConflict(true);"]),
  "zone.js": signed(/Zone/, async () => [await npm("zone.js/bundles/zone.umd.js")]),
  "core-js 2": signed(/core-js 2\./, async () => [await npm("core-js/client/shim.js")]),
  "built-ins of 2010": async () => [await own("old-prototype")],
  "enumerable fields of everything": async () => [await own("enumerable")],
  "frozen built-ins": async () => [await own("frozen")],
};

/** @type {typeof LIBRARIES} */
export const DEBIAN = {
  "Prototype.js 1.7": signed(/Version: '1\.7\.\d/, () => debian("libjs-prototype", "prototype/prototype.js")),
  "MooTools Core and More 1.4": signed(/version: '1\.4\.\d/, () => debian("libjs-mootools", "mootools/mootools-core-nc.js", "mootools/mootools-more-nc.js")),
};
