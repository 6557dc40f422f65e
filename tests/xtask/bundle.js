// Bundles js/ into dist/, for pages without a bundler.
//   querencia.js          the file of the script tag; it loads querencia.wasm
//   preferences.js        loaded by the element when its preferences button is pressed
//   index.js, shop.js, …  the entries of the package as modules; their common code is in shared-*.js
//   querencia-full.js     loaded when a policy is refused, for the sentences of its problems; it loads querencia-full.wasm

import { copyFile, readFile, readdir, rm } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

/** In dist/ the Wasm and querencia-full.js are in the same folder as the bundle, not where the sources expect them. */
const sameFolder = {
  name: "same-folder",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onLoad({ filter: /[\\/]js[\\/]load[\\/](browser|full)\.js$/ }, async ({ path }) => {
      const parts = (await readFile(path, "utf8")).split('new URL("../../dist/');
      if (parts.length !== 2) throw new Error(`${path} must name exactly one file in "../../dist/"`);
      return { contents: parts.join('new URL("./'), loader: "js" };
    });
    builder.onResolve({ filter: /^\.\/full\.js$/ }, () => ({ path: "./querencia-full.js", external: true }));
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
  logLevel: "warning",
  plugins: [sameFolder],
};

const old = (await readdir("dist")).filter((name) => name.endsWith(".js"));
await Promise.all(old.map((name) => rm(`dist/${name}`)));
for (const name of ["querencia.wasm", "querencia-full.wasm"]) await copyFile(`dist/wasm/${name}`, `dist/${name}`);
await build({ ...options, entryPoints: { querencia: "js/script/index.js" }, external: ["./preferences.js"] });
await build({ ...options, entryPoints: { "querencia-full": "js/load/full.js" } });
await build({
  ...options,
  entryPoints: {
    index: "js/index.js",
    shop: "js/shop/index.js",
    element: "js/element/define.js",
    preferences: "js/element/preferences.js",
  },
  splitting: true,
  chunkNames: "shared-[hash]",
});

for (const name of ["querencia.wasm", "querencia.js", "querencia-full.wasm", "querencia-full.js"]) {
  const bytes = await readFile(`dist/${name}`);
  console.log(`   dist/${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} in brotli`);
}
