// Bundles js/ into dist/, for pages that have no bundler.
//   querencia.js               the script tag: what decides whether anything else is downloaded
//   page-<hash>.js             the visit and the element over a published policy, with querencia-page-<format>.wasm or querencia-core-<format>.wasm
//   whole-<hash>.js            the same over any policy, with querencia-whole-<hash>.wasm
//   platforms/<name>-<hash>.js the adapter that `data-platform` names
//   words/<language>-<hash>.js the element's words, for the first message in that language; dialog/…: the dialog's; offers/…: those of codes
//   question-<hash>.js         what a page that asked before looks at, to see whether it may be spared
//   market-<hash>.js           where `data-policy` is a table of markets
//   fallen-<hash>.js           the ledger of a page whose browser keeps none; prune-<hash>.js deletes records that no decision reads, and
//                              readable-<hash>.js reads those that the engine refuses
//   consent-<hash>.js          the ledger of a page that asks first, with consent/<source>-<hash>.js for each source that `data-consent` names
//   debug-<hash>.js            the panel of `data-debug`
//   seen-<hash>.js             asks whether what a page sees itself may be kept; facts-<hash>.js keeps it
//   doubts-<hash>.js           the lines of the console for who builds a theme
//   preview-<hash>.js, note-<hash>.js: `data-preview`, and the note of every preview
//   preferences-<hash>.js      the dialog, when the reader opens it
//   code-<hash>.js             the buttons of a code, with the first message that tells one
//   offers-<hash>.js           <querencia-offers>, where a page has one
//   index.js, shop.js, …       the package's entries as modules; their common code is in shared-*.js
//   querencia-full-<hash>.js   the full build, when a policy was refused, with querencia-full-<hash>.wasm
//   batch-<hash>.js            what `engine.batch` needs, when it is called
//   querencia.wasm, querencia-full.wasm: for bundlers and servers
// What has a hash in its name may be cached for good.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minifySync } from "rolldown/utils";

