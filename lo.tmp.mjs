import { build } from "esbuild"; import { brotliCompressSync } from "node:zlib";
const R=["page-900c6e1d.js","whole-26203513.js","aa1d70ffad73948b"];
const r = await build({ entryPoints:["js/loader/index.js"], bundle:true, minify:true, format:"esm", target:"es2022", charset:"utf8", write:false, define:{RELEASE:JSON.stringify(R)} });
console.log(r.outputFiles[0].contents.length, brotliCompressSync(r.outputFiles[0].contents).length); if (process.argv[2]) console.log(r.outputFiles[0].text);
