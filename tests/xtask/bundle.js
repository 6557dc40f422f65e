// Bundles js/ into dist/, for pages that have no bundler.
//   querencia.js          the script tag: one file, and the Wasm beside it
//   platforms/<name>.js   the adapter that `data-platform` names
//   words/<language>.js   the element's words, for the first message in that language
//   preferences.js        the dialog, when the reader opens it
//   index.js, shop.js, …  the package's entries as modules; their common code is in shared-*.js
//   querencia-full.js     the full build, when a policy was refused; its Wasm is beside it
//   batch.js              what `engine.batch` needs, when it is called

import { copyFile, readFile, readdir, rm } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const platforms = (await readdir("js/platforms", { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const languages = (await readdir("js/element/words")).map((name) => name.replace(/\.js$/, ""));

/** The addresses that differ between js/ and dist/: those of the Wasm, of the full build, of the batch and of the adapters. */
const addresses = {
  name: "addresses",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onLoad({ filter: /[\\/]js[\\/]load[\\/](browser|full)\.js$/ }, async ({ path }) => {
      const parts = (await readFile(path, "utf8")).split('new URL("../../dist/');
      if (parts.length !== 2) throw new Error(`${path} must name one file of "../../dist/"`);
      return { contents: parts.join('new URL("./'), loader: "js" };
    });
    builder.onResolve({ filter: /^\.\/full\.js$/ }, () => ({ path: "./querencia-full.js", external: true }));
    builder.onResolve({ filter: /^\.\.\/batch\/batch\.js$/ }, () => ({ path: "./batch.js", external: true }));
    builder.onResolve({ filter: /^\.\.\/platforms\// }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: path.replace(/^\.\.\/(.*)\/index\.js$/, "./$1.js"), external: true } : undefined,
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
  legalComments: "none",
  // Module scripts are always read as UTF-8: "é" takes two bytes, "\u00e9" six.
  charset: "utf8",
  logLevel: "warning",
  plugins: [addresses],
  // loaded when needed, from beside the file that imports them
  external: ["./preferences.js", "./words/*"],
};

const old = (await readdir("dist")).filter((name) => name.endsWith(".js"));
await Promise.all([...old, "platforms", "words"].map((name) => rm(`dist/${name}`, { recursive: true, force: true })));
for (const name of ["querencia.wasm", "querencia-full.wasm"]) await copyFile(`dist/wasm/${name}`, `dist/${name}`);
await build({
  ...options,
  entryPoints: {
    querencia: "js/script/index.js",
    preferences: "js/element/preferences.js",
    "querencia-full": "js/load/full.js",
    batch: "js/batch/batch.js",
    ...Object.fromEntries(platforms.map((name) => [`platforms/${name}`, `js/platforms/${name}/index.js`])),
    ...Object.fromEntries(languages.map((name) => [`words/${name}`, `js/element/words/${name}.js`])),
  },
});
await build({
  ...options,
  entryPoints: { index: "js/index.js", shop: "js/shop/index.js", element: "js/element/define.js" },
  splitting: true,
  chunkNames: "shared-[hash]",
});

const files = ["querencia.wasm", "querencia.js", ...platforms.map((name) => `platforms/${name}.js`), ...languages.map((name) => `words/${name}.js`)];
for (const name of [...files, "preferences.js", "querencia-full.wasm", "querencia-full.js"]) {
  const bytes = await readFile(`dist/${name}`);
  console.log(`   dist/${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} in brotli`);
}
