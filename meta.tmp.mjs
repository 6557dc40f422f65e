import { build, transform } from "esbuild"; import { brotliCompressSync } from "node:zlib"; import {readFile} from "node:fs/promises";
const entry = process.argv[2];
const css = { name: "css", setup(b) { b.onLoad({ filter: /[\\/]js[\\/]element[\\/].*style\.js$/ }, async ({ path }) => {
      const [, before, css, after] = /^([^]*?`)([^`]*)(`[^]*)$/.exec(await readFile(path, "utf8")) ?? [];
      const { code } = await transform(css, { loader: "css", minify: true, target: "es2022" });
      return { contents: before + code.trim().replaceAll("\\", "\\\\") + after, loader: "js" };
    });}};
const r = await build({ entryPoints:[entry], bundle:true, minify:true, format:"esm", platform:"browser", target:"es2022", charset:"utf8", write:false, metafile:true, legalComments:"none", plugins:[css], define:{BUILT:'["conditions","catalogue"]'}, external:["./preferences.js","./words/*","../batch/batch.js","../load/full.js","./full.js","../platforms/*"] });
const out = Object.values(r.metafile.outputs)[0];
const total = r.outputFiles[0].contents.length, br = brotliCompressSync(r.outputFiles[0].contents).length;
console.log("raw", total, "brotli", br);
if (process.argv[3]==="t") console.log(r.outputFiles[0].text);
if (process.argv[3]==="m") for (const [k,v] of Object.entries(out.inputs).sort((a,b)=>b[1].bytesInOutput-a[1].bytesInOutput)) console.log(String(v.bytesInOutput).padStart(6), String(Math.round(v.bytesInOutput*br/total)).padStart(6), k);
