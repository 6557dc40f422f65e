// The one static server of the repository: www/ at /, dist/ at /dist/, and the story that the demo plays at /vectors/.
// `node tests/server.js` serves the demo; the end-to-end tests call serve().

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @type {Record<string, string>} */
const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * @typedef {object} Options
 * @property {number} [port] 0, the default, takes a free one
 * @property {Record<string, string>} [headers] sent with every answer, such as a Content-Security-Policy
 * @property {Record<string, string>} [roots] path prefix to folder; the longest prefix wins
 */

/**
 * Serves folders on 127.0.0.1.
 * @param {Options} [options]
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, headers = {}, roots = {} } = {}) {
  const folders = Object.entries({ "/": "www", "/dist/": "dist", "/vectors/": "tests/vectors", ...roots })
    .map(([prefix, folder]) => ({ prefix, folder: resolve(root, folder) }))
    .sort((a, b) => b.prefix.length - a.prefix.length);

  const server = createServer(async (request, response) => {
    /** @type {(status: number, type: string, body: Buffer) => void} */
    const answer = (status, type, body) => {
      response.writeHead(status, {
        "content-type": type,
        "content-length": body.length,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        ...headers,
      });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
      return answer(405, types[".txt"], Buffer.from("only GET and HEAD\n"));
    }
    const file = await find(folders, request.url ?? "/");
    if (!file) {
      // As static hosts do, for people and not for scripts; its links are relative, so not below a folder.
      const page = /^\/[^/]*$/.test(request.url ?? "") && request.headers.accept?.includes("text/html");
      const lost = page ? await find(folders, "/404.html") : undefined;
      return lost ? answer(404, types[".html"], await readFile(lost)) : answer(404, types[".txt"], Buffer.from("not found\n"));
    }
    answer(200, types[extname(file)] ?? "application/octet-stream", await readFile(file));
  });

  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done(undefined));
  });
  const bound = /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * The file a request path names, or nothing; never one outside its folder.
 * @param {{ prefix: string, folder: string }[]} folders
 * @param {string} url
 */
async function find(folders, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, "http://127.0.0.1").pathname);
  } catch {
    return undefined;
  }
  const home = folders.find(({ prefix }) => path.startsWith(prefix));
  if (!home || path.includes("\0")) return undefined;
  const { prefix, folder } = home;
  let file = join(folder, path.slice(prefix.length));
  if (file !== folder && !file.startsWith(folder + sep)) return undefined;
  const entry = await stat(file).catch(() => undefined);
  if (entry?.isDirectory()) file = join(file, "index.html");
  const found = entry?.isDirectory() ? await stat(file).catch(() => undefined) : entry;
  return found?.isFile() ? file : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 8080);
  try {
    const { url } = await serve({ port });
    console.log(`serving the shop at ${url}  (Ctrl+C stops)`);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EADDRINUSE") throw error;
    console.error(`port ${port} is taken: set PORT to a free one, such as PORT=${port + 1}`);
    process.exitCode = 1;
  }
}