const platforms = (await readdir("js/platforms", { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const sources = (await readdir("js/consent", { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const languages = (await readdir("js/element/words")).map((name) => name.replace(/\.js$/, ""));

/** @param {string | Uint8Array} bytes */
const digest = (bytes) => createHash("sha256").update(bytes);
/** @param {string} name @param {string | Uint8Array} bytes */
const hashed = (name, bytes) => name.replace(/(?=\.\w+$)/, `-${digest(bytes).digest("hex").slice(0, 8)}`);

/** The names in dist/ of what is downloaded later, by the path that imports it. @type {Record<string, string>} */
const later = {};

/**
 * What of wasm-bindgen's glue a page does without: objects that nobody frees (js/load/sealed.js frees them), buffers of other kinds than its
 * own, and what is asked before the Wasm is there. Each must be found, or the glue has changed.
 * @type {[RegExp, string][]}
 */
const GLUE = [
  [/ +\w+Finalization\.(un)?register\(.*\);\n/g, ""],
  [/const \w+Finalization = [^]*?\n\}\);\n/g, ""],
  [/if \(Symbol\.dispose\) .*\n/g, ""],
  [/ +if \(typeof \w+ !== 'undefined'\) .*\n/g, ""],
  [/if \(cachedDataViewMemory0 === null .*\{/, "if (cachedDataViewMemory0?.buffer !== wasm.memory.buffer) {"],
  [/ +numBytesDecoded \+= [^]*?\n    \}\n/, ""],
  [/(function initSync\(module\)) \{[^]*?\n\}/, "$1 {\n    ({ module } = module);\n    return __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()), module);\n}"],
];

/** The addresses that differ between js/ and dist/: those of the Wasm, with what pins it, and of what is downloaded later. @type {import("esbuild").Plugin} */
const addresses = {
  name: "addresses",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onLoad({ filter: /[\\/]js[\\/]load[\\/](browser|full)\.js$/ }, async ({ path }) => {
      const [name, integrity] = path.endsWith("full.js") ? full : whole;
      const contents = (await readFile(path, "utf8"))
        .replace(/new URL\("\.\.\/\.\.\/dist\/[\w-]+\.wasm"/, `new URL("./${name}"`)
        .replace('INTEGRITY = ""', `INTEGRITY = "${integrity}"`);
      if (!contents.includes(name) || !contents.includes(integrity)) throw new Error(`${path} must name a Wasm of "../../dist/", and have an INTEGRITY`);
      return { contents, loader: "js" };
    });
    builder.onLoad({ filter: /querencia-page\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [part, short] of GLUE) {
        const shorter = contents.replace(part, short);
        if (shorter === contents) throw new Error(`${path} has no ${part}: see GLUE in bundle.js`);
        contents = shorter;
      }
      return { contents, loader: "js" };
    });
    builder.onLoad({ filter: /[\\/]js[\\/]element[\\/].*style\.js$/ }, async ({ path }) => {
      const [, before, css, after] = /^([^]*?`)([^`]*)(`[^]*)$/.exec(await readFile(path, "utf8")) ?? [];
      const { code } = await transform(css, { loader: "css", minify: true, target: "es2022" });
      return { contents: before + code.trim().replaceAll("\\", "\\\\") + after, loader: "js" };
    });
    builder.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
      kind === "dynamic-import" && later[path] ? { path: `./${later[path]}`, external: true } : undefined,
    );
  },
};

/** @type {import("esbuild").BuildOptions} */
const options = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  outdir: "dist",
  plugins: [addresses],
  legalComments: "none",
  // Module scripts are always read as UTF-8: "é" takes two bytes, "\u00e9" six.
  charset: "utf8",
  logLevel: "warning",
};

/** What a page downloads is minified once more: 3 % in brotli. @param {string} text */
function smaller(text) {
  const { code, errors } = minifySync("bundle.js", text, { module: true, compress: { target: "es2022" }, mangle: true, codegen: true });
  if (errors.length > 0) throw new Error(String(errors[0].message));
  return code;
}

/** Writes a file whose name has its hash. @param {string} entry @param {string} name @param {import("esbuild").BuildOptions} [more] */
async function write(entry, name, more) {
  const { outputFiles } = await build({ ...options, ...more, entryPoints: [entry], write: false });
  const contents = smaller(outputFiles[0].text);
  const file = hashed(name, contents);
  await mkdir(dirname(`dist/${file}`), { recursive: true });
  await writeFile(`dist/${file}`, contents);
  return file;
}

/**
 * Marks a Wasm and its glue as of one build: the hash of the one stands in a section of it, and as `BUILD` in the other. js/load/start.js
 * compares them.
 * @param {string} name
 */
async function stamp(name) {
  const bytes = await readFile(`dist/wasm/${name}.wasm`);
  const [section, mark] = ["querencia", digest(bytes).digest("hex").slice(0, 16)];
  const text = `${String.fromCharCode(section.length)}${section}${mark}`;
  await writeFile(`dist/${name}.wasm`, Buffer.concat([bytes, Buffer.from([0, text.length]), Buffer.from(text)]));
  for (const [end, line] of [["js", `export const BUILD = "${mark}";\n`], ["d.ts", "export const BUILD: string;\n"]]) {
    const path = `dist/wasm/${name}.${end}`;
    await writeFile(path, (await readFile(path, "utf8")).replace(/^export const BUILD.*\n/m, "") + line);
  }
}

for (const name of await readdir("dist")) {
  if (/\.js$|^querencia.*\.wasm$|^(platforms|words|dialog|consent|offers)$/.test(name)) await rm(`dist/${name}`, { recursive: true });
}
for (const name of ["querencia", "querencia-full"]) await stamp(name);
const { format, ...features } = JSON.parse(await readFile("dist/builds.json", "utf8"));
/** Copies a Wasm to the name that pages fetch. @param {string} from @param {(bytes: Uint8Array) => string} nameOf @returns {Promise<[name: string, integrity: string]>} */
const engineOf = async (from, nameOf) => {
  const bytes = await readFile(from);
  const name = nameOf(bytes);
  await copyFile(from, `dist/${name}`);
  return [name, `sha256-${digest(bytes).digest("base64")}`];
};
const whole = await engineOf("dist/querencia.wasm", (bytes) => hashed("querencia-whole.wasm", bytes));
const full = await engineOf("dist/querencia-full.wasm", (bytes) => hashed("querencia-full.wasm", bytes));
// the format is a hash of the two builds that read compiled policies
const [core, page] = await Promise.all(["core", "page"].map((build) => engineOf(`dist/wasm/querencia-${build}.wasm`, () => `querencia-${build}-${format}.wasm`)));

later["./full.js"] = later["../load/full.js"] = await write("js/load/full.js", "querencia-full.js");
later["../batch/batch.js"] = await write("js/batch/batch.js", "batch.js");
for (const name of platforms) later[`../platforms/${name}/index.js`] = await write(`js/platforms/${name}/index.js`, `platforms/${name}.js`);
for (const name of sources) later[`./${name}/index.js`] = await write(`js/consent/${name}/index.js`, `consent/${name}.js`);
for (const folder of ["words", "dialog", "offers"]) {
  for (const name of languages) later[`./${folder}/${name}.js`] = await write(`js/element/${folder}/${name}.js`, `${folder}/${name}.js`);
}
for (const name of ["preferences", "code", "offers"]) later[`./${name}.js`] = await write(`js/element/${name}.js`, `${name}.js`);
later["../facts/index.js"] = await write("js/facts/index.js", "facts.js");
later["../shop/facts.js"] = await write("js/shop/facts.js", "seen.js");
later["./note.js"] = later["../debug/note.js"] = await write("js/debug/note.js", "note.js");
later["../debug/doubts.js"] = await write("js/debug/doubts.js", "doubts.js");
later["../debug/preview.js"] = await write("js/debug/preview.js", "preview.js");
for (const name of ["fallen", "prune", "readable"]) later[`../ledger/${name}.js`] = await write(`js/ledger/${name}.js`, `${name}.js`);
later["../remote/link.js"] = await write("js/remote/link.js", "server.js");
later["../debug/index.js"] = await write("js/debug/index.js", "debug.js");
later["../consent/for.js"] = await write("js/consent/for.js", "consent.js");
const sparedFile = await write("js/loader/question.js", "question.js");
later["./question.js"] = sparedFile;
const marketFile = await write("js/loader/market.js", "market.js");
const pageFile = await write("js/loader/page.js", "page.js", { define: { BUILT: JSON.stringify(features) } });
const wholeFile = await write("js/loader/whole.js", "whole.js");
const loader = await build({
  ...options,
  define: { RELEASE: JSON.stringify([pageFile, wholeFile, sparedFile, marketFile, format, later["../platforms/ga4/index.js"]]) },
  entryPoints: ["js/loader/index.js"],
  write: false,
});
await writeFile("dist/querencia.js", smaller(loader.outputFiles[0].text));
await build({
  ...options,
  entryPoints: { index: "js/index.js", shop: "js/shop/index.js", element: "js/element/index.js" },
  splitting: true,
  chunkNames: "shared-[hash]",
});

// for `querencia/inline`, and for servers whose bundler loses the file
for (const [from, to] of [["querencia.wasm", "inline.js"], ["querencia-full.wasm", "inline-full.js"]]) {
  const base64 = (await readFile(`dist/${from}`)).toString("base64");
  await writeFile(`dist/${to}`, `/** dist/${from} @type {string} */\nexport const base64 = "${base64}";\n`);
}

const files = ["querencia.js", pageFile, core[0], page[0], wholeFile, whole[0], ...Object.values(later), full[0]];
for (const name of new Set(files)) {
  const bytes = await readFile(`dist/${name}`);
  console.log(`   dist/${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} in brotli`);
}
