// Writes the files of a release into the folder that is given: the npm package, a zip for themes, integrity.json and SHA256SUMS. The same
// dist/ gives the same bytes: the files are sorted, and each has the date of 1980 with which zip begins.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";

const [, , folder] = process.argv;
const { name, version } = JSON.parse(await readFile("package.json", "utf8"));

if (!(await readFile("Cargo.toml", "utf8")).includes(`\nversion = "${version}"\n`)) {
  console.error(`package.json has the version ${version}, Cargo.toml another one`);
  process.exit(1);
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const windows = process.platform === "win32";
const packed = spawnSync(windows ? "npm.cmd" : "npm", ["pack", "--silent", "--pack-destination", folder], { shell: windows, stdio: ["ignore", "ignore", "inherit"] });
if (packed.status !== 0) process.exit(1); // prepack has said why

/** What a theme needs: nothing for bundlers and servers. */
const isForThemes = (/** @type {string} */ path) => !/^dist\/(wasm\/|inline|querencia(-full)?\.wasm$)/.test(path);
const integrity = JSON.parse(await readFile("dist/integrity.json", "utf8"));
const paths = ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "www/policy.schema.json"];
for (const below of ["dist", "www/docs", "www/policies"]) {
  for (const entry of await readdir(below, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name).replaceAll("\\", "/");
    if (entry.isFile() && isForThemes(path)) paths.push(path);
  }
}
const snippet = `<!-- Copy the folders dist/ and loyalty/ to your server, as /dist/ and /loyalty/. Then paste what follows. loyalty/ is www/policies/starter.json,
     published: once you have changed your copy of it, publish that, as README.md says. -->
<script type="module" src="/dist/querencia.js" integrity="${integrity["querencia.js"]}" data-policy="/loyalty/index.json" data-platform="ga4"></script>
<querencia-message placement="thank-you"></querencia-message>
`;
const mtime = new Date(1980, 0, 1);
const root = `${name}-${version}`;
/** @type {import("fflate").Zippable} */
const zip = { [`${root}/script-tag.html`]: [Buffer.from(snippet), { mtime }] };
for (const path of paths.sort()) zip[`${root}/${path}`] = [new Uint8Array(await readFile(path)), { mtime }];
const loyalty = await mkdtemp(join(tmpdir(), "querencia-loyalty-"));
const published = spawnSync(process.execPath, ["js/cli/index.js", "publish", "www/policies/starter.json", "--out", loyalty], { stdio: ["ignore", "ignore", "inherit"] });
if (published.status !== 0) process.exit(1);
for (const file of (await readdir(loyalty)).sort()) zip[`${root}/loyalty/${file}`] = [new Uint8Array(await readFile(join(loyalty, file))), { mtime }];
await rm(loyalty, { recursive: true });
await writeFile(join(folder, `${name}-theme-${version}.zip`), zipSync(zip, { level: 9 }));
await cp("dist/integrity.json", join(folder, "integrity.json"));

const files = (await readdir(folder)).sort();
const sums = await Promise.all(
  files.map(async (file) => `${createHash("sha256").update(await readFile(join(folder, file))).digest("hex")}  ${file}\n`),
);
await writeFile(join(folder, "SHA256SUMS"), sums.join(""));
for (const file of [...files, "SHA256SUMS"]) console.log(`   ${join(folder, file)}: ${(await readFile(join(folder, file))).length} bytes`);
