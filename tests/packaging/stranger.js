// A stranger's project: a folder into which the packed package was installed.

import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { launch } from "../chromium.js";
import { serve } from "../server.js";

const execute = promisify(execFile);
/** Runs a program; one that hangs is ended. @param {string} program @param {string[]} words @param {import("node:child_process").ExecFileOptions} options */
export const run = (program, words, options) => /** @type {Promise<{ stdout: string, stderr: string }>} */ (execute(program, words, { timeout: 600_000, killSignal: "SIGKILL", maxBuffer: 1 << 26, ...options, encoding: "utf8" }));
const windows = process.platform === "win32";

/** @param {string[]} words @param {string} cwd */
export const npm = (words, cwd) => run(windows ? "npm.cmd" : "npm", words, { cwd, shell: windows });

/**
 * Packs the package and installs it into a new folder.
 * @param {string} [within] the folder above it; absent: that of temporary files
 */
export async function stranger(within = tmpdir()) {
  await mkdir(within, { recursive: true });
  const folder = await realpath(await mkdtemp(join(within, "querencia-")));
  const { stdout } = await npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], ".");
  /** @type {{ filename: string, files: { path: string }[] }[]} */
  const [packed] = JSON.parse(stdout);
  await files(folder, { "package.json": { name: "stranger", private: true, type: "module" } });
  await npm(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${packed.filename}`], folder);
  await cp("www/policies/casa-lola.json", join(folder, "policy.json"));
  await cp("www/policies/purchase.json", join(folder, "purchase.json"));
  return { folder, packed };
}

/**
 * Writes files; what is no text is written as JSON.
 * @param {string} folder
 * @param {Record<string, unknown>} texts
 */
export async function files(folder, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof text === "string" ? text : JSON.stringify(text, null, 2));
  }
}

/** What the page `index.html` of a folder, or an address, has as its title once it has one. Complaints on the console are errors. @param {{ root?: string, url?: string }} where */
export async function titleOf({ root, url }) {
  const browser = await launch();
  const server = root === undefined ? undefined : await serve({
    roots: { "/": root },
    headers: { "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
  });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(server?.url ?? /** @type {string} */ (url));
    await page.waitForFunction(() => document.title.startsWith("["), undefined, { timeout: 30_000 }).catch(() => {});
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
    return JSON.parse(await page.title());
  } finally {
    await browser.close();
    await server?.close();
  }
}

/**
 * Starts a server, and asks it once it answers.
 * @param {string} command
 * @param {string[]} words
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @param {string} url
 * @param {() => Promise<unknown>} ask
 */
export async function whileServing(command, words, options, url, ask) {
  const server = spawn(command, words, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said += text));
  try {
    for (let tries = 0; ; tries += 1) {
      const answer = await fetch(url).catch(() => undefined);
      if (answer) break;
      if (tries > 300 || server.exitCode !== null) throw new Error(`it does not answer:\n${said}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return await ask();
  } catch (error) {
    throw new Error(`${/** @type {Error} */ (error).message}\n${said}`, { cause: error });
  } finally {
    server.kill();
  }
}
