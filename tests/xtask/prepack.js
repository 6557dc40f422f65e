// Runs before npm packs: refuses a package that would lack a file of its build or have another, or whose pages would lead nowhere.

import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { integrity } from "./integrity.js";

const description = JSON.parse(await readFile("package.json", "utf8"));
const repository = description.repository.url.replace(/^git\+|\.git$/g, "");

/** The files that a part of package.json names. @param {unknown} part @returns {string[]} */
const filesOf = (part) => (typeof part === "string" ? [part] : Object.values(part ?? {}).flatMap(filesOf));
const named = [...filesOf(description.bin), ...filesOf(description.imports), ...filesOf(description.exports)];
const faults = ["dist/integrity.json", "dist/THIRD-PARTY.txt", ...named]
  .filter((path) => !existsSync(path))
  .map((path) => `${path} is not there`);

if (existsSync("dist/integrity.json")) {
  const [listed, found] = [JSON.parse(await readFile("dist/integrity.json", "utf8")), await integrity()];
  for (const path of Object.keys({ ...listed, ...found })) {
    if (!found[path]) faults.push(`dist/${path} is not there`);
    else if (!listed[path]) faults.push(`dist/${path} is of no build`);
    else if (found[path] !== listed[path]) faults.push(`dist/${path} is not the file that was built`);
  }
}

/** What of the repository is in the package, besides dist/ and js/. */
const isPacked = (/** @type {string} */ path) =>
  /^(README\.md|CHANGELOG\.md|LICENSE-\w+|www\/(docs\/.*|policies\/.*|policy\.schema\.json))$/.test(path.replaceAll("\\", "/"));
const docs = (await readdir("www/docs", { recursive: true })).filter((name) => name.endsWith(".md")).map((name) => join("www/docs", name));
for (const page of ["README.md", "CHANGELOG.md", ...docs]) {
  const prose = (await readFile(page, "utf8")).replace(/^ *```[^]*?^ *```/gm, "").replace(/`[^`]*`/g, "");
  for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    const [path] = target.split("#");
    if (path.startsWith(`${repository}/`)) {
      const inside = /\/blob\/main\/(.*)$/.exec(path)?.[1];
      if (inside && !existsSync(inside)) faults.push(`${page}: ${target} is no file of the repository`);
    } else if (path && !/^https?:/.test(path)) {
      const file = normalize(join(dirname(page), path));
      if (!existsSync(file)) faults.push(`${page}: ${target} leads nowhere`);
      else if (!isPacked(file)) faults.push(`${page}: ${target} is not in the package; write ${repository}/blob/main/${file.replaceAll("\\", "/")}`);
    }
  }
}
if (faults.length > 0) {
  console.error(`querencia cannot be packed. If it is about dist/, run \`cargo xtask build\`.\n  ${[...new Set(faults)].join("\n  ")}`);
  process.exitCode = 1;
}
