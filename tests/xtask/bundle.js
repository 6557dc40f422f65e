// Bundles js/ into dist/, for pages that have no bundler.
//   querencia.js          the script tag: one file, and the Wasm beside it
//   preferences.js        what the element imports when its button is pressed
//   index.js, shop.js, …  the package's entries as modules; what they share is in shared-*.js
//   querencia-full.js     what any of them asks for when a policy is refused, and its Wasm beside it

import { copyFile, readFile, readdir, rm } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

/** In a bundle the Wasm lies beside the code, and so does the full build: the only addresses that differ from the sources. */
const beside = {
  name: "beside",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onLoad({ filter: /[\\/]js[\\/]load[\\/](browser|full)\.js$/ }, async ({ path }) => {
      const parts = (await readFile(path, "utf8")).split('new URL("../../dist/');
      if (parts.length !== 2) throw new Error(`${path} must name one file of "../../dist/"`);
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
  plugins: [beside],
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
